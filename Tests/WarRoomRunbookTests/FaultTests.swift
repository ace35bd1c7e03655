import Foundation
import Testing
import WarRoomCore
import WarRoomRunbook

/// A small text, where its one fault is, and a word of what the fault says.
struct Slip: Sendable, CustomTestStringConvertible {
    let text: String
    let fault: String
    let says: String

    init(_ text: String, _ fault: String, _ says: String) {
        self.text = text
        self.fault = fault
        self.says = says
    }

    var testDescription: String { "\(fault): \(says)" }
}

@Suite("A runbook's faults")
struct FaultTests {
    static let servers = """
        pools: {P: {}, Q: {}}
        servers: {IC-Web1..10: {pools: [P]}, DB 1: {aliases: [Database]}}
        waves: {first: [IC-Web1..5]}
        tests: {smoke: {}}
        pipelines: {prep: {stages: [One Stage]}}
        channels: ["#ops"]
        boards: {usa: {teams: {sre: {}}}}

        """

    static let shapes: [Slip] = [
        Slip(Text.with("windw: {opens: Sat 19:00}"), "5:1 UNKNOWN-KEY", "unknown key 'windw': did you mean 'window'?"),
        Slip(Text.steps("{id: a, minuets: 5m}"), "6:13 UNKNOWN-KEY", "unknown key 'minuets': a step has id, title, at"),
        Slip(Text.steps("{title: x}"), "6:5 MISSING", "a step needs 'id'"),
        Slip(Text.with("phases:"), "5:1 MISSING", "'phases' says nothing"),
        Slip(Text.with("tests: [smoke]"), "5:8 TYPE", "a section with keys is expected here, not a list"),
        Slip(Text.steps("{id: a, after: b}"), "6:20 TYPE", "a list is expected here: write [b]"),
        Slip(Text.steps("{id: a, title: [x]}"), "6:20 TYPE", "a text is expected here, not a list"),
        Slip(Text.steps("{id: a, says: }"), "6:19 TYPE", "a text is expected here, not nothing"),
        Slip(Text.with("pools: {P: {minimum: four}}"), "5:22 TYPE", "'four' is no whole number"),
        Slip(Text.with("pools: {P: {minimum: -1}}"), "5:22 RANGE", "-1 is too small: 0 is the least"),
        Slip(Text.steps("{id: Web_1}"), "6:10 ID", "such as 'web-1'"),
        Slip(Text.with("tests: {Smoke: {}}"), "5:9 ID", "such as 'smoke'"),
        Slip(Text.with("channels: [\"#a\\nb\"]"), "5:12 ID", "cannot be seen"),
        Slip(Text.with("servers: {a/b: {}}"), "5:11 ID", "'/' in it"),
        Slip(Text.steps("{id: a, takes: 45}"), "6:20 UNIT", "write 45m or 45s"),
        Slip(Text.steps("{id: a, takes: an hour}"), "6:20 UNIT", "write 45m, 2s, 1h30m"),
        Slip(Text.with("date: 2025-09-15"), "3:1 DOUBLED", "the key 'date' stands twice in this section, first here"),
        Slip(Text.steps("{id: a}", "{id: a}"), "7:10 DOUBLED", "the step 'a' stands twice"),
        Slip(Text.steps("{id: a}", "{id: b, after: [a, a]}"), "7:24 DOUBLED", "'a' stands twice in this list"),
        Slip(Text.with("servers: {IC-Web1..10: {}, IC-Web3: {}}"), "5:28 DOUBLED", "the server 'IC-Web3' stands twice"),
        Slip(Text.with("servers: {a: {}, b: {aliases: [a]}}"), "5:32 DOUBLED", "'a' is a name of 'a' already"),
        Slip(Text.with("metrics: [{id: a, goal: x}, {id: a, goal: y}]"), "5:29 DOUBLED", "the metric 'a' stands twice"),
        Slip(Text.with("servers: {IC-Web10..1: {}}"), "5:11 RANGE", "must not be larger"),
        Slip(Text.with("servers: {IC-Web..5: {}}"), "5:11 RANGE", "write one such as web1..10"),
        Slip(Text.with("servers: {a1..20000: {}}"), "5:11 RANGE", "more than 10000"),
        Slip(Text.with("batch: {guard: \"23:00\"}"), "5:16 TIME", "23:00-00:30"),
        Slip(Text.with("batch: {slot: \"45\"}"), "5:15 TIME", "\":45\""),
    ]

