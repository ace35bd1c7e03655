import OrderedCollections
import Testing
import WarRoomCore

@Suite("The forecast rolls with the clock and names the step that makes the night late")
struct ForecastTests {
    /// A wave, a test after it, a message at a time of its own: 01:00 to 03:10, in a window that closes at 04:00.
    private func runbook(closes: String? = "2025-09-14T04:00:00Z") -> Runbook {
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var runbook = Runbook(id: "night", title: "Night", date: "2025-09-14", zones: .init(home: utc, other: utc))
        runbook.window = .init(
            opens: Instant(rfc3339: "2025-09-13T23:00:00Z"), closes: closes.flatMap { Instant(rfc3339: $0) })
        runbook.phases = ["all": .init(id: "all", title: "All")]
        func add(
            _ id: String, at: String? = nil, takes: Int?, after: [String] = [], backout: Int? = nil, gate: String? = nil
        ) {
            var step = Runbook.Step(id: id, phase: "all", title: id.uppercased())
            step.at = at.flatMap { Instant(rfc3339: "2025-09-14T\($0):00Z") }
            step.takes = takes.map { .seconds($0 * 60) }
            step.backout = backout.map { .seconds($0 * 60) }
            (step.after, step.gate) = (after, gate)
            runbook.steps[id] = step
        }
        add("wave", at: "01:00", takes: 60, backout: 40)
        add("check", takes: 30, gate: "before-check")
        add("change", at: "01:30", takes: 20, backout: 10)
        add("open", at: "03:00", takes: 10, after: ["check", "change"], backout: 5)
        runbook.gates = [
            "before-check": .init(id: "before-check", title: "Before check", needs: [Need(.step, "wave", .is, "done")])
        ]
        return runbook
    }

