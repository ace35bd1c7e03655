import Testing
import WarRoomCore

@testable import WarRoomWire

@Suite("Lines from a hub that may be broken")
struct HubLineTests {
    private func read(_ text: String) -> HubLine { HubLine(understanding: Array(text.utf8)) }

    private func isReadable(_ text: String) -> Bool { if case .unreadable = read(text) { false } else { true } }

    private let now = #""now":"2025-09-14T08:31:00Z""#

    @Test(
        "a speed is from 0 to 100000, and nothing else is one",
        arguments: [
            ("0", true), ("1.0", true), ("1e5", true), ("1e308", false), ("1e999", false), ("-1", false),
            ("-0.0", true), ("100001", false), ("\"1\"", false), ("null", false), ("[]", false),
        ])
    func speed(written: String, isTaken: Bool) {
        #expect(isReadable(#"{"hello":{\#(now),"speed":\#(written)}}"#) == isTaken)
    }

    @Test(
        "an entry's number is from 0 to 2^53-1, in each line that has one",
        arguments: [
            ("0", true), ("9007199254740991", true), ("9007199254740992", false), ("9223372036854775807", false),
            ("1e3", false), ("-1", false), ("99999999999999999999999", false), ("\"1\"", false),
        ])
    func entry(written: String, isTaken: Bool) {
        #expect(isReadable(#"{"hello":{\#(now),"entry":\#(written)}}"#) == isTaken)
        #expect(isReadable(#"{"beat":{\#(now),"entry":\#(written)}}"#) == isTaken)
        #expect(isReadable(#"{"ok":true,"entry":\#(written)}"#) == isTaken)
        #expect(isReadable(#"{"bridge":{"tokens":[]},"entry":\#(written)}"#) == isTaken)
    }

    @Test(
        "how many are attached is a count, in hello and in the beat, and one where nobody says",
        arguments: [
            ("0", true), ("1", true), ("1000000000", true), ("1000000001", false), ("-1", false), ("1.5", false),
            ("\"1\"", false), ("null", false),
        ])
    func attached(written: String, isTaken: Bool) {
        #expect(isReadable(#"{"hello":{\#(now),"attached":\#(written)}}"#) == isTaken)
        #expect(isReadable(#"{"beat":{\#(now),"attached":\#(written)}}"#) == isTaken)
        var attachment = Attachment()
        #expect(attachment.attached == 1)
        _ = attachment.take(read(#"{"hello":{\#(now),"attached":7}}"#), monotonic: .zero)
        #expect(attachment.attached == 7)
        _ = attachment.take(read(#"{"beat":{\#(now)}}"#), monotonic: .zero)
        #expect(attachment.attached == 1)
    }

    @Test("a later hub may say more, and that is passed over")
    func later() {
        #expect(isReadable(#"{"weather":{"now":"rain"}}"#))
        #expect(isReadable(#"{"hello":{\#(now),"mood":"good"}}"#))
        #expect(!isReadable(#"{"history":{"subject":"x","entries":[{"entry":1}]}}"#))
        #expect(!isReadable("HTTP/1.1 400 Bad Request"))
    }

    @Test("whatever the speed and the time, the clock of an attachment goes on without an end of the program")
    func clock() {
        for hello in [
            #"{"hello":{"now":"2262-04-11T23:47:16Z","speed":100000}}"#,
            #"{"hello":{"now":"1677-09-21T00:12:44Z","speed":0}}"#,
        ] {
            var attachment = Attachment()
            _ = attachment.take(read(hello), monotonic: .zero)
            for passed in [Duration.zero, .seconds(1), .seconds(1_000_000_000)] {
                _ = attachment.now(monotonic: passed)
                _ = attachment.silentSince(monotonic: passed)
            }
        }
    }

    @Test("parts of a bridge that come out of order are refused, and so is one without an end")
    func parts() {
        func part(_ part: Int, of: Int, _ tokens: String = "1") -> HubLine {
            let place = #""format":\#(Bridge.format),"part":\#(part),"of":\#(of)"#
            return read(#"{"bridge":{\#(place),"tokens":[\#(tokens)]},"entry":1}"#)
        }
        func isRefused(_ lines: [HubLine]) -> Bool {
            var attachment = Attachment()
            return lines.contains { line in
                attachment.take(line, monotonic: .zero).contains { if case .outOfStep = $0 { true } else { false } }
            }
        }
        #expect(isRefused([part(2, of: 3)]))
        #expect(isRefused([part(1, of: 3), part(3, of: 3)]))
        #expect(isRefused([part(1, of: 0)]))
        #expect(isRefused([part(0, of: 1)]))
        #expect(isRefused([part(Int.max, of: Int.max)]))
        #expect(!isRefused([part(1, of: 3), part(2, of: 3), part(1, of: 2)]))
        let many = Array(repeating: "1", count: 200_000).joined(separator: ",")
        #expect(isRefused((1...25).map { part($0, of: 1_000_000, many) }))
    }

    @Test("of a bridge's tokens none may be an array or an object, whatever stands in texts")
    func tokens() {
        func line(_ tokens: String) -> String { #"{"bridge":{"tokens":[\#(tokens)],"z":[{}]},"entry":1}"# }
        guard case .bridge(let part) = read(line(#" "]\\\"[{}",1 , true"#)) else {
            Issue.record("the line is not read")
            return
        }
        #expect(part.tokens.count == 3 && part.tokens.elements == Array(#""]\\\"[{}",1 , true"#.utf8))
        for tokens in ["[]", "{}", "1,[2],3", "\"a", "}", "1]"] { #expect(!isReadable(line(tokens)), "\(tokens)") }
        #expect(!isReadable(#"{"bridge":{"tokens":{"a":1}},"entry":1}"#))
        #expect(!isReadable(#"{"bridge":{"tokens":[1"#) && !isReadable(#"{"bridge":{"tokens":["\"#))
        #expect(isReadable(#"{"tokens":[[]],"later":{"tokens":[[]]},"bridge":{"deeper":{"tokens":[[]]}}}"#))
    }
}
