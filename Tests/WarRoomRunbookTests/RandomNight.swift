import OrderedCollections
import WarRoomCore
import WarRoomRunbook

/// A night in which anything may be said of anything that its runbook names, the same for the same seed.
struct RandomNight {
    private(set) var bridge: Bridge
    private(set) var now: Instant
    private var seed: UInt64
    private let amended: Runbook
    /// What an undo could take back: the event's type, subject and data, by entry.
    private var undoable: [(entry: Int, type: EventType, subject: String, data: String)] = []

    /// `sample`: a runbook of the samples. Needs of every kind are added to it.
    init(_ sample: String, seed: UInt64) throws {
        self.seed = seed
        let path = Repository.path("sample-data/\(sample)/runbook.yaml")
        var runbook = try RunbookReader.document(path: path).get().runbook
        RandomNight.enrich(&runbook)
        var amended = runbook
        amended.fingerprint = String(repeating: "a", count: 64)
        if let id = amended.steps.keys.last { amended.steps[id]?.takes = .seconds(5400) }
        self.amended = amended
        bridge = Bridge(runbook: runbook)
        now = (runbook.window.opens ?? Instant(seconds: 1_757_804_400)) - .seconds(600)
        try take(.bridge, runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, by: "hub", via: .hub)
    }

    /// Steps that are done by, and gates that need, one thing of each kind.
    private static func enrich(_ runbook: inout Runbook) {
        let leaves = runbook.steps.values.filter(\.children.isEmpty).map(\.id)
        var needs = [Need(.looseEnds, "", .is, "none"), Need(.step, leaves[0], .is, "done")]
        needs.append(Need(.pipeline, "line/stage", .is, "succeeded"))
        if let phase = runbook.phases.keys.first { needs.append(Need(.phase, phase, .is, "done")) }
        if let board = runbook.boards.keys.first { needs.append(Need(.board, board, .is, "ok")) }
        if let tests = runbook.tests.keys.last { needs.append(Need(.tests, tests, .is, "passed")) }
        if let pool = runbook.pools.keys.first { needs.append(Need(.pool, pool, .pools, "in")) }
        if let server = runbook.servers.keys.first { needs.append(Need(.server, server, .reach, "ok")) }
        if let wave = runbook.waves.keys.last {
            needs += [Need(.wave, wave, .patch, "installed"), Need(.wave, wave, .alerts, "on")]
        }
        for (place, need) in needs.enumerated() {
            let gate = "each-\(place)"
            runbook.gates[gate] = .init(id: gate, title: "Each \(place)", needs: [need], approvers: ["Approver"])
            let step = leaves[(place * 7 + 3) % leaves.count]
            if runbook.steps[step]?.gate == nil { runbook.steps[step]?.gate = gate }
            let other = leaves[(place * 5 + 4) % leaves.count]
            if runbook.steps[other]?.doneWhen == nil { runbook.steps[other]?.doneWhen = need }
        }
    }

    mutating func below(_ bound: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((seed >> 33) % UInt64(max(bound, 1)))
    }

    private mutating func one<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    /// Some time goes by: mostly seconds, at times an hour.
    mutating func wait() {
        let longest = one([0, 2, 30, 300, 300, 4000])
        now = now + .seconds(below(longest + 1))
    }

    @discardableResult
    mutating func take(
        _ type: EventType, _ subject: String, _ data: String, by: String = "lead", via: Entry.Via? = nil,
        time: Instant? = nil, amended: Runbook? = nil
    ) throws -> Int {
        let number = bridge.entry + 1
        var json = JSON.Object([
            "specversion": "1.0", "id": .string("\(number)"), "source": .string(via == nil ? "people/\(by)" : by),
            "type": .string(type.rawValue), "subject": .string(subject), "data": try JSON(parsing: data),
        ])
        if let time { json["time"] = .instant(time) }
        bridge.apply(
            Entry(
                number: number, receivedAt: now, by: by, via: via, event: try Event(.object(json)), hash: "\(number)"),
            amended: amended)
        return bridge.entry
    }

    /// Anything happens.
    mutating func happen() throws {
        wait()
        let type = one(EventType.allCases + [.server, .server, .server, .step, .step, .step, .review, .tests, .source])
        if type == .bridge { return try live() }
        if below(12) == 0, !undoable.isEmpty {
            let said = one(Array(undoable.suffix(20)))
            let why = said.data.contains("\"note\"") ? "" : #","note":"slip""#
            let data = said.data.dropLast() + #","undoes":\#(said.entry)\#(why)}"#
            try take(said.type, said.subject, String(data))
            return
        }
        let (subject, data) = try words(type)
        let hubs: Set<EventType> = [.source, .clock, .refusal]
        let tools: Set<EventType> = [.server, .tests, .pipeline, .batch, .alert]
        let via: Entry.Via? =
            hubs.contains(type) ? .hub : tools.contains(type) || type == .step && below(3) == 0 ? .source : nil
        let sources = Array(bridge.runbook.sources.keys) + ["feeder"]
        let by = via == .hub ? "hub" : via == nil ? one(["lead", "ann"]) : one(sources)
        let time = below(4) == 0 ? now - .seconds(below(3000)) : nil
        let isTool = via == .source && bridge.runbook.sources[by] == nil
        let entry = try take(type, subject, data, by: by, via: isTool ? .feeder : via, time: time)
        if via == nil { undoable.append((entry, type, subject, data)) }
    }

