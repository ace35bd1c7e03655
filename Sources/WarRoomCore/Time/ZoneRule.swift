/// Why a zone's rules cannot be read: one sentence that says what is wrong, and where.
package struct ZoneFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    package let description: String

    /// A fault with this sentence.
    package init(_ description: String) { self.description = description }
}

/// The rule of a zone's clocks for every year: a POSIX TZ string (IEEE 1003.1, 8.3) with the extension of RFC 8536,
/// 3.3.1 (times of day from -167 to 167 hours): `EST5EDT,M3.2.0,M11.1.0`, `<+0530>-5:30`, `IST-5:30`.
package struct ZoneRule: Hashable, Sendable, CustomStringConvertible {
    /// The TZ string as it was given.
    let text: String
    let standard: Zone.Reading
    let summer: Summer?

    /// The reading in summer time, and when it begins and ends in every year, by the clocks before each change.
    struct Summer: Hashable, Sendable {
        let reading: Zone.Reading
        let start: Moment
        let end: Moment
    }

    /// A day of every year and a time of that day, in seconds from its midnight, which may lie on another day.
    struct Moment: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// `Jn`: day 1 to 365, where 29 February is never counted.
            case julian(Int)
            /// `n`: day 0 to 365, where 29 February is counted.
            case ofYear(Int)
            /// `Mm.w.d`: the w-th weekday d of month m; week 5 is the last.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        let time: Int

        /// Seconds from 1970-01-01T00:00, read by the clocks of the zone.
        func wallSeconds(inYear year: Int) -> Int64 {
            let number: Int
            switch day {
            case .julian(let day):
                let leap = CivilDate.isLeap(year) && day >= 60
                number = CivilDate.dayNumber(year: year, month: 1, day: day) + (leap ? 1 : 0)
            case .ofYear(let day): number = CivilDate.dayNumber(year: year, month: 1, day: 1) + day
            case .weekday(let month, let week, let day):
                let first = CivilDate.dayNumber(year: year, month: month, day: 1)
                var ofMonth = (day - Weekday(dayNumber: first).rawValue + 7) % 7 + (week - 1) * 7
                if ofMonth >= CivilDate.days(inMonth: month, ofYear: year) { ofMonth -= 7 }
                number = first + ofMonth
            }
            return Int64(number) * 86_400 + Int64(time)
        }
    }

    /// Reads a TZ string.
    /// - Throws: ``ZoneFault`` for whatever is not one, also for summer time without a rule for when it is: POSIX
    ///   leaves its meaning open.
    package init(_ text: some StringProtocol) throws(ZoneFault) {
        self.text = String(text)
        var reader = Reader(text: self.text)
        let name = try reader.name()
        let offset = try reader.offset()
        standard = Zone.Reading(offset: offset, abbreviation: name)
        if reader.isAtEnd {
            summer = nil
            return
        }
        let summerName = try reader.name()
        let summerOffset = reader.isAt(",") || reader.isAtEnd ? offset + 3600 : try reader.offset()
        guard !reader.isAtEnd else { throw reader.fault("has no rule for when summer time begins and ends") }
        let start = try reader.moment()
        let end = try reader.moment()
        guard reader.isAtEnd else { throw reader.fault("goes on after the rule") }
        summer = Summer(reading: Zone.Reading(offset: summerOffset, abbreviation: summerName), start: start, end: end)
    }

    func reading(at seconds: Int64) -> Zone.Reading {
        guard summer != nil else { return standard }
        var latest: Zone.Change?
        // A rule may put its change some days into a neighbouring year, hence three years. `<=`: where one summer time
        // ends at the instant at which the next begins (RFC 8536, 3.3.1: all the year), the beginning, which comes
        // later in `changes`, counts.
        for year in ZoneRule.years(around: seconds, ahead: 1) {
            for change in changes(inYear: year) where change.at <= seconds {
                if latest.map({ $0.at <= change.at }) ?? true { latest = change }
            }
        }
        return latest?.reading ?? standard
    }

    /// The first change after that second at which the clocks really change; `nil` if there is none.
    func nextChange(after seconds: Int64) -> Zone.Change? {
        guard summer != nil else { return nil }
        let before = reading(at: seconds)
        var next: Zone.Change?
        for year in ZoneRule.years(around: seconds, ahead: 2) {
            for change in changes(inYear: year) where change.at > seconds && change.at < next?.at ?? .max {
                // Asked again at the instant itself: at one instant a change may be undone by the other.
                let reading = reading(at: change.at)
                if reading != before { next = Zone.Change(at: change.at, reading: reading) }
            }
        }
        return next
    }

    private static func years(around seconds: Int64, ahead: Int) -> ClosedRange<Int> {
        let year = CivilDate(dayNumber: CivilDate.split(seconds: seconds).day).year
        return year - 1...year + ahead
    }

    /// The end of summer time in that year and its beginning, in this order.
    private func changes(inYear year: Int) -> [Zone.Change] {
        guard let summer else { return [] }
        return [
            Zone.Change(
                at: summer.end.wallSeconds(inYear: year) - Int64(summer.reading.offset), reading: standard),
            Zone.Change(
                at: summer.start.wallSeconds(inYear: year) - Int64(standard.offset), reading: summer.reading),
        ]
    }

    /// The TZ string as it was given.
    package var description: String { text }
}

