import OrderedCollections
import Testing
import WarRoomCore

@Suite("The batch closes keep their time, their slots and their fate")
struct BatchTests {
    private static let york = Zone("-14400 EDT 1762063200 -18000 EST @America/New_York")!

    /// A wave on Saturday evening beside the closes; home is New York, four hours behind UTC.
    private func runbook(date: String = "2025-09-14", opens: String = "2025-09-13T23:00:00Z") -> Runbook {
        let other = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var runbook = Runbook(
            id: "night", title: "Night", date: date,
            zones: .init(home: .init(label: "EST", zone: BatchTests.york), other: other))
        runbook.window = .init(
            opens: Instant(rfc3339: opens), closes: Instant(rfc3339: opens).map { $0 + .seconds(34 * 3600) })
        runbook.phases = ["all": .init(id: "all", title: "All")]
        runbook.waves = ["first": .init(id: "first", servers: [])]
        func add(_ id: String, at seconds: Int, takes: Int?, wave: String? = nil) {
            var step = Runbook.Step(id: id, phase: "all", title: id)
            step.at = runbook.window.opens! + .seconds(seconds)
            step.takes = takes.map { .seconds($0) }
            step.wave = wave
            runbook.steps[id] = step
        }
        add("hold-jobs", at: 0, takes: 600)
        add("patch", at: 3 * 3600, takes: 7200, wave: "first")
        add("late-work", at: 9 * 3600, takes: 600)
        runbook.boards["east"] = .init(id: "east", title: "East")
        runbook.boards["east"]!.teams["money"] = .init(id: "money", title: "Money")
        runbook.boards["east"]!.teams["money"]!.checks["closes"] = .init(id: "closes", title: "Closes")
        runbook.batch = .init(
            guardBand: "23:00-00:30", slot: ":45", demo: ["*Demo*"], needsStep: "hold-jobs", engage: "The desk",
            checks: ["east/money/closes"])
        return runbook
    }

