/// A point in time: whole nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX), from the year 1677 to
/// 2262. Instants are UTC, and nanoseconds are kept as given (CONTRACT 3).
package struct Instant: Hashable, Comparable, Sendable, Codable {
    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before it.
    package var nanoseconds: Int64

    /// The instant this many nanoseconds after 1970-01-01T00:00:00Z.
    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The instant this many seconds after 1970-01-01T00:00:00Z; beyond the years that fit, the first or last instant.
    package init(seconds: Int64) { self.init(saturating: Int128(seconds) * 1_000_000_000) }

    init(saturating nanoseconds: Int128) { self.nanoseconds = Int64(clamping: nanoseconds) }

    /// The last whole second at or before the instant, in seconds since 1970-01-01T00:00:00Z.
    package var wholeSeconds: Int64 {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The earliest instant that can be written down.
    package static let distantPast = Instant(nanoseconds: .min)
    /// The latest instant that can be written down.
    package static let distantFuture = Instant(nanoseconds: .max)

    /// One number, the nanoseconds.
    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// One number, the nanoseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    /// The order of time.
    package static func < (one: Instant, other: Instant) -> Bool { one.nanoseconds < other.nanoseconds }

    /// The instant that much later; stops at the last (or first) instant instead of overflowing. Parts of a nanosecond
    /// are dropped.
    package static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(saturating: Int128(instant.nanoseconds) + duration.attoseconds / 1_000_000_000)
    }

    /// The instant that much earlier; stops at the first (or last) instant instead of overflowing.
    package static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(saturating: Int128(instant.nanoseconds) - duration.attoseconds / 1_000_000_000)
    }

    /// The time from `other` to `instant`, exact, negative when `other` is later.
    package static func - (instant: Instant, other: Instant) -> Duration {
        Duration(attoseconds: (Int128(instant.nanoseconds) - Int128(other.nanoseconds)) * 1_000_000_000)
    }
}

// MARK: RFC 3339

