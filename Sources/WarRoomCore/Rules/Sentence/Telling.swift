/// Tells times as they are at one moment, for whatever is written once: `status`, a refusal, a report.
package struct Telling: TimeTelling {
    /// The moment, in bridge time.
    let now: Instant
    /// The zones of the night.
    let zones: Runbook.Zones

    /// Tells as it is at a moment.
    package init(now: Instant, zones: Runbook.Zones) { (self.now, self.zones) = (now, zones) }

    /// How long ago an instant is: `38 min`.
    package func toldAge(of instant: Instant) -> String { max(now - instant, .zero).written }
    /// How long it is until an instant: `2 h 25`.
    package func toldLeft(until instant: Instant) -> String { max(instant - now, .zero).writtenLeft }
    /// A moment in both zones: `Sun 08:00 / Sun 17:30`.
    package func toldMoment(_ instant: Instant) -> String { zones.both(instant) }
    /// A moment in both zones by the clock: `08:00 / 17:30`.
    package func toldClock(_ instant: Instant) -> String {
        "\(zones.home.zone.local(instant).clock) / \(zones.other.zone.local(instant).clock)"
    }
}
