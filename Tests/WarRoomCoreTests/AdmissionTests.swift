import Testing
import WarRoomCore

@Suite("Who may do what, as the table of roles says")
struct AdmissionTests {
    private let bridge = Scenario().bridge
    private let early = Instant(rfc3339: "2025-09-14T05:00:00Z")!
    private let late = Instant(rfc3339: "2025-09-14T07:00:00Z")!

    private func event(_ type: String, _ subject: String, _ data: String, source: String = "s") throws -> Event {
        try Event(written(type, subject, data, id: "1", source: source))
    }

    private func may(_ roles: [Role], _ event: Event, now: Instant? = nil) -> Bool {
        bridge.refusal(of: event, from: Sender(user: "u", roles: roles), now: now ?? early) == nil
    }

    @Test("A team marks its own row, reports the steps it owns, and writes notes")
    func team() throws {
        let role = [Role.team(.init(board: "east", team: "money"))]
        #expect(try may(role, event("review", "east/money/in", #"{"mark":"ok"}"#)))
        #expect(try may(role, event("note", "x", #"{"text":"t"}"#)))
        #expect(try !may(role, event("step", "patch", #"{"state":"done"}"#)))
        #expect(
            try !may([.team(.init(board: "east", team: "other"))], event("review", "east/money/in", #"{"mark":"ok"}"#)))
        #expect(
            try !may([.team(.init(board: "east", team: "mon"))], event("review", "east/money/in", #"{"mark":"ok"}"#)))
    }

    @Test("Monitoring says no-response on any board only after it was due")
    func monitoring() throws {
        let silence = try event("review", "east/money/in", #"{"mark":"no-response"}"#)
        #expect(!may([.monitoring], silence, now: early))
        #expect(may([.monitoring], silence, now: late))
        #expect(try !may([.monitoring], event("review", "east/money/in", #"{"mark":"ok"}"#), now: late))
    }

    @Test("A feeder reports and decides nothing; a viewer reads")
    func feeder() throws {
        #expect(try may([.feeder], event("server", "a1", #"{"patch":"running"}"#)))
        #expect(try may([.feeder], event("looseend", "alerts/a1", #"{"state":"open"}"#)))
        #expect(try !may([.feeder], event("looseend", "alerts/a1", #"{"state":"forgiven","note":"n"}"#)))
        #expect(try !may([.feeder], event("review", "east/money/in", #"{"mark":"ok"}"#)))
        #expect(try !may([.viewer], event("note", "x", #"{"text":"t"}"#)))
    }

    @Test("A lead may do everything but approve as somebody else, and nobody may speak for the hub or a source")
    func lead() throws {
        #expect(try may([.lead], event("server", "a1", #"{"patch":"running"}"#)))
        #expect(try !may([.lead], event("source", "pools", #"{"state":"current"}"#)))
        #expect(try !may([.lead], event("server", "a1", #"{"patch":"running"}"#, source: "pools")))
        #expect(try !may([.lead], event("note", "x", #"{"text":"t"}"#, source: "hub")))
    }

    @Test("A person starts a step only through its gate, a tool's report of it is taken")
    func gate() throws {
        let start = try event("step", "open", #"{"state":"started"}"#)
        let reason = bridge.refusal(of: start, from: Sender(user: "u", roles: [.lead]), now: early)
        #expect(reason?.hasPrefix("gate before-open is shut: ") == true)
        #expect(may([.feeder], start))
    }

    @Test("'as' only lessens")
    func lessened() {
        let lead = Sender(user: "u", roles: [.lead])
        #expect(lead.lessened(to: .viewer).roles == [.viewer])
        #expect(lead.lessened(to: .monitoring).roles == [.monitoring])
        #expect(lead.lessened(to: .approver("R")).roles == [.viewer])
        #expect(Sender(user: "u", roles: [.viewer]).lessened(to: .lead).roles == [.viewer])
    }
}
