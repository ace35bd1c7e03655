import OrderedCollections
import Testing
import WarRoomCore

/// The edges of rules that small changes went through unseen: one instant, one role, one word further.
@Suite("A rule holds at its very edge")
struct EdgeTests {
    @Test("A lead lessened to a role below acts in that role, and to no approver's; nobody is lessened upwards")
    func lessened() {
        let team = Role.team(.init(board: "east", team: "money"))
        let rows: [(granted: Role, limits: [Role], roles: [Role])] = [
            (.lead, [team], [team]), (.lead, [.monitoring], [.monitoring]), (.lead, [.feeder], [.feeder]),
            (.lead, [.viewer], [.viewer]), (.lead, [.lead], [.lead]), (.lead, [.approver("A")], [.viewer]),
            (.lead, [.lead, .monitoring], [.monitoring]), (.lead, [.monitoring, .lead], [.viewer]),
            (.lead, [.monitoring, team], [.viewer]), (.monitoring, [.lead], [.viewer]),
            (.monitoring, [team], [.viewer]),
        ]
        for row in rows {
            let sender = row.limits.reduce(Sender(user: "ann", roles: [row.granted])) { $0.lessened(to: $1) }
            #expect(sender.roles == row.roles, "\(row)")
        }
    }

    @Test(
        "Four eyes: who has ever started a step may not approve, a reset and an undo change nothing",
        arguments: GuardNight.namings)
    func fourEyes(naming: String) throws {
        let rows: [(deeds: [(state: String, by: String)], mayApprove: Bool)] = [
            ([("started", "sam")], false), ([("started", "sam"), ("done", "kim")], false),
            ([("started", "sam"), ("reset", "sam")], false), ([("started", "kim"), ("reset", "sam")], true),
            ([("started", "sam"), ("reset", "kim"), ("started", "kim")], false),
            ([("started", "kim"), ("done", "sam")], true),
            ([("started", "sam"), ("reset", "sam"), ("done", "sam")], false), ([("done", "sam")], false),
        ]
        for row in rows {
            var runbook = try GuardNight(naming).scenario.bridge.runbook
            let names = try GuardNight(naming)
            runbook.gates[names.gate]!.fourEyes = [names.build]
            var night = try GuardNight(naming, runbook: runbook)
            try night.firstWave()
            for (place, deed) in row.deeds.enumerated() {
                try night.step(night.build, deed.state, "03:0\(place)", by: deed.by)
            }
            let why = try night.refusal(
                "approval", night.gate, #"{"decision":"approved","as":"Approver"}"#, by: "sam", [.approver("Approver")])
            #expect((why?.hasPrefix("four eyes: ") == true) != row.mayApprove, "\(row): \(why ?? "taken")")
        }
    }

    @Test("A ruling on a run holds while its claim is repeated, and lapses when the claim has changed since")
    func rulingOnARun() throws {
        var night = try GuardNight("plain")
        try night.firstWave()
        func isMet() -> Bool { night.situation.gates["before-second"]?.needs[1].isMet ?? false }
        func passes(flaky: Int, _ time: String) throws {
            try night.tool(
                "tests", "quick",
                #"{"state":"passed","total":3,"passed":3,"failed":0,"flaky":\#(flaky),"#
                    + #""startedAt":"2025-09-14T02:20:00Z"}"#,
                time)
        }
        try passes(flaky: 1, "02:50")
        #expect(!isMet())
        try night.person("ruling", "quick/result", #"{"value":"passed","reason":"r"}"#, "02:51")
        #expect(isMet())
        try passes(flaky: 1, "02:52")
        #expect(isMet(), "the same word once more")
        try passes(flaky: 2, "02:53")
        #expect(!isMet(), "the ruling was made before this word")
    }

    @Test("A pool is short only where it is known to be; what is unknown may be in service")
    func unknownIsNotShort() throws {
        for (out, says) in [
            ([], "nobody knows how many the Outer has in service, 2 of 4 for certain, at least 3 are needed"),
            (["b1"], "nobody knows how many the Outer has in service, 2 of 4 for certain, at least 3 are needed"),
            (["b1", "b2"], "the Outer has 2 of 4 in service, at least 3 are needed"),
        ] {
            var night = try GuardNight("plain", minimum: 3)
            for server in out { try night.pool(server, "out", "in", "00:30") }
            let silent = ["b1", "b2"].filter { !out.contains($0) }.map { #""\#($0)""# }.joined(separator: ",")
            try night.scenario.take(
                "2025-09-14T00:31:00Z", "source", "pools", #"{"state":"current","stale":[\#(silent)]}"#, by: "hub",
                via: .hub)
            let found = night.situation.troubles.first { $0.kind == .capacity && $0.subject == "outer" }
            #expect(found?.text == says, "\(out)")
        }
    }

    @Test("Two approvals of one person, as an older journal may have them, are one")
    func onePerson() throws {
        for (second, missing) in [("sam", ["Other"]), ("kim", [])] {
            var runbook = try GuardNight("plain").scenario.bridge.runbook
            runbook.gates["before-second"]!.approvers = ["Approver", "Other"]
            var night = try GuardNight("plain", runbook: runbook)
            try night.firstWave()
            for (role, user) in [("Approver", "sam"), ("Other", second)] {
                try night.person(
                    "approval", "before-second", #"{"decision":"approved","as":"\#(role)"}"#, "03:00", by: user)
            }
            #expect(night.situation.gates["before-second"]?.missing == missing, "\(second)")
        }
    }

    @Test("A batch band that ends as the window opens is none of the night's, one that ends a minute later is")
    func band() throws {
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        for (opens, count) in [("00:30", 0), ("00:29", 1), ("00:31", 0)] {
            var runbook = Runbook(id: "n", title: "N", date: "2025-09-14", zones: .init(home: utc, other: utc))
            runbook.window = .init(
                opens: Instant(rfc3339: "2025-09-14T\(opens):00Z"), closes: Instant(rfc3339: "2025-09-14T10:00:00Z"))
            runbook.batch = .init(guardBand: "23:00-00:30")
            let scenario = Scenario(runbook)
            #expect(scenario.situation("2025-09-14T00:35:00Z").batch.bands.count == count, "\(opens)")
        }
    }

    @Test("A slot is missed while a close is failed, and not once its rerun, scheduled for the same time, has closed")
    func rerun() throws {
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        for (rerun, isMissed) in [(nil as String?, true), ("closed", false), ("failed", true)] {
            var runbook = Runbook(id: "n", title: "N", date: "2025-09-14", zones: .init(home: utc, other: utc))
            runbook.batch = .init(slot: ":45")
            var night = Scenario(runbook)
            func report(_ state: String, _ started: String) -> String {
                #"{"state":"\#(state)","job":"close","biller":"Town","scheduledAt":"2025-09-14T02:45:00Z","#
                    + #""startedAt":"2025-09-14T\#(started):00Z"}"#
            }
            try night.take("2025-09-14T02:50:00Z", "batch", "close/1", report("failed", "02:45"), via: .feeder)
            if let rerun {
                try night.take("2025-09-14T03:20:00Z", "batch", "close/2", report(rerun, "03:10"), via: .feeder)
            }
            #expect((night.situation("2025-09-14T04:00:00Z").batch.missed != nil) == isMissed, "\(rerun ?? "none")")
        }
    }

    @Test("A remark on a server is gone once whoever made it says something new, and stays while others speak")
    func detail() throws {
        let rows: [(data: String, by: String, detail: String?)] = [
            (#"{"patch":"installed"}"#, "ansible", nil), (#"{"patch":"running"}"#, "ansible", "KB 45 %"),
            (#"{"verify":"passed"}"#, "monitor", "KB 45 %"),
            (#"{"patch":"installed","detail":"all in"}"#, "ansible", "all in"),
        ]
        for row in rows {
            var night = try GuardNight("plain")
            try night.tool("server", "a1", #"{"patch":"running","detail":"KB 45 %"}"#, "01:30", by: "ansible")
            try night.tool("server", "a1", row.data, "01:40", by: row.by)
            #expect(night.situation.servers["a1"]?.detail == row.detail, "\(row)")
        }
    }

    @Test("What has changed since a hand-over says which entries are not at hand")
    func changed() throws {
        var night = try GuardNight("plain")
        let start = night.scenario.bridge.entry
        for _ in 0..<120 { try night.person("note", "n", #"{"text":"t"}"#, "01:00") }
        func lines(since: Int) -> [String] {
            HandoverFacts(night.situation, since: since).sections.first { $0.word == "CHANGED" }?.items.map(\.text)
                ?? []
        }
        let last = night.scenario.bridge.entry
        #expect(
            lines(since: start).first
                == "entries \(start + 1) to \(last - 100) are not listed here: warroom log --since \(start + 1)")
        #expect(lines(since: start).count == 101)
        #expect(lines(since: last - 100).count == 100 && !lines(since: last - 100)[0].contains("not listed"))
    }

    @Test("Alerts are on only where no mute of a whole system covers them")
    func mutes() throws {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        runbook.gates["before-second"]!.needs = [Need(.wave, "first", .alerts, "on")]
        var night = try GuardNight("plain", runbook: runbook)
        for server in night.servers[..<2] { try night.tool("server", server, #"{"alerts":"on"}"#, "01:00") }
        #expect(night.situation.gates["before-second"]?.firstUnmet == nil)
        try night.person("looseend", "alerts/pager", #"{"state":"open"}"#, "01:10")
        #expect(
            night.situation.gates["before-second"]?.firstUnmet?.why
                == "alerts by their source, and yet alerts muted, pager")
        try night.person("looseend", "alerts/pager", #"{"state":"closed"}"#, "01:20")
        #expect(night.situation.gates["before-second"]?.firstUnmet == nil)
        // The mute of one server, of whose alerts no source has told, covers no other.
        try night.person("looseend", "alerts/\(night.servers[2])", #"{"state":"open"}"#, "01:30")
        #expect(night.situation.looseEnds.map(\.id.text) == ["alerts/\(night.servers[2])"])
        #expect(night.situation.mute == nil && night.situation.gates["before-second"]?.firstUnmet == nil)
    }

    @Test("Nothing is due, and yet: a step without a time behind its gate is waited for, with what that waits for")
    func untimed() throws {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        for id in runbook.steps.keys where id != "pull" { runbook.steps[id] = nil }
        var last = Runbook.Step(id: "last", phase: "only", title: "Finish message")
        last.after = ["pull"]
        last.gate = "before-second"
        runbook.steps["last"] = last
        runbook.gates["before-second"]!.needs = [Need(.looseEnds, "", .is, "closed")]
        runbook.tests = [:]
        var night = try GuardNight("plain", runbook: runbook)
        try night.person("looseend", "pingdom/shop", #"{"state":"open"}"#, "00:10")
        #expect(night.situation.sentenceText.hasPrefix("Nobody has to do anything until Title of pull, at Sun 01:00"))
        try night.step("pull", "done", "01:05")
        let situation = night.situation("07:00")
        #expect(
            situation.sentenceText
                == "All steps but finishing message are done. It waits for Pingdom and 4 more: the lead must have them "
                + "ended, or leave them as they are.")
        #expect(situation.sentence.subject == "last" && situation.sentence.since != nil)
    }
}
