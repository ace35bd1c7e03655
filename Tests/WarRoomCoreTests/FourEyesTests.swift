import OrderedCollections
import Testing
import WarRoomCore

@Suite("Four eyes: whoever has ever started the work does not open the gate behind it unseen")
struct FourEyesTests {
    private func night() throws -> (night: GuardNight, names: GuardNight) {
        let names = try GuardNight("plain")
        var runbook = names.scenario.bridge.runbook
        runbook.gates[names.gate]!.fourEyes = [names.build]
        var night = try GuardNight("plain", runbook: runbook)
        try night.firstWave()
        return (night, names)
    }

    private func refusal(_ night: GuardNight, by user: String) throws -> String? {
        try night.refusal(
            "approval", night.gate, #"{"decision":"approved","as":"Approver"}"#, by: user, [.approver("Approver")])
    }

    @Test("An undo of the start takes nobody out, nor does a start in a lesser role")
    func undone() throws {
        var (night, names) = try night()
        try night.step(names.build, "started", "03:00", by: "sam")
        let entry = night.scenario.bridge.entry
        try night.person("step", names.build, #"{"state":"started","undoes":\#(entry),"note":"n"}"#, "03:01", by: "sam")
        #expect(try refusal(night, by: "sam")?.hasPrefix("four eyes: sam started") == true)
        #expect(try refusal(night, by: "kim")?.hasPrefix("four eyes") != true)
        try night.scenario.take(
            "2025-09-14T03:02:00Z", "step", names.build, #"{"state":"started"}"#, by: "ann", via: .feeder)
        #expect(try refusal(night, by: "ann")?.hasPrefix("four eyes: ann started") == true)
    }

    @Test("An override by the same person is told as that, by another it is not, and a refusal ends it")
    func override() throws {
        for (user, isSame) in [("sam", true), ("kim", false)] {
            var (night, names) = try night()
            try night.step(names.build, "started", "03:00", by: "sam")
            try night.person(
                "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"r"}"#, "03:01", by: user)
            let situation = night.situation
            let troubles = situation.troubles.filter { $0.kind == .fourEyes }
            #expect(troubles.map(\.subject) == (isSame ? [night.gate] : []))
            #expect(situation.gates[night.gate]?.overrodeOwn == (isSame ? [names.build] : []))
            let document = StatusDocument.json(situation, lastGood: [:], head: "").line
            #expect(document.contains(#""started":["\#(names.build)"]"#) == isSame)
            try night.person(
                "approval", night.gate, #"{"decision":"refused","as":"Approver","reason":"r"}"#, "03:02", by: "kim")
            #expect(!night.situation.troubles.contains { $0.kind == .fourEyes })
        }
    }
}
