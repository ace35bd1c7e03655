internal import WarRoomCore

// The first pass: every value is held against the shape that the format gives it, and the place of everything is noted
// for the lint.
extension Reading {
    typealias Shape = RunbookFormat.Shape

    mutating func check(_ written: Written, _ shape: Shape, path: String) {
        if !path.isEmpty { places.set(path, written.place) }
        switch shape {
        case .list(let element): checkList(written, of: element, path: path)
        case .listOr(let element, let name):
            if written.pairs.isEmpty {
                checkList(written, of: element, path: path)
            } else {
                checkSection(written, RunbookFormat.section(name), path: path)
            }
        case .table(let naming, let element): checkTable(written, naming, of: element, path: path)
        case .section(let name): checkSection(written, RunbookFormat.section(name), path: path)
        default: checkText(written, shape)
        }
    }

    /// Whether the content is of the kind that is asked for; nothing stands for what is empty.
    private mutating func isOfKind(_ written: Written, _ isRight: Bool, _ asked: String) -> Bool {
        if isRight || written.isNothing { return true }
        fault(.type, at: written.place, "\(asked) is expected here, not \(written.kind)")
        return false
    }

    private mutating func checkList(_ written: Written, of element: Shape, path: String) {
        if case .section = element {
            if case .pairs = written.content {
                return fault(.type, at: written.place, "a list is expected here: begin each item with '- '")
            }
        } else if let text = written.text {
            return fault(.type, at: written.place, "a list is expected here: write [\(text)]")
        }
        guard isOfKind(written, !written.items.isEmpty || written.isList, "a list") else { return }
        if written.items.count > Ranges.longestList {
            tooMuch(at: written.place, "the list has more than \(Ranges.longestList) items")
        }
        let name = path.split(separator: "/").last.map { String($0) } ?? ""
        var seen: Set<String> = []
        for (index, item) in written.items.enumerated() {
            // What has an id is found by it alone, wherever it is nested.
            let id = if case .section = element { item.text("id") } else { String?.none }
            check(item, element, path: id.map { "\(name)/\($0)" } ?? "\(path)/\(index)")
            if let text = item.text, !seen.insert(text).inserted {
                fault(.doubled, at: item.place, "'\(text)' stands twice in this list")
            }
        }
    }

    private mutating func checkTable(
        _ written: Written, _ naming: RunbookFormat.Naming, of element: Shape, path: String
    ) {
        guard isOfKind(written, written.isSection, "a section with keys") else { return }
        for pair in written.pairs {
            checkName(pair, naming)
            check(pair.value, element, path: "\(path)/\(pair.key)")
            places.set("\(path)/\(pair.key)", pair.place)
        }
    }

    private mutating func checkName(_ pair: Written.Pair, _ naming: RunbookFormat.Naming) {
        switch naming {
        case .id: checkID(pair.key, at: pair.place)
        case .name: checkName(pair.key, at: pair.place)
        case .role: checkNotation(pair.key, .role, at: pair.place)
        case .server:
            checkName(pair.key, at: pair.place)
            if pair.key.hasPrefix("@") || pair.key.contains("/") {
                fault(.id, at: pair.place, "a server's name cannot begin with '@' or have a '/' in it: '\(pair.key)'")
            }
        }
    }

    private mutating func checkSection(_ written: Written, _ section: RunbookFormat.Section, path: String) {
        guard isOfKind(written, written.isSection, "\(section.title), a section with keys,") else { return }
        for pair in written.pairs {
            if let key = section.key(pair.key) {
                let keyPath = path.isEmpty ? pair.key : "\(path)/\(pair.key)"
                if key.isRequired && pair.value.isNothing {
                    fault(.missing, at: pair.place, "'\(pair.key)' says nothing: \(key.description)")
                } else {
                    check(pair.value, key.shape, path: keyPath)
                }
            } else if !RunbookFormat.isFree(pair.key) {
                let near = Spelling.hint(pair.key, among: section.keys.map(\.name))
                let all = ": \(section.title) has \(section.keys.map(\.name).joined(separator: ", "))"
                fault(.unknownKey, at: pair.place, "unknown key '\(pair.key)'\(near.isEmpty ? all : near)")
            }
        }
        for key in section.keys where key.isRequired && written.at(key.name) == nil {
            fault(.missing, at: written.place, "\(section.title) needs '\(key.name)': \(key.description)")
        }
        checkVariant(written, section)
    }

    /// The keys that the section's deciding word asks for or refuses.
    private mutating func checkVariant(_ written: Written, _ section: RunbookFormat.Section) {
        guard let decider = section.decidedBy, let word = written.text(decider),
            let variant = section.variants.first(where: { $0.word == word })
        else { return }
        for key in variant.needs where written.text(key) == nil {
            fault(.source, at: written.place, "\(section.title) of kind \(word) needs '\(key)'")
        }
        for pair in written.pairs where variant.refuses.contains(pair.key) {
            fault(.source, at: pair.place, "\(section.title) of kind \(word) has no '\(pair.key)': leave it out")
        }
    }

