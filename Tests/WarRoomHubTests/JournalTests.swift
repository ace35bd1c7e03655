import Testing
import WarRoomCore

@testable import WarRoomHub

#if canImport(Glibc)
    import Glibc
#endif

@Suite("The journal keeps what it acknowledged")
struct JournalTests {
    /// A path that no other test has.
    private func path() throws -> String {
        var template = Array("/tmp/warroom-journal.XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        return "\(folder)/journal.sqlite"
    }

    private func records(_ numbers: ClosedRange<Int>, after previous: String = Entry.hashBeforeFirst) -> [Record] {
        var hash = previous
        return numbers.map { number in
            let event =
                #"{"data":{"text":"\#(number)"},"id":"\#(number)","source":"s","specversion":"1.0","subject":"x","#
                + #""type":"warroom.note"}"#
            let unhashed = Entry.unhashedLine(
                number: number, receivedAt: Instant(seconds: Int64(number)), by: "u", via: nil, eventText: event)
            hash = Chain.hash(after: hash, unhashedLine: unhashed)
            return Record(
                number: number, receivedAt: Instant(seconds: Int64(number)), by: "u", via: nil, subject: "x",
                event: event, hash: hash)
        }
    }

    @Test("Every commit is synced: PRAGMA synchronous reads 2 on the writing connection, also when opened again")
    func synchronous() throws {
        let path = try path()
        let journal = try SQLiteJournal(path: path)
        #expect(try journal.synchronousLevel() == 2)
        try journal.append(records(1...3))
        #expect(try journal.synchronousLevel() == 2)
        try journal.close()
        #expect(try SQLiteJournal(path: path).synchronousLevel() == 2)
    }

    @Test("A group is kept whole or not at all")
    func atomic() throws {
        let journal = try SQLiteJournal(path: try path())
        try journal.append(records(1...3))
        let more = records(4...6, after: records(1...3).last!.hash)
        #expect(throws: (any Error).self) { try journal.append(more + [more[0]]) }
        var count = 0
        try journal.read(from: 1) { _ in
            count += 1
            return true
        }
        #expect(count == 3)
    }

    @Test("A chain is followed from entry 1, and a changed, missing or added entry is found by its number")
    func verify() throws {
        let journal = try SQLiteJournal(path: try path())
        var all = records(1...20)
        try journal.append(all)
        #expect(try Verdict(following: journal) == .whole(entries: 20, head: all.last!.hash))

        for (name, change, expected) in [
            (
                "content",
                { (r: inout [Record]) in
                    r[6] = Record(
                        number: 7, receivedAt: r[6].receivedAt, by: "somebody else", via: nil, subject: "x",
                        event: r[6].event, hash: r[6].hash)
                }, 7
            ),
            ("missing", { (r: inout [Record]) in r.remove(at: 9) }, 10),
            ("first missing", { (r: inout [Record]) in r.removeFirst() }, 1),
        ] as [(String, (inout [Record]) -> Void, Int)] {
            let broken = try SQLiteJournal(path: try path())
            all = records(1...20)
            change(&all)
            try broken.append(all)
            guard case .broken(let entry, _) = try Verdict(following: broken) else {
                Issue.record("\(name): the chain was said to be whole")
                continue
            }
            #expect(entry == expected, "\(name)")
        }
    }

    @Test("The hash is that of the contract: previous hash, newline, line without its hash")
    func hashVector() {
        let line = Array(#"{"entry":1,"receivedAt":"2025-09-13T23:00:00Z","by":"u","event":{"id":"1"}}"#.utf8)
        // printf '%064d\n%s' 0 '…' | sha256sum
        #expect(
            Chain.hash(after: Entry.hashBeforeFirst, unhashedLine: line)
                == "b4d9c23fded9b22d11e09e7558bec9ed6a2d61582441498bfdbd79a1909d30bf")
    }

    @Test("History is a subject's last entries before a number, oldest first")
    func history() throws {
        let journal = try SQLiteJournal(path: try path())
        try journal.append(records(1...20))
        #expect(try journal.history(of: "x", before: 10, limit: 3).map(\.number) == [7, 8, 9])
        #expect(try journal.history(of: "x", before: nil, limit: 2).map(\.number) == [19, 20])
        #expect(try journal.history(of: "y", before: nil, limit: 2).isEmpty)
    }
}
