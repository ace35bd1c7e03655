import OrderedCollections
import Testing
import WarRoomCore

@Suite("Names are compared by their bytes, and what only looks like one is refused")
struct TwinTests {
    private var bridge: Bridge {
        var runbook = Scenario.smallNight
        runbook.servers["caf\u{E9}"] = .init(name: "caf\u{E9}", pools: [])
        return Bridge(runbook: runbook)
    }

    private func reason(_ type: String, _ subject: String, _ data: String, source: String = "s") throws -> String? {
        bridge.refusal(
            of: try Event(written(type, subject, data, source: source)), from: Sender(user: "u", roles: [.lead]),
            now: Instant(seconds: 0))
    }

    @Test("A source that looks like a configured one, or like the hub, is refused; one that does not is taken")
    func sources() throws {
        for source in ["pools\u{200B}", "\u{202E}pools", "po\u{AD}ols", "hub\u{2060}", "hub\u{FEFF}"] {
            let reason = try reason("server", "a1", #"{"patch":"running"}"#, source: source)
            #expect(reason?.contains("looks like") == true, "\(source.unicodeScalars.map(\.value))")
            #expect(reason?.contains("U+") == true)
        }
        for source in ["pools2", "P\u{F6}ols", "po ols"] {
            #expect(try reason("server", "a1", #"{"patch":"running"}"#, source: source) == nil)
        }
    }

    @Test("A subject that looks like a name of the runbook, or a part of it, is refused")
    func subjects() throws {
        for subject in ["a1\u{200D}", "cafe\u{301}", "\u{200E}a10"] {
            #expect(try reason("server", subject, #"{"patch":"running"}"#)?.contains("looks like") == true)
        }
        #expect(try reason("looseend", "pool/a1\u{200B}/outer", #"{"state":"open"}"#)?.contains("looks like") == true)
        #expect(try reason("server", "caf\u{E9}", #"{"patch":"running"}"#) == nil)
        #expect(try reason("server", "th\u{E9}", #"{"patch":"running"}"#) == nil)
    }

    @Test("Keys and texts of JSON that Unicode calls equivalent are two")
    func json() throws {
        let json = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(json["\u{E9}"]?.int == 1)
        #expect(json["e\u{301}"]?.int == 2)
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
        var object = JSON.Object(["\u{E9}": "a"])
        object["e\u{301}"] = "b"
        #expect(object.members.count == 2)
    }

    @Test("Who has the lead, or stands in, is that very user")
    func users() throws {
        var night = Scenario()
        try night.take("2025-09-14T02:00:00Z", "lead", "Zo\u{EB}", #"{"state":"offered"}"#)
        let twin = Sender(user: "Zoe\u{308}", roles: [.monitoring])
        let accepted = try Event(written("lead", "Zo\u{EB}", #"{"state":"accepted"}"#))
        #expect(night.bridge.refusal(of: accepted, from: twin, now: Instant(seconds: 0)) != nil)
        let user = Sender(user: "Zo\u{EB}", roles: [.monitoring])
        #expect(night.bridge.refusal(of: accepted, from: user, now: Instant(seconds: 0)) == nil)
    }

    @Test("Who is lessened to a viewer only looks, and one who is a viewer by access is not lessened")
    func viewer() {
        let starter = Sender(user: "u", roles: [.viewer])
        #expect(!starter.isLessenedToViewer)
        #expect(starter.lessened(to: .viewer).isLessenedToViewer)
        #expect(Sender(user: "u", roles: [.lead], mayDoEverything: true).lessened(to: .viewer).isLessenedToViewer)
        #expect(!Sender(user: "u", roles: [.lead]).lessened(to: .monitoring).isLessenedToViewer)
    }
}
