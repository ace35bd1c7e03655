import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("A journal of an older hub may hold any number, and everything that is shown of it is worked out")
struct ExtremeNumbersTests {
    private static let counts = ["0", "1", "1000000000", "1000000001", "9007199254740992", "9223372036854775807"]
    private static let times = [
        "1677-09-21T00:12:44Z", "1970-01-01T00:00:00Z", "2025-09-14T02:00:00Z", "2025-09-14T03:00:00.000000001Z",
        "2199-12-31T23:59:59Z", "2262-04-11T23:47:16Z",
    ]

    /// A word of a type, with one of the extreme values at each of its numbers and times.
    private static func data(_ type: String, _ random: inout Seeded) -> String {
        func count() -> String { counts.randomElement(using: &random)! }
        func time() -> String { "\"\(times.randomElement(using: &random)!)\"" }
        func word(_ words: String...) -> String { words.randomElement(using: &random)! }
        switch type {
        case "tests":
            return #"{"state":"\#(word("running", "passed", "failed", "interrupted"))","total":\#(count()),"#
                + #""passed":\#(count()),"failed":\#(count()),"errors":\#(count()),"skipped":\#(count()),"#
                + #""flaky":\#(count()),"startedAt":\#(time()),"finishedAt":\#(time()),"runID":"run-\#(count())"}"#
        case "server":
            return #"{"patch":"\#(word("running", "installed", "failed"))","reboot":"\#(word("rebooting", "up"))","#
                + #""bootedAt":\#(time()),"startedAt":\#(time()),"readyAt":\#(time()),"mutedUntil":\#(time()),"#
                + #""alerts":"\#(word("on", "muted"))","verify":"passed","reach":"ok"}"#
        case "pipeline":
            return #"{"state":"\#(word("waiting", "running", "succeeded", "failed"))","startedAt":\#(time()),"#
                + #""finishedAt":\#(time())}"#
        case "batch":
            return #"{"state":"\#(word("waiting", "running", "closed", "failed"))","scheduledAt":\#(time()),"#
                + #""startedAt":\#(time()),"endedAt":\#(time())}"#
        case "approval":
            return #"{"decision":"\#(word("approved", "refused"))","as":"Platform","seen":\#(count()),"reason":"r"}"#
        case "step":
            return #"{"state":"\#(word("started", "done", "failed", "skipped", "reset"))","note":"n"}"#
        case "source":
            return #"{"state":"\#(word("current", "stale", "unreadable"))","lastGood":\#(time()),"reason":"r"}"#
        case "refusal": return #"{"who":"patch","what":"w","why":"y","more":\#(count())}"#
        case "review": return #"{"mark":"ok","undoes":\#(count()),"note":"n"}"#
        default:
            return #"{"state":"opened","mode":"live","awayFrom":\#(time()),"learned":{"backup":\#(count()),"#
                + #""patch-db":\#(count())}}"#
        }
    }

    private static func night(seed: UInt64, receivedAt: [Instant]) throws -> Bridge {
        var random = Seeded(state: seed)
        let runbook = try SampleRunbook.make()
        var bridge = Bridge(runbook: runbook)
        let subjects: OrderedDictionary<String, [String]> = [
            "tests": Array(runbook.tests.keys), "server": Array(runbook.servers.keys),
            "pipeline": runbook.pipelines.values.flatMap { pipeline in pipeline.stages.map { "\(pipeline.id)/\($0)" } },
            "batch": ["close/1", "close/2"], "approval": Array(runbook.gates.keys),
            "step": Array(runbook.steps.keys), "source": Array(runbook.sources.keys),
            "refusal": Array(runbook.sources.keys),
            "review": runbook.boards.values.flatMap { board in
                board.teams.values.flatMap { team in team.checks.keys.map { "\(board.id)/\(team.id)/\($0)" } }
            },
            "bridge": [runbook.bridgeID],
        ]
        for number in 1...400 {
            let type = number == 1 ? "bridge" : subjects.keys.randomElement(using: &random)!
            guard let subject = subjects[type]?.randomElement(using: &random) else { continue }
            let json = JSON.object([
                "specversion": "1.0", "id": .string("e\(number)"), "source": .string("s\(number % 3)"),
                "type": .string("warroom.\(type)"), "subject": .string(subject),
                "time": .string(times.randomElement(using: &random)!),
                "data": try JSON(parsing: data(type, &random)),
            ])
            let last = bridge.lastReceivedAt ?? .distantPast
            let via: Entry.Via? =
                ["bridge", "source", "refusal"].contains(type)
                ? .hub : [nil, .source, .feeder].randomElement(using: &random)!
            bridge.apply(
                Entry(
                    number: bridge.entry + 1, receivedAt: max(last, receivedAt.randomElement(using: &random)!),
                    by: ["lead-us", "patch"].randomElement(using: &random)!, via: via, event: try Event(json),
                    hash: "\(number)"))
        }
        return bridge
    }

    @Test(
        "Entries with extreme numbers and times are applied, and told as JSON and on screens",
        arguments: 1...6 as ClosedRange<UInt64>)
    func extremes(seed: UInt64) throws {
        let night = Instant(rfc3339: "2025-09-14T04:00:00Z")!
        let received: [Instant] =
            seed.isMultiple(of: 2) ? [night] : [.distantPast, Instant(seconds: 0), night, .distantFuture]
        let bridge = try ExtremeNumbersTests.night(seed: seed, receivedAt: received)
        for now in [bridge.lastReceivedAt!, .distantFuture] {
            let situation = Situation(bridge, now: now)
            let document = StatusDocument.json(situation, lastGood: [:], head: bridge.head).line
            #expect(document.count > 1000)
            for pane in Panes.all.map(\.name) {
                var view = ViewState()
                (view.focus, view.isZoomed, view.bars) = (pane, true, pane == "timeline" ? Int(seed % 5) : 0)
                let size = Size(columns: 200, rows: 50)
                let sight = Sight(
                    situation: situation, vitals: Vitals(confirmed: ["patch": .distantPast], user: "lead-us"),
                    view: view,
                    glyphs: .unicode)
                #expect(Screen.draw(sight, size: size).size == size)
            }
            for view in [ViewState(), ViewState(isPresenting: true)] {
                let sight = Sight(
                    situation: situation, vitals: Vitals(confirmed: [:], user: "lead-us"), view: view, glyphs: .unicode)
                for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 35), Size(columns: 200, rows: 50)] {
                    #expect(Screen.draw(sight, size: size).size == size)
                }
            }
        }
    }
}