    private func night(_ runbook: Runbook) throws -> Scenario {
        var night = Scenario(runbook)
        try night.take("2025-09-13T22:00:00Z", "bridge", "night", #"{"state":"opened","mode":"live"}"#, via: .hub)
        return night
    }

    private func facts(_ night: Scenario, _ time: String) -> BatchFacts { night.situation(time).batch }

    private func troubles(_ night: Scenario, _ time: String, _ kind: Trouble.Kind) -> [String] {
        night.situation(time).troubles.filter { $0.kind == kind }.map(\.text)
    }

    // MARK: Times

    @Test("A band each night of the window, in home time, and the next slot")
    func bands() throws {
        let facts = facts(try night(runbook()), "2025-09-14T00:10:00Z")
        #expect(facts.bands.map(\.start.rfc3339) == ["2025-09-14T03:00:00Z", "2025-09-15T03:00:00Z"])
        #expect(facts.bands.map(\.end.rfc3339) == ["2025-09-14T04:30:00Z", "2025-09-15T04:30:00Z"])
        #expect(facts.nextSlot?.rfc3339 == "2025-09-14T00:45:00Z")
        #expect(self.facts(try night(runbook()), "2025-09-14T00:45:00Z").nextSlot?.rfc3339 == "2025-09-14T01:45:00Z")
    }

    @Test("Across a change of clocks a band begins and ends by the home clock, and takes a doubled hour in whole")
    func changeOfClocks() throws {
        // 1 November 23:00 EDT is 03:00Z; 2 November 23:00 EST is 04:00Z.
        let facts = facts(try night(runbook(date: "2025-11-02", opens: "2025-11-01T23:00:00Z")), "2025-11-02T00:00:00Z")
        #expect(facts.bands.map(\.start.rfc3339) == ["2025-11-02T03:00:00Z", "2025-11-03T04:00:00Z"])
        var plan = runbook(date: "2025-11-02", opens: "2025-11-01T23:00:00Z")
        plan.batch!.guardBand = "01:10-01:50"
        let doubled = self.facts(try night(plan), "2025-11-02T00:00:00Z").bands[0]
        #expect(doubled.start.rfc3339 == "2025-11-02T05:10:00Z" && doubled.end.rfc3339 == "2025-11-02T06:50:00Z")
    }

    @Test("Slots are minutes of the home clock, also where that is half an hour off")
    func halfHours() throws {
        var plan = runbook()
        plan.zones.home = .init(label: "IST", zone: Zone("19800 IST @Asia/Kolkata")!)
        #expect(facts(try night(plan), "2025-09-14T00:10:00Z").nextSlot?.rfc3339 == "2025-09-14T00:15:00Z")
    }

    @Test("Without a plan there is no band, no slot and no trouble")
    func silent() throws {
        var plan = runbook()
        plan.batch = nil
        let facts = facts(try night(plan), "2025-09-14T03:10:00Z")
        #expect(facts.isEmpty && facts.bands.isEmpty && facts.nextSlot == nil && facts.overlaps.isEmpty)
        #expect(troubles(try night(plan), "2025-09-14T03:10:00Z", .batchGuard).isEmpty)
    }

    // MARK: Overlap

    @Test("A wave in the band is a trouble while the jobs should be held back and are not")
    func overlap() throws {
        var night = try night(runbook())
        let before = facts(night, "2025-09-13T22:30:00Z")
        #expect(
            before.overlaps.map(\.step) == ["patch"] && before.overlaps[0].isUnguarded == false,
            "holding the jobs is not due yet")
        #expect(troubles(night, "2025-09-13T22:30:00Z", .batchGuard).isEmpty)
        #expect(
            troubles(night, "2025-09-13T23:20:00Z", .batchGuard) == [
                "patch lies in the batch closes, and hold-jobs is not done: Sat 23:00 / Sun 03:00 to 00:30"
            ])
        try night.take("2025-09-13T23:30:00Z", "step", "hold-jobs", #"{"state":"done"}"#)
        #expect(facts(night, "2025-09-14T03:10:00Z").overlaps.isEmpty)
        try night.take("2025-09-13T23:31:00Z", "step", "hold-jobs", #"{"state":"failed","note":"the stage broke"}"#)
        #expect(troubles(night, "2025-09-13T23:31:00Z", .batchGuard).count == 1)
    }

    @Test(
        """
        A wave that ends before the band is not in it; one without a duration may be, until the next time of the \
        runbook
        """
    )
    func ends() throws {
        var short = runbook()
        short.steps["patch"]!.takes = .seconds(1800)
        #expect(facts(try night(short), "2025-09-13T23:20:00Z").overlaps.isEmpty)
        short.steps["patch"]!.takes = nil
        #expect(facts(try night(short), "2025-09-13T23:20:00Z").overlaps.map(\.step) == ["patch"])
        short.steps["late-work"]!.at = Instant(rfc3339: "2025-09-14T02:30:00Z")
        #expect(facts(try night(short), "2025-09-13T23:20:00Z").overlaps.isEmpty)
    }

    // MARK: Runs

    private func run(_ night: inout Scenario, _ time: String, _ id: String, _ data: String) throws {
        try night.take("2025-09-14T\(time):00Z", "batch", id, data, by: "feeder", via: .feeder, source: "skybot")
    }

    @Test("Runs come to open, in time, late, failed or unknown; demo billers are counted apart")
    func fates() throws {
        var night = try night(runbook())
        let scheduled = #""scheduledAt":"2025-09-14T03:00:00Z""#
        try run(
            &night, "03:00", "r1",
            #"{"state":"running","biller":"B1","module":"Web","paymentType":"Card",\#(scheduled)}"#)
        try run(
            &night, "03:40", "r2",
            #"{"state":"closed","biller":"B2","module":"Web","paymentType":"Card",\#(scheduled),"#
                + #""endedAt":"2025-09-14T03:40:00Z"}"#
        )
        try run(
            &night, "04:20", "r3",
            #"{"state":"closed","biller":"B3","module":"Mail","paymentType":"ACH",\#(scheduled),"#
                + #""endedAt":"2025-09-14T04:20:00Z"}"#
        )
        try run(
            &night, "03:20", "r4",
            #"{"state":"failed","biller":"B4","module":"Mail",\#(scheduled),"reason":"multishard"}"#)
        try run(&night, "03:20", "r5", #"{"state":"failed","biller":"My demo shop",\#(scheduled)}"#)
        try run(&night, "03:20", "r6", #"{"state":"failed","biller":"B6","demo":true,\#(scheduled)}"#)
        try run(&night, "03:20", "r7", #"{"state":"closed","biller":"B7"}"#)
        let facts = facts(night, "2025-09-14T03:30:00Z")
        #expect(BatchFacts.Fate.allCases.map { facts.counts[$0] } == [1, 1, 1, 1, 1])
        #expect(facts.demo[.failed] == 2 && facts.demo.total == 2)
        #expect(
            facts.byModule["Mail"]?[.late] == 1 && facts.byModule["Mail"]?[.failed] == 1
                && facts.byModule["Web"]?.total == 2)
        #expect(facts.byPaymentType["Card"]?.total == 2 && facts.byPaymentType[""]?.total == 2)
        // The hour runs out by the clock alone.
        #expect(self.facts(night, "2025-09-14T04:00:00Z").counts[.late] == 2)
        let carried = night.situation("2025-09-14T03:50:00Z").advanced(to: Instant(rfc3339: "2025-09-14T04:00:00Z")!)
        #expect(carried.batch.counts[.late] == 2)
    }

    @Test(
        "A slot that goes by with a failed run asks to engage whom the runbook names; a rerun takes the failure's place"
    )
    func missed() throws {
        var night = try night(runbook())
        try run(
            &night, "03:20", "r1",
            #"{"state":"failed","job":"close","biller":"B1","scheduledAt":"2025-09-14T03:00:00Z"}"#)
        try run(
            &night, "03:20", "d1",
            #"{"state":"failed","job":"close","biller":"Demo 7","scheduledAt":"2025-09-14T03:00:00Z"}"#)
        #expect(facts(night, "2025-09-14T03:44:00Z").missed == nil)
        let missed = try #require(facts(night, "2025-09-14T03:45:00Z").missed)
        #expect(missed.slot.rfc3339 == "2025-09-14T03:45:00Z" && missed.failed == ["r1"] && missed.engage == "The desk")
        #expect(
            troubles(night, "2025-09-14T03:45:00Z", .missedSlot) == [
                "r1 failed, and the slot at Sat 23:45 / Sun 03:45 was missed; engage The desk"
            ])
        try run(
            &night, "03:50", "r2",
            #"{"state":"running","job":"close","biller":"B1","scheduledAt":"2025-09-14T03:45:00Z"}"#)
        let rerun = facts(night, "2025-09-14T03:50:00Z")
        #expect(rerun.missed == nil && rerun.counts[.failed] == 0 && rerun.counts[.open] == 1)
        // A run whose clock is ahead has failed by the time at which that is told.
        var ahead = try self.night(runbook())
        try run(&ahead, "03:20", "r1", #"{"state":"failed","biller":"B1","endedAt":"2025-09-14T23:00:00Z"}"#)
        #expect(facts(ahead, "2025-09-14T03:45:00Z").missed?.failed == ["r1"])
    }

    @Test("A check that speaks of batch closes and has issues waits for the next slot, as a failed run does")
    func check() throws {
        var night = try night(runbook())
        try night.take(
            "2025-09-14T06:10:00Z", "review", "east/money/closes", #"{"mark":"issues","note":"2 not closed"}"#)
        #expect(facts(night, "2025-09-14T06:11:00Z").failedChecks.map(\.text) == ["east/money/closes"])
        #expect(facts(night, "2025-09-14T06:44:59Z").missed == nil)
        #expect(facts(night, "2025-09-14T06:45:00Z").missed?.failed == ["east/money/closes"])
        try night.take("2025-09-14T06:50:00Z", "review", "east/money/closes", #"{"mark":"ok"}"#)
        #expect(facts(night, "2025-09-14T06:50:00Z").missed == nil)
    }
}
