import Glibc
import Testing
import WarRoomCore

@testable import WarRoomSources

@Suite struct NDJSONTests {
    let folder = TemporaryFolder()

    private func line(_ subject: String) -> String {
        #"{"type":"warroom.server","subject":"\#(subject)","data":{"patch":"running"}}"# + "\n"
    }
    private func source() -> NDJSONSource { NDJSONSource(path: folder["log.ndjson"], wall: now) }
    private func subjects(_ look: Look) -> [String] { look.findings.compactMap { $0.event["subject"]?.text } }

    private func append(_ text: String, to name: String = "log.ndjson") {
        let file = open(folder[name], O_WRONLY | O_CREAT | O_APPEND, 0o644)
        defer { close(file) }
        let bytes = Array(text.utf8)
        _ = Glibc.write(file, bytes, bytes.count)
    }

    @Test func `each line is reported once and in order`() throws {
        append(line("a") + line("b"))
        var source = source()
        #expect(try subjects(source.look()) == ["a", "b"])
        #expect(try subjects(source.look()) == [])
        append(line("c"))
        #expect(try subjects(source.look()) == ["c"])
    }

    @Test func `a file that is absent has not been there yet, and one that goes is gone`() throws {
        var source = source()
        #expect(source.tryLook() == .failure(SourceFault("\(folder["log.ndjson"]) is not there", isAbsent: true)))
        append(line("a"))
        _ = try source.look()
        folder.delete("log.ndjson")
        #expect(source.tryLook() == .failure(SourceFault("\(folder["log.ndjson"]) is gone")))
    }

    @Test func `an empty file is seen and says nothing`() throws {
        append("")
        var source = source()
        let look = try source.look()
        #expect(look.findings.isEmpty && look.trouble == nil && look.asOf != nil)
    }

    @Test func `a torn last line waits for its end`() throws {
        var source = source()
        let text = line("torn")
        append(line("a") + text.prefix(20))
        let look = try source.look()
        #expect(subjects(look) == ["a"] && look.trouble == nil)
        append(String(text.dropFirst(20)))
        #expect(try subjects(source.look()) == ["torn"])
    }

    @Test func `a line that stays torn is said`() throws {
        var source = source()
        append(line("a") + "{\"type\":")
        folder.age("log.ndjson", .seconds(6))
        #expect(try source.look().trouble == "log.ndjson: ends in the middle of line 2, waiting for the rest")
    }

    @Test func `after a rotation the rest of the old file comes before the new one`() throws {
        var source = source()
        append(line("a"))
        _ = try source.look()
        append(line("late") + line("unended").dropLast())
        folder.move("log.ndjson", to: "log.ndjson.1")
        append(line("new"))
        #expect(try subjects(source.look()) == ["late", "unended", "new"])
        append(line("newer"))
        #expect(try subjects(source.look()) == ["newer"])
    }

    @Test func `what is written to a file after it was renamed is not lost while nothing lies in its place`() throws {
        var source = source()
        append(line("a"))
        _ = try source.look()
        folder.move("log.ndjson", to: "old")
        append(line("late"), to: "old")
        _ = source.tryLook()
        append(line("new"))
        #expect(try subjects(source.look()) == ["late", "new"])
    }

    @Test func `a file that was cut is read from its start, also when it has grown past the old place`() throws {
        var source = source()
        append(line("a") + line("b"))
        _ = try source.look()
        folder.write("log.ndjson", line("c"))
        #expect(try subjects(source.look()) == ["c"])
        folder.write("log.ndjson", (1...9).map { line("d\($0)") }.joined())
        #expect(try subjects(source.look()).count == 9)
    }

    @Test(arguments: [
        ("{\"type\":\n", "log.ndjson: line 2 is not valid JSON"),
        ("[1,2]\n", "log.ndjson: line 2 is no event, skipped"),
        ("\"text\"\n", "log.ndjson: line 2 is no event, skipped"),
        ("\u{1B}]0;owned\u{07}\n", "log.ndjson: line 2 is not valid JSON"),
        ("{\"a\":1,\"a\":2}\n", "log.ndjson: line 2 is"),
        (
            "{\"a\":\"" + String(repeating: "x", count: 70_000) + "\"}\n",
            "log.ndjson: line 2 is longer than 65536 bytes"
        ),
        (String(repeating: "[", count: 50_000) + "\n", "log.ndjson: line 2 is not valid JSON"),
    ])
    func `a hostile line is skipped and said, and the next one is read`(hostile: String, says: String) throws {
        var source = source()
        append(line("a") + hostile + line("b"))
        let look = try source.look()
        #expect(subjects(look) == ["a", "b"])
        #expect(look.trouble?.hasPrefix(says) == true, "\(look.trouble ?? "nothing")")
        #expect(try source.look().trouble == look.trouble)
        append(line("c"))
        #expect(try source.look().trouble == nil)
    }

    @Test func `a line without end is not kept in memory and the next one is read`() throws {
        var source = source()
        append(String(repeating: "x", count: 3 << 20))
        #expect(try source.look().findings.isEmpty)
        append("\n" + line("a"))
        let look = try source.look()
        #expect(subjects(look) == ["a"])
        #expect(look.trouble == "log.ndjson: line 1 is longer than 65536 bytes, skipped")
    }

