import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

/// A night on which anything happens in any order, and a person who presses any key on a screen of any size. Each
/// picture is drawn twice: over the one before it, and from nothing.
@Suite("A picture over the one before it")
struct FollowingTests {
    private struct Happening {
        var bridge: Bridge
        var situation: Situation
        var now: Instant
        var vitals = Vitals(user: "lead-us")
        var view = ViewState()
        var glyphs = GlyphSet.unicode
        var size = GoldenTests.large
        var picture: Picture?
        var random: Seeded
        private let runbook: Runbook

        init(_ night: Night, at time: String, seed: UInt64) throws {
            (bridge, now) = (night.bridge, try night.time(time))
            situation = Situation(bridge, now: now)
            runbook = bridge.runbook
            random = Seeded(state: seed)
        }

        var sight: Sight { Sight(situation: situation, vitals: vitals, view: view, glyphs: glyphs) }
        private mutating func one<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }

        // MARK: What happens

        mutating func happen() throws -> String {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<8: return try hear()
            case 8..<12: return try pass()
            case 12..<17: return press()
            case 17:
                size = one(FollowingTests.sizes)
                return "size \(size)"
            case 18:
                vitals = Vitals(
                    confirmed: Dictionary(uniqueKeysWithValues: runbook.sources.keys.map { ($0, now) }),
                    hubSilentSince: one([nil, nil, now]), mode: one(["live", "live", "rehearsal"]), user: "lead-us",
                    isReadOnly: one([false, false, true]), unacknowledged: one([0, 0, 2]))
                return "vitals"
            default:
                (view.isPresenting, glyphs) = (one([false, false, true]), one([.unicode, .unicode, .ascii]))
                return "presenting \(view.isPresenting), \(glyphs)"
            }
        }

        private mutating func pass() throws -> String {
            let seconds = one([1, 1, 4, 5, 30, 60, 61, 600, 3600])
            now = now + .seconds(seconds) + .milliseconds(one([0, 0, 250]))
            situation = situation.advanced(to: now)
            return "\(seconds) s"
        }

        private mutating func hear() throws -> String {
            let (type, subject, data) = event()
            let number = bridge.entry + 1
            let isHub = ["source", "refusal"].contains(type)
            let json = JSON.object([
                "specversion": "1.0", "id": .string("r\(number)"), "type": .string("warroom.\(type)"),
                "source": .string(one(["people/lead-us", "patch-web", "pools"])), "subject": .string(subject),
                "time": .instant(now - .seconds(one([0, 0, 90]))), "data": try JSON(parsing: data),
            ])
            let entry = Entry(
                number: number, receivedAt: max(now, bridge.lastReceivedAt ?? now), by: one(["lead-us", "patch-web"]),
                via: isHub ? .hub : one([nil, .source]), event: try Event(json), hash: "\(number)")
            bridge.apply(entry)
            Screen.heard(&view, entry: entry, runbook: bridge.runbook)
            if Bool.random(using: &random) {
                situation = Situation(bridge, now: now, after: situation)
            } else {
                // Several entries may come between two frames.
                now = now + .milliseconds(3)
                situation = Situation(bridge, now: now, after: situation)
            }
            return "\(type) \(subject) \(data)"
        }

        private mutating func event() -> (String, String, String) {
            let number = bridge.entry
            let server = one(Array(runbook.servers.keys))
            switch Int.random(in: 0..<19, using: &random) {
            case 0: return ("note", one(Array(runbook.steps.keys)), #"{"text":"\#(one(["a", "作者 b", "e\u{301}"]))"}"#)
            case 1:
                let patch = one(["pending", "running", "installed", "failed", "skipped"])
                return ("server", server, #"{"patch":"\#(patch)","reboot":"\#(one(["rebooting", "up"]))"}"#)
            case 2: return ("server", server, #"{"alerts":"\#(one(["on", "muted"]))"}"#)
            case 3:
                let pool = one(Array(runbook.pools.keys))
                return ("server", server, #"{"pools":{"\#(pool)":"\#(one(["in", "out", "draining"]))"}}"#)
            case 4: return ("server", server, #"{"reach":"\#(one(["ok", "unreachable"]))","verify":"passed"}"#)
            case 5, 6:
                let state = one(["started", "done", "failed", "skipped", "reset"])
                return ("step", one(Array(runbook.steps.keys)), #"{"state":"\#(state)","note":"why"}"#)
            case 7:
                let paths = runbook.boards.values.flatMap { board in
                    board.teams.values.flatMap { team in team.checks.keys.map { "\(board.id)/\(team.id)/\($0)" } }
                }
                return ("review", one(paths), #"{"mark":"\#(one(["ok", "issues", "no-response"]))","note":"n"}"#)
            case 8:
                let state = one(["running", "passed", "failed"])
                return ("tests", one(Array(runbook.tests.keys)), #"{"state":"\#(state)","total":32,"passed":14}"#)
            case 9:
                let state = one(["current", "stale", "unreadable"])
                return ("source", one(Array(runbook.sources.keys)), #"{"state":"\#(state)","reason":"r"}"#)
            case 10: return ("hold", server, #"{"state":"\#(one(["held", "released"]))","reason":"r"}"#)
            case 11, 12:
                let ends = runbook.steps.values.flatMap(\.opens).map(\.text) + ["alerts/everything", "jobs/moved"]
                return ("looseend", one(ends), #"{"state":"\#(one(["open", "closed"]))","what":"w","note":"n"}"#)
            case 13:
                let state = one(["firing", "resolved"])
                return ("alert", "alert\(number % 3)", #"{"state":"\#(state)","name":"a","server":"\#(server)"}"#)
            case 14: return ("heard", runbook.bridgeID, #"{"from":"ann","text":"it is slow"}"#)
            case 15:
                let state = one(["running", "closed", "failed"])
                return ("batch", "run\(number % 3)", #"{"state":"\#(state)","biller":"b","module":"m"}"#)
            case 16, 17:
                let stages = runbook.pipelines.values.flatMap { line in line.stages.map { "\(line.id)/\($0)" } }
                let state = one(["waiting", "running", "succeeded", "failed", "canceled"])
                let run = one([#""runID":"20250824.3""#, #""startedAt":"\#((now - .seconds(70)).rfc3339)""#])
                return ("pipeline", one(stages + ["line/stage"]), #"{"state":"\#(state)",\#(run)}"#)
            default:
                return (
                    "approval", one(Array(runbook.gates.keys)), #"{"decision":"approved","as":"Platform","reason":"r"}"#
                )
            }
        }

        private mutating func press() -> String {
            let keys: [Key] =
                Keymap.bindings.flatMap(\.keys).filter { $0 != .control("c") }
                + [.down, .down, .up, .enter, .escape, .tab, .character("z"), .character("j"), .pageDown]
                + [.click(column: Int.random(in: 0..<90, using: &random), row: Int.random(in: 0..<30, using: &random))]
            // Most keys lead away from the overview, which shows the most.
            if Int.random(in: 0..<3, using: &random) == 0 { view = ViewState(isPresenting: view.isPresenting) }
            let key = one(keys)
            // Asked of the picture or of nothing, a key does the same.
            var other = view
            let asked = Screen.press(key, &view, sight: sight, size: size, on: picture)
            let again = Screen.press(key, &other, sight: sight, size: size)
            #expect(view == other && asked == again, "\(key)")
            return "key \(key)"
        }
    }

    private static let sizes = [
        GoldenTests.small, GoldenTests.middle, GoldenTests.large, Size(columns: 200, rows: 60),
        Size(columns: 300, rows: 80), Size(columns: 40, rows: 12), Size(columns: 20, rows: 5),
        Size(columns: 3, rows: 2),
        Size(columns: 100, rows: 28),
    ]

    @Test(
        "is cell by cell the one from nothing, whatever happens and whoever looks",
        arguments: 1...16 as ClosedRange<UInt64>)
    func following(seed: UInt64) throws {
        let nights = [(try Night.calm(), "Sat 22:40"), (try Night.half(), "Sun 04:31"), (try Night.bad(), "Sun 08:20")]
        let (night, time) = nights[Int(seed) % nights.count]
        var happening = try Happening(night, at: time, seed: seed)
        var story: [String] = []
        for _ in 0..<60 {
            story.append(try happening.happen())
            let picture = Screen.picture(of: happening.sight, size: happening.size, after: happening.picture)
            let fresh = Screen.picture(of: happening.sight, size: happening.size)
            guard picture.canvas != fresh.canvas else {
                happening.picture = picture
                continue
            }
            let rows = zip(picture.canvas.lines(), fresh.canvas.lines()).enumerated().filter { $1.0 != $1.1 }
            let words = rows.prefix(3).map { "row \($0.offset)\n  over |\($0.element.0)|\n  new  |\($0.element.1)|" }
            Issue.record("seed \(seed), \(happening.size), after \(story.suffix(4))\n\(words.joined(separator: "\n"))")
            return
        }
    }
}
