import WarRoomCore

/// Times as every pane writes them: weekday and clock, the home zone left, the other right.
extension Sight {
    /// `Sun 04:30` in the home zone.
    func home(_ instant: Instant) -> String { written(runbook.zones.home.zone.local(instant)) }

    /// `Sun 14:00` in the other zone.
    func other(_ instant: Instant) -> String { written(runbook.zones.other.zone.local(instant)) }

    private func written(_ time: LocalTime) -> String { time.day3 + " " + time.clock }

    /// `Sun 04:30 / Sun 14:00`.
    func both(_ instant: Instant) -> String { home(instant) + " / " + other(instant) }

    /// `Sun 04:30 / 14:00`, or with the second weekday where it is another one: a date is never implied.
    func bothShort(_ instant: Instant) -> String {
        let (one, two) = (runbook.zones.home.zone.local(instant), runbook.zones.other.zone.local(instant))
        return written(one) + " / " + (one.weekday == two.weekday ? two.clock : written(two))
    }
}
