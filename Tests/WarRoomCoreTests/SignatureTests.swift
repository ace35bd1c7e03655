import OrderedCollections
import Testing
import WarRoomCore

@Suite("A runbook that must be signed")
struct SignatureTests {
    private let now = Instant(rfc3339: "2025-09-14T02:00:00Z")!

    private func book(
        _ fingerprint: String, sign: [Role] = [.approver("Boss")], _ change: (inout Runbook) -> Void = { _ in }
    ) -> Runbook {
        var book = Scenario.smallNight
        (book.fingerprint, book.sign) = (fingerprint, sign)
        change(&book)
        return book
    }

    private func refusal(
        _ night: Scenario, _ type: String, _ subject: String, _ data: String, by user: String = "u", role: Role = .lead
    ) throws -> String? {
        night.bridge.refusal(
            of: try Event(written(type, subject, data)), from: Sender(user: user, roles: [role]), now: now)
    }

    private func refusal(
        _ night: Scenario, signing text: String, as name: String, by user: String, role: Role
    ) throws -> String? {
        try refusal(night, "signature", text, #"{"as":"\#(name)"}"#, by: user, role: role)
    }

    private func live(_ night: Scenario) throws -> String? {
        try refusal(night, "bridge", "small-2025-09-14", #"{"state":"live"}"#)
    }

    private func start(_ night: Scenario, _ step: String) throws -> String? {
        try refusal(night, "step", step, #"{"state":"started","note":"n"}"#)
    }

    @Test("is not live, and starts no step, before each role has signed")
    func before() throws {
        var night = try Scenario.opened(book("a", sign: [.approver("Boss"), .lead]))
        #expect(night.bridge.awaitsLive && night.bridge.missingSignatures.map(\.name) == ["Boss", "lead"])
        #expect(
            try live(night)
                == "the runbook must be signed first: it waits for Boss, lead (warroom sign --as 'Boss')")
        #expect(try start(night, "patch")?.hasPrefix("the runbook is not signed yet: it waits for Boss, lead") == true)
        #expect(
            night.situation().sentenceText == "Boss and the lead must sign the runbook before the night can start.")
        #expect(night.situation().sentence.on == "Boss and the lead")
        #expect(
            night.situation().troubles.filter { $0.kind == .unsigned }.map(\.subject) == ["approver: Boss", "lead"])
        #expect(night.situation("2025-09-14T03:00:00Z").steps.values.allSatisfy { !$0.isReady })
        try night.take("2025-09-14T00:00:00Z", "signature", "a", #"{"as":"Boss"}"#, by: "boss")
        #expect(try live(night)?.contains("waits for lead (warroom sign --as 'lead')") == true)
        try night.take("2025-09-14T00:01:00Z", "signature", "a", #"{"as":"lead"}"#, by: "lead-us")
        #expect(night.bridge.missingSignatures.isEmpty && night.bridge.awaitsLive)
        #expect(try live(night) == nil)
        #expect(try start(night, "patch") == nil)
    }

    @Test("is signed by who holds the role, once, and each role by another person")
    func signing() throws {
        var night = try Scenario.opened(book("a", sign: [.approver("Boss"), .approver("Other")]))
        let boss = Role.approver("Boss")
        #expect(try refusal(night, signing: "a", as: "Boss", by: "boss", role: boss) == nil)
        #expect(try refusal(night, signing: "a", as: "approver: Boss", by: "boss", role: boss) == nil)
        #expect(
            try refusal(night, signing: "a", as: "Boss", by: "lead-us", role: .lead)
                == "lead-us (lead) may not do this: signing as 'Boss' needs that role")
        #expect(
            try refusal(night, signing: "a", as: "lead", by: "lead-us", role: .lead)
                == "the runbook asks for the signature of Boss, Other, not of lead")
        #expect(
            try refusal(night, signing: "b", as: "Boss", by: "boss", role: boss)
                == "the text in force is another than the one that is signed, its SHA-256 is a")
        try night.take("2025-09-14T00:00:00Z", "signature", "a", #"{"as":"Boss"}"#, by: "boss")
        #expect(
            try refusal(night, signing: "a", as: "Boss", by: "second", role: boss)
                == "this text is signed as Boss already, by boss, entry 2")
        #expect(
            try refusal(night, signing: "a", as: "Other", by: "boss", role: .approver("Other"))
                == "each signature is by a different person, and boss has given one")
        let plain = try Scenario.opened(book("a", sign: []))
        #expect(
            try refusal(plain, signing: "a", as: "Boss", by: "boss", role: boss) == "the runbook asks for no signature")
        #expect(!plain.bridge.awaitsLive)
    }

    @Test("needs no signature in a rehearsal")
    func rehearsal() throws {
        let night = try Scenario.opened(book("a"), mode: "rehearsal")
        #expect(!night.bridge.awaitsLive && night.bridge.missingSignatures.isEmpty)
        #expect(try refusal(night, "step", "patch", #"{"state":"started","note":"n"}"#) == nil)
    }

    /// A live night whose text is signed.
    private func signed() throws -> Scenario {
        var night = try Scenario.opened(book("a"))
        try night.take("2025-09-14T00:00:00Z", "signature", "a", #"{"as":"Boss"}"#, by: "boss")
        try night.take("2025-09-14T00:01:00Z", "bridge", "small-2025-09-14", #"{"state":"live"}"#)
        return night
    }

    @Test("does not start what an amendment has changed until that is signed, and starts the rest")
    func amended() throws {
        var night = try signed()
        let new = book("b") { book in
            book.steps["open"]!.title = "Open wide"
            book.steps["late"] = .init(id: "late", phase: "only", title: "Late")
        }
        #expect(
            night.bridge.consequences(of: new)
                == ["it needs the signature of Boss; until then these cannot start: Open wide, Late"])
        try night.amend("2025-09-14T01:00:00Z", to: new)
        #expect(night.bridge.state == .live && !night.bridge.awaitsLive)
        #expect(night.bridge.unsignedSteps == ["open", "late"])
        #expect(try start(night, "patch") == nil)
        #expect(
            try start(night, "late")
                == "it is not as it was signed, the runbook was amended since: it waits for Boss (warroom sign "
                + "--as 'Boss')"
        )
        #expect(
            night.situation().troubles.first { $0.kind == .unsigned }?.text
                == "the runbook is not signed as Boss, and what is not as it was signed cannot start: Open wide, Late")
        let sentence = night.situation("2025-09-14T02:30:00Z").sentence
        #expect(sentence.subject == "patch", "what is signed goes on")
        try night.take("2025-09-14T01:01:00Z", "step", "late", #"{"state":"started"}"#, by: "ansible", via: .feeder)
        #expect(night.situation().troubles.contains { $0.kind == .pastGate && $0.subject == "late" })
        try night.take("2025-09-14T01:02:00Z", "signature", "b", #"{"as":"Boss"}"#, by: "boss")
        #expect(night.bridge.missingSignatures.isEmpty)
        #expect(try start(night, "late") == nil)
    }

    @Test("counts as changed what a step takes from its gate, its wave or its test run")
    func meaning() throws {
        let changes: [(Set<String>, (inout Runbook) -> Void)] = [
            (["open"], { $0.gates["before-open"]!.needs = [] }),
            (["patch", "open"], { $0.waves["first"]!.servers = ["a1"] }),
            (["open"], { $0.tests["quick"]!.expect = 9 }), ([], { $0.boards["east"]!.title = "West" }),
        ]
        for (steps, change) in changes {
            var night = try signed()
            try night.amend("2025-09-14T01:00:00Z", to: book("b", change))
            #expect(night.bridge.unsignedSteps == steps)
            #expect(!night.bridge.missingSignatures.isEmpty)
        }
    }

    @Test("is signed again where the signed text comes back, and cannot be freed from its signature by an amendment")
    func back() throws {
        var night = try signed()
        try night.amend("2025-09-14T01:00:00Z", to: book("b", sign: []) { $0.steps["open"]!.title = "Open wide" })
        #expect(night.bridge.missingSignatures.map(\.name) == ["Boss"])
        try night.amend("2025-09-14T01:01:00Z", to: book("c", sign: []) { $0.steps["open"]!.title = "Open up" })
        #expect(night.bridge.unsignedSteps == ["open"])
        try night.amend("2025-09-14T01:02:00Z", to: book("a"))
        #expect(night.bridge.missingSignatures.isEmpty && night.bridge.unsignedSteps.isEmpty)
    }

    @Test("leaves a night live that began without a signature, but for what the amendment has changed")
    func added() throws {
        var night = try Scenario.opened(book("a", sign: []))
        try night.amend("2025-09-14T01:00:00Z", to: book("b") { $0.steps["open"]!.title = "Open wide" })
        #expect(night.bridge.state == .live && !night.bridge.awaitsLive)
        #expect(night.bridge.unsignedSteps == ["open"])
    }
}
