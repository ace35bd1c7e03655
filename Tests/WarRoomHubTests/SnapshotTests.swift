import Glibc
import OrderedCollections
import Synchronization
import Testing
import WarRoomCore
import WarRoomWire

import class GRDB.DatabaseQueue

@testable import WarRoomHub

@Suite("A start from a snapshot comes to the same as a replay, and a snapshot is never believed over the journal")
struct SnapshotTests {
    private let folder: String
    private let start = Instant(rfc3339: "2025-09-14T08:00:00Z")!
    private let runbook: Runbook
    private let said = Said()

    /// What was logged.
    private final class Said: Sendable {
        private let lines = Mutex<[String]>([])
        func take(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    /// Numbers that are the same in each run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    init() throws {
        var template = Array("/tmp/warroom-snapshot.XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var runbook = Runbook(id: "shop", title: "Shop", date: "2025-09-14", zones: .init(home: utc, other: utc))
        runbook.sources["tool"] = SourcePlan(id: "tool", kind: .statusFiles(path: "x"), staleAfter: .seconds(60))
        runbook.sources["feed"] = SourcePlan(id: "feed", kind: .ndjson(path: "y"), staleAfter: .seconds(60))
        self.runbook = runbook
    }

    private func keeper(program: String = "this", every: Int = 10) -> SnapshotKeeper {
        SnapshotKeeper(folder: folder, program: program, every: every) { [said] in said.take($0) }
    }

    private func take(up journal: SQLiteJournal, _ snapshots: SnapshotKeeper?) throws -> Resumption {
        try Resumption(
            journal, runbook, snapshots, understand: { _ in nil }, log: { [said] in said.take($0) })
    }

    /// Writes entries of a night that only chance has made, from the one behind the last of `bridge`; returns them.
    private func write(_ count: Int, to journal: SQLiteJournal, on bridge: Bridge, _ numbers: inout Numbers) throws
        -> [(event: Event, by: String)]
    {
        var group = Group(bridge: bridge)
        var written: [(event: Event, by: String)] = []
        let texts = ["plain", #"a \"quote\" and a {brace"#, "zwölf €", #"\u0007 bell ],"#, ""]
        for _ in 0..<count {
            let number = group.bridge.entry + 1
            let text = texts.randomElement(using: &numbers)!
            let server = "srv\(Int.random(in: 1...5, using: &numbers))"
            let (type, subject, data): (String, String, String) =
                switch Int.random(in: 0..<5, using: &numbers) {
                case 0: ("note", "work", #"{"text":"\#(text)!"}"#)
                case 1: ("note", #"sub\\ject"#, #"{"text":"x","more":[{"a":1.50},"\#(text)"]}"#)
                case 2: ("server", server, #"{"patch":"\#(["running", "installed"].randomElement(using: &numbers)!)"}"#)
                case 3: ("server", server, #"{"pools":{"a":"in","b":"out"},"detail":"\#(text)"}"#)
                default: ("alert", "a\(number % 4)", #"{"state":"firing","server":"\#(server)","title":"\#(text)."}"#)
                }
            let by = ["tool", "feed", "somebody"].randomElement(using: &numbers)!
            let id = Bool.random(using: &numbers) ? "id-\(number)" : #"\#(text)-\#(number)"#
            let event = try Event(
                JSON(
                    parsing: #"{"specversion":"1.0","id":"\#(id)","source":"\#(by)","type":"warroom.\#(type)","#
                        + #""subject":"\#(subject)","time":"2025-09-14T07:00:00.5Z","data":\#(data)}"#))
            group.add(
                event, by: by, via: by == "somebody" ? nil : .source, receivedAt: start + .seconds(Int64(number)))
            written.append((event, by))
        }
        try journal.append(group.records)
        return written
    }

    private func expectSame(
        _ one: Resumption, _ other: Resumption, _ events: [(event: Event, by: String)], in journal: SQLiteJournal
    ) throws {
        #expect(BridgeLines.lines(for: one.bridge) == BridgeLines.lines(for: other.bridge))
        #expect(one.bridge.head == other.bridge.head)
        #expect(one.opened == other.opened)
        #expect(one.lines == other.lines)
        #expect(Set(one.desks.keys) == Set(other.desks.keys))
        for (id, desk) in one.desks {
            let (ours, theirs) = (desk.taken.array ?? [], other.desks[id]?.taken.array ?? [])
            #expect(Set(ours) == Set(theirs))
        }
        for (place, (event, by)) in events.enumerated() {
            for (by, event) in [(by, event), ("another", event), (by, event.about("something else"))] {
                let (ours, theirs) = (
                    one.repetitions.entry(of: event, by: by, journal: journal),
                    other.repetitions.entry(of: event, by: by, journal: journal)
                )
                #expect(ours?.entry == theirs?.entry && ours?.isSame == theirs?.isSame && ours?.by == theirs?.by)
                #expect(ours?.entry == place + 1)
            }
        }
    }

    /// Changes the journal as somebody with an editor would.
    private func alter(_ sql: String) throws {
        try DatabaseQueue(path: "\(folder)/journal.sqlite").write { try $0.execute(sql: sql) }
    }

    private func journal() throws -> SQLiteJournal { try SQLiteJournal(path: "\(folder)/journal.sqlite") }

    /// A journal with a snapshot of its first part; returns the events.
    private func make(_ journal: SQLiteJournal, seed: UInt64 = 1) throws -> [(event: Event, by: String)] {
        var numbers = Numbers(state: seed)
        var events = try write(
            Int.random(in: 10...60, using: &numbers), to: journal, on: Bridge(runbook: runbook), &numbers)
        let first = try take(up: journal, nil)
        let keeper = keeper()
        let desks = first.desks
        keeper.keep(first.bridge) { desks.mapValues(\.taken) }
        keeper.finish()
        events += try write(Int.random(in: 0...20, using: &numbers), to: journal, on: first.bridge, &numbers)
        return events
    }

    /// Whether a start believes the snapshot; it must come to the same in any case.
    private func isBelieved(
        _ journal: SQLiteJournal, _ events: [(event: Event, by: String)], program: String = "this"
    ) throws -> Bool {
        let keeper = keeper(program: program)
        let started = try take(up: journal, keeper)
        try expectSame(started, try take(up: journal, nil), events, in: journal)
        // Unless one was used, the next one is due since the first entry.
        return !keeper.isDue(at: 10)
    }

    @Test("Bridge, what sources said, what is a repetition and the lines of feeds are the same", arguments: 1...25)
    func same(seed: UInt64) throws {
        let journal = try journal()
        let events = try make(journal, seed: seed)
        #expect(try isBelieved(journal, events))
        #expect(said.all == [])
        var facts = stat()
        #expect(stat(SnapshotKeeper.path(in: folder), &facts) == 0 && facts.st_mode & 0o7777 == 0o600)
    }

    @Test("Without a snapshot all is replayed, and nothing is said of it")
    func none() throws {
        let journal = try journal()
        let events = try make(journal)
        unlink(SnapshotKeeper.path(in: folder))
        #expect(try !isBelieved(journal, events))
        #expect(said.all == [])
    }

    @Test("Another program's snapshot is not believed, and that is told")
    func otherProgram() throws {
        let journal = try journal()
        let events = try make(journal)
        #expect(try !isBelieved(journal, events, program: "another"))
        #expect(said.all == ["the snapshot is made anew: another program wrote it"])
    }

    @Test("A snapshot with any byte changed, cut short or empty is not believed, and ends nothing", arguments: 0..<24)
    func damaged(place: Int) throws {
        let journal = try journal()
        let events = try make(journal)
        let path = SnapshotKeeper.path(in: folder)
        let file = try #require(fopen(path, "r+"))
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        if place < 3 {
            ftruncate(fileno(file), [0, 1, size - 1][place])
        } else {
            fseek(file, size * (place - 3) / 21, SEEK_SET)
            let byte = fgetc(file)
            fseek(file, -1, SEEK_CUR)
            fputc(byte ^ 1, file)
        }
        fclose(file)
        #expect(try !isBelieved(journal, events))
        #expect(said.all.count == 1 && said.all[0].hasPrefix("the snapshot is made anew"))
    }

    @Test(
        "A journal of which an entry in front is another, or the end is cut off, is replayed",
        arguments: [
            "UPDATE entry SET event = replace(event, '07:00:00.5Z', '07:00:00.7Z') WHERE number = 4",
            "UPDATE entry SET received_at = received_at + 1 WHERE number = 4",
            "UPDATE entry SET by = 'x' WHERE number = 4",
            "DELETE FROM entry WHERE number > 9",
        ])
    func journalChanged(change: String) throws {
        let journal = try journal()
        _ = try make(journal)
        try alter(change)
        let keeper = keeper()
        let started = try take(up: journal, keeper)
        #expect(keeper.isDue(at: 10))
        #expect(try BridgeLines.lines(for: started.bridge) == BridgeLines.lines(for: take(up: journal, nil).bridge))
        #expect(said.all.count == 1 && said.all[0].contains("does not fit the journal"))
    }

    @Test("A row that is damaged in front of a snapshot is found at the start as without one")
    func damagedRow() throws {
        let journal = try journal()
        _ = try make(journal)
        try alter("UPDATE entry SET event = x'00ff' WHERE number = 4")
        #expect(throws: JournalFault("entry 4 is damaged: its 'event' is none")) { try take(up: journal, keeper()) }
    }

    @Test("A snapshot is due after so many entries, counted from the last one")
    func due() throws {
        let keeper = keeper(every: 100)
        #expect(!keeper.isDue(at: 99) && keeper.isDue(at: 100))
        keeper.wasUsed(asOf: 50)
        #expect(!keeper.isDue(at: 149) && keeper.isDue(at: 150))
    }
}