    /// Where the night stands; seldom it ends, or its runbook is amended.
    private mutating func live() throws {
        let state = one(["live", "live", "closing", "amended", "opened", "closed"])
        if state == "closed", below(3) > 0 { return }
        guard state == "amended" else {
            try take(.bridge, bridge.id, #"{"state":"\#(state)","mode":"live"}"#)
            return
        }
        guard bridge.runbook.fingerprint != amended.fingerprint else { return }
        let data = #"{"state":"amended","runbook":"\#(amended.fingerprint)","reason":"r"}"#
        try take(.bridge, bridge.id, data, amended: amended)
    }

    /// A subject that the runbook names, and what may be said of it.
    private mutating func words(_ type: EventType) throws -> (String, String) {
        let runbook = bridge.runbook
        let step = one(Array(runbook.steps.keys))
        let server = below(20) == 0 ? "stranger" : one(Array(runbook.servers.keys))
        let pool = one(Array(runbook.pools.keys) + ["other"])
        let checks = runbook.boards.values.flatMap { board in
            board.teams.values.flatMap { team in team.checks.keys.map { "\(board.id)/\(team.id)/\($0)" } }
        }
        let gate = one(Array(runbook.gates.keys))
        let decisions = ["approved", "approved", "refused", "overridden"]
        let batchStates = ["waiting", "running", "closed", "failed"]
        let times = #""startedAt":"\#((now - .seconds(below(3000))).rfc3339)""#
        switch type {
        case .step:
            let states = ["started", "done", "done", "failed", "skipped", "workaround", "not-applicable", "reset"]
            return (step, #"{"state":"\#(one(states))","note":"n"}"#)
        case .server:
            switch below(7) {
            case 0: return (server, #"{"patch":"\#(one(["pending", "running", "installed", "installed", "failed"]))"}"#)
            case 1: return (server, #"{"reboot":"\#(one(["rebooting", "up"]))","bootedAt":"\#(now.rfc3339)"}"#)
            case 2: return (server, #"{"verify":"\#(one(["passed", "failed"]))",\#(times)}"#)
            case 3: return (server, #"{"reach":"\#(one(["ok", "ok", "unreachable"]))","detail":"d\#(below(3))"}"#)
            case 4: return (server, #"{"alerts":"\#(one(["on", "muted"]))","version":"\#(below(3))"}"#)
            default: return (server, #"{"pools":{"\#(pool)":"\#(one(["in", "in", "out", "draining", "down"]))"}}"#)
            }
        case .review:
            return (one(checks), #"{"mark":"\#(one(["ok", "ok", "issues", "pending", "no-response"]))","note":"n"}"#)
        case .check: return (one(checks) + "x\(below(3))", #"{"state":"added","title":"Added"}"#)
        case .hold:
            let wave = runbook.waves.keys.first.map { "wave/\($0)" } ?? server
            return (one([server, wave]), #"{"state":"\#(one(["held", "released"]))","reason":"r"}"#)
        case .approval:
            return (
                gate,
                #"{"decision":"\#(one(decisions))","as":"Approver","reason":"r"}"#
            )
        case .tests:
            let run = one(Array(runbook.tests.keys) + ["other"])
            let state = one(["running", "passed", "passed", "failed", "interrupted"])
            return (
                run, #"{"state":"\#(state)","total":4,"passed":\#(below(5)),"failed":0,"flaky":\#(below(2)),\#(times)}"#
            )
        case .pipeline:
            let buttons = runbook.gates.values.compactMap(\.button)
            return (
                one(buttons + ["line/stage"]),
                #"{"state":"\#(one(["running", "succeeded", "failed", "canceled"]))",\#(times)}"#
            )
        case .batch:
            return (
                "run\(below(4))",
                #"{"state":"\#(one(batchStates))","job":"j","biller":"b\#(below(2))",\#(times)}"#
            )
        case .alert:
            return (
                "alert\(below(4))", #"{"state":"\#(one(["firing", "resolved"]))","name":"a","server":"\#(server)"}"#
            )
        case .message: return ("\(step)/#channel", #"{"state":"posted","text":"t"}"#)
        case .looseEnd:
            let ends = runbook.steps.values.flatMap(\.opens).map(\.text) + ["alerts/everything", "jobs/moved"]
            return (one(ends), #"{"state":"\#(one(["open", "closed", "forgiven"]))","what":"w","note":"n"}"#)
        case .ruling:
            let subjects = ["\(server)/patch", "\(server)/pools/\(pool)", "\(step)/state", "clock"]
            let results = runbook.tests.keys.map { "\($0)/result" } + runbook.pairs.map(\.id)
            return (
                one(subjects + results),
                #"{"value":"\#(one(["installed", "in", "out", "done", "passed", "home", "night"]))","reason":"r"}"#
            )
        case .lead: return (bridge.id, #"{"state":"\#(one(["offered", "accepted"]))","user":"ann","reason":"r"}"#)
        case .substitute: return ("Approver", #"{"state":"\#(one(["offered", "accepted"]))","user":"ann"}"#)
        case .heard: return (one([step, server, bridge.id, one(checks)]), #"{"text":"slow","from":"a caller"}"#)
        case .looked:
            return (one(["heard/\(bridge.entry - below(20))", "alert/alert\(below(4))"]), #"{"was":"a cache"}"#)
        case .signature: return (runbook.fingerprint, #"{"as":"Change Approver"}"#)
        case .source:
            let id = one(Array(runbook.sources.keys))
            let state = one(["current", "current", "stale", "unreadable"])
            return (id, #"{"state":"\#(state)","reason":"r","\#(one(["stale", "fresh"]))":["\#(server)"]}"#)
        case .clock: return ("clock", #"{"offset":\#(below(2) * 3600)}"#)
        case .refusal: return (one([step, "drop"]), #"{"who":"w","what":"x","why":"y"}"#)
        case .note, .bridge: return (step, #"{"text":"words"}"#)
        }
    }
}
