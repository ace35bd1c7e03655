internal import OrderedCollections
internal import WarRoomCore

// What the texts give away: dates of another night, messages that miss somebody, pairs of times that do not fit. Pages
// are copied from month to month, and between two copies the clocks may change.
extension Lint {
    // MARK: Dates

    mutating func findOldDates() {
        guard let night = CivilDate(runbook.date) else { return }
        // Steps may lie up to three days before the date.
        let first =
            runbook.window.opens.flatMap { CivilDate(runbook.zones.home.zone.local($0).date) } ?? night.adding(days: -3)
        for pair in root.pairs where !Lint.undated.contains(pair.key) && !RunbookFormat.isFree(pair.key) {
            var known: Set<CivilDate> = []
            findOldDates(in: pair.value, before: first, told: [], known: &known)
        }
    }

    /// Keys whose dates are meant as they stand, or whose values are no texts of the night.
    private static let undated: Set = ["date", "metrics", "access", "rehearsal", "socket"]

    /// A date is told once for the texts of a section, and not again where the section has it as evidence.
    private mutating func findOldDates(
        in written: Written, before first: CivilDate, told: Set<CivilDate>, known: inout Set<CivilDate>
    ) {
        switch written.content {
        case .text(let text, _):
            guard let old = WrittenDates.all(in: text).first(where: { $0 < first }), !told.contains(old),
                known.insert(old).inserted
            else { return }
            hole(.oldDate, at: written.place, "\"\(Lint.short(text))\" bears the date \(old), before this night")
        case .list(let items):
            for item in items { findOldDates(in: item, before: first, told: told, known: &known) }
        case .pairs(let pairs):
            var told = told
            var here: Set<CivilDate> = []
            for item in written.items("evidence") {
                guard let text = item.text, let old = WrittenDates.all(in: text).first(where: { $0 < first }) else {
                    continue
                }
                told.insert(old)
                hole(
                    .oldEvidence, at: item.place,
                    "\"\(Lint.short(text))\" bears the date \(old), before this night: it proves nothing of it")
            }
            for pair in pairs where pair.key != "evidence" && !RunbookFormat.isFree(pair.key) {
                findOldDates(in: pair.value, before: first, told: told, known: &here)
            }
        }
    }

    private static func short(_ text: String) -> String {
        text.count <= 60 ? text : "\(text.prefix(59).trimmed)…"
    }

    // MARK: Channels

    /// Finds channels that hear of the start and not of the end. The start is the message that goes to most channels,
    /// the end is the last message of the page.
    mutating func findChannels() {
        let telling = leaves.filter { !$0.messages.isEmpty }
        guard let widest = telling.map(\.messages.count).max(),
            let start = telling.first(where: { $0.messages.count == widest }), let end = telling.last,
            start.id != end.id
        else { return }
        let left = start.messages.keys.filter { end.messages[$0] == nil }
        let added = end.messages.keys.filter { start.messages[$0] == nil }
        guard !left.isEmpty || !added.isEmpty else { return }
        var parts: [String] = []
        if !left.isEmpty { parts.append("leaves out \(Lint.list(Array(left))), which '\(start.id)' told of the start") }
        if !added.isEmpty { parts.append("adds \(Lint.list(Array(added)))") }
        hole(.channels, at: places["steps/\(end.id)/message"], "'\(end.id)' \(parts.joined(separator: ", and "))")
    }

    // MARK: Pairs

    mutating func findPairs() {
        for pair in runbook.pairs {
            guard let mismatch = pair.mismatch else { continue }
            hole(.pair, at: places["steps/\(pair.step)/says"], "\"\(pair.text)\": \(mismatch)")
        }
    }
}

/// Dates in prose and in names: 2025-08-24, and 20250824 as build numbers have it.
enum WrittenDates {
    /// All that are days of the calendar from 2000 to 2099, in the order of writing.
    static func all(in text: String) -> [CivilDate] {
        var dates: [CivilDate] = []
        // Most texts have none, and need no closer look.
        guard text.utf8.count(where: { $0 >= 0x30 && $0 <= 0x39 }) >= 8 else { return [] }
        let bytes = Array(text.utf8)
        func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && (0x30...0x39).contains(bytes[index]) }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        var index = 0
        while index < bytes.count {
            guard isDigit(index) else {
                index += 1
                continue
            }
            var end = index
            while isDigit(end) { end += 1 }
            let dash = UInt8(ascii: "-")
            var date: CivilDate?
            if end - index == 8 {
                date = CivilDate(
                    year: number(index..<index + 4), month: number(index + 4..<index + 6), day: number(index + 6..<end))
            } else if end - index == 4, end + 5 < bytes.count, bytes[end] == dash, isDigit(end + 1), isDigit(end + 2),
                bytes[end + 3] == dash, isDigit(end + 4), isDigit(end + 5), !isDigit(end + 6)
            {
                date = CivilDate(
                    year: number(index..<end), month: number(end + 1..<end + 3), day: number(end + 4..<end + 6))
                end += 6
            }
            if let date, (2000...2099).contains(date.year) { dates.append(date) }
            index = end
        }
        return dates
    }
}
