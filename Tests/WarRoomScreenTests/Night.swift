import OrderedCollections
import WarRoomCore

@testable import WarRoomScreen

/// A night in memory: the essentials of the sample's runbook, and entries as they come.
struct Night {
    private(set) var bridge: Bridge
    private(set) var last: Entry?
    private let runbook: Runbook
    var confirmed: [String: Instant] = [:]

    struct Broken: Error { let what: String }

    init(_ runbook: Runbook) throws {
        self.runbook = runbook
        bridge = Bridge(runbook: runbook)
        try hub(
            "warroom.bridge", runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, at: "Sat 18:45", by: "lead-us")
        try hub("warroom.bridge", runbook.bridgeID, #"{"state":"live"}"#, at: "Sat 18:45", by: "lead-us")
    }

    /// A time as people write it, on this night.
    static func time(_ text: String, _ runbook: Runbook) throws -> Instant {
        guard let date = CivilDate(runbook.date) else { throw Broken(what: runbook.date) }
        return try WallTime(text).instant(
            date: date, home: runbook.zones.home.zone, homeLabel: runbook.zones.home.label,
            other: runbook.zones.other.zone, otherLabel: runbook.zones.other.label)
    }

    func time(_ text: String) throws -> Instant { try Night.time(text, runbook) }

    private mutating func take(
        _ type: String, _ subject: String, _ data: String, at text: String, source: String, by: String, via: Entry.Via?
    ) throws {
        let at = try time(text)
        guard let object = try JSON(parsing: data).object else { throw Broken(what: data) }
        let number = bridge.entry + 1
        let json = JSON.object([
            "specversion": "1.0", "id": .string("e\(number)"), "source": .string(source), "type": .string(type),
            "subject": .string(subject), "time": .instant(at), "data": .object(object),
        ])
        let received = max(at, bridge.lastReceivedAt ?? at)
        let entry = Entry(
            number: number, receivedAt: received, by: by, via: via, event: try Event(json), hash: "\(number)")
        bridge.apply(entry)
        last = entry
    }

    mutating func person(_ type: String, _ subject: String, _ data: String, at: String, by: String = "lead-us") throws {
        try take(type, subject, data, at: at, source: "people/" + by, by: by, via: nil)
    }

    mutating func tool(_ type: String, _ subject: String, _ data: String, at: String, source: String) throws {
        try take(type, subject, data, at: at, source: source, by: source, via: .source)
    }

    mutating func hub(_ type: String, _ subject: String, _ data: String, at: String, by: String = "hub") throws {
        try take(type, subject, data, at: at, source: "hub", by: by, via: .hub)
    }

    mutating func step(_ id: String, from start: String, to end: String? = nil, by: String = "lead-us") throws {
        try person("warroom.step", id, #"{"state":"started"}"#, at: start, by: by)
        if let end { try person("warroom.step", id, #"{"state":"done"}"#, at: end, by: by) }
    }

    mutating func current(_ sources: String..., at: String) throws {
        for source in sources { try hub("warroom.source", source, #"{"state":"current"}"#, at: at) }
    }

    /// The sight of it at a moment.
    func sight(
        at text: String, view: ViewState = ViewState(), glyphs: GlyphSet = .unicode,
        change: (inout Vitals) -> Void = { _ in }
    ) throws -> Sight {
        var vitals = Vitals(confirmed: confirmed, user: "lead-us")
        change(&vitals)
        return Sight(situation: Situation(bridge, now: try time(text)), vitals: vitals, view: view, glyphs: glyphs)
    }
}

extension Night {
    static let firstWave = (1...5).map { "IC-Web\($0)" }
    static let secondWave = (6...10).map { "IC-Web\($0)" }
    static let gateway = "backend-pool-invoicecloud-web"
    static let balancer = "IC-LB-WebSVR-4AppSVR"

    /// Saturday evening: the first wave is being patched, nothing is wrong.
    static func calm() throws -> Night {
        var night = try Night(try SampleRunbook.make())
        try night.current("patch-web", "pools", "events", at: "Sat 18:46")
        try night.everythingIn()
        try night.step("reschedule-jobs", from: "Sat 19:00", to: "Sat 19:06")
        try night.step("web1-5-alerts-off", from: "Sat 22:01", to: "Sat 22:04")
        for name in firstWave {
            try night.tool("warroom.server", name, #"{"alerts":"muted"}"#, at: "Sat 22:03", source: "pools")
        }
        try night.step("web1-5-agw-out", from: "Sat 22:04", to: "Sat 22:11")
        try night.step("web1-5-ilb-out", from: "Sat 22:04", to: "Sat 22:13")
        for name in firstWave {
            try night.tool(
                "warroom.server", name, #"{"pools":{"\#(gateway)":"out","\#(balancer)":"out"}}"#, at: "Sat 22:12",
                source: "pools")
        }
        try night.step("web1-5-patch", from: "Sat 22:14")
        for name in firstWave {
            try night.tool(
                "warroom.server", name, #"{"patch":"pending","reboot":"pending","verify":"none"}"#, at: "Sat 22:14",
                source: "patch-web")
        }
        try night.tool(
            "warroom.server", "IC-Web1", #"{"patch":"installed","reboot":"up","bootedAt":"2025-09-14T02:31:00Z"}"#,
            at: "Sat 22:31", source: "patch-web")
        try night.tool(
            "warroom.server", "IC-Web2", #"{"patch":"installed","reboot":"up","bootedAt":"2025-09-14T02:36:00Z"}"#,
            at: "Sat 22:36", source: "patch-web")
        try night.tool(
            "warroom.server", "IC-Web3", #"{"patch":"installed","reboot":"rebooting"}"#, at: "Sat 22:33",
            source: "patch-web")
        try night.tool("warroom.server", "IC-Web4", #"{"patch":"running"}"#, at: "Sat 22:35", source: "patch-web")
        night.confirmed = [
            "patch-web": try night.time("Sat 22:40:09"), "pools": try night.time("Sat 22:39:31"),
            "events": try night.time("Sat 22:40:00"),
        ]
        return night
    }

    /// The first wave is patched, checked and back, and nothing of it is off any more.
    static func firstWaveDone() throws -> Night {
        var night = try calm()
        for (place, name) in firstWave.enumerated() {
            try night.tool(
                "warroom.server", name,
                #"{"patch":"installed","reboot":"up","verify":"passed","#
                    + #""bootedAt":"2025-09-14T02:\#(31 + place * 6):00Z"}"#,
                at: "Sat 23:10", source: "patch-web")
            try night.tool(
                "warroom.server", name, #"{"alerts":"on","pools":{"\#(gateway)":"in","\#(balancer)":"in"}}"#,
                at: "Sat 23:22", source: "pools")
        }
        try night.person("warroom.step", "web1-5-patch", #"{"state":"done"}"#, at: "Sat 22:59")
        for (id, from, to) in [
            ("web1-5-sanity", "Sat 22:59", "Sat 23:11"), ("web1-5-alerts-on", "Sat 23:11", "Sat 23:13"),
            ("web1-5-agw-in", "Sat 23:13", "Sat 23:18"), ("web1-5-ilb-in", "Sat 23:18", "Sat 23:23"),
            ("web1-5-announce", "Sat 23:23", "Sat 23:24"),
        ] { try night.step(id, from: from, to: to) }
        return night
    }

    /// Sunday 04:31: one server of the first wave is missing in one pool, so the gate before the second is shut.
    static func half() throws -> Night {
        var night = try firstWaveDone()
        try night.step("smoke-1-ready", from: "Sun 01:57", to: "Sun 01:58")
        try night.current("smoke-1", at: "Sun 02:05")
        try night.tool(
            "warroom.tests", "smoke-1",
            #"{"state":"passed","total":32,"passed":32,"failed":0,"startedAt":"2025-09-14T06:02:00Z","#
                + #""finishedAt":"2025-09-14T06:26:00Z"}"#,
            at: "Sun 02:26", source: "smoke-1")
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(balancer)":"out"}}"#, at: "Sun 03:52", source: "pools")
        for place in 1...3 { try night.step("alerts-off-\(place)", from: "Sun 04:15", to: "Sun 04:15") }
        for name in firstWave + secondWave {
            try night.tool("warroom.server", name, #"{"alerts":"muted"}"#, at: "Sun 04:15", source: "pools")
        }
        try night.step("pingdom-on", from: "Sun 04:16", to: "Sun 04:16")
        try night.step("web1-5-confirm", from: "Sun 04:30")
        night.confirmed = [
            "patch-web": try night.time("Sun 04:31:01"), "pools": try night.time("Sun 04:30:45"),
            "events": try night.time("Sun 04:30:00"), "smoke-1": try night.time("Sun 04:31:00"),
        ]
        return night
    }

    /// Sunday 08:20: a stale source, a failed test, text from hostile hands.
    static func bad() throws -> Night {
        var night = try half()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(balancer)":"in"}}"#, at: "Sun 04:36", source: "pools")
        try night.person(
            "warroom.approval", "before-web6-10", #"{"decision":"approved","as":"Platform Team Member Approver"}"#,
            at: "Sun 04:38", by: "platform-2")
        try night.person("warroom.step", "web1-5-confirm", #"{"state":"done"}"#, at: "Sun 04:37")
        try night.step("web6-10-patch", from: "Sun 04:38", to: "Sun 06:31")
        for name in secondWave.dropLast() {
            try night.tool(
                "warroom.server", name, #"{"patch":"installed","reboot":"up","verify":"passed"}"#, at: "Sun 06:20",
                source: "patch-web")
        }
        try night.tool(
            "warroom.server", "IC-Web10",
            #"{"patch":"failed","detail":"\u001b[31m0x80070643\u001b[0m fatal\u0007 error \u202Egnp.exe"}"#,
            at: "Sun 06:29", source: "patch-web")
        try night.step("start-maintenance", from: "Sun 04:45", to: "Sun 04:49")
        try night.step("start-message", from: "Sun 05:00", to: "Sun 05:01")
        try night.step("changes-open", from: "Sun 05:01", to: "Sun 05:02")
        for id in ["infra-2000", "plat-2372", "jedi-344", "jedi-346"] {
            try night.step(id, from: "Sun 05:10", to: "Sun 07:50")
        }
        try night.current("smoke-2", at: "Sun 08:06")
        try night.tool(
            "warroom.tests", "smoke-2",
            #"{"state":"running","total":32,"passed":12,"failed":2,"startedAt":"2025-09-14T12:06:00Z","#
                + #""failures":[{"name":"Biller.Portal / Paypal","message":"expected 200, got 503"},{"name":"作者 login "#
                + #"\u001b]0;owned\u0007","message":"e\u0301chec"}]}"#,
            at: "Sun 08:19", source: "smoke-2")
        try night.person(
            "warroom.review", "india/payments/paypal",
            #"{"mark":"issues","note":"作者 says cafe\u0301 \u001b[2J\u001b[H503 on "#
                + #"\u202Eevil\u202C","reviewer":"pay-in-1"}"#,
            at: "Sun 08:10", by: "pay-in-1")
        try night.person(
            "warroom.review", "india/integration/datapump", #"{"mark":"ok"}"#, at: "Sun 08:11", by: "int-in")
        try night.person("warroom.review", "usa/sre/post-check", #"{"mark":"ok"}"#, at: "Sun 08:12", by: "mon-1")
        try night.person(
            "warroom.review", "usa/go-live/post-check", #"{"mark":"no-response"}"#, at: "Sun 08:12", by: "mon-1")
        try night.hub(
            "warroom.source", "pools",
            #"{"state":"stale","reason":"agw: connect timed out\u001b[5m","lastGood":"2025-09-14T12:11:02Z"}"#,
            at: "Sun 08:12")
        try night.person(
            "warroom.note", "IC-Web10", #"{"text":"作者: rollback? e\u0301 \u001b]52;c;aGk=\u0007\u0000 done"}"#,
            at: "Sun 08:18", by: "作者")
        night.confirmed = [
            "patch-web": try night.time("Sun 08:19:40"), "pools": try night.time("Sun 08:11:02"),
            "events": try night.time("Sun 08:19:00"), "smoke-1": try night.time("Sun 08:19:30"),
            "smoke-2": try night.time("Sun 08:19:30"),
        ]
        return night
    }

    mutating func everythingIn() throws {
        for name in Night.firstWave + Night.secondWave {
            try tool(
                "warroom.server", name,
                #"{"alerts":"on","reach":"ok","pools":{"\#(Night.gateway)":"in","\#(Night.balancer)":"in"}}"#,
                at: "Sat 18:50", source: "pools")
        }
    }
}

extension Intent {
    /// The intent to send an event in these words. Where they are no event, it equals no intent of a test.
    static func sends(_ type: String, _ subject: String, _ data: JSON.Object) -> Intent {
        guard let type = EventType(rawValue: type), let body = try? EventBody(type, data: data) else {
            return .theme("no event")
        }
        return .send(Proposal(subject, body))
    }

    /// What is sent: about what, and the event's data; `nil` where nothing is.
    var sent: (subject: String, data: JSON.Object)? {
        guard case .send(let proposal) = self, let data = proposal.finding["data"]?.object else { return nil }
        return (proposal.subject, data)
    }
}
