import Testing
import WarRoomCore

@testable import WarRoomHub

@Suite("The hub keeps of a source what changes")
struct SourceDeskTests {
    private let start = Instant(rfc3339: "2025-09-14T08:00:00Z")!
    private var desk = SourceDesk(
        SourcePlan(id: "pools", kind: .statusFiles(path: "x"), staleAfter: .seconds(60)))

    private func finding(_ membership: String, id: String = "1") throws -> Finding {
        Finding(
            event: try JSON(
                parsing: #"{"type":"warroom.server","subject":"a","data":{"pools":{"p":"\#(membership)"}}}"#),
            wallTime: start, fallbackID: id)
    }

    private func states(_ news: SourceDesk.News?) -> [String] {
        news?.transitions.map(\.state.rawValue) ?? []
    }

    @Test("What a file leaves out is filled in: the source's id, its mtime, mtime and content")
    mutating func completed() throws {
        let news = desk.take(Look(findings: [try finding("in")], asOf: start), clock: .live, now: start)
        let event = try #require(news.events.first)
        #expect(event["source"] == "pools")
        #expect(event["id"] == "1")
        #expect(event["time"]?.instant == start)
        #expect(event["specversion"] == "1.0")
        #expect(states(news) == ["current"])
    }

    @Test("A file written anew with the same content is a confirmation, not an entry")
    mutating func transitionsOnly() throws {
        _ = desk.take(Look(findings: [try finding("in")], asOf: start), clock: .live, now: start)
        #expect(desk.takeConfirmation() == start)
        #expect(desk.takeConfirmation() == nil)
        let later = start + .seconds(20)
        let news = desk.take(Look(findings: [try finding("in", id: "2")], asOf: later), clock: .live, now: later)
        #expect(news == SourceDesk.News())
        #expect(desk.takeConfirmation() == later)
        #expect(desk.lastGood == later)
        let changed = desk.take(Look(findings: [try finding("out", id: "3")], asOf: later), clock: .live, now: later)
        #expect(changed.events.count == 1)
    }

    @Test("It goes stale by the bridge's clock, once, and comes back with the next good content")
    mutating func stale() throws {
        _ = desk.take(Look(findings: [try finding("in")], asOf: start), clock: .live, now: start)
        #expect(desk.age(now: start + .seconds(60)) == nil)
        #expect(states(desk.age(now: start + .seconds(61))) == ["stale"])
        #expect(desk.age(now: start + .seconds(70)) == nil)
        let back = start + .seconds(80)
        #expect(states(desk.take(Look(asOf: back), clock: .live, now: back)) == ["current"])
    }

    @Test("One half-written moment is no news; trouble that stays is, once, and the last good time is kept")
    mutating func trouble() throws {
        _ = desk.take(Look(findings: [try finding("in")], asOf: start), clock: .live, now: start)
        let now = start + .seconds(5)
        #expect(states(desk.take(Look(asOf: start, trouble: "half"), clock: .live, now: now)) == [])
        let second = desk.take(Look(asOf: start, trouble: "half"), clock: .live, now: now)
        #expect(states(second) == ["unreadable"])
        #expect(second.transitions.first?.lastGood == start)
        #expect(states(desk.take(Look(asOf: start, trouble: "half at byte 9"), clock: .live, now: now)) == [])
        #expect(states(desk.take(Look(asOf: now), clock: .live, now: now)) == ["current"])
    }

    @Test("What has never been there is never-seen with its reason, what has gone is unreadable")
    mutating func absent() throws {
        #expect(states(desk.take(SourceFault("not there", isAbsent: true))) == ["never-seen"])
        #expect(states(desk.take(SourceFault("not there", isAbsent: true))) == [])
        _ = desk.take(Look(findings: [try finding("in")], asOf: start), clock: .live, now: start)
        #expect(states(desk.take(SourceFault("is gone"))) == ["unreadable"])
    }

    @Test("A file's mtime is mapped through the clock of a rehearsal")
    mutating func mapped() throws {
        let bridge = Instant(rfc3339: "2025-09-14T08:31:00Z")!
        let clock = Clock(startingAt: bridge, wall: start, speed: 60)
        _ = desk.take(Look(findings: [try finding("in")], asOf: start - .seconds(1)), clock: clock, now: bridge)
        #expect(desk.lastGood == bridge - .seconds(60))
    }

    @Test("Refusals of one user are journalled once a second, the rest is counted and not lost")
    func refusalLimit() {
        func refusal(_ who: String, _ why: String = "no") -> RefusalLimit.Refusal {
            .init(subject: "s", who: who, what: "w", why: why)
        }
        var limit = RefusalLimit()
        #expect(limit.mayRecord(refusal("u"), wall: start) == 0)
        #expect(limit.mayRecord(refusal("u"), wall: start + .milliseconds(10)) == nil)
        #expect(limit.mayRecord(refusal("other"), wall: start) == 0)
        #expect(limit.mayRecord(refusal("u", "last"), wall: start + .milliseconds(20)) == nil)
        #expect(limit.takeCounted(wall: start + .milliseconds(500)).isEmpty)
        let counted = limit.takeCounted(wall: start + .seconds(1))
        #expect(counted.map(\.refusal) == [refusal("u", "last")])
        #expect(counted.map(\.more) == [1])
        #expect(limit.mayRecord(refusal("u"), wall: start + .seconds(3)) == 0)
    }
}
