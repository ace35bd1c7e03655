package import WarRoomCore

extension Sight: TimeTelling {
    /// How long ago, as the screen writes it; it tells the horizon until when.
    package func toldAge(of instant: Instant) -> String { age(instant) }

    /// How long it is until then, in the same way.
    package func toldLeft(until instant: Instant) -> String {
        let left = left(instant)
        return left.hasPrefix("in ") ? String(left.dropFirst(3)) : left
    }

    /// Both zones with their weekdays.
    package func toldMoment(_ instant: Instant) -> String { both(instant) }

    /// Both zones by the clock alone.
    package func toldClock(_ instant: Instant) -> String {
        let zones = runbook.zones
        return zones.home.zone.local(instant).clock + " / " + zones.other.zone.local(instant).clock
    }
}
