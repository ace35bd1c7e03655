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

    /// The planned time and the actual one after it, 15 cells: `Sat 19:00→19:06`.
    func span(planned: Instant?, actual: Instant?, in zone: Zone) -> String {
        let arrow = Shape.arrow.text(glyphs)
        switch (planned.map { zone.local($0) }, actual.map { zone.local($0) }) {
        case (let planned?, let actual?): return written(planned) + arrow + actual.clock
        case (let planned?, nil): return written(planned)
        case (nil, let actual?): return actual.day3 + "      " + arrow + actual.clock
        case (nil, nil): return ""
        }
    }

    /// The zone's column head at this moment: the office's word and the truth.
    func heading(_ zone: Runbook.LabelledZone) -> String { zone.zone.heading(label: zone.label, at: now) }

    /// How long ago, in steps of 5 s under a minute, so that an idle screen changes few cells.
    func age(_ instant: Instant) -> String {
        let age = now - instant
        guard view.isPresenting, age <= .seconds(60) else { return Sight.age(age) }
        return age < .seconds(60) ? "under 1 min" : "1 min"
    }

    static func age(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds < 0 { return "0 s" }
        return seconds < 60 ? "\(seconds / 5 * 5) s" : duration.written
    }

    /// `26 of 45 min`: the unit once where both have the same.
    static func share(_ age: Duration, of limit: Duration) -> String {
        let (one, two) = (Sight.age(age), limit.written)
        for unit in [" s", " min"] where one.hasSuffix(unit) && two.hasSuffix(unit) {
            return one.dropLast(unit.count) + " of " + two
        }
        return one + " of " + two
    }

    /// How long until an instant: `in 14 min`; the past is `now`.
    func left(_ instant: Instant) -> String {
        let left = instant - now
        if left <= .zero { return "now" }
        let seconds = left.components.seconds
        return seconds < 60 ? "in \(seconds / 5 * 5 + 5) s" : "in " + left.writtenLeft
    }
}
