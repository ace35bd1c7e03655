/// A day of the Gregorian calendar, in no zone: the runbook's `date` (docs/contract.md, The runbook).
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year, -9999 to 9999; before the year 1 as if the calendar had always been in use.
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

    /// The day of the week on which it falls.
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

    /// `14 Sep 2025`.
    package var inWords: String { "\(day) \(LocalTime.months[month - 1]) \(year)" }

    /// The order of the calendar.
    package static func < (one: CivilDate, other: CivilDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
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

/// A day of the week, numbered as in POSIX TZ strings: Sunday is 0.
package enum Weekday: Int, CaseIterable, Sendable {
    case sunday, monday, tuesday, wednesday, thursday, friday, saturday

    init(dayNumber: Int) {
        let place = (dayNumber % 7 + 11) % 7
        self = Weekday.allCases[place]
    }

    /// Reads `Sat`, `sat` or `Saturday`, in any case; `nil` for all else. A runbook writes `Sat`.
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
