import OrderedCollections
import Testing
import WarRoomCore

/// The states of the band, each by a table with the case in which it must be silent.
@Suite("The band: quiet, running, act, blocked, old")
struct BandTests {
    typealias Names = GuardNight

    private struct Row {
        let name: String
        let at: String
        let state: Band.State
        var strip: String?
        let build: (inout GuardNight) throws -> Void
    }

    private func check(_ rows: [Row], _ naming: String) throws {
        for row in rows {
            var night = try GuardNight(naming)
            try row.build(&night)
            let situation = night.situation(row.at)
            let band = situation.band()
            #expect(band.state == row.state, "\(row.name): \(situation.sentenceText)")
            let telling = Telling(now: situation.now, zones: situation.bridge.runbook.zones)
            let strip = band.strip?.texts.first?.text(telling)
            #expect((strip == nil) == (row.strip == nil), "\(row.name): \(strip ?? "no strip")")
            if let wanted = row.strip { #expect(strip?.contains(wanted) == true, "\(row.name): \(strip ?? "")") }
            // Whoever is needed is named, and nobody else is.
            #expect(
                (situation.sentence.on == nil)
                    == ((band.state == .quiet || band.state == .running) && band.strip == nil), "\(row.name)")
            #expect(!band.headlines.isEmpty && !band.sentences.isEmpty)
        }
    }

