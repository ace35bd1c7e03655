import Foundation
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("YAML that is no runbook")
struct YAMLTests {
    @Test("an alias bomb is refused before it unfolds, as a value and as a key")
    func bomb() {
        var lines = ["x-a: &a [x, x, x, x, x, x, x, x, x]"]
        for (name, last) in zip("bcdefghij", "abcdefghi") {
            lines.append("x-\(name): &\(name) [\(repeatElement("*\(last)", count: 9).joined(separator: ", "))]")
        }
        let started = ContinuousClock.now
        let value = faults(Text.with(lines.joined(separator: "\n")))
        #expect(value.count == 81)
        #expect(value.first == "6:10 YAML")
        #expect(faults(Text.with((lines + ["? *j", ": x"]).joined(separator: "\n"))).count == 82)
        #expect(ContinuousClock.now - started < .seconds(2))
    }

    @Test("anchors, aliases, merge keys and tags are refused one by one")
    func anchors() {
        #expect(faults(Text.with("x-a: &a [1]")) == ["5:6 YAML"])
        #expect(faults(Text.with("x-a: &a {b: 1}\nx-b: {<<: *a}")) == ["6:11 YAML"])
        #expect(faults(Text.with("x-a: !!binary aGVsbG8=")) == ["5:6 YAML"])
        #expect(faults(Text.with("x-a: !ours {b: 1}")) == ["5:6 YAML"])
        #expect(faults(Text.with("x-a: {[1]: 2}")) == ["5:7 YAML"])
    }

    @Test("prose with ampersands and stars is prose")
    func prose() {
        #expect(
            faults(Text.with("x-a: \"AT&T and *all* of R&D, & *Demo*\"\nx-b: |\n  &here and *there\n  a & b * c"))
                .isEmpty)
    }

    @Test("an unclosed quote is told where it is opened, a tab where it stands, with what to do")
    func syntax() {
        let quote = Text.head + "phases: []\nx-a: \"never closed\n"
        #expect(faults(quote) == ["6:6 YAML"])
        #expect(faultTexts(quote) == ["the quote that is opened here is never closed"])
        let tab = Text.head + "phases:\n\t- id: work\n"
        #expect(faults(tab) == ["6:1 YAML"])
        #expect(faultTexts(tab).first?.contains("indent with blanks") == true)
        let colon = Text.with("phases:\n- id: work\n  says: Testing: all of it")
        #expect(faults(colon) == ["7:16 YAML"])
        #expect(faultTexts(colon).first?.contains("in quotes") == true)
    }

    @Test("an empty file says what to write; a list or a text is no runbook; one document is enough")
    func documents() {
        #expect(faults("") == ["1:1 MISSING"])
        #expect(faults("# nothing but a comment\n") == ["1:1 MISSING"])
        #expect(faults("~") == ["1:1 MISSING"])
        #expect(faults("- id: x") == ["1:1 TYPE"])
        #expect(faults("hello") == ["1:1 TYPE"])
        #expect(faults(Text.with("") + "---\nid: other\n") == ["7:1 YAML"])
    }

    @Test("a file of nothing but brackets ends in a fault, not in a crash")
    func nesting() {
        for piece in ["[", "{a: ", "- ", "? "] {
            #expect(faults(String(repeating: piece, count: 100_000)).count == 1)
        }
        #expect(faults("\u{1}").count == 1)
        #expect(faults("id: a\u{0}b").count == 1)
    }

    @Test("a file too large, not UTF-8, missing, or a folder is told in one line")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "runbook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func read(_ bytes: [UInt8]) throws -> [String] {
            let file = folder.appending(path: "runbook.yaml")
            try Data(bytes).write(to: file)
            guard case .failure(let found) = RunbookReader.document(path: file.path) else { return [] }
            return found.faults.map { "\($0.line):\($0.column) \($0.code.rawValue)" }
        }
        #expect(try read(Array(Text.with("").utf8)).isEmpty)
        #expect(try read([0xEF, 0xBB, 0xBF] + Array(Text.with("").utf8)).isEmpty)
        #expect(try read([0xEF, 0xBB, 0xBF] + Array("idd: x".utf8)).first == "1:1 MISSING")
        #expect(try read(Array("id: night\ntitle: \u{E9}".utf8) + [0xFF, 0x0A]) == ["2:9 FILE"])
        #expect(try read(Array(repeating: UInt8(ascii: "#"), count: 4 << 20 + 1)) == ["1:1 FILE"])
        #expect(faults(String(repeating: "#", count: 4 << 20 + 1)) == ["1:1 FILE"])
        for path in [folder.path, folder.appending(path: "nowhere.yaml").path] {
            guard case .failure(let found) = RunbookReader.document(path: path) else {
                Issue.record("\(path) was read")
                continue
            }
            #expect(found.faults.map(\.code) == [.file])
        }
    }

    @Test("line ends of Windows change nothing")
    func carriageReturns() {
        #expect(faults(Text.with("").replacing("\n", with: "\r\n")).isEmpty)
        #expect(faults(Text.with("\nfoo: x").replacing("\n", with: "\r\n")) == ["6:1 UNKNOWN-KEY"])
    }
}
