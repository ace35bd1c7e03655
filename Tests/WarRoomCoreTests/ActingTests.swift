import Testing
import WarRoomCore

@Suite("Who acts as what on this night")
struct ActingTests {
    private func roles(_ night: Scenario, _ user: String, _ roles: [Role]) -> [Role] {
        night.bridge.acting(Sender(user: user, roles: roles)).roles
    }

    private func refusal(_ night: Scenario, _ sender: Sender, _ type: String, _ subject: String, _ data: String) throws
        -> String?
    {
        let event = try Event(written(type, subject, data, id: "x", source: "people/\(sender.user)"))
        return night.bridge.refusal(of: event, from: sender, now: night.situation().now)
    }

    @Test("Until it is handed over, lead is who the runbook says; then it is one person")
    func lead() throws {
        var night = Scenario()
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, by: "ann",
            via: .hub)
        #expect(night.bridge.lead == "ann")
        #expect(roles(night, "ann", [.lead]) == [.lead])
        try night.take("2025-09-14T00:00:00Z", "lead", "bob", #"{"state":"offered","user":"bob"}"#, by: "ann")
        #expect(night.bridge.lead == "ann")
        #expect(roles(night, "bob", [.viewer]) == [.viewer])
        try night.take("2025-09-14T00:01:00Z", "lead", "bob", #"{"state":"accepted","user":"bob"}"#, by: "bob")
        #expect(night.bridge.lead == "bob")
        #expect(roles(night, "bob", [.viewer]) == [.lead])
        #expect(roles(night, "ann", [.lead, .monitoring]) == [.monitoring])
        #expect(roles(night, "ann", [.lead]) == [.viewer])
    }

    @Test("A limit holds whatever the night gives")
    func limit() throws {
        var night = Scenario()
        try night.take("2025-09-14T00:00:00Z", "lead", "bob", #"{"state":"offered"}"#, by: "ann")
        let presenter = Sender(user: "bob", roles: [.viewer]).lessened(to: .viewer)
        #expect(try refusal(night, presenter, "lead", "bob", #"{"state":"accepted","user":"bob"}"#) != nil)
        try night.take("2025-09-14T00:01:00Z", "lead", "bob", #"{"state":"accepted"}"#, by: "bob")
        #expect(night.bridge.acting(presenter).roles == [.viewer])
        #expect(night.bridge.acting(Sender(user: "bob", roles: [.viewer]).lessened(to: .lead)).roles == [.lead])
    }

    @Test("Only the offered user accepts, and only an offer can be accepted")
    func accept() throws {
        var night = Scenario()
        let bob = Sender(user: "bob", roles: [.viewer])
        #expect(try refusal(night, bob, "lead", "bob", #"{"state":"accepted"}"#) != nil)
        try night.take("2025-09-14T00:00:00Z", "lead", "bob", #"{"state":"offered"}"#, by: "ann")
        #expect(
            try refusal(night, Sender(user: "eve", roles: [.lead]), "lead", "eve", #"{"state":"accepted"}"#)?.contains(
                "offered to bob") == true)
        #expect(try refusal(night, bob, "lead", "eve", #"{"state":"accepted"}"#) != nil)
        #expect(try refusal(night, bob, "lead", "bob", #"{"state":"accepted"}"#) == nil)
    }

    @Test("A substitute has the role beside his own; one who is only asked has not")
    func substitute() throws {
        var night = Scenario()
        try night.take(
            "2025-09-14T00:00:00Z", "substitute", "team: east/money", #"{"state":"offered","user":"bob"}"#, by: "ann")
        #expect(roles(night, "bob", [.viewer]) == [.viewer])
        let bob = Sender(user: "bob", roles: [.viewer])
        #expect(try refusal(night, bob, "substitute", "team: east/money", #"{"state":"accepted","user":"bob"}"#) == nil)
        #expect(
            try refusal(
                night, Sender(user: "eve", roles: [.viewer]), "substitute", "team: east/money",
                #"{"state":"accepted","user":"eve"}"#) != nil)
        try night.take(
            "2025-09-14T00:01:00Z", "substitute", "team: east/money", #"{"state":"accepted","user":"bob"}"#, by: "bob")
        #expect(roles(night, "bob", [.viewer]) == [.team(.init(board: "east", team: "money"))])
        #expect(roles(night, "eve", [.viewer]) == [.viewer])
    }

    @Test("An id made of a title is one that a runbook could have")
    func ids() {
        #expect(Runbook.id(madeFrom: "Kiosk: is it up?") == "kiosk-is-it-up")
        #expect(Runbook.id(madeFrom: "  A -- B  ") == "a-b")
        #expect(Runbook.id(madeFrom: "Überweisung 2") == "berweisung-2")
        #expect(Runbook.id(madeFrom: "!?") == nil)
    }

    @Test(
        """
        Where the lead is gone, whom access names takes it back with a reason, which stays to the end; nobody else \
        does, nor without one
        """
    )
    func takenBack() throws {
        var night = Scenario()
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, by: "ann",
            via: .hub)
        let ann = Sender(user: "ann", roles: [.lead])
        let back = #"{"state":"accepted","user":"ann","reason":"bob's terminal is gone"}"#
        #expect(try refusal(night, ann, "lead", "ann", back) == "ann has the lead already")
        try night.take("2025-09-14T00:00:00Z", "lead", "bob", #"{"state":"offered","user":"bob"}"#, by: "ann")
        try night.take("2025-09-14T00:01:00Z", "lead", "bob", #"{"state":"accepted","user":"bob"}"#, by: "bob")
        #expect(night.situation().troubles.allSatisfy { $0.kind != .leadTakenBack }, "a hand-over is no trouble")
        #expect(night.bridge.leadership.takenBack.isEmpty)
        #expect(
            try refusal(night, ann, "lead", "ann", #"{"state":"accepted","user":"ann"}"#) != nil, "without a reason")
        #expect(try refusal(night, ann, "lead", "ann", #"{"state":"accepted","user":"ann","reason":" "}"#) != nil)
        #expect(
            try refusal(night, ann, "lead", "eve", #"{"state":"accepted","user":"eve","reason":"r"}"#) != nil,
            "not for another")
        #expect(
            try refusal(night, ann.lessened(to: .viewer), "lead", "ann", back) != nil,
            "a screen that only shows takes nothing")
        for role in [
            Role.monitoring, .viewer, .feeder, .team(.init(board: "east", team: "money")), .approver("Approver"),
        ] {
            #expect(
                try refusal(
                    night, Sender(user: "eve", roles: [role]), "lead", "eve",
                    #"{"state":"accepted","user":"eve","reason":"r"}"#) != nil)
        }
        #expect(try refusal(night, ann, "lead", "ann", back) == nil)
        try night.take("2025-09-14T03:00:00Z", "lead", "ann", back, by: "ann")
        #expect(
            night.bridge.lead == "ann" && roles(night, "ann", [.lead]) == [.lead]
                && roles(night, "bob", [.viewer]) == [.viewer])
        #expect(night.bridge.recent.last?.text == "ann has taken the lead back, bob's terminal is gone")
        try night.take("2025-09-14T03:01:00Z", "lead", "cy", #"{"state":"offered","user":"cy"}"#, by: "ann")
        try night.take(
            "2025-09-14T03:02:00Z", "lead", "cy", #"{"state":"accepted","user":"cy","reason":"for fun"}"#, by: "cy")
        #expect(night.bridge.leadership.takenBack.map(\.from) == ["bob"], "who was offered it has not taken it back")
        let trouble = try #require(night.situation().troubles.first { $0.kind == .leadTakenBack })
        #expect(trouble.text == "ann took the lead back from bob without an offer: bob's terminal is gone")
    }
}
