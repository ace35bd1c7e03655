import Foundation
import Glibc
import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("Reading a runbook")
struct ReadingTests {
    private func read(_ text: String) throws -> Runbook { try RunbookReader.read(text, file: "plan.yaml").get() }

    @Test("a range is every server of it, with its zeros")
    func ranges() throws {
        let runbook = try read(Text.with("servers: {IC-Web1..10: {kind: web}, db08..11: {}, Other Host: {}}"))
        #expect(Array(runbook.servers.keys.prefix(10)) == (1...10).map { "IC-Web\($0)" })
        #expect(runbook.servers["IC-Web10"]?.kind == "web")
        #expect(Array(runbook.servers.keys.suffix(5)) == ["db08", "db09", "db10", "db11", "Other Host"])
    }

    @Test("@wave, ranges and aliases are servers wherever servers are listed")
    func waves() throws {
        let runbook = try read(
            Text.steps(
                "{id: a, server: Old Name, opens: [\"alerts/@w\", alerts/system-1, \"pool/@w/P\", jobs/rescheduled], "
                    + "closes: [alerts/a1..2]}",
                rest: """
                    pools: {P: {}}
                    servers:
                      {a1..3: {pools: [P], restart_after: [db]}, db: {aliases: [Old Name]}, c: {restart_after: ["@w"]}}
                    waves: {w: [a1..3]}
                    gates: {g: {needs: [
                      {wave: w, pools: in, but: [a2..3]}, {pool: P, is: in, but: ["@w"]}, {server: Old Name, reach: ok}
                    ]}}
                    """))
        let step = try #require(runbook.steps["a"])
        #expect(step.server == "db")
        #expect(
            step.opens == [
                "alerts/a1", "alerts/a2", "alerts/a3", "alerts/system-1", "pool/a1/P", "pool/a2/P", "pool/a3/P",
                "jobs/rescheduled",
            ])
        #expect(step.closes == ["alerts/a1", "alerts/a2"])
        #expect(runbook.servers["c"]?.restartAfter == ["a1", "a2", "a3"])
        let needs = try #require(runbook.gates["g"]?.needs)
        #expect(needs[0] == Need(.wave, "w", .pools, "in", but: ["a2", "a3"]))
        #expect(needs[1] == Need(.pool, "P", .pools, "in", but: ["a1", "a2", "a3"]))
        #expect(needs[2] == Need(.server, "db", .reach, "ok"))
    }

    @Test("done_when may leave out what goes without saying, and a group that is left out is its steps")
    func shortForms() throws {
        let runbook = try read(
            Text.steps(
                "{id: a, done_when: {pipeline: Preparation/One Stage}}", "{id: b, done_when: {tests: smoke}}",
                "{id: c, done_when: {step: a}}", "{id: d, steps: [{id: e}, {id: f}]}",
                rest: """
                    pipelines: {prep: {stages: [One Stage], aliases: [Preparation]}}
                    tests: {smoke: {after: [a], expect: 32}}
                    gates: {g: {needs: [
                      {phase: work, is: done, but: [d, a]}, {looseEnds: none}, {pipeline: prep/One Stage, is: running}
                    ]}}
                    """))
        #expect(runbook.steps["a"]?.doneWhen == Need(.pipeline, "prep/One Stage", .is, "succeeded"))
        #expect(runbook.steps["b"]?.doneWhen == Need(.tests, "smoke", .is, "passed"))
        #expect(runbook.steps["c"]?.doneWhen == Need(.step, "a", .is, "done"))
        #expect(runbook.gates["g"]?.needs[0] == Need(.phase, "work", .is, "done", but: ["e", "f", "a"]))
        #expect(runbook.gates["g"]?.needs[1] == Need(.looseEnds, "", .is, "none"))
        #expect(runbook.gates["g"]?.needs[2] == Need(.pipeline, "prep/One Stage", .is, "running"))
        #expect(runbook.tests["smoke"]?.after == ["a"])
        #expect(runbook.tests["smoke"]?.expect == 32)
    }

    @Test("titles are written, or the first words of the page, or the id")
    func titles() throws {
        let runbook = try read(
            Text.steps(
                "{id: a, title: On {date}}".replacingOccurrences(of: "On {date}", with: "\"On {date}\""),
                "{id: b, says: Post it on the channel}", "{id: c}",
                "{id: d, says: \"Pull web servers IC-Web1 - 5 out of the Internal Load Balancer\"}",
                rest: "boards: {usa: {teams: {sre: {}, go-live: {says: Go Live}}}}"))
        #expect(
            runbook.steps.values.map(\.title) == [
                "On 2025-09-14", "Post it on the channel", "c", "Pull web servers IC-Web1 - 5 out of the…",
            ])
        let board = try #require(runbook.boards["usa"])
        #expect(board.title == "usa")
        #expect(board.teams["sre"]?.title == "sre")
        #expect(board.teams["go-live"]?.title == "Go Live")
        #expect(board.teams["sre"]?.checks.keys == ["post-check"])
    }

    @Test("{date} is the night's date in every text, {state} stays")
    func dates() throws {
        let runbook = try read(
            Text.steps(
                "{id: a, says: \"of {date}, {date}\", message: {ops: \"{date}!\"}, evidence: [\"run of {date}\"], "
                    + "links: [{title: \"{date}\", url: \"x/{date}\"}]}",
                rest: "channels: [ops]\nsources: {s: {kind: status-files, path: \"{state}/patch/*.json\"}}"))
        let step = try #require(runbook.steps["a"])
        #expect(step.says == "of 2025-09-14, 2025-09-14")
        #expect(step.messages["ops"] == "2025-09-14!")
        #expect(step.evidence == ["run of 2025-09-14"])
        #expect(step.links == [Runbook.Link(title: "2025-09-14", url: "x/2025-09-14")])
        #expect(runbook.sources["s"]?.kind == .statusFiles(path: "{state}/patch/*.json"))
    }

    @Test("groups nest, and page order is kept")
    func groups() throws {
        let runbook = try read(
            Text.steps(
                "{id: a, takes: 1h30m, backout: 30m, steps: [{id: b, steps: [{id: c, gate: g}]}, {id: d}]}", "{id: e}",
                rest: "gates: {g: }"))
        #expect(runbook.steps.keys == ["a", "b", "c", "d", "e"])
        #expect(runbook.steps["a"]?.children == ["b", "d"])
        #expect(runbook.steps["c"]?.parent == "b")
        #expect(runbook.steps["c"]?.phase == "work")
        #expect(runbook.steps["a"]?.takes == .seconds(5400))
        #expect(runbook.gates["g"]?.needs.isEmpty == true)
    }

    @Test("sources and access are as written, with the contract's defaults")
    func sources() throws {
        let runbook = try read(
            Text.with(
                """
                tests: {smoke: {}}
                boards: {usa: {by: monitoring, teams: {sre: }}}
                sources:
                  files: {kind: status-files, path: p, every: 100ms, stale_after: 5m, authority: [patch, reboot]}
                  tests: {kind: junit, path: t, run: smoke, timeout: 1s}
                  proxy: {kind: socket, address: /run/admin.sock, send: show stat}
                access: {lead: [], "approver: Platform Team": ["%platform", jo], "team: usa/sre": [sam], feeder: }
                socket: /run/x.sock
                rehearsal: rehearsal.yaml
                x-ours: {anything: [goes]}
                """))
        let files = SourcePlan(
            id: "files", kind: .statusFiles(path: "p"), every: .milliseconds(100), timeout: .seconds(2),
            staleAfter: .seconds(300), authority: ["patch", "reboot"])
        #expect(runbook.sources["files"] == files)
        #expect(runbook.sources["tests"]?.kind == .junit(path: "t", run: "smoke"))
        #expect(runbook.sources["tests"]?.every == .seconds(2))
        #expect(runbook.sources["tests"]?.staleAfter == nil)
        #expect(runbook.sources["proxy"]?.kind == .socket(address: "/run/admin.sock", send: "show stat"))
        #expect(
            runbook.access.map(\.role) == [
                .lead, .approver("Platform Team"), .team(.init(board: "usa", team: "sre")), .feeder,
            ])
        #expect(runbook.access.map(\.members) == [[], ["%platform", "jo"], ["sam"], []])
        #expect(runbook.socket == "/run/x.sock")
        #expect(runbook.rehearsal == "rehearsal.yaml")
    }

    @Test("what looks like a number, a date or a no stays a text")
    func texts() throws {
        let runbook = try read(Text.steps("{id: no, title: 2025-09-14}", "{id: 7, says: 1.50, after: [no]}"))
        #expect(runbook.steps.values.map(\.title) == ["2025-09-14", "1.50"])
        #expect(runbook.steps["7"]?.after == ["no"])
    }

    @Test("the fingerprint is the SHA-256 of the text")
    func fingerprint() throws {
        #expect(
            RunbookReader.fingerprint(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try read(Text.with("")).fingerprint == RunbookReader.fingerprint(of: Text.with("")))
    }

    @Test("a thousand steps take well under half a second")
    func speed() throws {
        let steps = (0..<1000).map { number in
            "{id: s\(number), title: Step \(number), says: \"The words of the page\", owner: usa/sre, takes: 5m, at: "
                + "Sun 01:00"
                + (number > 0 ? ", after: [s\(number - 1)]}" : "}")
        }
        let text = Text.steps(steps.joined(separator: ",\n    "), rest: "boards: {usa: {teams: {sre: {}}}}")
        // It takes 0.12 s without optimization. This thread's own time counts, and the best of three, so that a busy
        // machine changes nothing.
        var took: [Double] = []
        for _ in 0..<3 {
            let started = threadSeconds()
            #expect(try read(text).steps.count == 1000)
            took.append(threadSeconds() - started)
        }
        #expect(took.contains { $0 < 0.5 }, "took \(took) s")
    }
}

/// CPU seconds that this thread has used.
private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