    static let references: [Slip] = [
        Slip(Text.steps("{id: first}", "{id: b, after: [frist]}"), "7:21 UNKNOWN-STEP", "did you mean 'first'?"),
        Slip(Text.steps("{id: a, wave: frist}", rest: servers), "6:19 UNKNOWN-WAVE", "did you mean 'first'?"),
        Slip(Text.steps("{id: a, server: DB 2}", rest: servers), "6:21 UNKNOWN-SERVER", "did you mean 'DB 1'?"),
        Slip(Text.with("servers: {a: {pools: [P]}}"), "5:23 UNKNOWN-POOL", "there is no pool 'P'"),
        Slip(Text.steps("{id: a, gate: g}"), "6:19 UNKNOWN-GATE", "there is no gate 'g'"),
        Slip(Text.steps("{id: a, tests: smokey}", rest: servers), "6:20 UNKNOWN-TEST", "did you mean 'smoke'?"),
        Slip(
            Text.steps("{id: a, message: {\"#op\": hello}}", rest: servers), "6:23 UNKNOWN-CHANNEL",
            "did you mean '#ops'?"),
        Slip(Text.steps("{id: a, owner: usa/sra}", rest: servers), "6:20 UNKNOWN-BOARD", "did you mean 'sre'?"),
        Slip(
            Text.steps("{id: a, done_when: {pipeline: prep/Two}}", rest: servers), "6:35 UNKNOWN-PIPELINE", "'prep/Two'"
        ),
        Slip(
            Text.steps("{id: a, done_when: {pipeline: prep}}", rest: servers), "6:35 UNKNOWN-PIPELINE", "prep/One Stage"
        ),
        Slip(Text.with("waves: {w: [a1..2]}\nservers: {a1: {}}"), "5:13 UNKNOWN-SERVER", "there is no server 'a2'"),
        Slip(Text.with("waves: {v: [a1], w: [\"@v\"]}\nservers: {a1: {}}"), "5:22 RANGE", "not of waves"),
        Slip(
            Text.steps("{id: a, opens: [\"pool/IC-Web1/Q\"]}", rest: servers), "6:21 UNKNOWN-POOL",
            "'IC-Web1' is not in the pool 'Q'"),
        Slip(
            Text.steps("{id: a, opens: [\"pool/IC-Web1/X\"]}", rest: servers), "6:21 UNKNOWN-POOL",
            "there is no pool 'X'"),
        Slip(Text.steps("{id: a, opens: [\"pool/IC-Web1\"]}", rest: servers), "6:21 ID", "names no loose end"),
        Slip(
            Text.steps("{id: a, closes: [\"alerts/@frist\"]}", rest: servers), "6:22 UNKNOWN-WAVE",
            "did you mean 'first'?"),
        Slip(
            Text.with("boards: {usa: {teams: {sre: {checks: {c: {recheck_after: [x]}}}}}}"), "5:59 UNKNOWN-STEP",
            "there is no step 'x'"),
        Slip(Text.with("batch: {needs_step: x}"), "5:21 UNKNOWN-STEP", "there is no step 'x'"),
        Slip(Text.with("gates: {g: {needs: [], four_eyes: [x]}}"), "5:36 UNKNOWN-STEP", "there is no step 'x'"),
        Slip(Text.with("gates: {g: {needs: [{phase: x, is: done}]}}"), "5:29 UNKNOWN-PHASE", "there is no phase 'x'"),
        Slip(Text.with("access: {\"team: usa/sre\": []}"), "5:10 UNKNOWN-BOARD", "there is no board 'usa'"),
        Slip(Text.with("access: {leader: []}"), "5:10 ROLE", "write lead, monitoring"),
        Slip(
            Text.with("approvers: [Release]\naccess: {\"approver: Platform\": []}"), "6:10 ROLE", "write one of Release"
        ),
        Slip(
            Text.with("approvers: [Release]\ngates: {g: {approvers: [Relaese]}}"), "6:25 ROLE",
            "did you mean 'Release'?"),
        Slip(Text.with("boards: {usa: {by: everybody}}"), "5:20 ROLE", "'everybody' is no role"),
    ]

    static let sources: [Slip] = [
        Slip(Text.with("sources: {s: {kind: status-file, path: x}}"), "5:21 SOURCE", "did you mean 'status-files'?"),
        Slip(Text.with("sources: {s: {kind: http}}"), "5:21 SOURCE", "status-files, ndjson, junit, socket"),
        Slip(Text.with("sources: {s: {kind: status-files}}"), "5:14 SOURCE", "needs 'path'"),
        Slip(Text.with("sources: {s: {kind: socket, address: a, path: b}}"), "5:41 SOURCE", "has no 'path'"),
        Slip(Text.with("sources: {hub: {kind: socket, address: a}}"), "5:11 SOURCE", "the hub's own name"),
        Slip(
            Text.with(
                "sources: {a: {kind: socket, address: a, authority: [patch]}, b: {kind: socket, address: b, authority: "
                    + "[patch]}}"
            ),
            "5:104 SOURCE", "'a' has the word on patch already"),
        Slip(
            Text.with("sources: {a: {kind: socket, address: a, authority: [pach]}}"), "5:53 SOURCE",
            "did you mean 'patch'?"),
        Slip(Text.with("sources: {a: {kind: socket, address: a, every: 50ms}}"), "5:48 RANGE", "100ms is the least"),
        Slip(
            Text.with("sources: {a: {kind: junit, path: p, run: x}}"), "5:42 UNKNOWN-TEST", "there is no test run 'x'"),
    ]