/// Reads the parts of a TZ string from left to right.
private struct Reader {
    let text: String
    private let bytes: [UInt8]
    private var place = 0

    init(text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { place >= bytes.count }

    func isAt(_ character: Unicode.Scalar) -> Bool { !isAtEnd && UInt32(bytes[place]) == character.value }

    func fault(_ what: String) -> ZoneFault {
        ZoneFault("the TZ string \"\(text)\" \(what), at character \(place + 1)")
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        place += 1
        return true
    }

    /// `EST` or `<+0530>`.
    mutating func name() throws(ZoneFault) -> String {
        let quoted = take("<")
        let start = place
        while !isAtEnd, quoted ? Zone.Reading.mayAbbreviate(bytes[place]) : Zone.Reading.isLetter(bytes[place]) {
            place += 1
        }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        guard place - start >= 3, !quoted || take(">") else {
            throw fault("needs a name of three letters or more, or one in < >")
        }
        return name
    }

    /// `5`, `-5:30`: hours west of Greenwich; returned in seconds east.
    mutating func offset() throws(ZoneFault) -> Int { -(try time(hours: 0...24)) }

    /// `[+-]h[:mm[:ss]]` in seconds.
    private mutating func time(hours range: ClosedRange<Int>) throws(ZoneFault) -> Int {
        let negative = take("-")
        if !negative { _ = take("+") }
        var seconds = try number(range, "needs hours from \(range.lowerBound) to \(range.upperBound)") * 3600
        if take(":") {
            seconds += try number(0...59, "needs minutes from 0 to 59") * 60
            if take(":") { seconds += try number(0...59, "needs seconds from 0 to 59") }
        }
        return negative ? -seconds : seconds
    }

    private mutating func number(_ range: ClosedRange<Int>, _ need: String) throws(ZoneFault) -> Int {
        let start = place
        var value = 0
        // Four digits are more than any range here allows, so the number cannot overflow.
        while !isAtEnd, bytes[place] >= 0x30, bytes[place] <= 0x39, place - start < 4 {
            value = value * 10 + Int(bytes[place] - 0x30)
            place += 1
        }
        guard place > start, range.contains(value) else { throw fault(need) }
        return value
    }

    /// `,M3.2.0`, `,J60/2`, `,300/-1:30`; two in the morning where no time is written.
    mutating func moment() throws(ZoneFault) -> ZoneRule.Moment {
        guard take(",") else { throw fault("needs two dates, each after a comma") }
        let day: ZoneRule.Moment.Day
        if take("J") {
            day = .julian(try number(1...365, "needs a day from 1 to 365"))
        } else if take("M") {
            let month = try number(1...12, "needs a month from 1 to 12")
            guard take(".") else { throw fault("needs a dot after the month") }
            let week = try number(1...5, "needs a week from 1 to 5")
            guard take(".") else { throw fault("needs a dot after the week") }
            day = .weekday(month: month, week: week, day: try number(0...6, "needs a weekday from 0 to 6"))
        } else {
            day = .ofYear(try number(0...365, "needs a day from 0 to 365"))
        }
        return ZoneRule.Moment(day: day, time: take("/") ? try time(hours: 0...167) : 7200)
    }
}
