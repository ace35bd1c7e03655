import OrderedCollections
import Testing
import WarRoomCore

/// Rules in a few lines each, under three sets of names, each with the case in which it must say nothing.
@Suite("Each rule speaks when it must, and is silent when it must be")
struct RuleTableTests {
    typealias Names = GuardNight

    // MARK: Servers and waves

    @Test(
        "A server is shown as the worst of its axes, and confirmed only when all of them are, freshly",
        arguments: Names.namings)
    func rollup(naming: String) throws {
        let good = #""patch":"installed","reboot":"up","verify":"passed","alerts":"on","reach":"ok""#
        let rows: [(data: String, memberships: (String, String), word: String)] = [
            (good, ("in", "in"), "confirmed"),
            (#""patch":"installed","reboot":"not-needed","verify":"passed","alerts":"on""#, ("in", "in"), "confirmed"),
            (#""patch":"excluded","reboot":"not-needed","verify":"passed","alerts":"on""#, ("in", "in"), "confirmed"),
            (#""patch":"installed","reboot":"up","alerts":"on""#, ("in", "in"), "waiting"),
            (#""patch":"installed","reboot":"up","verify":"passed""#, ("in", "in"), "waiting"),
            (good.replacing("\"on\"", with: "\"muted\""), ("in", "in"), "off"),
            (good, ("in", "out"), "off"),
            (
                good.replacing("\"up\"", with: "\"rebooting\"").replacing("\"on\"", with: "\"muted\""), ("out", "out"),
                "running"
            ),
            (good, ("in", "draining"), "running"),
            (good, ("in", "unknown"), "unknown"),
            (good.replacing("installed", with: "failed"), ("out", "unknown"), "failed"),
            (good.replacing("passed", with: "failed"), ("in", "in"), "failed"),
            (good.replacing("\"ok\"", with: "\"unreachable\""), ("in", "in"), "failed"),
            (good, ("in", "down"), "failed"),
        ]
        for row in rows {
            var night = try GuardNight(naming)
            try night.pool(night.servers[0], row.memberships.0, row.memberships.1, "00:10")
            try night.tool("server", night.servers[0], "{\(row.data)}", "00:20")
            #expect(night.situation.servers[night.servers[0]]?.rollup.word == row.word, "\(row)")
            #expect(night.situation.waves[night.waves[0]]?.confirmed == (row.word == "confirmed" ? 1 : 0))
        }
        var stale = try GuardNight(naming)
        try stale.tool("server", stale.servers[0], "{\(good)}", "00:20")
        #expect(stale.situation.waves[stale.waves[0]]?.confirmed == 1)
        try stale.scenario.take("2025-09-14T00:30:00Z", "source", "pools", #"{"state":"stale"}"#, by: "hub", via: .hub)
        #expect(stale.situation.servers[stale.servers[0]]?.rollup.word == "unknown", "stale counts for nothing")
        #expect(stale.situation.waves[stale.waves[0]]?.confirmed == 0)
    }

    @Test(
        """
        A held server leaves its wave's count openly, must be out of every pool, and is a loose end; released it \
        counts again
        """,
        arguments: Names.namings)
    func held(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        let gate = night.gate
        #expect(night.situation.gates[gate]?.state == .ready && night.situation.looseEnds.isEmpty)
        try night.person("hold", night.servers[1], #"{"state":"held","reason":"disk"}"#, "03:00")
        #expect(
            night.situation.waves[night.waves[0]]?.counted.count == 1
                && night.situation.waves[night.waves[0]]?.servers.count == 2)
        #expect(night.situation.gates[gate]?.firstUnmet?.why == "\(night.servers[1]) is held, yet in \(night.pools[0])")
        #expect(night.situation.gates[gate]?.firstUnmet?.owner == "lead-us", "whoever holds it")
        #expect(night.situation.looseEnds.map(\.id) == [.hold(server: night.servers[1])])
        try night.pool(night.servers[1], "out", "out", "03:05")
        #expect(night.situation.gates[gate]?.state == .ready, "out of every pool, it is in nobody's way")
        #expect(night.situation.steps[night.back]?.undone == nil)
        try night.pool(night.servers[1], "in", "in", "03:10")
        try night.person("hold", night.servers[1], #"{"state":"released"}"#, "03:11")
        #expect(night.situation.waves[night.waves[0]]?.counted.count == 2 && night.situation.looseEnds.isEmpty)
        #expect(night.situation.gates[gate]?.state == .ready)
    }

    @Test(
        "Unreachable yet serving is a trouble of the first rank; unreachable and out of its pools is none",
        arguments: Names.namings)
    func unreachable(naming: String) throws {
        var night = try GuardNight(naming)
        try night.pool(night.servers[0], "out", "out", "00:10")
        try night.scenario.source(
            "pools", "2025-09-14T00:20:00Z", "server", night.servers[0], #"{"reach":"unreachable"}"#)
        #expect(night.situation.troubles.allSatisfy { $0.kind != .unreachableYetServing })
        try night.pool(night.servers[0], "out", "in", "00:30")
        let first = try #require(night.situation.troubles.first)
        #expect(first.kind == .unreachableYetServing && first.subject == night.servers[0])
        #expect(
            first.text
                == "\(night.servers[0]) is unreachable, and still gets customers from the \(night.pools[1].capitalized)"
        )
        try night.scenario.source("pools", "2025-09-14T00:40:00Z", "server", night.servers[0], #"{"reach":"ok"}"#)
        #expect(night.situation.troubles.allSatisfy { $0.kind != .unreachableYetServing })
    }

    @Test(
        """
        Claims of two tools on one axis stand side by side until a person rules; two that agree, and one that repeats \
        itself, are no divergence
        """,
        arguments: Names.namings)
    func axes(naming: String) throws {
        var night = try GuardNight(naming)
        let server = night.servers[0]
        try night.tool("server", server, #"{"verify":"passed"}"#, "01:00", by: "ansible")
        try night.tool("server", server, #"{"verify":"passed"}"#, "01:10", by: "monitor")
        try night.tool("server", server, #"{"verify":"passed"}"#, "01:20", by: "monitor")
        #expect(night.situation.divergences.isEmpty)
        try night.tool("server", server, #"{"verify":"failed"}"#, "01:30", by: "ansible")
        let found = try #require(night.situation.divergences.first)
        #expect(
            found.id == "\(server)/verify" && found.text == "ansible says failed, monitor says passed"
                && found.since?.rfc3339 == "2025-09-14T01:30:10Z")
        #expect(night.situation.closing.obstacles.contains { $0.kind == .divergence && $0.subject == found.id })
        try night.person("ruling", found.id, #"{"value":"passed","reason":"seen"}"#, "01:40")
        #expect(night.situation.divergences.isEmpty && night.situation.servers[server]?.verify?.counts == true)
        try night.tool("server", server, #"{"verify":"failed"}"#, "01:50", by: "monitor")
        #expect(night.situation.divergences.isEmpty, "now they agree")
        try night.tool("server", server, #"{"verify":"passed"}"#, "02:00", by: "monitor")
        #expect(night.situation.divergences.count == 1, "the ruling has lapsed with the claim")
    }

    // MARK: Gates

    @Test(
        """
        An approval is refused with the difference when evidence has changed after what was seen; a change elsewhere \
        refuses nothing
        """,
        arguments: Names.namings)
    func seen(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        let seen = night.scenario.bridge.entry
        func refusal(_ seen: Int) throws -> String? {
            try night.refusal(
                "approval", night.gate, #"{"decision":"approved","as":"Approver","seen":\#(seen)}"#, by: "sam",
                [.approver("Approver")])
        }
        #expect(try refusal(seen) == nil)
        try night.person("note", night.build, #"{"text":"all quiet"}"#, "03:00")
        try night.tool("server", night.servers[2], #"{"detail":"disk 40 %"}"#, "03:01")
        #expect(try refusal(seen) == nil)
        try night.tool(
            "tests", night.run,
            #"{"state":"passed","total":4,"passed":4,"failed":0,"startedAt":"2025-09-14T02:50:00Z"}"#, "03:02")
        let changed = night.scenario.bridge.entry
        #expect(
            try refusal(seen)
                == "entry \(changed) has changed what you saw: now \(night.run.capitalized) passed; look again")
        #expect(try refusal(changed) == nil)
    }

    @Test(
        """
        Two roles approve by two people; one person's second approval is refused, and a refusal takes the approval \
        back
        """,
        arguments: Names.namings)
    func twoPersons(naming: String) throws {
        var night = try GuardNight(naming)
        var runbook = night.scenario.bridge.runbook
        runbook.gates[night.gate]!.approvers = ["Approver", "Second"]
        night = try GuardNight(naming, runbook: runbook)
        try night.firstWave()
        func refusal(_ role: String, by user: String) throws -> String? {
            try night.refusal(
                "approval", night.gate, #"{"decision":"approved","as":"\#(role)"}"#, by: user,
                [.approver("Approver"), .approver("Second")])
        }
        try night.person("approval", night.gate, #"{"decision":"approved","as":"Approver"}"#, "03:00", by: "sam")
        #expect(
            night.situation.gates[night.gate]?.state == .ready
                && night.situation.gates[night.gate]?.missing == ["Second"])
        #expect(
            try refusal("Second", by: "sam")?.hasPrefix("each approval of gate \(night.gate) is by a different person")
                == true)
        #expect(try refusal("Second", by: "kim") == nil)
        try night.person("approval", night.gate, #"{"decision":"approved","as":"Second"}"#, "03:05", by: "kim")
        #expect(
            night.situation.gates[night.gate]?.state == .open && night.situation.steps[night.second]?.isReady == true)
        try night.person(
            "approval", night.gate, #"{"decision":"refused","as":"Approver","reason":"wait"}"#, "03:10", by: "sam")
        #expect(night.situation.gates[night.gate]?.missing == ["Approver"])
    }

    @Test(
        """
        A need that fails before the start shuts an open gate again; an override opens it with its reason, until \
        somebody refuses
        """,
        arguments: Names.namings)
    func shutAgain(naming: String) throws {
        var night = try GuardNight(naming)
        try night.firstWave()
        try night.person("approval", night.gate, #"{"decision":"approved","as":"Approver"}"#, "03:00", by: "sam")
        #expect(night.situation.gates[night.gate]?.state == .open && night.situation.gates[night.gate]?.override == nil)
        try night.pool(night.servers[0], "out", "in", "03:10")
        let gate = try #require(night.situation.gates[night.gate])
        #expect(
            gate.state == .shut
                && gate.firstUnmet?.why
                    == "1 of 2 in all pools: \(night.servers[0]) is not in the \(night.pools[0].capitalized)"
        )
        #expect(
            try night.refusal("step", night.second, #"{"state":"started"}"#, by: "lead-us", [.lead])?.hasPrefix(
                "gate \(night.gate) is shut: ") == true)
        try night.person(
            "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"told to"}"#, "03:20", by: "sam"
        )
        #expect(night.situation.gates[night.gate]?.state == .open)
        #expect(
            try night.refusal(
                "step", night.second, #"{"state":"started","note":"all is ready"}"#, by: "lead-us", [.lead]) == nil)
        try night.person(
            "approval", night.gate, #"{"decision":"refused","as":"Approver","reason":"no longer"}"#, "03:30", by: "sam")
        #expect(night.situation.gates[night.gate]?.state == .shut && night.situation.gates[night.gate]?.override == nil)
    }

    @Test("A test need is met by a clean pass of this night alone", arguments: Names.namings)
    func tests(naming: String) throws {
        let rows: [(data: String?, isMet: Bool, words: String)] = [
            (nil, false, "no result"),
            (#"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"2025-09-14T02:20:00Z"}"#, true, "passed"),
            (
                #"{"state":"running","total":3,"passed":3,"failed":0,"startedAt":"2025-09-14T02:20:00Z"}"#, false,
                "running 3 of 3"
            ),
            (
                #"{"state":"failed","total":3,"passed":2,"failed":1,"startedAt":"2025-09-14T02:20:00Z"}"#, false,
                "failed, 1 of 3"
            ),
            (
                #"{"state":"interrupted","total":3,"passed":2,"failed":0,"startedAt":"2025-09-14T02:20:00Z"}"#, false,
                "interrupted at 2 of 3"
            ),
            (
                #"{"state":"passed","total":3,"passed":0,"skipped":3,"startedAt":"2025-09-14T02:20:00Z"}"#, false,
                "no result"
            ),
            (
                #"{"state":"passed","total":3,"passed":2,"failed":1,"startedAt":"2025-09-14T02:20:00Z"}"#, false,
                "failed, 1 of 3"
            ),
            (
                #"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"2025-09-13T22:00:00Z"}"#, false,
                "not tonight's: it ran on 13 Sep"
            ),
            (
                #"{"state":"passed","total":3,"passed":3,"failed":0,"runID":"20250824.3","#
                    + #""startedAt":"2025-09-14T02:20:00Z"}"#,
                false, "not tonight's: run dated 24 Aug"
            ),
            (
                #"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"2025-09-14T01:35:00Z"}"#, false,
                "too early"
            ),
        ]
        for row in rows {
            var night = try GuardNight(naming)
            for server in night.servers[..<2] { try night.tool("server", server, #"{"patch":"installed"}"#, "01:40") }
            if let data = row.data { try night.tool("tests", night.run, data, "02:40") }
            let need = try #require(night.situation.gates[night.gate]?.needs.first { $0.need.subject == .tests })
            #expect(need.isMet == row.isMet && need.why.contains(row.words), "\(row): \(need.why)")
        }
    }

    // MARK: The sentence

    @Test(
        """
        The sentence: work undone first, then the due step, then the running one past its time, then what comes next; \
        never who approves before the gate is ready
        """,
        arguments: Names.namings)
    func sentence(naming: String) throws {
        var night = try GuardNight(naming)
        #expect(night.situation("00:30").sentenceText.hasPrefix("Nobody has to do anything until "))
        #expect(night.situation("00:30").sentence.on == nil && night.situation("00:30").band().state == .quiet)
        let due = night.situation("01:00").sentence
        #expect(due.on == "nobody is assigned" && due.since?.rfc3339 == "2025-09-14T01:00:00Z")
        #expect(night.situation("01:00").band().state == .act)
        try night.step(night.pull, "started", "01:01")
        #expect(night.situation("01:05").band().state == .running && night.situation("01:05").sentence.on == nil)
        #expect(night.situation("01:11").band().state == .running, "the next one is due, and waits for it")
        try night.step(night.pull, "done", "01:12")
        try night.firstWave()
        try night.pool(night.servers[1], "in", "out", "03:52")
        #expect(
            night.situation("04:31").sentenceText.hasPrefix("\(night.servers[1]) dropped out of "),
            "although the second wave is due")
        try night.pool(night.servers[1], "in", "in", "03:55")
        #expect(night.situation("04:31").sentence.on == "Approver" && night.situation("04:29").sentence.on == nil)
    }

    // MARK: Loose ends and hand-over

    @Test(
        """
        What is pulled out is a loose end from the start of its step until its source has it back; a night that has \
        pulled nothing has none
        """,
        arguments: Names.namings)
    func looseEnds(naming: String) throws {
        var night = try GuardNight(naming)
        #expect(
            night.situation.looseEnds.isEmpty && night.situation.closing.obstacles.allSatisfy { $0.kind != .looseEnd })
        try night.step(night.pull, "started", "01:00")
        let all = night.servers[..<2].flatMap { [pools = night.pools] server in pools.map { "pool/\(server)/\($0)" } }
        #expect(
            night.situation.looseEnds.map(\.id.text) == all
                && night.situation.looseEnds.allSatisfy { $0.closing == [night.back] })
        for server in night.servers[..<2] { try night.pool(server, "out", "out", "01:02") }
        #expect(
            night.situation.looseEnds.count == 4
                && night.situation.looseEnds[0].openedAt.rfc3339 == "2025-09-14T01:00:00Z", "opened once")
        try night.step(night.back, "done", "02:00")
        #expect(night.situation.looseEnds.count == 4, "a person's tick does not close what a source sees out")
        for server in night.servers[..<2] { try night.pool(server, "in", "in", "02:05") }
        #expect(night.situation.looseEnds.isEmpty)
        #expect(
            try night.refusal("looseend", all[0], #"{"state":"forgiven","note":"n"}"#, by: "lead-us", [.lead])?
                .contains("is open") == true)
    }

    @Test(
        "The hand-over page tells what is open, off and wrong by name, and says of each where there is nothing",
        arguments: Names.namings)
    func handover(naming: String) throws {
        var night = try GuardNight(naming)
        func section(_ word: String, _ time: String) -> [String] {
            HandoverFacts(night.situation(time)).sections.first { $0.word == word }?.items.map(\.text) ?? [
                "no such section"
            ]
        }
        for word in ["OPEN", "STILL OFF", "REVIEWS", "OVERRIDES", "WRONG"] {
            #expect(section(word, "00:30") == [], "\(word)")
        }
        #expect(section("LEAD", "00:30") == ["lead-us"])
        try night.step(night.pull, "started", "01:00")
        try night.pool(night.servers[0], "out", "out", "01:02")
        try night.person(
            "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"told to"}"#, "01:03", by: "sam"
        )
        try night.scenario.take(
            "2025-09-14T01:04:00Z", "source", "pools", #"{"state":"stale","reason":"silent"}"#, by: "hub", via: .hub)
        #expect(section("OPEN", "01:05") == ["Title of \(night.pull) is running, nobody is assigned"])
        #expect(
            section("STILL OFF", "01:05").contains(
                "\(night.servers[0]) out of \(night.pools[0].capitalized), ends with \(night.back)"))
        #expect(section("OVERRIDES", "01:05") == ["gate \(night.gate), by sam as Approver: told to"])
        #expect(section("WRONG", "01:05") == ["source pools is stale: silent"])
    }
}
