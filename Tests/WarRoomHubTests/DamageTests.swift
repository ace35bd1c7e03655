import Foundation
import Testing
import WarRoomCore
import WarRoomDigest

import class GRDB.DatabaseQueue

@testable import WarRoomHub

/// Numbers from a seed, the same on every machine (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite("A journal that somebody or something has changed is told apart from a whole one, and ends nothing")
struct DamageTests {
    private let folder: String
    private var path: String { "\(folder)/journal.sqlite" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("warroom-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private static let text = "id: shop\ntitle: Shop\n"
    private static let fingerprint = SHA256.hex(of: text.utf8)

    private static func event(_ number: Int) -> (subject: String, text: String) {
        guard number > 1 else {
            let data = #"{"mode":"live","runbook":"\#(fingerprint)","state":"opened"}"#
            return (
                "shop",
                #"{"data":\#(data),"id":"1","source":"hub","specversion":"1.0","subject":"shop","#
                    + #""type":"warroom.bridge"}"#
            )
        }
        return (
            "web\(number % 7)",
            #"{"data":{"text":"Größe \#(number)"},"id":"\#(number)","source":"s","specversion":"1.0","#
                + #""subject":"web\#(number % 7)","type":"warroom.note"}"#
        )
    }

    private static func records(_ count: Int) -> [Record] {
        var hash = Entry.hashBeforeFirst
        return (1...count).map { number in
            let (subject, text) = event(number)
            let at = Instant(seconds: Int64(number) * 60)
            let via: Entry.Via? = number == 1 ? .hub : number.isMultiple(of: 3) ? .source : nil
            let isLate = number > count / 2
            hash = Chain.hash(
                after: hash,
                unhashedLine: Entry.unhashedLine(
                    number: number, receivedAt: at, by: "user", via: via, isAfterClose: isLate, eventText: text))
            return Record(
                number: number, receivedAt: at, by: "user", via: via, isAfterClose: isLate, subject: subject,
                event: text, hash: hash)
        }
    }

    /// Makes a journal, and returns what is in it.
    @discardableResult
    private func make(_ count: Int = 60) throws -> [Record] {
        let records = Self.records(count)
        let journal = try SQLiteJournal(path: path)
        try journal.keep(runbook: Self.text, fingerprint: Self.fingerprint)
        try journal.append(records)
        try journal.close()
        return records
    }

    private func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func verdict() throws -> Verdict { try Verdict(following: try SQLiteJournal(reading: path)) }

    @Test(
        "A bit that is another ends nothing, and is found where it changed an entry",
        arguments: 1...4 as ClosedRange<UInt64>)
    func flips(seed: UInt64) throws {
        let all = try make()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = Seeded(state: seed)
        var (whole, found) = (0, 0)
        for _ in 0..<100 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] ^=
                    1 << UInt8.random(in: 0...7, using: &random)
            }
            try damaged.write(to: URL(fileURLWithPath: path))
            do {
                let journal = try SQLiteJournal(reading: path)
                guard case .whole(let entries, _) = try Verdict(following: journal) else {
                    found += 1
                    continue
                }
                var read: [Record] = []
                try journal.read(from: 1) { record in
                    read.append(record)
                    return true
                }
                let isIntact = read == all || entries < all.count && read == Array(all.prefix(entries))
                #expect(isIntact, "seed \(seed): the chain was said to be whole")
                whole += 1
            } catch { found += 1 }
        }
        #expect(whole > 0 && found > 0, "seed \(seed)")
    }

    @Test(
        "A column of another type, or without a value, is told with its entry",
        arguments: [
            "by = NULL", "hash = x'00ff'", "event = 7", "received_at = 'soon'", "via = 'friend'", "after_close = 2",
        ])
    func types(change assignment: String) throws {
        try make()
        try change(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'entry';
            """)
        try change("UPDATE entry SET \(assignment) WHERE number = 9")
        guard case .broken(9, _) = try verdict() else {
            Issue.record("\(assignment): \(try verdict())")
            return
        }
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var bridge = Bridge(runbook: Runbook(id: "shop", title: "", date: "", zones: .init(home: utc, other: utc)))
        #expect(throws: JournalFault.self) {
            try SQLiteJournal(reading: path).replay(into: &bridge, understand: { _ in nil })
        }
    }

    @Test("A subject that is another than the event's, which would lose a history, is told")
    func subject() throws {
        try make()
        try change("UPDATE entry SET subject = 'web99' WHERE number = 12")
        guard case .broken(12, let reason) = try verdict() else { return #expect(Bool(false)) }
        #expect(reason.contains("subject"))
    }

    @Test("A runbook's text that is not the one of its fingerprint is told, and one that is missing")
    func text() throws {
        let all = try make()
        #expect(try verdict() == .whole(entries: 60, head: all.last!.hash))
        try change("UPDATE runbook SET text = replace(text, 'Shop', 'Sh0p')")
        guard case .damaged(let other) = try verdict() else { return #expect(Bool(false)) }
        #expect(other.hasPrefix("entry 1 names a runbook, and the text that the journal holds is not the one"))
        try change("DELETE FROM runbook")
        guard case .damaged(let none) = try verdict() else { return #expect(Bool(false)) }
        #expect(none.hasPrefix("entry 1 names a runbook, and the journal does not hold the text"))
    }

    @Test("An index that has lost a row, a trigger, and what stands behind a zero byte are told; a good file is not")
    func file() throws {
        try make()
        #expect(try SQLiteJournal(reading: path).faultOfFile() == nil)
        try change("UPDATE entry SET subject = subject || x'00' || 'hidden' WHERE number = 5")
        #expect(try SQLiteJournal(reading: path).faultOfFile()?.hasPrefix("entry 5 holds what cannot be seen") == true)
        try change("UPDATE entry SET subject = 'web5' WHERE number = 5")
        try change("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE number = new.number; END")
        #expect(try SQLiteJournal(reading: path).faultOfFile() == "it holds the trigger t, which is none of a hub's")
        try change("DROP TRIGGER t")
        // The index is told to lead to a column that it was not made of.
        try change(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, '(subject', '(by') WHERE name = 'entry_subject';
            """)
        #expect(try SQLiteJournal(reading: path).faultOfFile()?.hasPrefix("SQLite finds it damaged") == true)
    }

    @Test("A journal that is shorter than the head that was seen, or another, falls short of it; a longer one does not")
    func head() throws {
        let all = try make()
        let journal = try SQLiteJournal(reading: path)
        #expect(try SeenHead(entry: 60, hash: all[59].hash).fault(of: journal) == nil)
        #expect(try SeenHead(entry: 41, hash: all[40].hash).fault(of: journal) == nil)
        #expect(
            try SeenHead(entry: 77, hash: all[0].hash).fault(of: journal)
                == "the journal ends at entry 60, and entry 77 was seen: 17 entries are missing")
        #expect(try SeenHead(entry: 41, hash: all[0].hash).fault(of: journal)?.contains("another") == true)
    }

    @Test("The head is kept whole, for its owner alone, and read back; what is none is told")
    func headFile() throws {
        #expect(try SeenHead.kept(in: folder) == nil)
        let keeper = HeadKeeper(folder: folder) { line in Issue.record("\(line)") }
        for entry in 1...50 { keeper.note(entry: entry, hash: String(repeating: "a", count: 64)) }
        keeper.finish()
        #expect(try SeenHead.kept(in: folder) == SeenHead(entry: 50, hash: String(repeating: "a", count: 64)))
        let facts = try FileManager.default.attributesOfItem(atPath: SeenHead.path(in: folder))
        #expect((facts[.posixPermissions] as? Int) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["head"])
        for text in ["", "50", "x@50", "\(String(repeating: "a", count: 64))@0"] {
            try text.write(toFile: SeenHead.path(in: folder), atomically: true, encoding: .utf8)
            #expect(throws: JournalFault.self, "\(text)") { try SeenHead.kept(in: folder) }
        }
    }

    @Test("Two ids that Unicode calls equivalent are two")
    func ids() {
        #expect(Repetitions.Key(source: "s", id: "\u{E9}") != Repetitions.Key(source: "s", id: "e\u{301}"))
        #expect(Repetitions.Key(source: "s", id: "tt") != Repetitions.Key(source: "st", id: "t"))
        #expect(Repetitions.Key(source: "s", id: "\u{E9}") == Repetitions.Key(source: "s", id: "\u{E9}"))
    }
}
