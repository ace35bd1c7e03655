/// A time zone: what its clocks read at any instant, as data. It carries its own table of changes, so that whoever has
/// it needs no zone files; ``during(_:_:)`` makes it small enough to be sent.
package struct Zone: Hashable, Sendable {
    /// The name in the tz database, `America/New_York`.
    package let identifier: String
    /// Before the first change.
    let initial: Reading
    /// In ascending order of time.
    let changes: [Change]
    /// After the last change; without one the last change's reading stays.
    let rule: ZoneRule?

    /// What clocks add to UTC, and what this is called.
    struct Reading: Hashable, Sendable {
        /// Seconds east of UTC.
        let offset: Int
        let abbreviation: String

        static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

        /// Whether POSIX allows the character in an abbreviation.
        static func mayAbbreviate(_ byte: UInt8) -> Bool {
            isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        }
    }

    /// From this second on, clocks read this.
    struct Change: Hashable, Sendable {
        let at: Int64
        let reading: Reading
    }

    /// What clocks may be off UTC, in seconds: below 26 hours (RFC 8536, 3.2; POSIX TZ strings stay below it too).
    static let offsets = -26 * 3600 + 1...26 * 3600 - 1

    /// UTC itself.
    package static let utc = Zone(
        identifier: "UTC", initial: Reading(offset: 0, abbreviation: "UTC"), changes: [], rule: nil)

    init(identifier: String, initial: Reading, changes: [Change], rule: ZoneRule?) {
        self.identifier = identifier
        self.initial = initial
        self.changes = changes
        self.rule = rule
    }

    /// A zone whose clocks have always followed one rule.
    package init(identifier: String, rule: ZoneRule) {
        self.init(identifier: identifier, initial: rule.standard, changes: [], rule: rule)
    }

    // MARK: Instant to wall

    /// The offset in seconds east of UTC and the abbreviation (`EDT`, `+0530`) at that instant.
    package func offset(at instant: Instant) -> (seconds: Int, abbreviation: String) {
        let reading = reading(at: instant.wholeSeconds)
        return (reading.offset, reading.abbreviation)
    }

    /// What the zone's clocks and calendars show at that instant.
    package func local(_ instant: Instant) -> LocalTime {
        let seconds = instant.wholeSeconds
        return LocalTime(seconds: seconds, reading: reading(at: seconds))
    }

    /// The first instant after the given one at which the clocks are changed; `nil` if none is known.
    package func nextChange(after instant: Instant) -> Instant? {
        nextChange(afterSecond: instant.wholeSeconds).map { Instant(seconds: $0.at) }
    }

    private func reading(at seconds: Int64) -> Reading {
        guard let last = changes.last else { return rule?.reading(at: seconds) ?? initial }
        if seconds >= last.at { return rule?.reading(at: seconds) ?? last.reading }
        let after = firstChange(after: seconds)
        return after == 0 ? initial : changes[after - 1].reading
    }

    /// The place of the first change later than that second; the table's end if there is none.
    private func firstChange(after seconds: Int64) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func nextChange(afterSecond seconds: Int64) -> Change? {
        let before = reading(at: seconds)
        for change in changes[firstChange(after: seconds)...] {
            // The table's last entry is where the rule takes over, so its own reading is asked for.
            let reading = reading(at: change.at)
            if reading != before { return Change(at: change.at, reading: reading) }
        }
        return rule?.nextChange(after: max(seconds, changes.last?.at ?? .min))
    }

    /// The changes after the first second, up to the second one.
    private func changes(after first: Int64, upTo last: Int64) -> [Change] {
        var found: [Change] = []
        var seconds = first
        while let next = nextChange(afterSecond: seconds), next.at <= last {
            found.append(next)
            seconds = next.at
        }
        return found
    }

    // MARK: Wall to instant

    /// The instants at which clocks read this. Fields outside their ranges count on, as with mktime (13 months are a
    /// year and January, 24:00 is the next midnight); years before 1600 and after 2300 are read as these.
    package func resolve(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> WallResolution {
        func bounded(_ field: Int) -> Int { min(max(field, -1_000_000_000), 1_000_000_000) }
        let months = min(max(year, 1600), 2300) * 12 + bounded(month) - 1
        let start = CivilDate.dayNumber(
            year: months >= 0 ? months / 12 : (months - 11) / 12, month: (months % 12 + 12) % 12 + 1, day: 1)
        let days = start + bounded(day) - 1
        let wall = Int64(days * 86_400 + bounded(hour) * 3600 + bounded(minute) * 60 + bounded(second))

        // Every reading that could matter is in force within a day or so of the wall time taken as UTC.
        let margin = Int64(Zone.offsets.upperBound)
        var since = Int64.min
        var reading = self.reading(at: wall - margin)
        var found: [Int64] = []
        var gap: (from: Int64, to: Int64)?
        for change in changes(after: wall - margin, upTo: wall + margin) {
            let candidate = wall - Int64(reading.offset)
            if candidate >= since && candidate < change.at { found.append(candidate) }
            if change.at + Int64(reading.offset) <= wall && wall < change.at + Int64(change.reading.offset) {
                gap = (change.at - 60, change.at)
            }
            since = change.at
            reading = change.reading
        }
        let candidate = wall - Int64(reading.offset)
        if candidate >= since { found.append(candidate) }

        if let first = found.first, let last = found.last {
            return first == last
                ? .one(Instant(seconds: first)) : .two(first: Instant(seconds: first), second: Instant(seconds: last))
        }
        guard let gap else { return .one(Instant(seconds: candidate)) }
        return .gap(before: Instant(seconds: gap.from), after: Instant(seconds: gap.to))
    }

    // MARK: Less and shorter

    /// The same zone with the changes of a span only (and of two days on either side, so that wall times near its ends
    /// are found too): exact in the span, small enough to be sent over a socket. Outside it the reading at its nearer
    /// end stays.
    package func during(_ from: Instant, _ to: Instant) -> Zone {
        let margin: Int64 = 2 * 86_400
        let first = min(from, to).wholeSeconds - margin
        return Zone(
            identifier: identifier, initial: reading(at: first),
            changes: changes(after: first, upTo: max(from, to).wholeSeconds + margin), rule: nil)
    }

    /// A column head, the office's own word and the truth: `EST (EDT, UTC-4)`, `IST (UTC+5:30)` (docs/contract.md,
    /// Time). The abbreviation is left out where it is the label, or only repeats the offset (`+0530`).
    package func heading(label: String, at instant: Instant) -> String {
        let (offset, abbreviation) = offset(at: instant)
        let named = abbreviation != label && abbreviation.utf8.allSatisfy(Reading.isLetter)
        return "\(label) (\(named ? "\(abbreviation), " : "")\(Zone.written(offset: offset)))"
    }

    /// `UTC-4`, `UTC+5:30`, and `UTC+0` for UTC itself.
    static func written(offset: Int) -> String {
        let size = abs(offset)
        var text = "UTC\(offset < 0 ? "-" : "+")\(size / 3600)"
        if !size.isMultiple(of: 3600) { text += ":" + (size / 60 % 60).twoDigits }
        if !size.isMultiple(of: 60) { text += ":" + (size % 60).twoDigits }
        return text
    }
}

// MARK: As one text

extension Zone: LosslessStringConvertible {
    /// The whole zone on one line, as it is sent and kept: offset and abbreviation before the first change, then
    /// second, offset and abbreviation of every change, then `=` and the TZ string of the rule if there is one, then
    /// `@` and the identifier: `-14400 EDT 1762063200 -18000 EST @America/New_York`.
    package var description: String {
        var text = "\(initial.offset) \(initial.abbreviation) "
        for change in changes { text += "\(change.at) \(change.reading.offset) \(change.reading.abbreviation) " }
        if let rule { text += "=\(rule.text) " }
        return text + "@\(identifier)"
    }

    /// Reads what ``description`` wrote; `nil` for all else.
    package init?(_ description: String) {
        guard let at = description.firstIndex(of: "@") else { return nil }
        identifier = String(description[description.index(after: at)...])
        var words = description[..<at].split(separator: " ")[...]
        func reading() -> Reading? {
            guard let offset = words.popFirst().flatMap({ Int($0) }), Zone.offsets.contains(offset),
                let abbreviation = words.popFirst(), abbreviation.utf8.allSatisfy(Reading.mayAbbreviate)
            else { return nil }
            return Reading(offset: offset, abbreviation: String(abbreviation))
        }
        guard let initial = reading() else { return nil }
        var changes: [Change] = []
        while let word = words.first, !word.hasPrefix("=") {
            words.removeFirst()
            guard let at = Int64(word), Zone.span.contains(at), at > changes.last?.at ?? .min, let reading = reading()
            else { return nil }
            changes.append(Change(at: at, reading: reading))
        }
        let rule = words.popFirst().map { try? ZoneRule($0.dropFirst()) }
        guard words.isEmpty, rule.map({ $0 != nil }) ?? true else { return nil }
        (self.initial, self.changes, self.rule) = (initial, changes, rule ?? nil)
    }

    /// The seconds that an ``Instant`` can hold, and room for any offset.
    static let span: ClosedRange<Int64> = -9_223_500_000...9_223_500_000
}
