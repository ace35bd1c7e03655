import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Until when words on the time hold")
struct HorizonTests {
    private static let words: [(name: String, of: @Sendable (Sight, Instant) -> String)] = [
        ("age", { $0.age($1) }), ("elapsed", { "\($0.elapsed(since: $1))" }), ("left", { $0.left($1) }),
        ("share", { "\($0.share(since: $1, of: .seconds(2700)))" }), ("ahead", { "\($0.isAhead($1))" }),
        ("past", { "\($0.isPast($1))" }), ("minutes", { "\($0.count(since: $1, by: 60))" }),
        ("cells", { "\($0.count(since: $1, by: 3600, in: 7))" }),
        ("heading", { sight, _ in sight.heading(sight.runbook.zones.home) }),
        ("clock", { sight, _ in sight.clock(in: sight.runbook.zones.other.zone).clock }),
    ]

    /// A moment that many things happen at, or just before or after one.
    private static func moment(_ random: inout Seeded) -> Duration {
        let seconds = [0, 4, 5, 59, 60, 61, 119, 120, 3600, 2700, 86_400, 90_000].randomElement(using: &random)!
        let beside = [0, 0, 1, -1, 1_000_000_000, -1_000_000_000].randomElement(using: &random)!
        return .seconds(seconds * (Bool.random(using: &random) ? 1 : -1)) + .nanoseconds(beside)
            + .nanoseconds(Bool.random(using: &random) ? 0 : Int.random(in: 0..<120_000_000_000, using: &random))
    }

    @Test("Up to its horizon a word is the same, whoever looks and however far away it is", arguments: [false, true])
    func holds(isPresenting: Bool) throws {
        let night = try Night.half()
        let start = try night.time("Sun 04:31")
        var random = Seeded(state: 7)
        var situation = Situation(night.bridge, now: start)
        for _ in 0..<300 {
            let now = start + .nanoseconds(Int.random(in: 0..<7_200_000_000_000, using: &random))
            let instant = now + Self.moment(&random)
            for (name, word) in Self.words {
                func said(at moment: Instant, by horizon: Horizon? = nil) -> String {
                    situation = Situation(night.bridge, now: moment, after: situation)
                    var sight = Sight(
                        situation: situation, vitals: Vitals(), view: ViewState(isPresenting: isPresenting))
                    sight.horizon = horizon
                    return word(sight, instant)
                }
                let horizon = Horizon()
                let text = said(at: now, by: horizon)
                let end = min(horizon.moment, now + .seconds(100_000))
                guard end > now else { continue }
                let last = end - .nanoseconds(1)
                let between = now + .nanoseconds(Int.random(in: 0...Int((last - now).nanosecondCount), using: &random))
                #expect(said(at: last) == text && said(at: between) == text, "\(name) of \(instant - now)")
            }
        }
    }
}