    private func night(_ runbook: Runbook, learned: String = "{}") throws -> Scenario {
        var night = Scenario(runbook)
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "night", #"{"state":"opened","mode":"live","learned":\#(learned)}"#,
            via: .hub)
        return night
    }

    private func step(_ night: inout Scenario, _ time: String, _ id: String, _ state: String) throws {
        try night.take("2025-09-14T\(time):00Z", "step", id, #"{"state":"\#(state)","note":"n"}"#)
    }

    private func forecast(_ night: Scenario, _ time: String) -> ForecastFacts {
        night.situation("2025-09-14T\(time):00Z").forecast
    }

    private func clock(_ instant: Instant?) -> String? { instant.map { String($0.rfc3339.dropFirst(11).prefix(5)) } }

    @Test("As planned: the end is the plan's, nothing is late, and no step is blamed")
    func onTime() throws {
        var night = try night(runbook())
        let before = forecast(night, "00:10")
        #expect(clock(before.end) == "03:10" && before.overrun == nil && before.cause == nil && before.behind == nil)
        #expect(before.criticalPath == ["open"], "its own time holds it back, nothing before it does")
        #expect(before.steps["check"]?.start == Instant(rfc3339: "2025-09-14T02:00:00Z"))
        try step(&night, "01:00", "wave", "started")
        try step(&night, "01:30", "change", "started")
        try step(&night, "01:50", "change", "done")
        try step(&night, "02:00", "wave", "done")
        let half = forecast(night, "02:00")
        #expect(clock(half.end) == "03:10" && half.behind == nil && half.overrun == nil)
        #expect(!night.situation().troubles.contains { $0.kind == .overrun })
    }

    @Test("A late wave: the right step and the right overrun at six moments")
    func late() throws {
        var night = try night(runbook())
        // Not started: pushed by the clock, minute by minute.
        #expect(clock(forecast(night, "01:40").end) == "03:20")
        #expect(forecast(night, "01:40").overrun == nil)
        // 02:31 + 60 + 30 + 10 is the first minute that breaks the window, an hour and a half before it closes.
        let first = forecast(night, "02:21")
        #expect(first.overrun == .seconds(60) && first.cause == "wave")
        #expect(forecast(night, "02:20").overrun == nil)
        let trouble = try #require(night.situation("2025-09-14T02:21:00Z").troubles.first { $0.kind == .overrun })
        #expect(trouble.text == "the night will end 60 s after its window, because of WAVE: end Sun 04:01 / Sun 04:01")

        try step(&night, "01:30", "change", "started")
        try step(&night, "01:50", "change", "done")
        try step(&night, "02:30", "wave", "started")
        let running = forecast(night, "02:40")
        #expect(
            running.overrun == .seconds(600) && running.cause == "wave"
                && running.criticalPath == ["wave", "check", "open"])
        let past = forecast(night, "03:45")
        #expect(past.overrun == .seconds(25 * 60) && past.cause == "wave", "past its time it is pushed on")
        try step(&night, "03:50", "wave", "done")
        let after = forecast(night, "03:50")
        #expect(after.overrun == .seconds(30 * 60) && after.cause == "wave" && after.criticalPath == ["check", "open"])
        try step(&night, "03:50", "check", "started")
        #expect(forecast(night, "04:10").cause == "wave")
        // Now the check is the one that costs more than the wave did: 200 minutes instead of 30.
        let check = forecast(night, "07:10")
        #expect(check.cause == "check" && check.overrun == .seconds(200 * 60))
        let closed = try #require(night.situation("2025-09-14T07:10:00Z").troubles.first { $0.kind == .overrun })
        #expect(
            closed.text.hasPrefix(
                "the window closed at Sun 04:00 / Sun 04:00; the end is 3 h 20 later, because of CHECK"))
    }

    @Test("Without a duration the end is unknown and the steps are counted; what is known is still said")
    func unknown() throws {
        var plan = runbook()
        for id in ["wave", "check", "open"] { plan.steps[id]!.takes = nil }
        var night = try night(plan)
        let facts = forecast(night, "01:13")
        #expect(facts.end == nil && facts.unknown == 3 && clock(facts.notBefore) == "03:00")
        #expect(facts.behind == .seconds(13 * 60), "the wave is due since 01:00")
        #expect(facts.overrun == nil)
        #expect(facts.steps["check"]?.startIsKnown == false)
        let late = forecast(night, "04:30")
        #expect(
            late.end == nil && late.overrun == .seconds(3000),
            "it cannot end in the window any more, however short they are")
        for id in ["wave", "check", "change"] { try step(&night, "01:20", id, "done") }
        #expect(forecast(night, "01:20").unknown == 1 && forecast(night, "01:20").behind == nil)
    }

    @Test("Without a window's end nothing is overrun; when all has ended nothing is ahead")
    func silent() throws {
        var open = try night(runbook(closes: nil))
        let facts = forecast(open, "09:00")
        #expect(
            facts.overrun == nil && facts.cause == nil && facts.pointOfNoReturn == nil
                && facts.behind == .seconds(450 * 60))
        #expect(!open.situation("2025-09-14T09:00:00Z").troubles.contains { $0.kind == .overrun })
        for id in ["wave", "check", "change", "open"] { try step(&open, "09:10", id, "done") }
        let done = forecast(open, "09:20")
        #expect(done.criticalPath.isEmpty && done.behind == nil && done.unknown == 0)
    }

    @Test("A plan that is too long from the start blames its longest step")
    func tooLong() throws {
        let facts = forecast(try night(runbook(closes: "2025-09-14T03:05:00Z")), "00:10")
        #expect(facts.overrun == .seconds(300) && facts.cause == "open")
    }

    @Test("A skipped or failed step holds up what waits for it; a workaround does not")
    func heldUp() throws {
        var night = try night(runbook())
        try step(&night, "01:10", "change", "failed")
        #expect(clock(forecast(night, "03:30").steps["open"]?.start) == "05:00", "by the wave, which comes last")
        try step(&night, "01:00", "wave", "done")
        try step(&night, "01:05", "check", "done")
        #expect(clock(forecast(night, "03:30").steps["open"]?.start) == "03:50", "at least until it is done again")
        try step(&night, "03:31", "change", "workaround")
        #expect(clock(forecast(night, "03:35").steps["open"]?.start) == "03:35")
    }

    @Test("The point of no return: what was built on each other is undone one after the other, the rest side by side")
    func noReturn() throws {
        var night = try night(runbook())
        #expect(forecast(night, "00:30").pointOfNoReturn == nil, "nothing has begun")
        try step(&night, "01:00", "wave", "started")
        #expect(clock(forecast(night, "01:10").pointOfNoReturn) == "03:20")
        try step(&night, "01:30", "change", "started")
        #expect(clock(forecast(night, "01:40").pointOfNoReturn) == "03:20")
        for (time, id) in [("02:00", "wave"), ("02:30", "check"), ("02:31", "change"), ("03:00", "open")] {
            try step(&night, time, id, "done")
        }
        #expect(
            clock(forecast(night, "03:01").pointOfNoReturn) == "03:15",
            "40 minutes for the wave and 5 for what was opened on it")
        #expect(clock(forecast(night, "03:01").steps["change"]?.pointOfNoReturn) == "03:45")
        #expect(forecast(night, "03:01").steps["check"]?.pointOfNoReturn == nil)
    }

    @Test("What the clock alone changes is told in time: a picture carried on equals one made anew")
    func carriedOn() throws {
        var night = try night(runbook())
        try step(&night, "01:00", "wave", "started")
        for seconds in stride(from: 0, through: 4 * 3600, by: 37) {
            let start = Instant(rfc3339: "2025-09-14T01:00:00Z")! + .seconds(seconds)
            let carried = Situation(night.bridge, now: start).advanced(to: start + .seconds(29))
            let anew = Situation(night.bridge, now: start + .seconds(29))
            #expect(carried.forecast.end == anew.forecast.end && carried.forecast.overrun == anew.forecast.overrun)
            #expect(carried.forecast.steps == anew.forecast.steps)
        }
    }

    @Test("A change of clocks between start and end: elapsed time is what passes, not what the clocks read")
    func changeOfClocks() throws {
        let york = try #require(Zone("-14400 EDT 1762063200 -18000 EST @America/New_York"))
        var plan = runbook(closes: "2025-11-02T07:30:00Z")
        plan.zones.home = .init(label: "EST", zone: york)
        for id in plan.steps.keys where id != "wave" { plan.steps.removeValue(forKey: id) }
        plan.gates = [:]
        // 01:30 EDT plus three hours is 03:30 EST: the clocks read two hours more.
        plan.steps["wave"]!.at = Instant(rfc3339: "2025-11-02T05:30:00Z")
        plan.steps["wave"]!.takes = .seconds(3 * 3600)
        let facts = try night(plan).situation("2025-11-02T05:00:00Z")
        #expect(
            facts.forecast.end == Instant(rfc3339: "2025-11-02T08:30:00Z") && facts.forecast.overrun == .seconds(3600))
        #expect(facts.troubles.first { $0.kind == .overrun }?.text.hasSuffix("end Sun 03:30 / Sun 08:30") == true)
    }

    // MARK: Learned

    @Test("Durations that the runbook does not give come from the first entry; its own win")
    func learned() throws {
        var plan = runbook()
        plan.steps["check"]!.takes = nil
        let night = try night(plan, learned: #"{"check":2700,"wave":60,"stranger":5}"#)
        let facts = forecast(night, "00:10")
        #expect(facts.unknown == 0 && clock(facts.steps["check"]?.end) == "02:45")
        #expect(facts.steps["check"]?.isLearned == true && facts.steps["wave"]?.isLearned == false)
        #expect(facts.steps["wave"]?.takes == .seconds(3600))
    }

    @Test(
        """
        A step that runs past its time is waited for, be that the runbook's or learned; where nobody knows it, it \
        only runs
        """,
        arguments: [
            (30, "{}", true), (nil, #"{"check":1800}"#, true), (nil, "{}", false), (60, #"{"check":1800}"#, false),
        ] as [(Int?, String, Bool)])
    func pastItsTime(takes: Int?, learned: String, isLate: Bool) throws {
        var plan = runbook()
        plan.steps["check"]!.takes = takes.map { .seconds($0 * 60) }
        var night = try night(plan, learned: learned)
        for (time, id, state) in [
            ("01:00", "wave", "started"), ("01:30", "change", "started"), ("01:50", "change", "done"),
            ("02:00", "wave", "done"), ("02:00", "check", "started"),
        ] { try step(&night, time, id, state) }
        let inTime = night.situation("2025-09-14T02:29:30Z")
        #expect(inTime.sentenceText == "CHECK is under way, 29 min in. Nothing is blocked.")
        #expect(inTime.steps["check"]?.takes == (takes.map { .seconds($0 * 60) } ?? (isLate ? .seconds(1800) : nil)))
        for seconds in [30, 31, 40, 1800] {
            let now = inTime.now + .seconds(seconds)
            let anew = Situation(night.bridge, now: now)
            let late = seconds < 91 ? "due now" : "29 min late"
            #expect(
                anew.sentenceText.hasSuffix(
                    isLate
                        ? "It is \(late): somebody must say when it ends (nobody is assigned)." : "Nothing is blocked.")
            )
            #expect(anew.band().state == .running)
            #expect(inTime.advanced(to: now).sentence == anew.sentence, "a picture that stands still says so in time")
        }
        let trouble = night.situation("2025-09-14T03:55:00Z").troubles.first { $0.kind == .overrun }
        #expect(
            trouble?.text
                == "the night will end \(learned == "{}" && takes == nil ? "at least " : "")5 min after its "
                + "window, because "
                + "of CHECK: end Sun 04:05 / Sun 04:05"
        )
    }

    @Test("The median of earlier nights, without what a step waited for people")
    func median() throws {
        var plan = runbook()
        plan.steps["check"]!.takes = nil
        plan.gates["before-check"]!.approvers = ["Chief"]
        func earlier(_ start: String, _ approved: String, _ end: String, _ state: String = "done") throws -> [String:
            Duration]
        {
            var night = try night(plan)
            try step(&night, "01:00", "wave", "done")
            try step(&night, start, "check", "started")
            try night.take(
                "2025-09-14T\(approved):00Z", "approval", "before-check", #"{"decision":"approved","as":"Chief"}"#)
            try step(&night, end, "check", state)
            return LearnedDurations.ofNight(night.situation())
        }
        let nights = [
            try earlier("02:10", "02:00", "02:40"), try earlier("02:00", "05:00", "05:20"),
            try earlier("02:10", "02:00", "03:10"),
        ]
        #expect(nights.map { $0["check"] } == [.seconds(1800), .seconds(1200), .seconds(3600)])
        #expect(LearnedDurations.median(of: nights, for: plan) == ["check": .seconds(1800)])
        #expect(LearnedDurations.median(of: Array(nights.prefix(2)), for: plan) == ["check": .seconds(1500)])
        #expect(try earlier("02:10", "02:00", "02:40", "skipped")["check"] == nil)
        #expect(LearnedDurations.median(of: [], for: plan).isEmpty)
    }

    // MARK: A night of other names

    @Test("On generated nights with random names the end is the longest way through them", arguments: 0..<40)
    func generated(_ seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(seed) &* 7919 &+ 3)
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var plan = Runbook(id: "x", title: "X", date: "2025-09-14", zones: .init(home: utc, other: utc))
        plan.phases = ["p": .init(id: "p", title: "P")]
        let opens = Instant(rfc3339: "2025-09-13T23:00:00Z")!
        let ids = (0..<Int.random(in: 1...30, using: &random)).map {
            "s\($0)-\(UInt32.random(in: 0...9999, using: &random))"
        }
        var ends: [String: Instant] = [:]
        var waits: [String: Instant] = [:]
        for (place, id) in ids.enumerated() {
            var step = Runbook.Step(id: id, phase: "p", title: id)
            let minutes = Int.random(in: 1...120, using: &random)
            step.takes = .seconds(minutes * 60)
            step.at =
                Bool.random(using: &random) || place == 0
                ? opens + .seconds(Int.random(in: 0...600, using: &random) * 60) : nil
            step.after = ids.prefix(place).filter { _ in Int.random(in: 0...3, using: &random) == 0 }
            // The first one has no time to wait for; a step without one starts with the clock.
            let start = ([step.at ?? opens] + step.after.compactMap { ends[$0] }).max()!
            waits[id] = start
            ends[id] = start + .seconds(minutes * 60)
            plan.steps[id] = step
        }
        plan.window.closes = opens + .seconds(6 * 3600)
        let facts = Situation(Bridge(runbook: plan), now: opens).forecast
        for id in ids { #expect(facts.steps[id]?.start == waits[id] && facts.steps[id]?.end == ends[id]) }
        let end = ends.values.max()!
        #expect(facts.end == end)
        #expect(facts.overrun == (end > plan.window.closes! ? end - plan.window.closes! : nil))
        // The critical path is one way, each step on it waiting for the one before.
        for (one, next) in zip(facts.criticalPath, facts.criticalPath.dropFirst()) {
            #expect(plan.steps[next]!.after.contains(one) && facts.steps[next]?.start == facts.steps[one]?.end)
        }
        #expect(facts.steps[facts.criticalPath.last!]?.end == end)
    }
}
