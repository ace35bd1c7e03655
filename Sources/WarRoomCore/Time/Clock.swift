/// The only clock: it makes the bridge's time of the computer's wall time (docs/contract.md, Time), for "now", for what
/// a file's mtime says, and for whatever else was stamped by the wall. It is a value, and never asks what time it is:
/// time is given, never taken.
///
/// Bridge time = `bridgeAnchor` + (wall time - `wallAnchor`) × `speed`, rounded to the nearest nanosecond
/// however long ago the anchor is, and held at the first and last ``Instant``. So it is exact at the anchor, never goes
/// backwards while the wall does not, and wall times before the anchor are scaled backwards. At speed 0 every wall time
/// is the anchor.
package struct Clock: Sendable, Hashable {
    /// Seconds of bridge time in a second of wall time, 0 to 100,000; 0 stands still.
    package let speed: Double
    /// The bridge's time at `wallAnchor`.
    package let bridgeAnchor: Instant
    /// The wall time at which the clock was started or set.
    package let wallAnchor: Instant

    /// The clock of a real night: bridge time is wall time.
    package static let live = Clock(startingAt: Instant(seconds: 0), wall: Instant(seconds: 0), speed: 1)

    /// A clock that shows `bridge` when the wall shows `wall` (`--at`, `--speed`). A speed that is negative, not a
    /// number or below a thousand-millionth counts as 0, one above 100,000 as that.
    package init(startingAt bridge: Instant, wall: Instant, speed: Double) {
        self.speed = speed >= 1e-9 ? min(speed, Ranges.speeds.upperBound) : 0
        bridgeAnchor = bridge
        wallAnchor = wall
    }

    /// Whether this is the clock of a real night; any other makes the night a rehearsal (docs/contract.md, Time).
    package var isLive: Bool { self == .live }

    /// The bridge's time when the wall shows `wall`.
    package func bridgeTime(wall: Instant) -> Instant {
        let elapsed = Int128(wall.nanoseconds) - Int128(wallAnchor.nanoseconds)
        guard speed != 1 else { return Instant(saturating: Int128(bridgeAnchor.nanoseconds) + elapsed) }
        guard speed > 0 else { return bridgeAnchor }
        // speed = significand × 2^-shift, exactly; 65 bits of elapsed time and 53 of it fit in 128. Multiplied as
        // Double, the mtime of an old file would lose microseconds.
        let significand = Int128(speed.significandBitPattern | (1 << 52))
        let shift = 52 - Int(speed.exponent)
        let scaled = (elapsed * significand + 1 << (shift - 1)) >> shift
        return Instant(saturating: Int128(bridgeAnchor.nanoseconds) + scaled)
    }

    /// The first wall time at which the bridge's time has reached `bridge`: when to wake for it. `nil` where it never
    /// does.
    package func wallTime(bridge: Instant) -> Instant? {
        guard bridgeTime(wall: .distantFuture) >= bridge else { return nil }
        // By bisection, so that it agrees with `bridgeTime` to the nanosecond at every speed.
        var low = Int128(Int64.min)
        var high = Int128(Int64.max)
        while low < high {
            let middle = (low + high) >> 1
            if bridgeTime(wall: Instant(saturating: middle)) >= bridge { high = middle } else { low = middle + 1 }
        }
        return Instant(saturating: low)
    }

    /// The clock after a restart with a journal that is not empty (docs/contract.md, Time). A rehearsal goes on from
    /// the last `receivedAt`, at the same speed, as if no time had passed. A real night's time has passed, and its
    /// clock stays the wall's. A ``Stamper`` that starts from the same entry keeps either from stepping back.
    package func resuming(after lastReceivedAt: Instant, wall: Instant) -> Clock {
        isLive ? self : Clock(startingAt: lastReceivedAt, wall: wall, speed: speed)
    }

    /// When an event counts as having happened: at its own time, but never after it was received (docs/contract.md,
    /// Time). Both are bridge time. `aheadBy` is by how much its own time was ahead, where this is over 60 s and must
    /// be shown; else `nil`.
    package static func effective(time: Instant?, receivedAt: Instant) -> (time: Instant, aheadBy: Duration?) {
        guard let time, time > receivedAt else { return (time ?? receivedAt, nil) }
        return (receivedAt, gap(time: time, receivedAt: receivedAt))
    }

    /// How far apart an event's own time and its receipt are, in bridge time, where this is over 60 s; else `nil`. It
    /// is positive if the sender's clock is ahead, negative if the report came late.
    package static func gap(time: Instant?, receivedAt: Instant) -> Duration? {
        guard let time else { return nil }
        let gap = time - receivedAt
        return gap > .seconds(60) || gap < .seconds(-60) ? gap : nil
    }
}

/// Gives entries their `receivedAt`, which never decreases (docs/contract.md, Time), even when the computer's clock is
/// set back or the hub starts again.
package struct Stamper: Sendable, Hashable {
    /// The clock that makes bridge time of wall time.
    package let clock: Clock
    /// The latest stamp given, or the last `receivedAt` of the journal.
    package private(set) var last: Instant?

    /// A stamper that goes on after `last`, the journal's last `receivedAt`, if it has one.
    package init(clock: Clock = .live, last: Instant? = nil) {
        self.clock = clock
        self.last = last
    }

    /// The stamp of what is received when the wall shows `wall`: the bridge's time, or the latest stamp if that is
    /// later.
    package mutating func next(wall: Instant) -> Instant { next(bridge: clock.bridgeTime(wall: wall)) }

    /// The stamp of what is received at a time of the bridge, such as a rehearsal's events before its start.
    package mutating func next(bridge: Instant) -> Instant {
        let stamp = max(bridge, last ?? bridge)
        last = stamp
        return stamp
    }

    /// "Now" on the bridge, without giving a stamp: never before the latest one, so that no age is negative.
    package func now(wall: Instant) -> Instant {
        let bridge = clock.bridgeTime(wall: wall)
        return max(bridge, last ?? bridge)
    }
}
