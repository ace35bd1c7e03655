import Foundation
import WarRoomCore

@testable import WarRoomScreen

/// The six moments of the night that the golden screens show.
enum Moment: String, CaseIterable {
    case sat1905 = "Sat 19:05:00"
    case sat2240 = "Sat 22:40:12"
    case sun0210 = "Sun 02:10:30"
    case sun0431 = "Sun 04:31:07"
    case sun0820 = "Sun 08:20:00"
    case mon0910 = "Sun 23:40:15"

    /// What its files are called. The last one has the time of the other zone, where the people of that moment are.
    var name: String {
        switch self {
        case .sat1905: "sat-1905"
        case .sat2240: "sat-2240"
        case .sun0210: "sun-0210"
        case .sun0431: "sun-0431"
        case .sun0820: "sun-0820"
        case .mon0910: "mon-0910-ist"
        }
    }

    func night() throws -> Night {
        switch self {
        case .sat1905: try Night.evening()
        case .sat2240: try Night.calm()
        case .sun0210: try Night.smoke()
        case .sun0431: try Night.half()
        case .sun0820: try Night.bad()
        case .mon0910: try Night.monday()
        }
    }

    func sight(view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) throws -> Sight {
        let night = try night()
        let silent = try self == .sun0820 ? night.time("Sun 08:19:18") : nil
        return try night.sight(at: rawValue, view: view, glyphs: glyphs) { $0.hubSilentSince = silent }
    }
}

