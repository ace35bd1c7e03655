import WarRoomCore

/// The night's clock goes on with the computer's uptime, from what the wall showed at the start: whoever sets the
/// computer's clock sets neither the night's, nor the age of anything (docs/contract.md, Time).
struct NightClock {
    /// From how many seconds on it is told that the computer's clock and the night's differ.
    static let tolerance = 2

    private let wall: @Sendable () -> Instant
    private let uptime: @Sendable () -> Duration
    private let start: (wall: Instant, uptime: Duration)

    init(wall: @escaping @Sendable () -> Instant, uptime: @escaping @Sendable () -> Duration) {
        (self.wall, self.uptime) = (wall, uptime)
        start = (wall(), uptime())
    }

    /// What the wall would show if nobody had set it since the start.
    var steady: Instant { start.wall + (uptime() - start.uptime) }

    /// By how much the computer's clock was set since the start; what is a matter of moments counts as nothing.
    var step: Duration {
        let step = wall() - steady
        return abs(step) < .seconds(1) ? .zero : step
    }

    /// The clock with which a hub begins. A live night that goes on has its journal's time where the wall is behind
    /// that, and keeps what it was told of a computer's clock that is wrong.
    func clock(_ given: Clock, isLive: Bool, resuming bridge: Bridge) -> Clock {
        guard let last = bridge.lastReceivedAt else { return given }
        guard isLive else { return given.resuming(after: last, wall: start.wall) }
        let corrected = start.wall + .seconds(-Int64(bridge.clock?.offset ?? 0))
        // What was ruled, and not done before the hub ended, is done now.
        if bridge.isClockRuled("wall"), start.wall >= last { return given }
        let now = [corrected, start.wall].first { $0 >= last } ?? last
        return now == start.wall ? given : Clock(startingAt: now, wall: start.wall, speed: 1)
    }

    /// The clock that makes bridge time of what the computer's clock shows, as in a file's mtime.
    func forFiles(_ clock: Clock) -> Clock {
        step == .zero
            ? clock : Clock(startingAt: clock.bridgeAnchor, wall: clock.wallAnchor + step, speed: clock.speed)
    }

    /// The clock of a night that goes by the computer's clock from now on.
    func byTheWall() -> Clock { Clock(startingAt: wall(), wall: steady, speed: 1) }

    /// By how many whole seconds the computer's clock is ahead of the night's.
    func offset(of night: Instant) -> Int {
        let gap = wall() - night
        return Int((gap + .milliseconds(gap < .zero ? -500 : 500)).components.seconds)
    }

    private func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }
}
