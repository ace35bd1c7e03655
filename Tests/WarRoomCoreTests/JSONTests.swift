import Testing
import WarRoomCore

@Suite("JSON keeps what it was given")
struct JSONTests {
    @Test("Numbers stay as they were written, keys are sorted, unknown ones kept")
    func canonical() throws {
        let json = try JSON(parsing: #"{"z":1.0,"a":1e3,"m":12345678901234567890,"b":-0.10,"é":[true,null]}"#)
        #expect(json.line == #"{"a":1e3,"b":-0.10,"m":12345678901234567890,"z":1.0,"é":[true,null]}"#)
    }

    @Test("Control, C1 and bidirectional characters are written as escapes")
    func escapes() throws {
        let json = try JSON(parsing: #"["\u001b[31m\n","\u0085\u202e","é作\ud83d\ude00\"\\\/"]"#)
        #expect(json.line == #"["\u001b[31m\u000a","\u0085\u202e","é作😀\"\\/"]"#)
    }

    @Test(
        "What is not JSON is refused with its place",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), (#"{"a":1,}"#, 7), (#"{"a":1,"a":2}"#, 13), ("01", 1), ("1.", 2), ("+1", 0),
            ("\"\u{1}\"", 1), (#""\ud800""#, 7), (#""\udc00x""#, 7), (#""\x""#, 3), ("nul", 0), ("[1] 2", 4),
            ("'a'", 0),
        ])
    func refused(text: String, offset: Int) {
        #expect(throws: JSONFault.self) { try JSON(parsing: text) }
        do { _ = try JSON(parsing: text) } catch { #expect(error.offset == offset, "\(text): \(error)") }
    }

    @Test("Invalid UTF-8 and endless nesting are refused")
    func hostile() {
        #expect(throws: JSONFault.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONFault.self) { try JSON(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test("Every cut of a text is refused, and none traps")
    func cuts() {
        let text = Array(#"{"a":[1,-2.5e+7,"x\u00e9\ud83d\ude00"],"b":{"c":null,"d":false}}"#.utf8)
        for end in 0..<text.count { #expect(throws: JSONFault.self) { try JSON(parsing: text[0..<end]) } }
        #expect(throws: Never.self) { try JSON(parsing: text) }
    }
}

@Suite("Text from outside is cleaned before it is shown")
struct CleanTextTests {
    @Test(
        "Escape sequences are taken out whole, the rest stays on one line",
        arguments: [
            ("plain", "plain"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{7}after", "after"),
            ("\u{1B}]8;;http://x\u{1B}\\link", "link"), ("a\nb\tc\r\nd", "a b c d"), ("\u{9B}31mx", "x"),
            ("\u{202E}abc\u{2066}", "abc"), ("a\u{200B}b\u{FEFF}", "ab"), ("e\u{301} 作者", "e\u{301} 作者"),
            ("\u{1B}(Bx", "x"), ("\u{85}x", " x"), ("x\u{FE0F}", "x"),
        ])
    func cleaned(raw: String, shown: String) {
        #expect(CleanText.line(raw) == shown)
    }
}
