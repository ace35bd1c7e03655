import OrderedCollections
import Testing
import WarRoomCore

@Suite("The night is guarded, whatever its servers and steps are called")
struct GuardTests {
    // MARK: Nothing wrong, nothing said

    @Test(
        "A night that goes as planned has no trouble, no divergence and nothing undone", arguments: GuardNight.namings)
    func calm(naming: String) throws {
        var night = try GuardNight(naming, minimum: 2)
        #expect(night.situation.troubles.isEmpty)
        try night.firstWave()
        let situation = night.situation("03:00")
        #expect(situation.troubles.map(\.text) == [])
        #expect(situation.divergences.map(\.id) == [])
        #expect(situation.steps.values.allSatisfy { $0.undone == nil })
        #expect(situation.gates[night.gate]?.state == .ready)
    }

    // MARK: Undone

    @Test(
        "A server that leaves its pool after it was put back makes that step undone, at once and first",
        arguments: GuardNight.namings)
    func undone(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        try night.pool(night.servers[1], "in", "out", "03:52")
        let situation = night.situation("04:31")
        let undone = try #require(situation.steps[night.back]?.undone)
        #expect(undone.since.rfc3339 == "2025-09-14T03:52:05Z" && undone.by == "pools")
        #expect(situation.steps[night.back]?.state == .done, "the state stays in the step's history")
        #expect(
            situation.sentenceText
                == "\(night.servers[1]) dropped out of the \(night.pools[1].capitalized) 38 min ago. The "
                + "balancers' team "
                + "must put it back; patching \(naming == "plain" ? "b1-2" : "wave \(night.waves[1])") cannot "
                + "start until then."
        )
        #expect(situation.sentence.on == "the balancers' team" && situation.sentence.since == undone.since)
        #expect(situation.troubles.map(\.kind) == [.undone])
        #expect(situation.steps[night.build]?.waitsFor == [night.back], "nothing rests on it")
        #expect(situation.divergences.isEmpty, "it is not a disagreement: it was true, and is no longer")
        try night.pool(night.servers[1], "in", "in", "04:40")
        #expect(night.situation.steps[night.back]?.undone == nil && night.situation.troubles.isEmpty)
    }

    @Test("but not when it is held, nor when its source has only fallen silent", arguments: GuardNight.namings)
    func notUndone(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        try night.person("hold", night.servers[1], #"{"state":"held","reason":"sanity failed"}"#, "03:50")
        try night.pool(night.servers[1], "out", "out", "03:52")
        #expect(night.situation.steps[night.back]?.undone == nil)
        var silent = try GuardNight(naming)
        try silent.firstWave()
        try silent.scenario.take("2025-09-14T03:30:00Z", "source", "pools", #"{"state":"stale"}"#, by: "hub", via: .hub)
        #expect(silent.situation.steps[silent.back]?.undone == nil)
        #expect(silent.situation.gates[silent.gate]?.state == .shut, "yet what is stale opens no gate")
    }

    @Test(
        "A step that evidence alone had ended is undone when the evidence turns, and keeps its times",
        arguments: GuardNight.namings)
    func lost(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        let before = try #require(night.situation.steps[night.patch]).life
        try night.tool("server", night.servers[0], #"{"patch":"failed"}"#, "03:10")
        let step = try #require(night.situation.steps[night.patch])
        #expect(step.state == .done && step.life.endedAt == before.endedAt)
        #expect(step.undone?.what == "\(night.servers[0]) failed to be patched" && step.undone?.by == "tool")
        try night.tool("server", night.servers[0], #"{"patch":"installed"}"#, "03:20")
        #expect(night.situation.steps[night.patch]?.undone == nil)
    }

    // MARK: Claims that disagree

    @Test(
        """
        A person says done and the tool failed: both stand until somebody rules, and the ruling lapses when the tool \
        speaks again
        """
    )
    func stepClaims() throws {
        var night = try GuardNight("plain")
        try night.step(night.back, "done", "01:00")
        try night.tool("step", night.back, #"{"state":"failed","note":"AWX is red"}"#, "01:10", by: "awx")
        var found = night.situation.divergences
        #expect(found.map(\.id) == ["\(night.back)/state"])
        #expect(found.first?.text == "lead-us says done, awx says failed")
        #expect(night.situation.steps[night.build]?.waitsFor == [night.back], "disputed is not done")
        try night.person("ruling", "\(night.back)/state", #"{"value":"done","reason":"the host is healthy"}"#, "01:20")
        #expect(night.situation.divergences.isEmpty)
        #expect(night.situation.steps[night.build]?.waitsFor == [])
        try night.tool("step", night.back, #"{"state":"failed","note":"again"}"#, "01:30", by: "awx")
        found = night.situation.divergences
        #expect(found.count == 1, "the claim has changed")
        try night.person("ruling", "\(night.back)/state", #"{"value":"failed","reason":"it is right"}"#, "01:40")
        #expect(night.situation.steps[night.back]?.state == .failed)
    }

    @Test(
        "A server left in maintenance after the tick, and one that a restarted balancer put back too soon",
        arguments: GuardNight.namings)
    func maintenance(naming: String) throws {
        var night = try GuardNight(naming)
        try night.step(night.pull, "started", "01:00")
        for server in night.servers[..<2] { try night.pool(server, "out", "out", "01:02") }
        try night.step(night.pull, "done", "01:05")
        #expect(night.situation.divergences.isEmpty)
        try night.pool(night.servers[0], "in", "out", "01:30")
        #expect(night.situation.divergences.map(\.text) == ["step \(night.pull) says out, pools says in"])
        try night.step(night.back, "started", "02:00")
        #expect(night.situation.divergences.isEmpty, "it is being put back")
        for server in night.servers[..<1] { try night.pool(server, "in", "in", "02:02") }
        try night.step(night.back, "done", "02:10")
        let left = night.situation.divergences
        #expect(left.map(\.id) == night.pools.map { "\(night.servers[1])/pools/\($0)" })
        #expect(left.first?.text == "step \(night.back) says in, pools says out")
        #expect(night.situation.steps[night.back]?.undone == nil, "it was never so")
    }

    @Test(
        "A member of a pool that the runbook does not put there is a divergence; one in a pool that nobody knows is not"
    )
    func stranger() throws {
        var night = try GuardNight("plain")
        try night.scenario.source(
            "pools", "2025-09-14T01:00:00Z", "server", "old-1", #"{"pools":{"outer":"in","elsewhere":"in"}}"#)
        #expect(night.situation.divergences.map(\.id) == ["old-1/pools/outer"])
        #expect(night.situation.pools["outer"]?.confirmed == 4, "it is part of no count")
        try night.person("ruling", "old-1/pools/outer", #"{"value":"in","reason":"it stays until Monday"}"#, "01:05")
        #expect(night.situation.divergences.isEmpty)
    }

    // MARK: Capacity

    @Test(
        "A gate that would leave too few in service is shut with the count, however green the rest is",
        arguments: GuardNight.namings)
    func capacity(naming: String) throws {
        var night = try GuardNight(naming, minimum: 2)
        try night.firstWave()
        #expect(night.situation.gates[night.gate]?.state == .ready)
        try night.scenario.source(
            "pools", "2025-09-14T03:00:00Z", "server", night.servers[0], #"{"reach":"unreachable"}"#)
        let gate = try #require(night.situation.gates[night.gate])
        #expect(gate.state == .shut)
        #expect(
            gate.firstUnmet?.why == "\(night.pools[0].capitalized): 1 in service with \(night.waves[1]) out, minimum 2")
        let pool = try #require(night.situation.pools[night.pools[0]])
        #expect(pool.serving == 4 && pool.confirmed == 3 && pool.leaving.map(\.left) == [1])
        #expect(night.situation.troubles.first?.kind == .unreachableYetServing)
        let wanting = try GuardNight(naming)
        #expect(wanting.situation.gates[wanting.gate]?.needs.count == 2, "without a minimum there is no such need")
    }

    @Test("In service is in every pool and fresh; fewer than the minimum is a trouble", arguments: GuardNight.namings)
    func inService(naming: String) throws {
        var night = try GuardNight(naming, minimum: 3)
        try night.pool(night.servers[0], "in", "out", "00:10")
        #expect(night.situation.pools[night.pools[0]]?.confirmed == 3)
        #expect(night.situation.service.inService == 3 && night.situation.service.of == 4)
        #expect(!night.situation.troubles.contains { $0.kind == .capacity })
        try night.pool(night.servers[1], "out", "in", "00:20")
        #expect(night.situation.troubles.filter { $0.kind == .capacity }.map(\.subject) == night.pools)
        #expect(night.situation.service.inService == 2)
    }

    @Test(
        "A held server is in no count of those in service, and one that nobody can reach is not in service",
        arguments: GuardNight.namings)
    func service(naming: String) throws {
        var night = try GuardNight(naming)
        #expect(night.situation.service.isKnown && night.situation.service.inService == 4)
        try night.person("hold", night.servers[0], #"{"state":"held","reason":"looks odd"}"#, "00:10")
        #expect(night.situation.service.inService == 3 && night.situation.service.of == 3)
        try night.tool("server", night.servers[1], #"{"reach":"unreachable"}"#, "00:11")
        #expect(night.situation.service.inService == 2 && night.situation.service.of == 3)
    }

    @Test("The sentence tells what it speaks of", arguments: GuardNight.namings)
    func subject(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        try night.pool(night.servers[1], "in", "out", "03:52")
        #expect(night.situation.sentence.subject == night.back)
    }

    // MARK: Evidence of this night

    @Test(
        "A run of last month proves nothing, whatever time it bears; one that ended too early neither",
        arguments: GuardNight.namings)
    func tonight(naming: String) throws {
        var night = try GuardNight(naming)
        try night.tool("pipeline", "exercise/run", #"{"state":"succeeded","runID":"20250824.3"}"#, "01:00")
        #expect(night.situation.steps[night.build]?.state == .planned)
        try night.tool(
            "pipeline", "exercise/run",
            #"{"state":"succeeded","runID":"20250914.1","finishedAt":"2025-09-14T01:30:00Z"}"#, "01:31")
        #expect(night.situation.steps[night.build]?.state == .planned, "what it comes after is not done")
        try night.firstWave()
        #expect(night.situation.steps[night.build]?.state == .planned, "it ended before that was done")
        try night.tool(
            "pipeline", "exercise/run",
            #"{"state":"succeeded","runID":"20250914.2","finishedAt":"2025-09-14T03:30:00Z"}"#, "03:31")
        #expect(night.situation.steps[night.build]?.state == .done)
    }

    @Test(
        "A date is read from a run's id only where one stands, and numbers from another age are none",
        arguments: [
            ("20250824.3", true), ("Run 20250824.3", true), ("nightly-2025-08-24-7", true), ("20250914.1", false),
            ("20250913.9", false),
            ("120250824", false), ("202508243", false), ("20251324.1", false), ("20010203", false), ("build 77", false),
        ])
    func runDates(id: String, isOld: Bool) throws {
        var night = try GuardNight("plain")
        try night.firstWave()
        try night.tool("pipeline", "exercise/run", #"{"state":"succeeded","runID":"\#(id)"}"#, "03:31")
        #expect((night.situation.steps["build"]?.state == .done) != isOld)
    }

    @Test("What passed only when tried again opens no gate until a person accepts it")
    func flaky() throws {
        var night = try GuardNight("plain")
        try night.firstWave()
        try night.tool(
            "tests", "quick",
            #"{"state":"passed","total":3,"passed":3,"failed":0,"flaky":1,"startedAt":"2025-09-14T02:50:00Z"}"#, "03:00"
        )
        #expect(
            night.situation.gates["before-second"]?.firstUnmet?.why
                == "Quick: passed after retry, 1 flaky, a person must accept it")
        #expect(night.situation.steps["check"]?.state == .done, "the run has ended for its step")
        try night.person("ruling", "quick/result", #"{"value":"passed","reason":"known slow login"}"#, "03:10")
        #expect(night.situation.gates["before-second"]?.state == .ready)
    }

    // MARK: Approvals and the button elsewhere

    @Test("Whoever started the named step does not approve, another does", arguments: GuardNight.namings)
    func fourEyes(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        try night.step(night.patch, "started", "02:41", by: "pat")
        try night.step(night.patch, "done", "02:42", by: "kim")
        try night.tool(
            "tests", night.run, #"{"state":"passed","total":3,"passed":3,"startedAt":"2025-09-14T02:45:00Z"}"#, "02:50")
        let approval = #"{"decision":"approved","as":"Approver"}"#
        let role = [Role.approver("Approver")]
        #expect(
            try night.refusal("approval", night.gate, approval, by: "pat", role)?.hasPrefix("four eyes: pat") == true)
        #expect(try night.refusal("approval", night.gate, approval, by: "kim", role) == nil)
        #expect(try night.refusal("approval", night.gate, approval, by: "sam", role) == nil)
    }

    @Test(
        "Approved here and not seen there, then seen; an override stays visible to the end",
        arguments: GuardNight.namings)
    func button(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        #expect(night.situation.gates[night.gate]?.button == ButtonState.none)
        try night.person(
            "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"told to"}"#, "03:00", by: "sam"
        )
        #expect(night.situation.gates[night.gate]?.button == .approvedHere)
        try night.tool("pipeline", night.button, #"{"state":"succeeded"}"#, "03:10")
        #expect(night.situation.gates[night.gate]?.button == .agreed)
        try night.person("approval", night.gate, #"{"decision":"approved","as":"Approver"}"#, "03:20", by: "sam")
        #expect(night.situation.gates[night.gate]?.override?.by == "sam")
        #expect(night.situation.troubles.isEmpty && night.situation.divergences.isEmpty)
    }

    @Test("Approved there first is a trouble that a ruling or an approval here settles", arguments: GuardNight.namings)
    func there(naming: String) throws {
        var night = try GuardNight(naming)
        try night.tool("pipeline", night.button, #"{"state":"succeeded","runID":"20250824.1"}"#, "00:50")
        #expect(night.situation.gates[night.gate]?.button == ButtonState.none, "last month's press is none")
        try night.tool("pipeline", night.button, #"{"state":"waiting"}"#, "00:55")
        try night.tool("pipeline", night.button, #"{"state":"succeeded"}"#, "01:00")
        #expect(night.situation.gates[night.gate]?.button.word == "approved there, gate shut here")
        #expect(night.situation.troubles.map(\.kind) == [.approvedThere])
        #expect(night.situation.divergences.map(\.id) == ["gate/\(night.gate)"])
        let ruling = try night.person(
            "ruling", "gate/\(night.gate)", #"{"value":"approved","reason":"it runs already"}"#, "01:05")
        #expect(night.situation.troubles.isEmpty && night.situation.divergences.isEmpty)
        try night.person(
            "ruling", "gate/\(night.gate)", #"{"value":"approved","reason":"r","undoes":\#(ruling),"note":"n"}"#,
            "01:06")
        #expect(night.situation.divergences.count == 1)
    }

    @Test(
        "A run that starts while its gate is shut is taken and stays a trouble; past an open gate it is none",
        arguments: GuardNight.namings)
    func pastGate(naming: String) throws {
        var night = try GuardNight(naming)
        try night.tool("server", night.servers[2], #"{"patch":"running"}"#, "01:00", by: "ansible")
        let trouble = try #require(night.situation.troubles.first { $0.kind == .pastGate })
        #expect(
            trouble.subject == night.second && trouble.text.contains("was begun while its gate was shut, by ansible: "))
        var good = try GuardNight(naming)
        try good.firstWave()
        try good.person("approval", good.gate, #"{"decision":"approved","as":"Approver"}"#, "03:00", by: "sam")
        try good.tool("server", good.servers[2], #"{"patch":"running"}"#, "03:10", by: "ansible")
        #expect(!good.situation.troubles.contains { $0.kind == .pastGate })
        // A report that comes after the one on its end is history, and begins nothing.
        var late = try GuardNight(naming)
        for (time, patch) in [("01:30", "installed"), ("01:10", "running")] {
            try late.scenario.take(
                "2025-09-14T01:31:00Z", "server", late.servers[2], #"{"patch":"\#(patch)"}"#, by: "ansible",
                via: .feeder, source: "ansible",
                happened: "2025-09-14T\(time):00Z")
        }
        #expect(!late.situation.troubles.contains { $0.kind == .pastGate })
    }

    // MARK: The sentence

    @Test(
        "A shut gate waits on who can make its first unmet need true; a ready one on its approver",
        arguments: GuardNight.namings)
    func onWhom(naming: String) throws {
        var night = try GuardNight(naming)
        for (id, time) in [
            (night.pull, "01:00"), (night.patch, "01:50"), (night.check, "02:40"), (night.build, "02:50"),
        ] {
            try night.step(id, "not-applicable", time)
        }
        try night.pool(night.servers[0], "in", "out", "02:55")
        try night.step(night.back, "skipped", "03:00")
        let shut = night.situation("04:31")
        #expect(shut.sentenceText.contains("1 of 2") && shut.sentence.on == "the balancers' team")
        var ready = try GuardNight(naming)
        try ready.firstWave()
        let open = ready.situation("04:31")
        #expect(open.sentence.on == "Approver" && open.sentenceText.contains("is in place. Approver must approve it"))
    }

    // MARK: A run that began too early

    @Test(
        """
        A test run that ended before the steps that it comes after were done proves nothing, and says why; one that \
        runs, and one after them, are as they are
        """,
        arguments: GuardNight.namings)
    func testsTooEarly(naming: String) throws {
        var night = try GuardNight(naming)
        let passed = #"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"2025-09-14T01:20:00Z"}"#
        try night.tool("tests", night.run, passed, "01:25")
        var facts = try #require(night.situation.tests[night.run])
        #expect(
            facts.state == .notTonight
                && facts.why == "too early: it began Sun 01:20, Title of \(night.patch) is not done")
        #expect(facts.word == "too early" && night.situation.steps[night.check]?.state == .planned)
        #expect(
            night.situation.gates[night.gate]?.needs.last.map { $0.why }
                == "\(night.run.capitalized): too early: it began Sun 01:20, Title of \(night.patch) is not done")
        for server in night.servers[..<2] { try night.tool("server", server, #"{"patch":"installed"}"#, "01:40") }
        facts = try #require(night.situation.tests[night.run])
        #expect(
            facts.state == .notTonight
                && facts.why == "too early: it began Sun 01:20, Title of \(night.patch) was done Sun 01:40")
        try night.tool("tests", night.run, passed.replacing("01:20", with: "01:50"), "01:55")
        facts = try #require(night.situation.tests[night.run])
        #expect(facts.state == .passed && facts.why == nil)

        var running = try GuardNight(naming)
        try running.tool(
            "tests", running.run,
            #"{"state":"running","total":3,"passed":1,"failed":0,"startedAt":"2025-09-14T01:20:00Z"}"#, "01:25")
        #expect(running.situation.tests[running.run]?.state == .running)
        var skipped = try GuardNight(naming)
        try skipped.step(skipped.patch, "skipped", "01:10")
        try skipped.tool("tests", skipped.run, passed, "01:25")
        #expect(skipped.situation.tests[skipped.run]?.state == .passed, "what was left out changes nothing afterwards")
    }
}

extension String {
    /// With its first letter a capital.
    var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
