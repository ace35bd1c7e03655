import Testing
import WarRoomCore
import WarRoomRunbook

/// The night that the scripts of these tests belong to.
func night() throws -> Runbook {
    let text = """
        id: night
        title: A night
        date: 2025-09-14
        zones: {home: {label: EST, zone: America/New_York}, other: {label: IST, zone: Asia/Kolkata}}
        phases: []
        """
    return try RunbookReader.read(text, file: "night.yaml").get()
}

func script(_ text: String) throws -> RehearsalScript {
    try RehearsalReader.read(text, file: "script.yaml", runbook: night()).get()
}

func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

@Suite("A rehearsal's script")
struct ScriptTests {
    @Test("Times are those of the runbook, or follow the moment before")
    func times() throws {
        let script = try script(
            """
            - {at: Sat 22:05:30, touch: a.json}
            - {at: +30s, touch: b.json}
            - {at: Mon 09:00 IST, touch: c.json}
            """)
        #expect(
            script.moments.map(\.at.rfc3339) == [
                "2025-09-14T02:05:30Z", "2025-09-14T02:06:00Z", "2025-09-15T03:30:00Z",
            ])
    }

    @Test("The file's order is free, and what happens at one time keeps it")
    func order() throws {
        let script = try script(
            """
            - {at: Sun 05:00, touch: late}
            - {at: Sat 22:00, touch: first}
            - {at: Sat 22:00, touch: second}
            """)
        #expect(script.moments.map(\.action) == [.touch(path: "first"), .touch(path: "second"), .touch(path: "late")])
    }

    @Test("Plain numbers and truth values stay what they are in JSON, and quoted ones are texts")
    func values() throws {
        let script = try script(
            """
            - at: Sat 22:00
              write: {path: a/b.json, json: {count: 32, done: true, none: ~, pool: in, text: "32", list: [1.50, x]}}
            """)
        guard case .write(let path, let bytes) = script.moments[0].action else { return #expect(Bool(false)) }
        #expect(path == "a/b.json")
        let text = #"{"count":32,"done":true,"list":[1.50,"x"],"none":null,"pool":"in","text":"32"}"#
        #expect(String(decoding: bytes, as: UTF8.self) == text + "\n")
    }

    @Test("A text is written as it stands, to the last line end")
    func texts() throws {
        let script = try script("- at: Sat 22:00\n  append:\n    path: log\n    text: |\n      one\n      two\n")
        #expect(script.moments[0].action == .append(path: "log", bytes: Array("one\ntwo\n".utf8)))
    }

    @Test("An event's type is short in the script and whole on the socket, and its role is kept")
    func events() throws {
        let script = try script(
            "- {at: Sat 22:00, send: {type: step, subject: s, data: {state: started}, as: \"approver: R\"}}")
        guard case .send(let event, let role) = script.moments[0].action else { return #expect(Bool(false)) }
        #expect(JSON.object(event).line == #"{"data":{"state":"started"},"subject":"s","type":"warroom.step"}"#)
        #expect(role == .approver("R"))
    }

    @Test(
        "Every fault has its place",
        arguments: [
            ("- {at: Sat 22:00, touch: ../x}", "1:26 PATH"),
            ("- {at: Sat 22:00, touch: /etc/x}", "1:26 PATH"),
            ("- {at: Sat 22:00, write: {path: a//b, text: x}}", "1:33 PATH"),
            ("- {at: Sat 22:00, remove: journal.sqlite}", "1:27 PATH"),
            ("- {at: Sat 22:00, rename: {path: a, to: ../../b}}", "1:41 PATH"),
            ("- {at: Sat 22:00, write: {path: a, from: ../secret}}", "1:42 PATH"),
            ("- {at: Sat 22:00, write: {path: a, from: none.xml}}", "1:42 FILE"),
            ("- {at: Sat 22:00}", "1:3 MISSING"),
            ("- {touch: x}", "1:3 MISSING"),
            ("- {at: Sat 22:00, touch: x, remove: y}", "1:29 DOUBLED"),
            ("- {at: Sat 22:00, tuch: x}", "1:19 UNKNOWN-KEY"),
            ("- {at: Sat 25:00, touch: x}", "1:8 TIME"),
            ("- {at: Sat 22:00 PST, touch: x}", "1:8 TIME"),
            ("- {at: +30s, touch: x}", "1:8 TIME"),
            ("- {at: Sat 22:00, touch: x}\n- {at: +30, touch: x}", "2:8 UNIT"),
            ("- {at: Sat 22:00, every: 20s, touch: x}", "1:26 TIME"),
            ("- {at: Sat 22:00, every: 20 until Sun 01:00, touch: x}", "1:26 UNIT"),
            ("- {at: Sat 22:00, every: 0s until Sun 01:00, touch: x}", "1:26 UNIT"),
            ("- {at: Sat 22:00, every: 20s until Sat 21:00, touch: x}", "1:26 TIME"),
            ("- {at: Sat 22:00, write: {path: a}}", "1:26 MISSING"),
            ("- {at: Sat 22:00, write: {path: a, text: x, json: 1}}", "1:26 MISSING"),
            ("- {at: Sat 22:00, truncate: {path: a, to: -1}}", "1:43 TYPE"),
            ("- {at: Sat 22:00, send: {type: step}}", "1:25 MISSING"),
            ("- {at: Sat 22:00, send: {type: step, subject: s, as: king}}", "1:54 ROLE"),
            ("- {at: Sat 22:00, run: sh}", "1:24 TYPE"),
            ("- {at: Sat 22:00, run: []}", "1:24 TYPE"),
            ("at: Sat 22:00", "1:1 TYPE"),
            ("", "1:1 MISSING"),
            ("- {at: [", "1:9 YAML"),
        ])
    func faults(text: String, fault: String) throws {
        guard case .failure(let found) = RehearsalReader.read(text, file: "script.yaml", runbook: try night()) else {
            Issue.record("no fault in \(text)")
            return
        }
        let lines = found.faults.map { "\($0.line):\($0.column) \($0.code.rawValue)" }
        #expect(lines.contains { $0 == fault || (fault.hasSuffix("YAML") && $0.hasSuffix("YAML")) }, "\(lines)")
    }

    @Test("A fault's line names file, line and column")
    func lines() throws {
        guard
            case .failure(let found) = RehearsalReader.read(
                "- {at: Sat 22:00, touch: ..}", file: "s.yaml", runbook: try night())
        else { return #expect(Bool(false)) }
        #expect(found.lines()[0].hasPrefix("s.yaml:1:26: fault PATH: '..' may lead out of the state folder"))
    }
}