    static let needs: [Slip] = [
        Slip(Text.with("gates: {g: {needs: [{is: done}]}}"), "5:21 NEED", "one subject of step, phase"),
        Slip(gate("{step: a, phase: work, is: done}"), "8:21 NEED", "here are step and phase"),
        Slip(gate("{step: a}"), "8:21 NEED", "write is: done"),
        Slip(gate("{step: a, is: started}"), "8:35 NEED", "step is never 'started': write done"),
        Slip(gate("{step: a, patch: installed}"), "8:31 NEED", "step has no 'patch': write is: done"),
        Slip(gate("{wave: first, patch: instaled}", rest: servers), "8:42 NEED", "did you mean 'installed'?"),
        Slip(gate("{wave: first}", rest: servers), "8:21 NEED", "write one of is, patch, reboot"),
        Slip(
            gate("{wave: first, pools: in, patch: installed}", rest: servers), "8:21 NEED", "here are pools and patch"),
        Slip(gate("{looseEnds: some}"), "8:33 NEED", "write none"),
        Slip(
            gate("{tests: smoke, is: passed, but: [a]}", rest: servers), "8:53 NEED", "nothing can be left out of tests"
        ),
        Slip(
            gate("{wave: first, pools: in, but: [IC-Web6]}", rest: servers), "8:52 NEED",
            "'IC-Web6' is not in the wave 'first'"),
        Slip(gate("{phase: work, is: done, but: [c]}"), "8:51 NEED", "'c' is not in the phase 'work'"),
    ]

    static func gate(_ need: String, rest: String = "") -> String {
        Text.with(
            """
            phases:
            - {id: work, steps: [{id: a}, {id: b}]}
            - {id: other, steps: [{id: c}]}
            gates: {g: {needs: [\(need)]}}
            \(rest)
            """)
    }

    @Test("stand where they are, and say what to write", arguments: shapes + references + sources + needs)
    func slip(_ slip: Slip) {
        #expect(faults(slip.text) == [slip.fault])
        #expect(faultTexts(slip.text).first?.contains(slip.says) == true, "\(faultTexts(slip.text))")
    }

    @Test("are told all at once, in the order of the file")
    func many() {
        let text = """
            id: Night
            titel: A night
            date: 2025-02-30
            zones: {home: {label: EST, zone: America/New_Yrok}, other: {label: IST, zone: Asia/Kolkata}}
            phases:
              - id: work
                steps:
                  - {id: a, after: [b], takes: 5}
                  - {id: a, gate: g}
            sources: {hub: {kind: http}}
            """
        #expect(
            faults(text) == [
                "1:1 MISSING", "1:5 ID", "2:1 UNKNOWN-KEY", "3:7 TIME", "4:34 ZONE", "8:25 UNKNOWN-STEP", "8:36 UNIT",
                "9:14 DOUBLED", "9:23 UNKNOWN-GATE", "10:11 SOURCE", "10:23 SOURCE",
            ])
    }

    @Test("are printed as lint prints them, without what a terminal would obey")
    func lines() throws {
        guard case .failure(let found) = RunbookReader.read(Text.with("\"bad\\e[2Jkey\": x"), file: "night/plan.yaml")
        else {
            Issue.record("no fault")
            return
        }
        let line = try #require(found.lines().first)
        #expect(line.hasPrefix("night/plan.yaml:5:1: fault UNKNOWN-KEY: unknown key 'badkey': a runbook has id, title"))
        #expect(found.lines("x").first?.hasPrefix("x:5:1:") == true)
    }

    @Test("have codes that stay, each with a sentence of its own in docs/lint.md")
    func codes() throws {
        let guide = try String(contentsOfFile: Repository.path("docs/lint.md"), encoding: .utf8)
        for code in RunbookFault.Code.allCases {
            #expect(code.rawValue.allSatisfy { $0.isUppercase || $0 == "-" })
            #expect(code.sentence.hasSuffix("."))
            #expect(guide.contains("| `\(code.rawValue)` | \(code.sentence) |"), "\(code.rawValue)")
        }
        #expect(Set(RunbookFault.Code.allCases.map(\.sentence)).count == RunbookFault.Code.allCases.count)
    }
}