extension Instant {
    /// Reads a date-time of RFC 3339, strictly: the date must exist, `T` (or `t`) stands between date and time, and
    /// `Z`, `z` or `±hh:mm` at the end. Any number of fraction digits is taken, those after the ninth are dropped;
    /// 24:00 is refused. A leap second, `:60` at 23:59 UTC on the last day of a month, is the last nanosecond before
    /// the next minute; any other `:60` is refused. `nil` for all else, and for years outside 1677 to 2262.
    package init?(rfc3339 text: some StringProtocol) {
        let read =
            text.utf8.withContiguousStorageIfAvailable { Instant.read($0) }
            ?? Array(text.utf8).withUnsafeBufferPointer { Instant.read($0) }
        guard let read else { return nil }
        self = read
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
        func number(at start: Int, digits: Int) -> Int? {
            var value = 0
            for byte in bytes[start..<start + digits] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        func stands(_ character: Unicode.Scalar, at place: Int) -> Bool { UInt32(bytes[place]) == character.value }

        guard bytes.count >= 20, stands("-", at: 4), stands("-", at: 7), stands(":", at: 13), stands(":", at: 16),
            stands("T", at: 10) || stands("t", at: 10),
            let year = number(at: 0, digits: 4), let month = number(at: 5, digits: 2),
            let day = number(at: 8, digits: 2), let hour = number(at: 11, digits: 2),
            let minute = number(at: 14, digits: 2), let second = number(at: 17, digits: 2),
            hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }

        var place = 19
        var fraction = 0
        if stands(".", at: place) {
            place += 1
            let start = place
            while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 {
                if place - start < 9 { fraction = fraction * 10 + Int(bytes[place] - 0x30) }
                place += 1
            }
            guard place > start else { return nil }
            for _ in 0..<max(0, 9 - (place - start)) { fraction *= 10 }
        }

        var offset = 0
        switch bytes.count - place {
        case 1:
            guard stands("Z", at: place) || stands("z", at: place) else { return nil }
        case 6:
            guard stands("+", at: place) || stands("-", at: place), stands(":", at: place + 3),
                let hours = number(at: place + 1, digits: 2), let minutes = number(at: place + 4, digits: 2),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (stands("-", at: place) ? -60 : 60)
        default: return nil
        }

        let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        if second == 60 {
            let next = CivilDate(dayNumber: (seconds + 1) / 86_400)
            guard (seconds + 1).isMultiple(of: 86_400), next.day == 1 else { return nil }
            fraction = 999_999_999
        }
        return Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(fraction)).map(Instant.init(nanoseconds:))
    }

    /// The instant in UTC as RFC 3339 writes it, with `Z` and with 0, 3, 6 or 9 fraction digits: no more groups than
    /// it needs, so that nothing is lost.
    package var rfc3339: String {
        let (day, clock) = CivilDate.split(seconds: wholeSeconds)
        let date = CivilDate(dayNumber: day)
        // The first second of all begins before the first instant, so the product may wrap; the difference cannot.
        let fraction = Int(nanoseconds &- wholeSeconds &* 1_000_000_000)
        let (value, digits) =
            fraction == 0
            ? (0, 0)
            : fraction.isMultiple(of: 1_000_000)
                ? (fraction / 1_000_000, 3)
                : fraction.isMultiple(of: 1000) ? (fraction / 1000, 6) : (fraction, 9)
        return String(unsafeUninitializedCapacity: 30) { bytes in
            var end = 0
            func put(_ number: Int, digits: Int) {
                var rest = number
                for place in stride(from: end + digits - 1, through: end, by: -1) {
                    bytes[place] = UInt8(0x30 + rest % 10)
                    rest /= 10
                }
                end += digits
            }
            func put(_ character: Unicode.Scalar) {
                bytes[end] = UInt8(truncatingIfNeeded: character.value)
                end += 1
            }
            put(date.year, digits: 4)
            put("-")
            put(date.month, digits: 2)
            put("-")
            put(date.day, digits: 2)
            put("T")
            put(clock / 3600, digits: 2)
            put(":")
            put(clock / 60 % 60, digits: 2)
            put(":")
            put(clock % 60, digits: 2)
            if digits > 0 {
                put(".")
                put(value, digits: digits)
            }
            put("Z")
            return end
        }
    }
}

// MARK: Days

/// A day of the Gregorian calendar, in no zone: the runbook's `date` (CONTRACT 6).
package struct CivilDate: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The year, -9999 to 9999; before the year 1 as if the calendar had always been.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// The day, or `nil` if the calendar has no such day between the years 0 and 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.days(inMonth: month, ofYear: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2025-09-14` (RFC 3339, full-date); `nil` for all else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                ? bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that many days after 1970-01-01; beyond the years -9999 to 9999 the first or last day of them.
    package init(dayNumber: Int) {
        // Days are counted from 0000-03-01, so that the leap day is the last of its year (era of 400 years: 146,097).
        let count = min(max(dayNumber, -4_371_587), 2_932_896) + 719_468
        let era = (count >= 0 ? count : count - 146_096) / 146_097
        let ofEra = count - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01; negative before it.
    package var dayNumber: Int { CivilDate.dayNumber(year: year, month: month, day: day) }

    /// The day of the week.
    package var weekday: Weekday { Weekday(dayNumber: dayNumber) }

    /// The day that many days later (earlier, when negative).
    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return CivilDate(dayNumber: overflow ? days : sum)
    }

    /// `2025-09-14` (RFC 3339, full-date).
    package var description: String {
        let digits = String(abs(year))
        return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            + "-\(month.twoDigits)-\(day.twoDigits)"
    }

    /// The order of the calendar.
    package static func < (one: CivilDate, other: CivilDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    /// One text, `2025-09-14`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CivilDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date of the calendar")
        }
        self = date
    }

    /// One text, `2025-09-14`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Seconds since 1970-01-01T00:00 as a day's number and the second of that day.
    static func split(seconds: Int64) -> (day: Int, second: Int) {
        let (day, second) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
        return second < 0 ? (day - 1, second + 86_400) : (day, second)
    }

    static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day's number; days outside the month count on into the next one, months must be 1 to 12.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
    }
}