    // MARK: Texts

    private mutating func checkText(_ written: Written, _ shape: Shape) {
        let place = written.place
        guard let text = written.text else {
            return fault(.type, at: place, "\(shape.asked) is expected here, not \(written.kind)")
        }
        if text.utf8.count > Ranges.longestText { tooMuch(at: place, "the text has more than 16 KiB") }
        switch shape {
        case .name: checkName(text, at: place)
        case .id: checkID(text, at: place)
        case .date:
            if let date = CivilDate(text) {
                if !(1970...2199).contains(date.year) {
                    tooMuch(at: place, "\(text) is too far away: write a date in the years 1970 to 2199")
                }
                break
            }
            fault(.time, at: place, "'\(text)' is no date of the calendar: write one such as 2025-09-14")
        case .time:
            do throws(WallTimeFault) { _ = try WallTime(text) } catch {
                if error.reason == .outside {
                    tooMuch(at: place, error.description)
                } else {
                    fault(.time, at: place, error.description)
                }
            }
        case .notation(let notation): checkNotation(text, notation, at: place)
        case .word(let words, let code):
            guard !words.contains(text) else { break }
            let near = Spelling.hint(text, among: words)
            let all = words.count == 1 ? ": write \(words[0])" : ": write one of \(words.joined(separator: ", "))"
            fault(code, at: place, "'\(text)' is not known here\(near.isEmpty ? all : near)")
        case .number(let least):
            guard let number = Int(text) else {
                fault(.type, at: place, "'\(text)' is no whole number")
                break
            }
            if number < least { fault(.range, at: place, "\(number) is too small: \(least) is the least") }
            let most = Ranges.counts.upperBound
            if number > most { tooMuch(at: place, "\(number) is too large: \(most) is the most") }
        case .duration(let least):
            guard let duration = Duration(written: text) else {
                let isBare = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                let advice =
                    isBare
                    ? "'\(text)' has no unit: write \(text)m or \(text)s"
                    : "'\(text)' is no duration: write 45m, 2s, 1h30m or 250ms"
                return fault(.unit, at: place, advice)
            }
            if duration < least { fault(.range, at: place, "\(text) is too short: \(least.notation) is the least") }
            if duration > Ranges.longestDuration { tooMuch(at: place, "\(text) is too long: 366d is the most") }
        case .text, .list, .listOr, .table, .section: break
        }
    }

    private mutating func checkID(_ text: String, at place: RunbookPlace) {
        guard !RunbookFormat.isID(text) else { return }
        var id = ""
        for scalar in text.lowercased().unicodeScalars {
            if RunbookFormat.isID("x\(scalar)") {
                id.unicodeScalars.append(scalar)
            } else if id.last != "-" {
                id += "-"
            }
        }
        id = String(id.drop { $0 == "-" })
        while id.last == "-" { id.removeLast() }
        let advice = id.isEmpty ? "" : ", such as '\(id)'"
        fault(.id, at: place, "'\(text)' is no id: write lower-case letters, digits and '-'\(advice)")
    }

    private mutating func checkName(_ text: String, at place: RunbookPlace) {
        guard text.unicodeScalars.contains(where: { $0.isControl || $0.isBidirectionalControl || $0.isInvisible })
        else { return }
        fault(.id, at: place, "the name '\(text)' has characters that cannot be seen, or a line end: take them out")
    }

    private mutating func checkNotation(_ text: String, _ notation: RunbookFormat.Notation, at place: RunbookPlace) {
        switch notation {
        case .role:
            guard Role(text) == nil else { return }
            fault(
                .role, at: place,
                "'\(text)' is no role: write lead, monitoring, feeder, viewer, \"approver: NAME\" or \"team: "
                    + "BOARD/TEAM\""
            )
        case .band:
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count != 2 || !ends.allSatisfy(Reading.isTimeOfDay) else { return }
            fault(.time, at: place, "'\(text)' is no span of a day: write one such as \"23:00-00:30\"")
        case .slot:
            guard !text.hasPrefix(":") || !Reading.isTimeOfDay("00\(text)") else { return }
            fault(.time, at: place, "'\(text)' is no minute of the hour: write one such as \":45\"")
        }
    }

    private static func isTimeOfDay(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2
            && zip(parts, [24, 60]).allSatisfy { part, limit in
                part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (Int(part) ?? limit) < limit
            }
    }
}

extension RunbookFormat.Shape {
    /// What is asked for, in the words of a fault.
    var asked: String {
        switch self {
        case .text: "a text"
        case .name: "a name"
        case .id: "an id"
        case .date: "a date such as 2025-09-14"
        case .time: "a time such as Sat 22:00"
        case .notation: "a text"
        case .word: "a word"
        case .number: "a number"
        case .duration: "a duration such as 45m"
        case .list, .listOr: "a list"
        case .table, .section: "a section with keys"
        }
    }
}
