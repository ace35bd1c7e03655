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

    /// From when to when, the start first: `Sun 05:06→05:48`, `Sun 04:42→now`; 15 cells, more where it ends on another
    /// day.
    func span(_ start: Instant, to end: Instant?, isOpen: Bool = false, in zone: Zone) -> String {
        let arrow = Shape.arrow.text(glyphs)
        let from = zone.local(start)
        if isOpen { return written(from) + arrow + "now" }
        guard let end, end - start >= .seconds(60) || end < start else { return written(from) }
        let to = zone.local(end)
        return written(from) + arrow + (from.date == to.date ? to.clock : written(to))
    }
}