    @Test func `blank lines, line ends of Windows and a byte order mark are no trouble`() throws {
        var source = source()
        append("\u{FEFF}" + line("a").dropLast() + "\r\n\n  \r\n" + line("b"))
        let look = try source.look()
        #expect(subjects(look) == ["a", "b"] && look.trouble == nil)
    }

    @Test func `a flood is taken in pieces and nothing of it is lost`() throws {
        var source = source()
        append((0..<100_000).map { line("n\($0)") }.joined())
        var taken: [String] = []
        for _ in 0...100_000 / SourceLimit.ndjsonEventsPerLook {
            let piece = try subjects(source.look())
            #expect(piece.count <= SourceLimit.ndjsonEventsPerLook)
            taken += piece
        }
        #expect(taken == (0..<100_000).map { "n\($0)" })
    }

    @Test func `a line has the same id for whoever begins to read anew, and another elsewhere`() throws {
        append(line("a") + line("a"))
        var one = source()
        var other = source()
        let (first, second) = (try one.look(), try other.look())
        #expect(first.findings.map(\.fallbackID) == second.findings.map(\.fallbackID))
        #expect(Set(first.findings.map(\.fallbackID)).count == 2)
    }

    @Test func `what is no file is never opened`() throws {
        mkfifo(folder["log.ndjson"], 0o644)
        var source = source()
        #expect(source.tryLook() == .failure(SourceFault("\(folder["log.ndjson"]) is no regular file")))
    }

    @Test func `NUL bytes before a line are the hole of a file that was cut, and passed over`() throws {
        var source = source()
        append(line("a") + line("b"))
        _ = try source.look()
        for hole in [1, 150, 300_000, 3 << 20] {
            folder.write("log.ndjson", [UInt8](repeating: 0, count: hole) + Array(line("after").utf8))
            let look = try source.look()
            #expect(subjects(look) == ["after"], "\(hole)")
            #expect(look.trouble == nil)
            append(line("next"))
            #expect(try subjects(source.look()) == ["next"])
        }
        folder.write("log.ndjson", [UInt8](repeating: 0, count: 100))
        let nothing = try source.look()
        #expect(nothing.findings.isEmpty && nothing.trouble == nil)
    }

    /// What lies there when the hub comes back, and how many of its lines have an id that the journal does not have.
    @Test(
        arguments: [
            ("as it was", ["a", "b"], ["a", "b"], 0),
            ("grown", ["a", "b"], ["a", "b", "c"], 1),
            ("cut, with other lines", ["a", "b"], ["c"], 1),
            ("cut, and begun with the same line", ["a", "b"], ["a"], 1),
            ("cut, and begun with the same line, then others", ["a", "b"], ["a", "c", "d"], 3),
            ("cut to nothing", ["a", "b"], [], 0),
            ("written anew in another order", ["a", "b"], ["b", "a"], 2),
        ] as [(String, [String], [String], Int)])
    func `after a restart no line is lost and none is doubled, whatever the inode`(
        what: String, before: [String], now: [String], new: Int
    ) throws {
        for isCopy in [false, true] {
            folder.write("log.ndjson", before.map(line).joined())
            var first = source()
            let ids = try first.look().findings.map(\.fallbackID)
            if isCopy { folder.delete("log.ndjson") }
            folder.write("log.ndjson", now.map(line).joined())
            var second = NDJSONSource(path: folder["log.ndjson"], taken: ids, wall: WarRoomSourcesTests.now)
            let found = try second.look().findings.map(\.fallbackID)
            #expect(found.count == now.count, "\(what)")
            #expect(Set(found).subtracting(ids).count == new, "\(what), copy: \(isCopy)")
        }
    }

    @Test func `each file that was written anew has ids of its own, over any number of restarts`() throws {
        var ids: [String] = []
        for content in [["a"], ["b"], ["a"], ["a", "b"], ["b"]] {
            folder.write("log.ndjson", content.map(line).joined())
            var source = NDJSONSource(path: folder["log.ndjson"], taken: ids, wall: now)
            ids += try source.look().findings.map(\.fallbackID).filter { !ids.contains($0) }
        }
        #expect(ids.count == 5)
    }

    @Test func `a copy put in the place of the file is read on, one that was written anew from its start`() throws {
        var source = source()
        append(line("a") + line("b"))
        _ = try source.look()
        folder.write("copy", line("a") + line("b") + line("c"))
        folder.move("copy", to: "log.ndjson")
        #expect(try subjects(source.look()) == ["c"])
        folder.write("copy", line("a") + line("x") + line("c") + line("d"))
        folder.move("copy", to: "log.ndjson")
        #expect(try subjects(source.look()) == ["a", "x", "c", "d"])
        // A file that was renamed is a rotation, and its successor another file, also where it begins alike.
        folder.move("log.ndjson", to: "log.ndjson.1")
        folder.write("log.ndjson", line("a") + line("x") + line("c") + line("d") + line("e"))
        #expect(try subjects(source.look()) == ["a", "x", "c", "d", "e"])
    }
}