extension Night {
    /// Saturday 19:05: the first stage runs, and only what has just been switched off is off.
    static func evening() throws -> Night {
        var night = try Night(try SampleRunbook.make())
        try night.current("patch-web", "pools", "events", at: "Sat 18:46")
        try night.everythingIn()
        try night.person("warroom.step", "reschedule-jobs", #"{"state":"started"}"#, at: "Sat 19:00")
        night.confirmed = [
            "patch-web": try night.time("Sat 19:04:30"), "pools": try night.time("Sat 19:04:50"),
            "events": try night.time("Sat 19:04:55"),
        ]
        return night
    }

    /// Sunday 02:10: the first wave is back, Smoke 1 has run 14 of its 32 tests.
    static func smoke() throws -> Night {
        var night = try firstWaveDone()
        try night.step("smoke-1-ready", from: "Sun 01:57", to: "Sun 01:58")
        try night.current("smoke-1", at: "Sun 02:05")
        try night.tool(
            "warroom.tests", "smoke-1",
            #"{"state":"running","total":32,"passed":14,"failed":0,"startedAt":"2025-09-14T06:02:00Z"}"#,
            at: "Sun 02:10", source: "smoke-1")
        night.confirmed = [
            "patch-web": try night.time("Sun 02:10:01"), "pools": try night.time("Sun 02:10:15"),
            "events": try night.time("Sun 02:09:00"), "smoke-1": try night.time("Sun 02:10:29"),
        ]
        return night
    }

    /// Monday 09:10 IST: the steps have ended, India reviews, and one thing is still off because no step closes it.
    static func monday() throws -> Night {
        var night = try half()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(balancer)":"in"}}"#, at: "Sun 04:36", source: "pools")
        try night.person(
            "warroom.approval", "before-web6-10", #"{"decision":"approved","as":"Platform Team Member Approver"}"#,
            at: "Sun 04:38", by: "platform-2")
        try night.person("warroom.step", "web1-5-confirm", #"{"state":"done"}"#, at: "Sun 04:37")
        for name in secondWave {
            try night.tool(
                "warroom.server", name, #"{"patch":"installed","reboot":"up","verify":"passed"}"#, at: "Sun 06:20",
                source: "patch-web")
        }
        for (id, from, to) in [
            ("web6-10-patch", "Sun 04:38", "Sun 06:31"), ("start-maintenance", "Sun 04:45", "Sun 04:49"),
            ("start-message", "Sun 05:00", "Sun 05:01"),
            ("changes-open", "Sun 05:01", "Sun 05:02"), ("infra-2000", "Sun 05:10", "Sun 07:50"),
            ("plat-2372", "Sun 05:10", "Sun 07:50"),
            ("jedi-344", "Sun 05:10", "Sun 07:50"), ("jedi-346", "Sun 05:10", "Sun 07:50"),
            ("plat-2611", "Sun 05:10", "Sun 08:02"), ("jedi-255", "Sun 06:10", "Sun 06:40"),
        ] { try night.step(id, from: from, to: to) }
        for (run, total, from, to, flaky) in [
            ("smoke-2", 32, "12:06", "12:38", 1), ("regression", 418, "12:50", "14:12", 0),
        ] {
            try night.current(run, at: "Sun 08:38")
            try night.tool(
                "warroom.tests", run,
                #"{"state":"passed","total":\#(total),"passed":\#(total),"failed":0,"flaky":\#(flaky),"#
                    + #""startedAt":"2025-09-14T\#(from):00Z","finishedAt":"2025-09-14T\#(to):00Z"}"#,
                at: run == "smoke-2" ? "Sun 08:38" : "Sun 10:12", source: run)
        }
        for name in firstWave + secondWave {
            try night.tool("warroom.server", name, #"{"alerts":"on"}"#, at: "Sun 10:20", source: "pools")
        }
        for id in [
            "alerts-on-1", "alerts-on-2", "alerts-on-3", "finish-maintenance", "jobs-integrations", "jobs-engineering",
        ] { try night.step(id, from: "Sun 10:20", to: "Sun 10:30") }
        for team in ["sre", "spam", "bms", "wicked-tendies", "bif", "bbq", "platform"] {
            try night.person(
                "warroom.review", "usa/\(team)/post-check", #"{"mark":"ok"}"#, at: "Sun 10:50", by: "mon-1")
        }
        for team in ["go-live", "egress"] {
            try night.person(
                "warroom.review", "usa/\(team)/post-check", #"{"mark":"no-response"}"#, at: "Sun 11:05", by: "mon-1")
        }
        for (check, at) in [
            ("payer/skybot-eqp", "23:28"), ("payer/azure-autopay", "23:31"),
            ("integration/icftp-export-processor", "23:21"), ("integration/datapump", "23:25"),
            ("payments/paypal", "23:34"),
        ] {
            try night.person("warroom.review", "india/" + check, #"{"mark":"ok"}"#, at: "Sun " + at, by: "rev-in")
        }
        try night.person(
            "warroom.review", "india/payments/skybot-batch-closes", #"{"mark":"issues","note":"2 late closes, rerun"}"#,
            at: "Sun 23:36", by: "pay-in-2")
        night.confirmed = [
            "patch-web": try night.time("Sun 23:40:01"), "pools": try night.time("Sun 23:39:55"),
            "events": try night.time("Sun 23:40:00"), "smoke-1": try night.time("Sun 23:40:00"),
            "smoke-2": try night.time("Sun 23:40:00"), "regression": try night.time("Sun 23:40:00"),
        ]
        return night
    }
}

/// What must be in a picture, written by hand: independent of any recorded grid.
enum Wanted {
    /// Text exactly at a column of a row, both from 0.
    case at(column: Int, row: Int, String)
    /// On one row all of these, from left to right.
    case row([String])
    /// On the row that begins with a name, under the head of a column.
    case under(head: String, row: String, String)
    /// On the row that contains the first text, the second one drawn in this role.
    case role(row: String, String, TextRole)
    /// The text is nowhere.
    case never(String)

    /// What a canvas lacks of it, in words; `nil` where it has it.
    func isMissing(in canvas: Canvas) -> String? {
        let lines = canvas.lines()
        switch self {
        case .at(let column, let row, let text):
            let found = Wanted.cells(canvas, row: row, from: column, count: text.count)
            return found == text ? nil : "\"\(text)\" at \(column),\(row): there is \"\(found)\""
        case .row(let texts):
            return lines.contains { Wanted.isThere(texts, in: $0) } ? nil : "a row with \(texts)"
        case .under(let head, let row, let text):
            guard
                let headRow = lines.firstIndex(where: {
                    $0.contains("SERVERS") && Wanted.column(of: head, in: $0) != nil
                }),
                let x = Wanted.column(of: head, in: lines[headRow])
            else { return "no head \"\(head)\"" }
            for y in lines.indices.dropFirst(headRow + 1) where Wanted.column(of: row, in: lines[y]) != nil {
                let cell = Wanted.cells(canvas, row: y, from: max(x - 2, 0), count: max(head.count, text.count) + 3)
                return cell.contains(text) ? nil : "\"\(text)\" for \(row) under \(head): there is \"\(cell)\""
            }
            return "no row of \"\(row)\" under \"\(head)\""
        case .role(let row, let text, let role):
            for y in lines.indices where lines[y].contains(row) {
                guard let x = Wanted.column(of: text, in: lines[y]) else { continue }
                let roles = (x..<x + text.count).map { canvas[$0, y].role }
                return roles.allSatisfy { $0 == role } ? nil : "\"\(text)\" as \(role): it is \(roles)"
            }
            return "\"\(text)\" on the row of \"\(row)\""
        case .never(let text):
            return lines.contains { $0.contains(text) } ? "no \"\(text)\" anywhere" : nil
        }
    }

    private static func isThere(_ texts: [String], in line: String) -> Bool {
        var rest = Substring(line)
        for text in texts {
            guard let range = rest.range(of: text) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    /// The cell at which a text begins; rows with wide characters are looked through cell by cell.
    private static func column(of text: String, in line: String) -> Int? {
        guard let range = line.range(of: text) else { return nil }
        return CellWidth.of(String(line[..<range.lowerBound]))
    }

    private static func cells(_ canvas: Canvas, row: Int, from column: Int, count: Int) -> String {
        (column..<column + count).map { String(canvas[$0, row].glyph) }.joined()
    }
}
