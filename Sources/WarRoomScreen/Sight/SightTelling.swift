package import WarRoomCore

extension Sight: TimeTelling {
    package func toldAge(of instant: Instant) -> String { age(instant) }

    package func toldLeft(until instant: Instant) -> String {
        let left = left(instant)
        return left.hasPrefix("in ") ? String(left.dropFirst(3)) : left
    }

    package func toldMoment(_ instant: Instant) -> String { both(instant) }

    package func toldClock(_ instant: Instant) -> String {
        let zones = runbook.zones
        return zones.home.zone.local(instant).clock + " / " + zones.other.zone.local(instant).clock
    }
}