/// A day of the week, in the order of the POSIX TZ rules: Sunday is 0.
package enum Weekday: Int, CaseIterable, Sendable, Codable {
    case sunday, monday, tuesday, wednesday, thursday, friday, saturday

    init(dayNumber: Int) {
        let place = (dayNumber % 7 + 11) % 7
        self = Weekday.allCases[place]
    }

    /// Reads `Sat`, `sat` or `Saturday`, in any case (CONTRACT 6 writes `Sat`); `nil` for all else.
    package init?(short: some StringProtocol) {
        let wanted = short.lowercased()
        let found = Weekday.allCases.first { [$0.name, $0.short].contains { $0.lowercased() == wanted } }
        guard let found else { return nil }
        self = found
    }

    /// `Sat`.
    package var short: String { String(name.prefix(3)) }

    /// `Saturday`.
    package var name: String {
        switch self {
        case .sunday: "Sunday"
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        }
    }
}

extension Int {
    /// The last two digits, `07`.
    var twoDigits: String { self < 10 && self >= 0 ? "0\(self)" : "\(self)" }
}

// MARK: Durations

extension Duration {
    /// The duration in whole nanoseconds, rounded towards zero; the largest or smallest number where it does not fit.
    package var nanosecondCount: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }

    /// The duration of that many nanoseconds.
    package init(nanosecondCount: Int64) { self = .nanoseconds(nanosecondCount) }

    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ]

    /// Reads a duration as runbooks write it: `45m`, `2s`, `1h30m`, `250ms`, `2d`. Every number carries its unit
    /// (CONTRACT 6: "Units are written"), larger units stand first, each at most once, without blanks, signs or
    /// fractions. `nil` for all else and for more than 292 years.
    package init?(written text: some StringProtocol) {
        var rest = Substring(text)[...]
        var units = Duration.units[...]
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits), let place = units.firstIndex(where: { $0.name == name }) else {
                return nil
            }
            let (product, tooMuch) = count.multipliedReportingOverflow(by: units[place].nanoseconds)
            let (sum, overflow) = total.addingReportingOverflow(product)
            guard !tooMuch, !overflow else { return nil }
            total = sum
            units = units[(place + 1)...]
        }
        self = .nanoseconds(total)
    }

    /// The duration in the notation of runbooks, `1h30m`, which ``init(written:)`` reads back; parts of a millisecond
    /// are dropped, and what is negative is written with a minus sign in front.
    package var notation: String {
        var rest = nanosecondCount.magnitude
        var text = nanosecondCount < 0 ? "-" : ""
        for unit in Duration.units {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.nanoseconds.magnitude)
            if count > 0 { text += "\(count)\(unit.name)" }
            rest = remainder
        }
        return text.isEmpty || text == "-" ? "0s" : text
    }

    /// An age or a length, short enough for a screen, rounded down: `22 s` (up to `60 s`), `15 min`, `4 h 05`,
    /// `13 h 19`, `2 d 03 h`; what is negative has a minus sign in front.
    package var written: String { reading(roundedUp: false) }

    /// The same for time that is left, rounded up, so that it never promises more than the clocks on the screen do: at
    /// 04:31:07 a step at 04:45 is `14 min` away.
    package var writtenLeft: String { reading(roundedUp: true) }

    private func reading(roundedUp: Bool) -> String {
        func part(_ number: UInt64, _ size: UInt64) -> UInt64 {
            number / size + (roundedUp && !number.isMultiple(of: size) ? 1 : 0)
        }
        let count = nanosecondCount
        let seconds = part(count.magnitude, 1_000_000_000)
        let sign = count < 0 && seconds > 0 ? "-" : ""
        if seconds <= 60 { return "\(sign)\(seconds) s" }
        let minutes = part(seconds, 60)
        if minutes < 60 { return "\(sign)\(minutes) min" }
        if minutes < 24 * 60 { return "\(sign)\(minutes / 60) h \(Int(minutes % 60).twoDigits)" }
        let hours = part(minutes, 60)
        return "\(sign)\(hours / 24) d \(Int(hours % 24).twoDigits) h"
    }
}
