import OrderedCollections
import WarRoomCore

@testable import WarRoomScreen

/// A night in each state of the band: one in which nothing runs, in which work runs and nobody is needed, in which
/// somebody is needed beside the work, in which the way on needs a person, is shut, and whose hub is silent.
enum Scene: CaseIterable {
    case quiet, running, busy, act, blocked, old

    var isCalm: Bool { self == .quiet || self == .running }

    func sight(view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) throws -> Sight {
        switch self {
        case .quiet:
            var night = try Night.firstWaveDone()
            try night.step("smoke-1-ready", from: "Sat 23:24", to: "Sat 23:25")
            night.confirmed = [
                "patch-web": try night.time("Sat 23:34:30"), "pools": try night.time("Sat 23:34:50"),
                "events": try night.time("Sat 23:34:55"),
            ]
            return try night.sight(at: "Sat 23:35:00", view: view, glyphs: glyphs)
        case .running: return try Moment.sat2240.sight(view: view, glyphs: glyphs)
        case .busy: return try Night.busy().sight(at: "Sun 06:02:07", view: view, glyphs: glyphs)
        case .act: return try Moment.sun0431.sight(view: view, glyphs: glyphs)
        case .blocked: return try Night.blocked().sight(at: "Sun 08:45:00", view: view, glyphs: glyphs)
        case .old: return try Moment.sun0820.sight(view: view, glyphs: glyphs)
        }
    }

    /// What its band says beside its sign.
    var word: String {
        switch self {
        case .quiet: "ALL QUIET"
        case .running, .busy: "WORK IS RUNNING"
        case .act: "SOMEBODY MUST ACT"
        case .blocked: "BLOCKED"
        case .old: "THIS PICTURE IS OLD"
        }
    }
}

extension Night {
    /// The half night, whose missing server is back; its gate is approved.
    static func approved() throws -> Night {
        var night = try half()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(balancer)":"in"}}"#, at: "Sun 04:36", source: "pools")
        try night.person("warroom.step", "web1-5-confirm", #"{"state":"done"}"#, at: "Sun 04:37")
        try night.person(
            "warroom.approval", "before-web6-10", #"{"decision":"approved","as":"Platform Team Member Approver"}"#,
            at: "Sun 04:38", by: "platform-2")
        return night
    }

    /// Sunday 06:02: the second wave is being patched, and of one of its servers two sources say different things.
    static func busy() throws -> Night {
        var night = try approved()
        try night.step("start-maintenance", from: "Sun 04:45", to: "Sun 04:49")
        try night.step("start-message", from: "Sun 05:00", to: "Sun 05:01")
        try night.step("changes-open", from: "Sun 05:01", to: "Sun 05:02")
        try night.step("web6-10-patch", from: "Sun 04:42")
        for name in secondWave {
            try night.tool(
                "warroom.server", name, #"{"patch":"pending","reboot":"pending","verify":"none"}"#, at: "Sun 04:43",
                source: "patch-web")
        }
        for name in secondWave.prefix(2) {
            try night.tool(
                "warroom.server", name, #"{"patch":"installed","reboot":"up","verify":"passed"}"#, at: "Sun 05:40",
                source: "patch-web")
        }
        try night.tool("warroom.server", "IC-Web8", #"{"reach":"unreachable"}"#, at: "Sun 05:59", source: "patch-web")
        try night.tool("warroom.server", "IC-Web8", #"{"reach":"ok"}"#, at: "Sun 06:01", source: "pools")
        night.confirmed = [
            "patch-web": try night.time("Sun 06:02:01"), "pools": try night.time("Sun 06:01:45"),
            "events": try night.time("Sun 06:01:00"), "smoke-1": try night.time("Sun 06:02:00"),
        ]
        return night
    }

    /// Sunday 08:45: Smoke 2 has failed, and nothing else runs.
    static func blocked() throws -> Night {
        var night = try approved()
        try night.step("start-maintenance", from: "Sun 04:45", to: "Sun 04:49")
        try night.step("start-message", from: "Sun 05:00", to: "Sun 05:01")
        try night.step("changes-open", from: "Sun 05:01", to: "Sun 05:02")
        try night.step("web6-10-patch", from: "Sun 04:42", to: "Sun 06:31")
        for name in secondWave {
            try night.tool(
                "warroom.server", name, #"{"patch":"installed","reboot":"up","verify":"passed"}"#, at: "Sun 06:31",
                source: "patch-web")
        }
        for id in ["infra-2000", "plat-2372", "jedi-344", "jedi-346", "plat-2611", "jedi-255"] {
            try night.step(id, from: "Sun 05:10", to: "Sun 07:50")
        }
        try night.current("smoke-2", at: "Sun 08:06")
        try night.tool(
            "warroom.tests", "smoke-2",
            #"{"state":"failed","total":32,"passed":31,"failed":1,"startedAt":"2025-09-14T12:06:00Z","#
                + #""finishedAt":"2025-09-14T12:33:00Z","failures":[{"name":"Biller.Portal / Paypal","#
                + #""message":"expected 200, got 503"}]}"#,
            at: "Sun 08:33", source: "smoke-2")
        night.confirmed = [
            "patch-web": try night.time("Sun 08:44:40"), "pools": try night.time("Sun 08:44:45"),
            "events": try night.time("Sun 08:44:00"), "smoke-1": try night.time("Sun 08:44:30"),
            "smoke-2": try night.time("Sun 08:44:30"),
        ]
        return night
    }
}
