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
}
