import Synchronization
import WarRoomCore

/// Until when the clock changes nothing of what was made from a sight. Whoever asks the sight for something that moves
/// with the time lowers it, so that nobody who draws has to think of it.
final class Horizon: Sendable {
    private let nanoseconds = Atomic(Int64.max)

    /// At this moment, and not before, something may be another.
    var moment: Instant { Instant(nanoseconds: nanoseconds.load(ordering: .relaxed)) }

    func lower(to moment: Instant) {
        if moment.nanoseconds < nanoseconds.load(ordering: .relaxed) {
            nanoseconds.store(moment.nanoseconds, ordering: .relaxed)
        }
    }
}

/// What moves with the time. All of it tells the horizon, where there is one, until when it is so.
extension Sight {
    /// The same, with a horizon of its own for what is made from it.
    func watched(by horizon: Horizon) -> Sight {
        var sight = self
        sight.horizon = horizon
        return sight
    }

    private func holds(until moment: Instant) { horizon?.lower(to: moment) }

    /// Bridge time; for a presenter the beginning of the minute, so that nothing but the minute moves. What rests on it
    /// rests on this very moment: where only a comparison or an age is meant, ask for that.
    var now: Instant {
        holds(until: situation.now)
        return moment
    }

    private var moment: Instant {
        guard view.isPresenting else { return situation.now }
        return situation.now - .nanoseconds(situation.now.nanoseconds % 60_000_000_000)
    }

    /// Whether an instant is still to come.
    func isAhead(_ instant: Instant) -> Bool {
        guard instant > moment else { return false }
        holds(until: instant)
        return true
    }

    /// Whether an instant is past, by however little.
    func isPast(_ instant: Instant) -> Bool {
        if instant < moment { return true }
        holds(until: instant + .nanoseconds(1))
        return false
    }

    /// What a zone's clock shows, to the minute: its seconds are the tick's.
    func clock(in zone: Zone) -> LocalTime {
        let time = zone.local(moment)
        holds(until: Instant(seconds: moment.wholeSeconds) + .seconds(60 - time.second))
        return time
    }

    /// The zone's column head at this moment: the office's word and the truth.
    func heading(_ zone: Runbook.LabelledZone) -> String {
        // Its offset changes at a whole minute, if it does.
        _ = clock(in: zone.zone)
        return zone.zone.heading(label: zone.label, at: moment)
    }

    /// How long ago an instant is, in whole units of which so many are `seconds`.
    func count(since instant: Instant, by seconds: Int, in parts: Int = 1) -> Int {
        let count = Int((moment - instant).components.seconds) * parts / seconds
        guard moment >= instant else {
            holds(until: situation.now)
            return count
        }
        let next = (count + 1) * seconds
        holds(until: instant + .seconds((next + parts - 1) / parts))
        return count
    }

    /// How long ago, as it is written: in steps of 5 s under a minute, and of minutes from then on.
    func elapsed(since instant: Instant) -> Duration {
        let seconds = max((moment - instant).components.seconds, 0)
        holds(until: instant + .seconds(Sight.next(after: .seconds(seconds))))
        return .seconds(seconds < 60 ? seconds / 5 * 5 : seconds == 60 ? 60 : max(seconds / 60 * 60, 61))
    }

    /// How long ago, in steps of 5 s under a minute, so that an idle screen changes few cells.
    func age(_ instant: Instant) -> String {
        let age = moment - instant
        holds(until: instant + .seconds(Sight.next(after: age)))
        guard view.isPresenting, age <= .seconds(60) else { return Sight.age(age) }
        return age < .seconds(60) ? "under 1 min" : "1 min"
    }

    static func age(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds < 0 { return "0 s" }
        return seconds < 60 ? "\(seconds / 5 * 5) s" : duration.written
    }

    /// The age in seconds at which one is written in other words: at most a step or a minute further. What is a minute
    /// old to the second is `60 s`.
    private static func next(after age: Duration) -> Int64 {
        let seconds = max(age.components.seconds, 0)
        return seconds < 60 ? seconds / 5 * 5 + 5 : seconds == 60 ? 61 : seconds / 60 * 60 + 60
    }

    /// `26 of 45 min`, and whether it is more than that.
    func share(since instant: Instant, of limit: Duration) -> (words: String, isOver: Bool) {
        let age = moment - instant
        holds(until: instant + .seconds(Sight.next(after: age)))
        return (Sight.share(age, of: limit), isPast(instant + limit))
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
        let left = instant - moment
        if left <= .zero { return "now" }
        let seconds = left.components.seconds
        if seconds < 60 {
            // A step's own second still belongs to it; with the last of them the time has come.
            holds(until: instant - .seconds(seconds / 5 * 5) + .nanoseconds(seconds < 5 ? 0 : 1))
            return "in \(seconds / 5 * 5 + 5) s"
        }
        // It is rounded up, so it is another at a whole minute, and right after one.
        let isWhole = left == .seconds(seconds) && seconds.isMultiple(of: 60)
        holds(until: isWhole ? moment + .nanoseconds(1) : instant - .seconds(seconds / 60 * 60))
        return "in " + left.writtenLeft
    }
}
