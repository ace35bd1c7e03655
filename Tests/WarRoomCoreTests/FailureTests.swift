import OrderedCollections
import Testing
import WarRoomCore

/// What has failed is not running, and not merely "not started"; each with the case in which it must say nothing.
@Suite("A failed run or stage is told of its step, in the sentence and as a trouble")
struct FailureTests {
    typealias Names = GuardNight

    private static let failed =
        #"{"state":"failed","total":3,"passed":2,"failed":1,"failures":[{"name":"Pays","message":"503"}]}"#

    private func trouble(_ night: GuardNight, _ step: String) -> Trouble? {
        night.situation.troubles.first { $0.kind == .failed && $0.subject == step }
    }

    /// The first wave is patched, so that a run of tests is of its time.
    private func patched(_ naming: String) throws -> GuardNight {
        var night = try GuardNight(naming)
        for server in night.servers[..<2] { try night.tool("server", server, #"{"patch":"installed"}"#, "01:40") }
        return night
    }

    @Test("A failed or interrupted run fails its step, with its failures by name", arguments: Names.namings)
    func runs(naming: String) throws {
        let rows: [(report: String, state: StepFacts.State, what: String?)] = [
            (Self.failed, .failed, "failed, 1 of 3: Pays"),
            (#"{"state":"interrupted","total":3,"passed":1}"#, .failed, "interrupted at 1 of 3"),
            (#"{"state":"running","total":3,"passed":1}"#, .running, nil),
            (#"{"state":"passed","total":3,"passed":3,"failed":0}"#, .done, nil),
            (Self.failed.replacing("\"total\"", with: "\"runID\":\"Run 20250824.3\",\"total\""), .planned, nil),
        ]
        for isStarted in [false, true] {
            for row in rows {
                var night = try patched(naming)
                if isStarted { try night.step(night.check, "started", "02:30") }
                try night.tool("tests", night.run, row.report, "02:50")
                let facts = try #require(night.situation.steps[night.check])
                // A person's "started" stays until that person says more, or the run has failed.
                let expected: StepFacts.State = isStarted && row.what == nil ? .running : row.state
                #expect(facts.state == expected && facts.life.failure == row.what, "\(row), \(isStarted)")
                #expect(trouble(night, night.check)?.rank == (row.what == nil ? nil : 1), "\(row)")
                let (sentence, text) = (night.situation.sentence, night.situation.sentenceText)
                if row.what != nil {
                    let words = row.report == Self.failed ? "failed (1 of 3: Pays)" : "was interrupted at 1 of 3"
                    let second = naming == "plain" ? "b1-2" : "wave \(night.waves[1])"
                    #expect(
                        text.hasPrefix(
                            "Title of \(night.check) \(words). Somebody must rerun it clean (nobody is assigned); "
                                + "patching \(second) cannot start until then."), "\(row): \(text)")
                    #expect(sentence.subject == night.check && sentence.since != nil)
                    // Others could go on if somebody began them, so that the way is not shut.
                    #expect(night.situation.band().state == .act)
                } else {
                    #expect(!text.contains("failed") && night.situation.band().state != .blocked, "\(row)")
                }
            }
        }
    }

    @Test("A tool's later word on the step goes before a run that failed before it")
    func laterWord() throws {
        for (time, state) in [("02:55", StepFacts.State.running), ("02:45", .failed)] {
            var night = try patched("plain")
            if time < "02:50" { try night.tool("step", "check", #"{"state":"started"}"#, time) }
            try night.tool("tests", "quick", Self.failed, "02:50")
            if time > "02:50" { try night.tool("step", "check", #"{"state":"started"}"#, time) }
            #expect(night.situation.steps["check"]?.state == state, "started \(time)")
        }
    }

    @Test("A new run makes the step running again, and so does whoever starts it anew", arguments: Names.namings)
    func anew(naming: String) throws {
        var night = try patched(naming)
        try night.step(night.check, "started", "02:30")
        try night.tool("tests", night.run, Self.failed, "02:50")
        #expect(night.situation.steps[night.check]?.state == .failed)
        var again = night
        try again.tool("tests", again.run, #"{"state":"running","total":3,"passed":0,"runID":"2"}"#, "02:55")
        #expect(again.situation.steps[again.check]?.state == .running && trouble(again, again.check) == nil)
        try night.step(night.check, "started", "03:00")
        #expect(night.situation.steps[night.check]?.state == .running && trouble(night, night.check) == nil)
        try night.tool("tests", night.run, Self.failed, "03:01")
        #expect(night.situation.steps[night.check]?.state == .running, "the old report, said once more")
        try night.step(night.check, "failed", "03:05")
        #expect(night.situation.steps[night.check]?.state == .failed && trouble(night, night.check) == nil)
    }

    @Test("A failed or canceled stage fails its step; one of last month does not", arguments: Names.namings)
    func stages(naming: String) throws {
        for (state, what) in [("failed", "failed"), ("canceled", "canceled")] {
            var night = try GuardNight(naming)
            try night.tool("pipeline", "exercise/run", #"{"state":"\#(state)"}"#, "02:50")
            #expect(night.situation.steps[night.build]?.state == .failed)
            #expect(
                trouble(night, night.build)?.text
                    == "Title of \(night.build) failed: stage exercise/run \(what)")
            try night.tool("pipeline", "exercise/run", #"{"state":"running"}"#, "02:55")
            #expect(night.situation.steps[night.build]?.state == .running && trouble(night, night.build) == nil)
        }
        var old = try GuardNight(naming)
        try old.tool("pipeline", "exercise/run", #"{"state":"failed","runID":"20250824.3"}"#, "02:50")
        #expect(old.situation.steps[old.build]?.state == .planned && trouble(old, old.build) == nil)
    }

    @Test(
        "A stage that failed under a person's \"started\" is a divergence until it is ruled", arguments: Names.namings)
    func against(naming: String) throws {
        var night = try GuardNight(naming)
        let id = "\(night.build)/state"
        func isOpen(_ night: GuardNight) -> Bool { night.situation.divergences.contains { $0.id == id } }
        try night.tool("pipeline", "exercise/run", #"{"state":"failed"}"#, "02:00")
        try night.step(night.build, "started", "02:30")
        #expect(!isOpen(night) && night.situation.steps[night.build]?.state == .running, "a new run is spoken of")
        try night.tool("pipeline", "exercise/run", #"{"state":"running"}"#, "02:40")
        try night.tool("pipeline", "exercise/run", #"{"state":"failed"}"#, "02:50")
        #expect(isOpen(night) && night.situation.steps[night.build]?.state == .failed)
        try night.person("ruling", id, #"{"value":"started","reason":"another run"}"#, "03:00")
        #expect(!isOpen(night) && night.situation.steps[night.build]?.state == .running)
        try night.tool("pipeline", "exercise/run", #"{"state":"failed"}"#, "03:05")
        #expect(!isOpen(night), "the same word, said once more")
    }

    @Test("Two claimants who disagree on how one run ended meet no need until a person rules", arguments: Names.namings)
    func twoReports(naming: String) throws {
        let passed = #"{"state":"passed","total":3,"passed":3,"failed":0}"#
        let rows: [(other: String, isDisputed: Bool)] = [
            (Self.failed, true), (#"{"state":"interrupted","total":3,"passed":1}"#, true), (passed, false),
            (#"{"state":"running","total":3,"passed":1}"#, false),
            (Self.failed.replacing("\"total\"", with: "\"runID\":\"2\",\"total\""), false),
        ]
        for row in rows {
            var night = try patched(naming)
            let first = passed.replacing("\"total\"", with: "\"runID\":\"1\",\"total\"")
            try night.tool("tests", night.run, row.isDisputed ? passed : first, "02:50", by: "runner")
            try night.tool("tests", night.run, row.other, "02:40", by: "junit")
            let id = "\(night.run)/result"
            #expect(night.situation.divergences.contains { $0.id == id } == row.isDisputed, "\(row)")
            guard row.isDisputed else { continue }
            #expect(night.situation.tests[night.run]?.state != .passed)
            #expect(night.situation.gates[night.gate]?.needs.contains { $0.need.id == night.run && $0.isMet } == false)
            try night.person("ruling", id, #"{"value":"passed","reason":"the other is a copy"}"#, "03:00")
            #expect(night.situation.tests[night.run]?.state == .passed && night.situation.divergences.isEmpty)
        }
    }
}
