/// Why a written time cannot be taken: one sentence, with what to write instead where that is known.
package struct WallTimeFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// The text is no time.
        case unreadable
        /// The text names a zone that the runbook does not.
        case unknownLabel
        /// The runbook's date does not exist.
        case noSuchDate
        /// The clocks skip this time on that date.
        case missing
        /// The clocks read this time twice on that date.
        case twice
        /// The time is in a year that is not taken (``Ranges``).
        case outside
    }

    /// What is wrong, for those who must tell the cases apart.
    package let reason: Reason
    /// The sentence.
    package let description: String
}

/// A time as people write it in a runbook (docs/contract.md, The runbook) or on the command line (Commands, there):
/// `Sat 22:00`, `Mon 09:00 IST`, `Sun 01:30 (first)`, `Sun 04:31:07`, or RFC 3339.
package struct WallTime: Hashable, Sendable, CustomStringConvertible {
    /// Which of two equal readings of a clock is meant.
    private enum Turn: String, Hashable, Sendable {
        case first, second
    }

    private enum Form: Hashable, Sendable {
        case instant(Instant)
        case reading(Reading)
    }

    private struct Reading: Hashable, Sendable {
        var weekday: Weekday
        var hour: Int
        var minute: Int
        var second: Int
        var label: String?
        var turn: Turn?

        var clock: String {
            "\(hour.twoDigits):\(minute.twoDigits)" + (second == 0 ? "" : ":\(second.twoDigits)")
        }
    }

    /// The time as it was written.
    package let description: String
    private let form: Form

    /// Reads a written time. The weekday may be written out and in any case, seconds may be left out, the hour may have
    /// one digit; a label is one word.
    /// - Throws: ``WallTimeFault`` if the text is none of these; 24:00 is none, nor is a year outside 1970 to 2199.
    package init(_ text: some StringProtocol) throws(WallTimeFault) {
        description = String(text)
        if let instant = Instant(rfc3339: text) {
            guard Ranges.instants.contains(instant) else {
                throw WallTimeFault(
                    reason: .outside, description: "\"\(text)\" is too far away: write \(Ranges.askedOfInstants)")
            }
            form = .instant(instant)
            return
        }
        var words = text.split(separator: " ").map { String($0) }[...]
        let clock = words.dropFirst().first.map { $0.split(separator: ":", omittingEmptySubsequences: false) } ?? []
        guard let day = words.popFirst(), let weekday = Weekday(short: day), words.popFirst() != nil,
            clock.count == 2 || clock.count == 3,
            let hour = WallTime.number(clock[0], below: 24, digits: 1...2),
            let minute = WallTime.number(clock[1], below: 60, digits: 2...2),
            let second = clock.count == 3 ? WallTime.number(clock[2], below: 60, digits: 2...2) : 0
        else { throw WallTime.unreadable(text) }
        var reading = Reading(weekday: weekday, hour: hour, minute: minute, second: second)
        if let word = words.first, !word.hasPrefix("(") {
            reading.label = word
            words.removeFirst()
        }
        if let word = words.popFirst() {
            guard word.hasSuffix(")"), let turn = Turn(rawValue: String(word.dropFirst().dropLast())), words.isEmpty
            else {
                throw WallTime.unreadable(text)
            }
            reading.turn = turn
        }
        form = .reading(reading)
    }

    private static func number(_ text: Substring, below limit: Int, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(text), number < limit
        else { return nil }
        return number
    }

    private static func unreadable(_ text: some StringProtocol) -> WallTimeFault {
        WallTimeFault(
            reason: .unreadable,
            description: "\"\(text)\" is not a time: write \"Sat 22:00\", \"Mon 09:00 IST\" or \"2025-09-14T02:00:00Z\""
        )
    }

    /// The instant that is meant: on the nearest such weekday from 3 days before to 3 after `date`, in the home zone,
    /// or in the one with the label that is written (docs/contract.md, The runbook). A `(first)` or `(second)` is not
    /// held against a time that the clocks read once, so that next month's author has only the date to change.
    /// - Throws: ``WallTimeFault`` for a label that neither zone has, for a time that the clocks skip on that day (with
    ///   the two nearest that they do not skip), and for one that they read twice if neither is chosen (with both in
    ///   UTC).
    package func instant(
        date: CivilDate, home: Zone, homeLabel: String, other: Zone, otherLabel: String
    ) throws(WallTimeFault) -> Instant {
        let reading: Reading
        switch form {
        case .instant(let instant): return instant
        case .reading(let written): reading = written
        }
        let zone: Zone
        switch reading.label {
        case nil, homeLabel: zone = home
        case otherLabel: zone = other
        case let label?:
            throw WallTimeFault(
                reason: .unknownLabel,
                description: "\"\(description)\": there is no zone \(label) here; write \(homeLabel) or \(otherLabel)")
        }

        let day = date.nearest(reading.weekday)
        let resolved = zone.resolve(
            year: day.year, month: day.month, day: day.day,
            hour: reading.hour, minute: reading.minute, second: reading.second)
        let name = "\(reading.weekday.short) \(reading.clock)"
        switch resolved {
        case .one(let instant): return instant
        case .gap(let before, let after):
            let (last, next) = (zone.local(before), zone.local(after))
            let sameDay = last.weekday == reading.weekday && next.weekday == reading.weekday
            func written(_ time: LocalTime) -> String { sameDay ? time.clock : "\(time.day3) \(time.clock)" }
            let (lastText, nextText) = (written(last), written(next))
            throw WallTimeFault(
                reason: .missing,
                description: "\(name) does not exist in \(zone.identifier) on \(day): clocks go from "
                    + "\(lastText) \(last.abbreviation) to \(nextText) \(next.abbreviation); write \(lastText) or "
                    + "\(nextText)"
            )
        case .two(let first, let second):
            switch reading.turn {
            case .first: return first
            case .second: return second
            case nil:
                func written(_ turn: Turn, _ instant: Instant) -> String {
                    "\"\(description) (\(turn.rawValue))\" for \(instant.rfc3339) "
                        + "(\(zone.offset(at: instant).abbreviation))"
                }
                throw WallTimeFault(
                    reason: .twice,
                    description:
                        "\(name) exists twice in \(zone.identifier) on \(day): write \(written(.first, first)) "
                        + "or \(written(.second, second))")
            }
        }
    }

    /// The same for a date in three numbers.
    /// - Throws: ``WallTimeFault``, also if there is no such date.
    package func instant(
        date: (year: Int, month: Int, day: Int), home: Zone, homeLabel: String, other: Zone, otherLabel: String
    ) throws(WallTimeFault) -> Instant {
        guard let day = CivilDate(year: date.year, month: date.month, day: date.day) else {
            throw WallTimeFault(
                reason: .noSuchDate,
                description: "there is no date \(date.year)-\(date.month.twoDigits)-\(date.day.twoDigits)")
        }
        return try instant(date: day, home: home, homeLabel: homeLabel, other: other, otherLabel: otherLabel)
    }
}
