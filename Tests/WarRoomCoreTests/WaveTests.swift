import OrderedCollections
import Testing

@testable import WarRoomCore

/// What happens to the servers of a wave while it is worked on: in a pool, booted too often, held, of two versions.
@Suite("A wave: patched in a pool, booted again, held, of two versions")
struct WaveTests {
    private func night(_ change: (inout Runbook.Wave) -> Void = { _ in }) throws -> GuardNight {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        change(&runbook.waves["first"]!)
        return try GuardNight("plain", runbook: runbook)
    }

    private func troubles(_ night: GuardNight, _ kind: Trouble.Kind) -> [Trouble] {
        night.situation.troubles.filter { $0.kind == kind }
    }

    // MARK: Patched in a pool

    @Test(
        "A server whose patch or boot runs while a pool has it is a trouble of the first rank, and else none",
        arguments: [
            ("out", "out", #"{"patch":"running"}"#, nil), ("out", "out", #"{"reboot":"rebooting"}"#, nil),
            ("in", "out", #"{"patch":"running"}"#, "a1 is being patched while it is in the Outer"),
            ("out", "in", #"{"reboot":"rebooting"}"#, "a1 reboots while it is in the Inner"),
            ("draining", "out", #"{"patch":"running"}"#, "a1 is being patched while it is in the Outer (draining)"),
            ("in", "in", #"{"patch":"running"}"#, "a1 is being patched while it is in the Outer and the Inner"),
            ("down", "out", #"{"patch":"running"}"#, nil), ("in", "in", #"{"patch":"installed"}"#, nil),
            ("in", "in", #"{"patch":"pending","reboot":"pending"}"#, nil),
            ("in", "in", #"{"bootedAt":"2025-09-14T01:20:00Z"}"#, "a1 rebooted while it is in the Outer and the Inner"),
            ("out", "in", #"{"bootedAt":"2025-09-14T01:20:00Z"}"#, "a1 rebooted while it is in the Inner"),
            ("out", "out", #"{"bootedAt":"2025-09-14T01:20:00Z"}"#, nil),
            ("in", "in", #"{"bootedAt":"2025-09-14T01:20:00Z","verify":"passed"}"#, nil),
            ("in", "in", #"{"bootedAt":"2025-09-13T20:20:00Z"}"#, nil),
        ] as [(String, String, String, String?)])
    func inPool(outer: String, inner: String, says: String, text: String?) throws {
        var night = try night()
        try night.pool("a1", outer, inner, "01:02")
        try night.tool("server", "a1", says, "01:30")
        #expect(troubles(night, .patchInPool).map(\.text) == [text].compactMap { $0 })
        #expect(troubles(night, .patchInPool).allSatisfy { $0.rank == 1 })
        if text != nil { #expect(night.situation.troubles.first?.kind == .patchInPool) }
    }

    @Test("Put back after its boot, or known by a source that has fallen silent, it is no such trouble")
    func notInPool() throws {
        var night = try night()
        try night.pool("a1", "out", "out", "01:02")
        try night.pool("a1", "in", "in", "01:40")
        try night.tool("server", "a1", #"{"bootedAt":"2025-09-14T01:20:00Z"}"#, "01:45")
        #expect(troubles(night, .patchInPool).isEmpty)
        try night.tool("server", "a1", #"{"patch":"running"}"#, "01:50")
        #expect(troubles(night, .patchInPool).count == 1)
        try night.scenario.take(
            "2025-09-14T01:51:00Z", "source", "pools", #"{"state":"stale","reason":"silent"}"#, by: "hub", via: .hub)
        #expect(troubles(night, .patchInPool).isEmpty, "nobody knows whether it is in")
    }

    // MARK: Boots

    @Test("Boots are counted: one more than the wave's is a trouble; two tools' times of one boot are one boot")
    func boots() throws {
        var night = try night()
        func says(_ time: String, by tool: String, at: String) throws {
            try night.tool("server", "a1", #"{"bootedAt":"2025-09-14T\#(time)Z"}"#, at, by: tool)
        }
        try says("01:20:00", by: "wmi", at: "01:21")
        try says("01:20:40", by: "ping", at: "01:22")
        try says("01:19:20", by: "uptime", at: "01:23")
        #expect(night.situation.servers["a1"]?.boots.count == 1)
        try night.tool("server", "a1", #"{"bootedAt":"2025-08-14T01:20:00Z"}"#, "01:24", by: "old")
        #expect(night.situation.servers["a1"]?.boots.count == 1, "a boot before the window is not of this night")
        #expect(troubles(night, .secondBoot).isEmpty)
        try says("01:58:00", by: "wmi", at: "01:59")
        #expect(troubles(night, .secondBoot).map(\.rank) == [1])
        #expect(
            troubles(night, .secondBoot).first?.text == "a1 booted 2 times, 1 expected: Sun 01:20, Sun 01:58")
        try night.tool("server", "a1", #"{"verify":"passed"}"#, "02:10")
        #expect(troubles(night, .secondBoot).map(\.rank) == [2], "verified since: told to the end, wrong for nobody")
        #expect(night.scenario.bridge.stops(after: 0).isEmpty, "one more holds nothing by itself")
    }

    @Test("A clock that is ahead makes one boot of the time that it repeats")
    func ahead() throws {
        var night = try night()
        for (tool, at) in [("one", "01:21"), ("other", "01:40"), ("one", "01:50")] {
            try night.tool("server", "a1", #"{"bootedAt":"2025-09-14T05:00:00Z"}"#, at, by: tool)
        }
        #expect(night.situation.servers["a1"]?.boots.map(\.at.rfc3339) == ["2025-09-14T01:21:10Z"])
    }

    @Test("Two boots are as many as the runbook says, where it says two")
    func expected() throws {
        var night = try night { $0.boots = 2 }
        for time in ["01:20", "01:58"] {
            try night.tool("server", "a1", #"{"bootedAt":"2025-09-14T\#(time):00Z"}"#, time)
        }
        #expect(troubles(night, .secondBoot).isEmpty)
    }

    @Test(
        "Two more boots within an hour hold the wave by themselves, one does where the runbook says so",
        arguments: [
            ([("a1", "01:00"), ("a1", "01:30")], [], nil),
            ([("a1", "01:00"), ("a1", "01:30")], [.secondBoot], "a1 booted 2 times, 1 expected"),
            ([("a1", "01:00"), ("a2", "01:30")], [.secondBoot], nil),
            (
                [("a1", "01:00"), ("a1", "01:30"), ("a1", "02:29")], [],
                "a1 booted twice more than expected within an hour"
            ),
            ([("a1", "01:00"), ("a1", "01:30"), ("a1", "02:31")], [], nil),
            (
                [("a1", "01:00"), ("a2", "01:00"), ("a1", "01:30"), ("a2", "01:40")], [],
                "a1 and a2 booted twice more than expected within an hour"
            ),
            ([("b1", "01:00"), ("b1", "01:30")], [.secondBoot], nil),
        ] as [([(String, String)], [HoldReport.Cause], String?)])
    func stops(boots: [(String, String)], stopOn: [HoldReport.Cause], reason: String?) throws {
        var night = try night { $0.stopOn = stopOn }
        for (server, time) in boots {
            try night.tool("server", server, #"{"bootedAt":"2025-09-14T\#(time):00Z"}"#, time)
        }
        let stops = night.scenario.bridge.stops(after: 0)
        #expect(stops.map(\.reason) == [reason].compactMap { $0 })
        #expect(stops.allSatisfy { $0.wave == "first" && $0.cause == .secondBoot })
    }

    @Test("A patch in a pool and an alert hold the wave where the runbook says so")
    func stopOn() throws {
        for (stop, type, subject, says) in [
            (HoldReport.Cause.patchInPool, "server", "a1", #"{"patch":"running"}"#),
            (.alert, "alert", "f1", #"{"state":"firing","name":"5xx","server":"a2"}"#),
        ] {
            for isAsked in [true, false] {
                var night = try night { $0.stopOn = isAsked ? [stop] : [] }
                try night.tool(type, subject, says, "01:30")
                #expect(night.scenario.bridge.stops(after: 0).map(\.cause) == (isAsked ? [stop] : []))
            }
        }
        var night = try night { $0.stopOn = [.alert] }
        try night.tool("alert", "f1", #"{"state":"firing","server":"a2","demo":true}"#, "01:30")
        try night.tool("alert", "f2", #"{"state":"firing","server":"b2"}"#, "01:30")
        try night.tool("alert", "f3", #"{"state":"firing"}"#, "01:30")
        try night.tool("alert", "f4", #"{"state":"firing","server":"a1"}"#, "01:30")
        try night.tool("alert", "f4", #"{"state":"resolved","server":"a1"}"#, "01:31")
        #expect(night.scenario.bridge.stops(after: 0).isEmpty)
    }

    // MARK: Held

    private func heldNight() throws -> GuardNight {
        var night = try night { $0.lift = [.approver("Approver")] }
        try night.person("hold", "wave/first", #"{"state":"held","reason":"a1 boots again"}"#, "00:30")
        return night
    }

    @Test("While a wave is held no step of it, nor behind it, may start; what is not behind it may")
    func held() throws {
        let night = try heldNight()
        for id in ["pull", "patch", "put-back", "build", "patch-second"] {
            let why = try night.refusal("step", id, #"{"state":"started","note":"n"}"#, by: "lead-us", [.lead])
            #expect(
                why == "wave first is held by lead-us since Sun 00:30, a1 boots again; Approver lifts it "
                    + "(warroom release wave/first)", "\(id)")
            #expect(night.situation.steps[id]?.isReady == false)
        }
        #expect(try night.refusal("step", "check", #"{"state":"started","note":"n"}"#, by: "lead-us", [.lead]) == nil)
        #expect(troubles(night, .heldWave).map(\.rank) == [1])
        #expect(night.situation.gates["before-second"]?.firstUnmet?.why.hasPrefix("wave first is held") == true)
        #expect(night.situation.waves["first"]?.counted.count == 2, "its servers stay in the count")
        #expect(night.situation.closing.obstacles.contains { $0.kind == .heldWave && $0.subject == "first" })
        #expect(
            night.situation("01:30").sentenceText.hasPrefix(
                "a1-2 is held by lead-us for 59 min: a1 boots again. Approver must say"))
    }

    @Test("What is behind it is held wherever it stands on the page")
    func heldFromAfar() throws {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        var steps: OrderedDictionary<String, Runbook.Step> = [:]
        for (id, after) in [("last", "middle"), ("middle", "build")] {
            steps[id] = Runbook.Step(id: id, phase: "only", title: id)
            steps[id]?.after = [after]
        }
        for (id, step) in runbook.steps { steps[id] = step }
        runbook.steps = steps
        var night = try GuardNight("plain", runbook: runbook)
        try night.person("hold", "wave/first", #"{"state":"held","reason":"r"}"#, "00:30")
        #expect(
            night.situation.steps["middle"]?.heldWave == "first" && night.situation.steps["last"]?.heldWave == "first")
        #expect(night.situation.steps["check"]?.heldWave == nil)
    }

    @Test("A tool's start is taken while the wave is held, and stays a trouble")
    func tool() throws {
        var night = try heldNight()
        try night.tool("step", "pull", #"{"state":"started"}"#, "01:30")
        #expect(troubles(night, .pastGate).first?.text.contains("wave first is held") == true)
    }

    @Test(
        "The roles that the runbook names lift it, with a reason, and nobody else; what stopped it stops it not again")
    func lifted() throws {
        let night = try heldNight()
        func refusal(_ user: String, _ role: Role, _ data: String = #"{"state":"released","reason":"r"}"#) throws
            -> String?
        {
            try night.refusal("hold", "wave/first", data, by: user, [role])
        }
        #expect(
            try refusal("lead-us", .lead)?.contains("may not lift the hold of wave first: that is for Approver") == true
        )
        #expect(try refusal("feed", .feeder)?.contains("may not lift") == true)
        #expect(try refusal("sam", .approver("Approver")) == nil)
        #expect(try refusal("sam", .approver("Approver"), #"{"state":"released"}"#)?.contains("'reason'") == true)
        #expect(
            try refusal("sam", .approver("Approver"), #"{"state":"held","reason":"r"}"#) != nil, "holding is the lead's"
        )
        #expect(try refusal("lead-us", .lead, #"{"state":"held"}"#)?.contains("'reason'") == true)
        #expect(
            try night.refusal("hold", "wave/none", #"{"state":"held","reason":"r"}"#, by: "lead-us", [.lead])
                == "the runbook has no server or wave 'wave/none'")

        var again = try self.night { $0.stopOn = [.secondBoot] }
        for time in ["01:00", "01:30"] {
            try again.tool("server", "a1", #"{"bootedAt":"2025-09-14T\#(time):00Z"}"#, time)
        }
        #expect(again.scenario.bridge.stops(after: 0).count == 1)
        try again.person("hold", "wave/first", #"{"state":"held","reason":"r"}"#, "01:31", by: "hub")
        #expect(again.scenario.bridge.stops(after: 0).isEmpty, "it is held already")
        try again.person("hold", "wave/first", #"{"state":"released","reason":"seen"}"#, "01:32")
        #expect(again.scenario.bridge.stops(after: 0).isEmpty)
        #expect(troubles(again, .secondBoot).map(\.rank) == [2])
        try again.tool("server", "a1", #"{"bootedAt":"2025-09-14T02:00:00Z"}"#, "02:00")
        #expect(again.scenario.bridge.stops(after: 0).count == 1, "a third boot is news")
    }

    @Test("A person's hold of a wave is taken back by an undo, and so is the lifting")
    func undone() throws {
        var night = try night()
        let held = try night.person("hold", "wave/first", #"{"state":"held","reason":"r"}"#, "00:30")
        try night.person(
            "hold", "wave/first", #"{"state":"held","reason":"r","undoes":\#(held),"note":"wrong"}"#, "00:31")
        #expect(night.scenario.bridge.waveHolds.isEmpty)
        let again = try night.person("hold", "wave/first", #"{"state":"held","reason":"r"}"#, "00:32")
        let lifted = try night.person("hold", "wave/first", #"{"state":"released","reason":"r"}"#, "00:33")
        try night.person(
            "hold", "wave/first", #"{"state":"released","reason":"r","undoes":\#(lifted),"note":"wrong"}"#, "00:34")
        #expect(night.scenario.bridge.waveHolds["first"]?.entry == again)
    }

    // MARK: Versions

    @Test("Versions are told by how many run which; a difference is a trouble only once all are patched")
    func versions() throws {
        var night = try night()
        #expect(night.situation.waves["first"]?.versionWords == nil)
        try night.tool("server", "a1", #"{"version":"10.0.2"}"#, "01:10")
        #expect(night.situation.waves["first"]?.versionWords == "1 of 2 at 10.0.2")
        try night.tool("server", "a2", #"{"version":"10.0.1"}"#, "01:11")
        #expect(night.situation.waves["first"]?.versionWords == "1 of 2 at 10.0.2, a2 at 10.0.1")
        #expect(troubles(night, .version).isEmpty, "it is being patched")
        for server in ["a1", "a2"] { try night.tool("server", server, #"{"patch":"installed"}"#, "01:20") }
        #expect(troubles(night, .version).map(\.text) == ["wave first: 1 of 2 at 10.0.2, a2 at 10.0.1"])
        try night.tool("server", "a2", #"{"version":"10.0.2"}"#, "01:30")
        #expect(troubles(night, .version).isEmpty)
        #expect(night.situation.waves["first"]?.versionWords == "2 of 2 at 10.0.2")
    }
}
