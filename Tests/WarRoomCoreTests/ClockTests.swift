import Testing
import WarRoomCore

@Suite("The only clock")
struct ClockTests {
    static let speeds: [Double] = [0, 0.1, 0.5, 1, 7.3, 60, 600]

    private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    @Test("The live clock is the wall's, to the nanosecond, everywhere")
    func live() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<1000 {
            let wall = Instant(nanoseconds: Int64(bitPattern: random.next()))
            #expect(Clock.live.bridgeTime(wall: wall) == wall)
            #expect(Clock.live.wallTime(bridge: wall) == wall)
        }
        #expect(Clock.live.isLive)
    }

    @Test("A clock is exact at its anchor, monotone, and scaled before and after it", arguments: speeds)
    func properties(speed: Double) throws {
        var random = SeededNumbers(seed: 3)
        let day: Int64 = 86_400_000_000_000
        for _ in 0..<500 {
            let bridge = Instant(nanoseconds: .random(in: 0...2_000_000_000_000_000_000, using: &random))
            let wall = Instant(nanoseconds: .random(in: 0...2_000_000_000_000_000_000, using: &random))
            let clock = Clock(startingAt: bridge, wall: wall, speed: speed)
            #expect(clock.bridgeTime(wall: wall) == bridge)
            #expect(clock.isLive == false)

            let distances = (0..<20).map { _ in Int64.random(in: -40 * day...40 * day, using: &random) }
            let walls = distances.map { wall + .nanoseconds($0) }
            for (one, next) in zip(walls.sorted(), walls.sorted().dropFirst()) {
                #expect(clock.bridgeTime(wall: one) <= clock.bridgeTime(wall: next))
            }
            for wall in walls {
                let elapsed = clock.bridgeTime(wall: wall) - bridge
                let expected = Double((wall - clock.wallAnchor).nanosecondCount) * speed
                #expect(abs(Double(elapsed.nanosecondCount) - expected) <= 0.5 + abs(expected) * 1e-14)
            }
        }
    }

    @Test("At whole speeds the scale is exact to the nanosecond", arguments: [1, 60, 600])
    func wholeSpeeds(speed: Int64) throws {
        var random = SeededNumbers(seed: 4)
        let start = try instant("2025-09-13T23:00:00Z")
        let wall = try instant("2026-01-01T00:00:00.000000001Z")
        let clock = Clock(startingAt: start, wall: wall, speed: Double(speed))
        for _ in 0..<1000 {
            let elapsed = Int64.random(in: -9_000_000_000_000_000...9_000_000_000_000_000, using: &random)
            #expect(clock.bridgeTime(wall: wall + .nanoseconds(elapsed)) == start + .nanoseconds(elapsed * speed))
        }
    }

    @Test("At speed 0 every wall time, and every mtime from before the start, is the anchor")
    func standingStill() throws {
        let start = try instant("2025-09-14T08:31:07Z")
        let wall = try instant("2026-01-01T00:00:00Z")
        for speed in [0, -0.0, -1, .nan, -.infinity, 1e-12] {
            let clock = Clock(startingAt: start, wall: wall, speed: speed)
            #expect(clock.speed == 0)
            for moment in [wall, wall - .seconds(86_400), wall + .seconds(1), .distantPast, .distantFuture] {
                #expect(clock.bridgeTime(wall: moment) == start)
            }
            #expect(clock.wallTime(bridge: start + .nanoseconds(1)) == nil)
        }
    }

    @Test("An mtime before the start of a rehearsal is scaled backwards")
    func mtimes() throws {
        let start = try instant("2025-09-13T23:00:00Z")
        let wall = try instant("2026-01-01T12:00:00Z")
        let clock = Clock(startingAt: start, wall: wall, speed: 60)
        #expect(clock.bridgeTime(wall: wall - .seconds(90)) == start - .seconds(5400))
        #expect(clock.bridgeTime(wall: wall - .nanoseconds(1)) == start - .nanoseconds(60))
        let half = Clock(startingAt: start, wall: wall, speed: 0.5)
        #expect(half.bridgeTime(wall: wall - .nanoseconds(3)) == start - .nanoseconds(1))
        #expect(half.bridgeTime(wall: wall + .nanoseconds(4)) == start + .nanoseconds(2))
    }

    @Test("No wall time and no speed can overflow a clock")
    func extremes() {
        for speed in [1e-9, 0.001, 1, 60, 1e9, .infinity, .greatestFiniteMagnitude] {
            for anchor in [Instant.distantPast, Instant(seconds: 0), .distantFuture] {
                for wall in [Instant.distantPast, Instant(seconds: 0), .distantFuture] {
                    let clock = Clock(startingAt: anchor, wall: wall, speed: speed)
                    #expect(clock.bridgeTime(wall: .distantPast) <= anchor)
                    #expect(clock.bridgeTime(wall: .distantFuture) >= anchor)
                    #expect(clock.speed <= 1e9)
                }
            }
        }
    }

    @Test("The wall time to wake at is the first at which the bridge's time is reached", arguments: speeds.dropFirst())
    func waking(speed: Double) throws {
        var random = SeededNumbers(seed: 5)
        let clock = Clock(
            startingAt: try instant("2025-09-13T23:00:00Z"), wall: try instant("2026-01-01T00:00:00Z"), speed: speed)
        for _ in 0..<500 {
            let distance = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
            let bridge = clock.bridgeAnchor + .nanoseconds(distance)
            let wall = try #require(clock.wallTime(bridge: bridge))
            #expect(clock.bridgeTime(wall: wall) >= bridge)
            #expect(clock.bridgeTime(wall: wall - .nanoseconds(1)) < bridge)
        }
    }

    @Test(
        "After a restart a rehearsal goes on from the last entry, and a live clock stays the wall's", arguments: speeds)
    func restart(speed: Double) throws {
        let wall = try instant("2026-01-01T00:00:00Z")
        let clock = Clock(startingAt: try instant("2025-09-13T23:00:00Z"), wall: wall, speed: speed)
        let last = clock.bridgeTime(wall: wall + .seconds(600))
        let again = wall + .seconds(4000)
        let resumed = clock.resuming(after: last, wall: again)
        #expect(resumed.bridgeTime(wall: again) == last)
        #expect(resumed.speed == speed)
        #expect(resumed.bridgeTime(wall: again + .seconds(1)) == last + .nanoseconds(Int64(speed * 1e9)))
        #expect(Clock.live.resuming(after: last, wall: again) == .live)
    }

    @Test("An event counts from its own time, never from after its receipt")
    func effectiveTime() {
        var random = SeededNumbers(seed: 6)
        for _ in 0..<2000 {
            let received = Instant(nanoseconds: Int64(bitPattern: random.next()) / 2)
            let time = received + .nanoseconds(Int64.random(in: -120_000_000_000...120_000_000_000, using: &random))
            let (effective, aheadBy) = Clock.effective(time: time, receivedAt: received)
            #expect(effective == min(time, received))
            #expect(aheadBy == (time - received > .seconds(60) ? time - received : nil))
        }
        let received = Instant(seconds: 1000)
        #expect(Clock.effective(time: nil, receivedAt: received).time == received)
        #expect(Clock.effective(time: nil, receivedAt: received).aheadBy == nil)
        #expect(Clock.effective(time: received + .seconds(60), receivedAt: received).aheadBy == nil)
        #expect(Clock.effective(time: received + .nanoseconds(60_000_000_001), receivedAt: received).aheadBy != nil)
        #expect(Clock.effective(time: .distantFuture, receivedAt: .distantPast).time == .distantPast)
        #expect(Clock.gap(time: received - .seconds(61), receivedAt: received) == .seconds(-61))
        #expect(Clock.gap(time: received - .seconds(60), receivedAt: received) == nil)
        #expect(Clock.gap(time: nil, receivedAt: received) == nil)
    }

    @Test("Stamps never decrease, however the wall clock jumps, and a restart goes on from the last", arguments: speeds)
    func stamps(speed: Double) throws {
        var random = SeededNumbers(seed: 7)
        let start = try instant("2026-01-01T00:00:00Z")
        var stamper = Stamper(clock: Clock(startingAt: try instant("2025-09-14T00:00:00Z"), wall: start, speed: speed))
        var wall = start
        var last = Instant.distantPast
        for _ in 0..<2000 {
            wall = wall + .nanoseconds(Int64.random(in: -4_000_000_000_000...5_000_000_000_000, using: &random))
            let clock = stamper.clock.bridgeTime(wall: wall)
            let now = stamper.now(wall: wall)
            let stamp = stamper.next(wall: wall)
            #expect(stamp == now && stamp >= last && stamp == stamper.last)
            #expect(stamp == max(clock, last))
            last = stamp
            if Bool.random(using: &random) { stamper = Stamper(clock: stamper.clock, last: stamper.last) }
        }
    }

    @Test("A live hub whose wall clock was set back stamps with the last entry's time until the wall has caught up")
    func setBack() {
        var stamper = Stamper(last: Instant(seconds: 1000))
        #expect(stamper.next(wall: Instant(seconds: 400)) == Instant(seconds: 1000))
        #expect(stamper.next(wall: Instant(seconds: 1001)) == Instant(seconds: 1001))
        #expect(stamper.next(bridge: Instant(seconds: 5)) == Instant(seconds: 1001))
    }
}
