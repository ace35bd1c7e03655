import Testing
import WarRoomCore

@Suite("Who acts as what on this night")
struct ActingTests {
    private func roles(_ night: Scenario, _ user: String, _ roles: [Role]) -> [Role] {
        night.bridge.acting(Sender(user: user, roles: roles)).roles
    }

    private func refusal(_ night: Scenario, _ sender: Sender, _ type: String, _ subject: String, _ data: String) throws -> String? {
        let event = try Event(Event.make(
            id: "x", source: "people/\(sender.user)", type: "warroom.\(type)", subject: subject, data: try JSON(parsing: data).object!))
        return night.bridge.refusal(of: event, from: sender, now: night.situation().now)
    }

    @Test("Until it is handed over, lead is who the runbook says; then it is one person")
    func lead() throws {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, by: "ann", via: .hub)
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
        #expect(try refusal(night, Sender(user: "eve", roles: [.lead]), "lead", "eve", #"{"state":"accepted"}"#)?.contains("offered to bob") == true)
        #expect(try refusal(night, bob, "lead", "eve", #"{"state":"accepted"}"#) != nil)
        #expect(try refusal(night, bob, "lead", "bob", #"{"state":"accepted"}"#) == nil)
    }

    @Test("A substitute has the role beside his own; one who is only asked has not")
    func substitute() throws {
        var night = Scenario()
        try night.take("2025-09-14T00:00:00Z", "substitute", "team: east/money", #"{"state":"offered","user":"bob"}"#, by: "ann")
        #expect(roles(night, "bob", [.viewer]) == [.viewer])
        let bob = Sender(user: "bob", roles: [.viewer])
        #expect(try refusal(night, bob, "substitute", "team: east/money", #"{"state":"accepted","user":"bob"}"#) == nil)
        #expect(try refusal(night, Sender(user: "eve", roles: [.viewer]), "substitute", "team: east/money", #"{"state":"accepted","user":"eve"}"#) != nil)
        try night.take("2025-09-14T00:01:00Z", "substitute", "team: east/money", #"{"state":"accepted","user":"bob"}"#, by: "bob")
        #expect(roles(night, "bob", [.viewer]) == [.team("east/money")])
        #expect(roles(night, "eve", [.viewer]) == [.viewer])
    }

    @Test("An id made of a title is one that a runbook could have")
    func ids() {
        #expect(Runbook.id(madeFrom: "Kiosk: is it up?") == "kiosk-is-it-up")
        #expect(Runbook.id(madeFrom: "  A -- B  ") == "a-b")
        #expect(Runbook.id(madeFrom: "Überweisung 2") == "berweisung-2")
        #expect(Runbook.id(madeFrom: "!?") == nil)
    }
}
