import NIOCore
import Testing
import WarRoomCore

@testable import WarRoomHub

@Suite("Nothing is lost on the way")
struct NothingLostTests {
    private let start = Instant(rfc3339: "2025-09-14T08:00:00Z")!

    private func desk(_ kind: SourcePlan.Kind = .statusFiles(path: "x")) -> SourceDesk {
        SourceDesk(SourcePlan(id: "s", kind: kind, staleAfter: .seconds(60)))
    }

    private func look(_ elements: String..., at time: Instant, file: String? = "f", isRead: Bool = true) throws -> Look
    {
        var look = Look(asOf: time)
        look.findings = try elements.enumerated().map { place, reboot in
            let text =
                #"{"id":"\#(place)","time":"2025-09-14T07:0\#(place):00Z","type":"warroom.server","subject":"a","#
                + #""data":{"reboot":"\#(reboot)"}}"#
            var finding = Finding(event: try JSON(parsing: text), wallTime: time, fallbackID: "")
            finding.rest = file
            return finding
        }
        if let file { look.rests[file] = Look.Rest(asOf: time, isWritten: isRead, isRead: isRead) }
        return look
    }

    private func words(_ news: SourceDesk.News) -> [String] {
        news.events.map { $0["data"]?["reboot"]?.text ?? "" }
    }

    @Test("What a file says and could not be kept is said again at the next look, and nothing that is in the journal")
    func files() throws {
        var desk = desk()
        let first = desk.take(try look("rebooting", "up", at: start), clock: .live, now: start)
        for event in first.events { desk.took(try Event(event)) }
        let later = start + .seconds(10)
        let more = desk.take(try look("rebooting", "up", "rebooting", at: later), clock: .live, now: later)
        #expect(words(more) == ["rebooting"])
        desk.wasLost(more.events[0])
        let same = try look(at: later, isRead: false)
        let again = desk.take(same, clock: .live, now: later + .seconds(1))
        #expect(words(again) == ["rebooting"], "the boot before it is not told twice")
        desk.took(try Event(again.events[0]))
        let nothing = desk.take(same, clock: .live, now: later + .seconds(2))
        #expect(words(nothing) == [])
    }

    @Test("What became of a source and could not be kept is said again, and only then")
    func transitions() throws {
        var desk = desk()
        _ = desk.take(try look("up", at: start), clock: .live, now: start)
        let late = start + .seconds(61)
        let transitions = desk.age(now: late)?.transitions
        let stale = try #require(transitions?.first)
        #expect(stale.state == .stale)
        var none = desk.age(now: late + .seconds(1))
        #expect(none == nil)
        desk.wasLost(stale)
        let offered = desk.age(now: late + .seconds(2))?.transitions
        let again = try #require(offered?.first)
        #expect(again.state == .stale && again.stale == stale.stale)
        none = desk.age(now: late + .seconds(3))
        #expect(none == nil)
    }

    @Test("A time in which nothing was kept is owed to the journal from its beginning, until it is there")
    func keeping() {
        var keeping = Keeping()
        let now = NIODeadline.now()
        keeping.failed(since: start, why: "the disk is full")
        keeping.failed(since: start + .seconds(5), why: "the disk is full")
        #expect(keeping.unkept?.since == start && keeping.owed == keeping.unkept)
        keeping.kept(since: start + .seconds(9), after: .milliseconds(3), now: now)
        #expect(keeping.unkept == nil && keeping.owed?.since == start)
        keeping.paid()
        #expect(keeping.owed == nil && keeping.troubles.isEmpty)
    }

    @Test("A slow disk is told while it is slow and a minute longer, and owes nothing")
    func slow() {
        var keeping = Keeping()
        let now = NIODeadline.now()
        keeping.isSlow(since: start, isHeld: false)
        #expect(keeping.troubles.map(\.kind) == [.unkept])
        keeping.kept(since: start, after: .milliseconds(2_100), now: now)
        #expect(keeping.troubles.map(\.text) == ["it took 2.1 s to keep an entry"] && keeping.owed == nil)
        keeping.look(free: nil, at: start, now: now + .seconds(61))
        #expect(keeping.troubles.isEmpty)
        keeping.look(free: 12 << 20, at: start, now: now)
        #expect(keeping.troubles.map(\.text) == ["12 MB are left on the disk of the journal"])
        keeping.look(free: 1 << 40, at: start, now: now)
        #expect(keeping.troubles.isEmpty)
    }

    @Test("Who was named tonight keeps the name when the name service falls silent; who was not is a number")
    func names() {
        var names = Names(starter: (0, "root"))
        defer { names.shutDown() }
        let ann = Names.Peer(uid: 7, gid: 7)
        let known = Names.Identity(uid: 7, user: "ann", groups: ["ops"])
        let asked = [names.wait(for: ann, 1), names.wait(for: ann, 2)]
        #expect(asked == [true, false], "it is asked once")
        let waited = names.took(.named(known), of: ann).waiting
        #expect(waited == [1, 2])
        #expect(names.remembered(ann) == known)
        _ = names.wait(for: ann, 3)
        let silent = names.took(.silent, of: ann)
        #expect(silent.identity == known && silent.trouble?.contains("ann keeps tonight's roles") == true)
        let lost = names.took(.unknown, of: ann)
        #expect(lost.identity == known, "a service that has lost its users is no better")
        let stranger = names.took(.silent, of: Names.Peer(uid: 8, gid: 8))
        #expect(stranger.identity.user == "8" && stranger.identity.groups.isEmpty)
        let starter = names.took(.silent, of: Names.Peer(uid: 0, gid: 0))
        #expect(starter.identity.user == "root")
        let nobody = names.took(.unknown, of: Names.Peer(uid: 9, gid: 9))
        #expect(nobody.trouble == nil, "a user without a name is no fault")
    }

    @Test("Turns go round between connections, roles before viewers, and no line is read before its turn")
    func turns() throws {
        var inboxes = Inboxes()
        for id in 1...3 { inboxes.open(id, resume: {}) }
        for id in 1...3 { inboxes.setBusy(id, false) }
        inboxes.setViewer(3, false)
        for id in 1...3 { for _ in 0..<2 { _ = inboxes.put(Array("{nonsense".utf8), in: id) } }
        #expect(inboxes.count(viewers: false) == 1 && inboxes.count(viewers: true) == 2)
        let role = inboxes.next(viewers: false)
        #expect(role == 3)
        let first = inboxes.next(viewers: true)
        let one = try #require(first)
        _ = inboxes.first(of: one)
        inboxes.drop(of: one)
        inboxes.queue(one)
        let others = (0..<3).map { _ in inboxes.next(viewers: true) }
        #expect(others == [3 - one, one, nil], "the other one is next")
    }

    @Test("A connection that sends more than is taken is told to wait, by lines and by bytes, and then to go on")
    func full() {
        for line in [Array("{}".utf8), [UInt8](repeating: 0x20, count: 60_000)] {
            var inboxes = Inboxes()
            var resumed = 0
            inboxes.open(1, resume: { resumed += 1 })
            inboxes.setBusy(1, false)
            var count = 0
            while inboxes.put(line, in: 1) { count += 1 }
            #expect(count < 256 && (line.count < 100 || count < 6))
            while resumed == 0 {
                _ = inboxes.first(of: 1)
                inboxes.drop(of: 1)
            }
            let hasRoom = inboxes.put(line, in: 1)
            #expect(hasRoom, "there is room again")
        }
    }
}