    @Test(
        "Quiet: nothing runs and nobody is needed; not when a step is due, nor when sources disagree",
        arguments: Names.namings)
    func quiet(naming: String) throws {
        try check(
            [
                Row(name: "before the first step", at: "00:30", state: .quiet) { _ in },
                Row(name: "between two steps", at: "03:30", state: .quiet) { try $0.firstWave() },
                Row(name: "the next step is due", at: "01:00", state: .act) { _ in },
                Row(name: "sources disagree", at: "03:30", state: .act) { night in
                    try night.firstWave()
                    try night.tool("server", night.servers[2], #"{"verify":"passed"}"#, "03:00", by: "one")
                    try night.tool("server", night.servers[2], #"{"verify":"failed"}"#, "03:01", by: "two")
                },
                Row(name: "an alert fires", at: "03:30", state: .act) { night in
                    try night.firstWave()
                    try night.tool("alert", "a", #"{"state":"firing","name":"slow"}"#, "03:00")
                },
                Row(name: "a demo biller's alert fires", at: "03:30", state: .quiet) { night in
                    try night.firstWave()
                    try night.tool("alert", "a", #"{"state":"firing","name":"slow","demo":true}"#, "03:00")
                },
                Row(name: "a loose end that no step closes", at: "03:30", state: .quiet) { night in
                    try night.firstWave()
                    try night.person("looseend", "pager/night", #"{"state":"open"}"#, "03:00")
                },
            ], naming)
    }

    @Test(
        "Running: steps run, and who is needed beside them stands in the strip; not when the way on needs a person",
        arguments: Names.namings)
    func running(naming: String) throws {
        let disputed = "is disputed"
        try check(
            [
                Row(name: "one step runs", at: "01:05", state: .running) { try $0.step($0.pull, "started", "01:01") },
                Row(name: "the next one is due, and waits for it", at: "01:15", state: .running) {
                    try $0.step($0.pull, "started", "01:01")
                },
                Row(name: "sources disagree beside it", at: "02:25", state: .running, strip: disputed) { night in
                    try night.ready()
                    try night.tool("server", night.servers[2], #"{"verify":"passed"}"#, "02:11", by: "one")
                    try night.tool("server", night.servers[2], #"{"verify":"failed"}"#, "02:12", by: "two")
                    try night.step(night.check, "started", "02:20")
                },
                Row(
                    name: "a server out beside it, and nothing that waits for it is due", at: "02:25", state: .running,
                    strip: "dropped out of the"
                ) { night in
                    try night.ready()
                    try night.step(night.check, "started", "02:20")
                    try night.pool(night.servers[1], "in", "out", "02:21")
                },
                Row(name: "a loose end that no step closes beside it", at: "02:25", state: .running) { night in
                    try night.ready()
                    try night.person("looseend", "pager/night", #"{"state":"open"}"#, "02:15")
                    try night.step(night.check, "started", "02:20")
                },
                Row(name: "a step that is due waits for the server", at: "04:31", state: .act) { night in
                    try night.firstWave()
                    try night.step(night.build, "started", "04:20")
                    try night.pool(night.servers[1], "in", "out", "04:21")
                },
            ], naming)
    }

    @Test(
        "Act: the way on needs a person; not before its time, nor while it waits for work that runs",
        arguments: Names.namings)
    func act(naming: String) throws {
        try check(
            [
                Row(name: "the gate waits for its approver", at: "04:30", state: .act) { try $0.firstWave() },
                Row(name: "not yet", at: "04:29", state: .quiet) { try $0.firstWave() },
                Row(name: "approved, and not begun", at: "04:35", state: .act) { night in
                    try night.firstWave()
                    try night.approve("04:31")
                },
                Row(name: "approved and begun", at: "04:35", state: .running) { night in
                    try night.firstWave()
                    try night.approve("04:31")
                    try night.step(night.second, "started", "04:32")
                },
                Row(name: "a server dropped out", at: "03:55", state: .act) { night in
                    try night.firstWave()
                    try night.pool(night.servers[1], "in", "out", "03:52")
                },
                Row(name: "and is back", at: "03:55", state: .quiet) { night in
                    try night.firstWave()
                    try night.pool(night.servers[1], "in", "out", "03:52")
                    try night.pool(night.servers[1], "in", "in", "03:54")
                },
                Row(name: "two steps are due, and one of them runs", at: "02:31", state: .act) { night in
                    try night.ready()
                    try night.step(night.back, "started", "02:12")
                },
            ], naming)
    }

    @Test(
        "Blocked: something failed, and the way on is shut; not while other work goes on, nor once it runs again",
        arguments: Names.namings)
    func blocked(naming: String) throws {
        let failed = #"{"state":"failed","total":3,"passed":2,"failed":1,"startedAt":"2025-09-14T02:31:00Z"}"#
        try check(
            [
                Row(name: "the run failed", at: "02:50", state: .blocked) { night in
                    try night.ready()
                    try night.tool("tests", night.run, failed, "02:40")
                },
                Row(name: "it runs anew", at: "02:50", state: .running) { night in
                    try night.ready()
                    try night.tool("tests", night.run, failed, "02:40")
                    try night.tool(
                        "tests", night.run, #"{"state":"running","total":3,"passed":0,"runID":"2"}"#, "02:45")
                },
                Row(name: "a person gave the step up, and nothing waits for it", at: "03:50", state: .quiet) { night in
                    try night.firstWave()
                    try night.step(night.build, "failed", "03:05")
                },
                Row(name: "what failed is all that the next step waits for", at: "02:50", state: .blocked) { night in
                    try night.ready()
                    try night.tool("pipeline", "other/run", #"{"state":"running"}"#, "02:20")
                    try night.tool("tests", night.run, failed, "02:40")
                },
                Row(name: "a wave stopped by a rule", at: "03:20", state: .blocked) { night in
                    try night.firstWave()
                    try night.scenario.take(
                        "2025-09-14T03:10:00Z", "hold", "wave/\(night.waves[1])",
                        #"{"state":"held","reason":"an alert fires","cause":"alert"}"#, by: "hub", via: .hub)
                },
                Row(name: "a wave held by a person", at: "03:20", state: .act) { night in
                    try night.firstWave()
                    try night.person("hold", "wave/\(night.waves[1])", #"{"state":"held","reason":"wait"}"#, "03:10")
                },
            ], naming)
        var night = try GuardNight(naming)
        try night.firstWave()
        let told = [HubTrouble(.unkept, since: night.situation.now, text: "the disk is full")]
        let full = Situation(night.scenario.bridge, now: night.situation.now, told: told)
        #expect(full.band().state == .blocked && full.sentence.on == "whoever looks after the hub")
        let slow = [HubTrouble(.disk, since: night.situation.now, text: "slow")]
        #expect(Situation(night.scenario.bridge, now: night.situation.now, told: slow).band().state == .quiet)
    }

    @Test("Old goes before all else, and is a screen's own word", arguments: Names.namings)
    func old(naming: String) throws {
        let night = try GuardNight(naming)
        let situation = night.situation("01:00")
        #expect(situation.band().state == .act)
        #expect(situation.band(silentSince: situation.now).state == .old)
    }

    @Test("Between two steps of a group somebody has five minutes before the night waits for him")
    func grace() throws {
        var runbook = Scenario.smallNight
        runbook.steps["patch"]!.at = nil
        runbook.steps["patch"]!.parent = "wave"
        runbook.steps["open"]!.at = nil
        runbook.steps["open"]!.gate = nil
        runbook.steps["open"]!.parent = "wave"
        runbook.steps["open"]!.after = ["patch"]
        var group = Runbook.Step(id: "wave", phase: "only", title: "Patch the wave")
        group.at = Instant(rfc3339: "2025-09-14T01:00:00Z")
        group.children = ["patch", "open"]
        runbook.steps = ["wave": group, "patch": runbook.steps["patch"]!, "open": runbook.steps["open"]!]
        var night = Scenario(runbook)
        try night.take("2025-09-14T01:01:00Z", "step", "patch", #"{"state":"done"}"#)
        let before = night.situation("2025-09-14T01:05:59Z")
        #expect(before.band().state == .running && before.sentence.on == nil)
        #expect(before.advanced(to: Instant(rfc3339: "2025-09-14T01:06:00Z")!).band().state == .act)
    }
}

extension GuardNight {
    /// The first wave pulled, patched and put back by 02:10.
    fileprivate mutating func ready() throws {
        try step(pull, "started", "01:00")
        for server in servers[..<2] { try pool(server, "out", "out", "01:02") }
        try step(pull, "done", "01:05")
        for server in servers[..<2] { try tool("server", server, #"{"patch":"installed"}"#, "01:40") }
        try step(back, "started", "02:00")
        for server in servers[..<2] { try pool(server, "in", "in", "02:05") }
        try step(back, "done", "02:10")
    }

    fileprivate mutating func approve(_ time: String) throws {
        try person("approval", gate, #"{"decision":"approved","as":"Approver"}"#, time, by: "sam")
    }
}
