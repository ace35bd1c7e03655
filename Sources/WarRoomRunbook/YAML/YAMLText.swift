internal import Yams

/// The way from a text to what is written in it; the only file that knows Yams.
enum YAMLText {
    /// Reads the one document of a text, or says why there is none. Anchors and aliases are refused: they save an
    /// author little, and let a short file unfold to any size.
    static func read(_ text: String) -> Result<Written, RunbookFaults.Found> {
        let references = Aliases.find(in: text)
        guard references.isEmpty else { return .failure(.init(references)) }
        do {
            // `basic` means no implicit types: the reader decides what a value means, and keys are compared as written.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else { return .failure(nothing) }
            // The parser owns the anchors; nodes only point at them.
            return withExtendedLifetime(parser) {
                var conversion = Conversion()
                let written = conversion.convert(root)
                if written.isNothing { return .failure(nothing) }
                return conversion.faults.isEmpty ? .success(written) : .failure(.init(conversion.faults))
            }
        } catch let error as YamlError {
            return .failure(.init([fault(of: error, in: text)]))
        } catch {
            return .failure(.init([RunbookFault(.yaml, at: RunbookPlace(line: 1, column: 1), "\(error)")]))
        }
    }

    private static let nothing = RunbookFaults.Found([
        RunbookFault(
            .missing, at: RunbookPlace(line: 1, column: 1), "the file is empty: write id, title, date, zones and phases"
        )
    ])

    private struct Conversion {
        var faults: [RunbookFault] = []

        mutating func convert(_ node: Node) -> Written {
            let place =
                node.mark.map { RunbookPlace(line: $0.line, column: $0.column) } ?? RunbookPlace(line: 1, column: 1)
            if let anchor = node.anchor {
                faults.append(
                    RunbookFault(
                        .yaml, at: place, "an anchor '&\(anchor.rawValue)': anchors are not taken, leave it out"))
            }
            switch node {
            case .scalar(let scalar):
                let isQuoted = scalar.style != .plain && scalar.style != .any
                if !isQuoted, let tag = explicitTag(scalar.tag) { refuse(tag, at: place) }
                return Written(place: place, content: .text(scalar.string, isQuoted: isQuoted))
            case .sequence(let sequence):
                if let tag = explicitTag(sequence.tag) { refuse(tag, at: place) }
                return Written(place: place, content: .list(sequence.map { convert($0) }))
            case .mapping(let mapping):
                if let tag = explicitTag(mapping.tag) { refuse(tag, at: place) }
                return Written(place: place, content: .pairs(mapping.compactMap { pair($0.key, $0.value) }))
            case .alias:
                faults.append(RunbookFault(.yaml, at: place, "an alias: aliases are not taken, write it out"))
                return Written(place: place, content: .list([]))
            }
        }

        private mutating func pair(_ key: Node, _ value: Node) -> Written.Pair? {
            let written = convert(key)
            let value = convert(value)
            guard case .text(let text, _) = written.content else {
                faults.append(RunbookFault(.yaml, at: written.place, "\(written.kind) cannot be a key: write a text"))
                return nil
            }
            return Written.Pair(key: text, place: written.place, value: value)
        }

        private mutating func refuse(_ tag: String, at place: RunbookPlace) {
            faults.append(RunbookFault(.yaml, at: place, "a tag '\(tag)': tags are not taken, leave it out"))
        }

        private func explicitTag(_ tag: Tag) -> String? {
            let text = tag.description
            // Comparing a key fills in its tag.
            let implied = ["", "!", Tag.Name.str.rawValue, Tag.Name.seq.rawValue, Tag.Name.map.rawValue]
            return implied.contains(text) ? nil : text
        }
    }

    // MARK: Syntax

    private static func fault(of error: YamlError, in text: String) -> RunbookFault {
        func place(_ mark: Mark) -> RunbookPlace { RunbookPlace(line: max(1, mark.line), column: max(1, mark.column)) }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            if let context, context.text.contains("quoted scalar"), problem.contains("end of stream") {
                return RunbookFault(.yaml, at: place(context.mark), "the quote that is opened here is never closed")
            }
            let during = context.map { " \($0.text) that begins at \(place($0.mark))" } ?? ""
            return RunbookFault(
                .yaml, at: place(mark), "\(problem)\(during)\(hint(problem, at: place(mark), in: text))")
        case .composer(_, let problem, let mark, _):
            let isSecond = problem.contains("another document")
            return RunbookFault(
                .yaml, at: place(mark), isSecond ? "a second document begins here: a runbook is one document" : problem)
        case .reader(let problem, let offset, _, _):
            let index = text.index(text.startIndex, offsetBy: offset ?? 0, limitedBy: text.endIndex) ?? text.endIndex
            return RunbookFault(.yaml, at: RunbookPlace(of: index, in: text), problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            return RunbookFault(
                .doubled, at: place(context.mark),
                duplicates.count == 1
                    ? "the key \(keys) stands twice in this section, first here"
                    : "the keys \(keys) stand twice in this section")
        default:
            return RunbookFault(.yaml, at: RunbookPlace(line: 1, column: 1), "\(error)")
        }
    }

    /// What helps, where the parser's own words do not say it.
    private static func hint(_ problem: String, at place: RunbookPlace, in text: String) -> String {
        let line =
            text.split(separator: "\n", maxSplits: place.line, omittingEmptySubsequences: false)
            .dropFirst(place.line - 1).first ?? ""
        if problem.contains("tab character") || line.prefix(while: \.isWhitespace).contains("\t") {
            return ": indent with blanks, not with tabs"
        }
        if problem.contains("mapping values are not allowed") { return ": put a text that has ': ' in it in quotes" }
        if problem.contains("cannot start any token") { return ": put the text in quotes" }
        return ""
    }
}

/// Aliases, found in the bare text. Composing shares what they stand for, but comparing keys would unfold them, so they
/// are found before anything is composed.
private enum Aliases {
    /// A fault for each `*name` whose `&name` stands in the text too; in prose the two hardly ever meet.
    static func find(in text: String) -> [RunbookFault] {
        var text = text
        return text.withUTF8 { bytes in
            let anchors = Set(words(after: UInt8(ascii: "&"), in: bytes).map(\.name))
            if anchors.isEmpty { return [] }
            return words(after: UInt8(ascii: "*"), in: bytes).filter { anchors.contains($0.name) }.map { word in
                RunbookFault(
                    .yaml, at: place(of: word.at, in: bytes),
                    "an alias '*\(word.name)': aliases are not taken, write it out")
            }
        }
    }

    private static func words(after mark: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> [(name: String, at: Int)] {
        var found: [(name: String, at: Int)] = []
        for at in bytes.indices where bytes[at] == mark && (at == 0 || before.contains(bytes[at - 1])) {
            let name = bytes[(at + 1)...].prefix { isWord($0) }
            if !name.isEmpty { found.append((String(decoding: name, as: UTF8.self), at)) }
        }
        return found
    }

    /// What can stand in front of an anchor or alias.
    private static let before = Set("\n\r\t [{,:?-".utf8)

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func place(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> RunbookPlace {
        var (line, column) = (1, 1)
        for byte in bytes[..<offset] {
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
        }
        return RunbookPlace(line: line, column: column)
    }
}
