import OrderedCollections
import WarRoomCore

/// A night of two waves in two pools with every kind of rule on it, under given names: none of the rules may know one.
struct GuardNight {
    /// Names as they stand in the sample's way, and two nights of names that mean nothing.
    static let namings = ["plain", "random 1", "random 2"]

    let servers: [String]
    let pools: [String]
    let waves: [String]
    let pull, patch, back, second, check, build: String
    let gate, button, run: String
    var scenario: Scenario

    private static let lead = "lead-us"

    /// `runbook`: one of the same naming, changed.
    init(_ naming: String, minimum: Int? = nil, runbook changed: Runbook? = nil) throws {
        var seed = UInt64(naming.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        func name(_ plain: String, _ length: Int = 7) -> String {
            guard naming != "plain" else { return plain }
            var text = ""
            for _ in 0..<length {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8((seed >> 33) % 26))))
            }
            return text
        }
        servers = ["a1", "a2", "b1", "b2"].map { name($0) }
        pools = ["outer", "inner"].map { name($0) }
        waves = ["first", "second"].map { name($0) }
        pull = name("pull")
        patch = name("patch")
        back = name("put-back")
        second = name("patch-second")
        check = name("check")
        build = name("build")
        gate = name("before-second")
        run = name("quick")
        button = "\(name("tool"))/\(name("Approve"))"

        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var runbook = Runbook(id: "guard", title: "Guard", date: "2025-09-14", zones: .init(home: utc, other: utc))
        runbook.window.opens = Instant(rfc3339: "2025-09-13T23:00:00Z")
        for pool in pools { runbook.pools[pool] = .init(name: pool, title: pool.capitalized, minimum: minimum) }
        for server in servers { runbook.servers[server] = .init(name: server, pools: pools) }
        runbook.waves = [
            waves[0]: .init(id: waves[0], servers: Array(servers[..<2])),
            waves[1]: .init(id: waves[1], servers: Array(servers[2...])),
        ]
        runbook.tests = [run: .init(id: run, title: run.capitalized, after: [patch])]
        runbook.phases = ["only": .init(id: "only", title: "Only")]
        func step(_ id: String, at time: String, _ change: (inout Runbook.Step) -> Void = { _ in }) {
            var step = Runbook.Step(id: id, phase: "only", title: "Title of \(id)")
            step.at = Instant(rfc3339: "2025-09-14T\(time):00Z")
            change(&step)
            runbook.steps[id] = step
        }
        let out = servers[..<2].flatMap { [pools] server in pools.map { LooseEndID.pool(server: server, pool: $0) } }
        step(pull, at: "01:00") { $0.opens = out }
        step(patch, at: "01:10") { [pull, waves] in
            $0.after = [pull]
            $0.doneWhen = Need(.wave, waves[0], .patch, "installed")
        }
        step(back, at: "02:00") { [patch] in
            $0.after = [patch]
            $0.closes = out
            $0.owner = "the balancers' team"
        }
        step(check, at: "02:30") { [run] in
            $0.tests = run
            $0.doneWhen = Need(.tests, run, .is, "passed")
        }
        step(second, at: "04:30") { [gate, waves] in
            $0.gate = gate
            $0.doneWhen = Need(.wave, waves[1], .patch, "installed")
        }
        step(build, at: "05:00") { [back] in
            $0.after = [back]
            $0.doneWhen = Need(.pipeline, "exercise/run", .is, "succeeded")
        }
        runbook.gates = [
            gate: .init(
                id: gate, title: "Gate",
                needs: [Need(.wave, waves[0], .pools, "in"), Need(.tests, run, .is, "passed")],
                approvers: ["Approver"], fourEyes: [patch], button: button)
        ]
        runbook.sources = [
            "pools": SourcePlan(
                id: "pools", kind: .statusFiles(path: "y"), staleAfter: .seconds(60), authority: ["pools"])
        ]
        scenario = Scenario(changed ?? runbook)
        try scenario.take(
            "2025-09-13T23:00:00Z", "bridge", "guard-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try scenario.take("2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#, by: "hub", via: .hub)
        for server in servers { try pool(server, "in", "in", "23:00", day: "13") }
    }

    var situation: Situation { scenario.situation() }
    func situation(_ time: String) -> Situation { scenario.situation("2025-09-14T\(time):00Z") }

    mutating func pool(_ server: String, _ outer: String, _ inner: String, _ time: String, day: String = "14") throws {
        try scenario.source(
            "pools", "2025-09-\(day)T\(time):05Z", "server", server,
            #"{"pools":{"\#(pools[0])":"\#(outer)","\#(pools[1])":"\#(inner)"}}"#)
    }

    @discardableResult
    mutating func step(_ id: String, _ state: String, _ time: String, by: String = lead) throws -> Int {
        try scenario.take("2025-09-14T\(time):00Z", "step", id, #"{"state":"\#(state)","note":"n"}"#, by: by)
    }

    mutating func tool(_ type: String, _ subject: String, _ data: String, _ time: String, by: String = "tool") throws {
        try scenario.take("2025-09-14T\(time):10Z", type, subject, data, by: by, via: .feeder, source: by)
    }

    @discardableResult
    mutating func person(_ type: String, _ subject: String, _ data: String, _ time: String, by: String = lead) throws
        -> Int
    {
        try scenario.take("2025-09-14T\(time):20Z", type, subject, data, by: by)
    }

    /// The first wave pulled, patched, put back and tested, all as it should be, by 03:00.
    mutating func firstWave() throws {
        try step(pull, "started", "01:00")
        for server in servers[..<2] { try pool(server, "out", "out", "01:02") }
        try step(pull, "done", "01:05")
        for server in servers[..<2] { try tool("server", server, #"{"patch":"installed"}"#, "01:40") }
        try step(back, "started", "02:00")
        for server in servers[..<2] { try pool(server, "in", "in", "02:05") }
        try step(back, "done", "02:10")
        try tool(
            "tests", run, #"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"2025-09-14T02:20:00Z"}"#,
            "02:40")
    }

    func refusal(_ type: String, _ subject: String, _ data: String, by user: String, _ roles: [Role]) throws -> String?
    {
        let event = try Event(written(type, subject, data, id: "1", source: "people/\(user)"))
        return scenario.bridge.refusal(of: event, from: Sender(user: user, roles: roles), now: scenario.situation().now)
    }
}
