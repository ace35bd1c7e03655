import Testing
import WarRoomCore

@testable import WarRoomHub

@Suite("A source's desk while a rehearsal catches up")
struct CatchingUpTests {
    private let start = Instant(rfc3339: "2025-09-14T08:00:00Z")!
    private var desk = SourceDesk(
        SourcePlan(id: "pools", kind: .statusFiles(path: "x"), staleAfter: .seconds(60)))

    @Test("It knows when it will be too old")
    mutating func expiry() {
        #expect(desk.expiry == nil)
        _ = desk.take(Look(asOf: start), clock: .live, now: start)
        #expect(desk.expiry == start + .seconds(60))
    }

    @Test("A clock that is set afterwards makes what is known neither older nor younger")
    mutating func remapped() {
        _ = desk.take(Look(asOf: start), clock: .live, now: start)
        let still = Clock(startingAt: start + .seconds(600), wall: start + .seconds(9_000), speed: 0)
        let news = desk.take(Look(asOf: start), clock: still, now: start + .seconds(600))
        #expect(desk.lastGood == start)
        #expect(news.transitions.map(\.state) == [.stale])
    }
}
