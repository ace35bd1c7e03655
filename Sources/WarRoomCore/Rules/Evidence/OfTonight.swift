/// Whether a run is of this night: by its own times, and by the date that its id bears. A page may still name the run
/// of an earlier month, "Run 20250824.3", and that proves nothing of tonight.
extension Bridge {
    /// Why a run cannot be this night's, in words; `nil` where it may be.
    func notTonight(runID: String?, startedAt: Instant?, finishedAt: Instant?, at: Instant) -> String? {
        guard let opens = runbook.window.opens else { return nil }
        let zone = runbook.zones.home.zone
        var opened: String { "\(zone.local(opens).dayMonth) \(zone.local(opens).clock)" }
        if let runID, let date = CivilDate(carriedBy: runID), let end = date.endAnywhere, end <= opens {
            // A number that only looks like a date is of no year near the night's.
            if opens - end < .seconds(400 * 86_400) {
                return
                    "not tonight's: run dated \(Zone.utc.local(end - .seconds(36 * 3_600)).dayMonth), the window "
                    + "opened \(opened)"
            }
        }
        let ran = startedAt ?? finishedAt ?? at
        return ran < opens ? "not tonight's: it ran on \(zone.local(ran).dayMonth), the window opened \(opened)" : nil
    }
}

extension CivilDate {
    /// The first date in a run's id: eight digits that stand alone, or `2025-08-24`.
    fileprivate init?(carriedBy runID: String) {
        let bytes = Array(runID.utf8)
        func isDigit(_ place: Int) -> Bool { bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place]) }
        func number(_ from: Int, _ count: Int) -> Int? {
            guard (from..<from + count).allSatisfy(isDigit) else { return nil }
            return bytes[from..<from + count].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        for start in bytes.indices where isDigit(start) && !isDigit(start - 1) {
            let dashed = bytes.indices.contains(start + 7) && bytes[start + 4] == 0x2D && bytes[start + 7] == 0x2D
            let (month, day, end) = dashed ? (start + 5, start + 8, start + 10) : (start + 4, start + 6, start + 8)
            guard !isDigit(end), let year = number(start, 4), let month = number(month, 2), let day = number(day, 2),
                year >= 1990, let date = CivilDate(year: year, month: month, day: day)
            else { continue }
            self = date
            return
        }
        return nil
    }

    /// When it has stopped being this date everywhere on Earth, twelve hours behind UTC included.
    fileprivate var endAnywhere: Instant? {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Instant(rfc3339: "\(year)-\(two(month))-\(two(day))T00:00:00Z").map { $0 + .seconds(36 * 3_600) }
    }
}
