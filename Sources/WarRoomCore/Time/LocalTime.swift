/// The instants that a reading of a clock in some zone can mean.
package enum WallResolution: Hashable, Sendable {
    /// The clocks read this once.
    case one(Instant)
    /// The clocks skip this. Two offers instead: the last whole minute before the change, and the change itself.
    case gap(before: Instant, after: Instant)
    /// The clocks read this twice.
    case two(first: Instant, second: Instant)
}

/// What clocks and calendars of a zone show at an instant.
package struct LocalTime: Hashable, Sendable {
    /// The year of the Gregorian calendar.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int
    /// 0 to 59.
    package let second: Int
    /// The day of the week on which it falls.
    package let weekday: Weekday
    /// Seconds east of UTC.
    package let offset: Int
    /// The zone's own word for the offset: `EDT`, `IST`, `+0545`.
    package let abbreviation: String

    init(seconds: Int64, reading: Zone.Reading) {
        let (day, second) = CivilDate.split(seconds: seconds + Int64(reading.offset))
        let date = CivilDate(dayNumber: day)
        (year, month, self.day) = (date.year, date.month, date.day)
        (hour, minute, self.second) = (second / 3600, second / 60 % 60, second % 60)
        weekday = Weekday(dayNumber: day)
        offset = reading.offset
        abbreviation = reading.abbreviation
    }

    /// `04:31`.
    package var clock: String { "\(hour.twoDigits):\(minute.twoDigits)" }
    /// `04:31:07`.
    package var clockWithSeconds: String { "\(clock):\(second.twoDigits)" }
    /// `Sun`.
    package var day3: String { weekday.short }
    /// `14 Sep`, `3 Nov`.
    package var dayMonth: String { "\(day) \(LocalTime.months[month - 1])" }
    /// `2025-09-14`.
    package var date: String { "\(year)-\(month.twoDigits)-\(day.twoDigits)" }

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
