import Foundation
import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

/// A sample's own runbook, and what people and tools say on its night, in the times of its home zone.
struct SampleNight {
    private(set) var bridge: Bridge
    private(set) var last: Instant
    var told: [HubTrouble] = []

    static let gateway = "backend-pool-invoicecloud-web"
    static let balancer = "IC-LB-WebSVR-4AppSVR"
    static let first = (1...5).map { "IC-Web\($0)" }
    static let second = (6...10).map { "IC-Web\($0)" }

    /// `date`: another Sunday than the sample's own. `change`: what is otherwise than in the sample.
    init(
        _ sample: String, date: String? = nil, lead: String = "lead1", opened: String = "Sat 18:45",
        change: (inout Runbook) -> Void = { _ in }
    ) throws {
        var text = try String(
            contentsOfFile: Repository.path("sample-data/\(sample)/runbook.yaml"), encoding: .utf8)
        if let date { text = text.replacingOccurrences(of: "date: \(sample)", with: "date: \(date)") }
        var runbook = try RunbookReader.read(text, file: "runbook.yaml").get()
        change(&runbook)
        bridge = Bridge(runbook: runbook)
        last = Instant(seconds: 0)
        try take(opened, "bridge", runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, by: lead, via: .hub)
        for source in runbook.sources.keys {
            try take(opened, "source", source, #"{"state":"current"}"#, by: "hub", via: .hub)
        }
    }

    func time(_ text: String) throws -> Instant { try bridge.runbook.instant(written: text) }

    @discardableResult
    mutating func take(
        _ time: String, _ type: String, _ subject: String, _ data: String, by: String = "lead1", via: Entry.Via? = nil
    ) throws -> Int {
        last = max(try self.time(time), last)
        let object = try #require(try JSON(parsing: data).object)
        let body = try EventBody(try #require(EventType(rawValue: "warroom.\(type)")), data: object)
        let event = Proposal(subject, body).event(id: "\(bridge.entry + 1)", source: via == nil ? "people/\(by)" : by)
        bridge.apply(
            Entry(
                number: bridge.entry + 1, receivedAt: last, by: by, via: via, event: try Event(event),
                hash: "\(bridge.entry + 1)"))
        return bridge.entry
    }

    mutating func started(_ time: String, _ steps: String..., by: String = "root") throws {
        for step in steps { try take(time, "step", step, #"{"state":"started"}"#, by: by) }
    }

    mutating func done(_ time: String, _ steps: String..., by: String = "root") throws {
        for step in steps {
            if bridge.steps[step]?.person?.state != .started {
                try take(time, "step", step, #"{"state":"started"}"#, by: by)
            }
            try take(time, "step", step, #"{"state":"done"}"#, by: by)
        }
    }

    mutating func servers(_ time: String, _ names: [String], _ data: String, by source: String) throws {
        for name in names { try take(time, "server", name, data, by: source, via: .source) }
    }

    mutating func pools(_ time: String, _ names: [String], gateway: String, balancer: String) throws {
        try servers(
            time, names,
            #"{"reach":"ok","pools":{"\#(Self.gateway)":"\#(gateway)","\#(Self.balancer)":"\#(balancer)"}}"#,
            by: "pools")
    }

    mutating func tests(_ time: String, _ run: String, _ data: String) throws {
        try take(time, "tests", run, data, by: run, via: .source)
    }

    func situation(_ time: String) throws -> Situation { Situation(bridge, now: try self.time(time), told: told) }
}

extension SampleNight {
    /// All servers in both pools, the jobs moved away, and the backups where the plan has them.
    mutating func prepared() throws {
        try pools("Sat 18:50", Self.first + Self.second, gateway: "in", balancer: "in")
        try servers(
            "Sat 18:51", Self.first + Self.second,
            #"{"patch":"pending","reboot":"pending","verify":"none","alerts":"on"}"#,
            by: "patch-web")
        try started("Sat 19:00:20", "reschedule-jobs")
        try take(
            "Sat 19:00:30", "pipeline", "preparation/Pre-Maintenance",
            #"{"state":"running","startedAt":"\#(try time("Sat 19:00:30").rfc3339)"}"#, by: "events", via: .source)
        try take(
            "Sat 19:06:10", "pipeline", "preparation/Pre-Maintenance", #"{"state":"succeeded"}"#, by: "events",
            via: .source)
        try done("Sat 19:06:30", "reschedule-jobs")
        guard bridge.runbook.steps["backup-databases"] != nil else { return }
        try started("Sat 19:15", "backup-working-files", "backup-databases")
        try done("Sat 20:05", "backup-working-files")
        try done("Sat 20:35", "backup-databases")
        try started("Sat 20:40", "backup-restore-test")
        try done("Sat 21:05", "backup-restore-test")
    }

    /// Saturday 22:15: the first wave is out of its pools, and its patching has just begun.
    mutating func patching() throws {
        try prepared()
        try started("Sat 22:00:30", "web1-5-alerts-off")
        try servers("Sat 22:01", Self.first, #"{"alerts":"muted"}"#, by: "patch-web")
        try done("Sat 22:03", "web1-5-alerts-off")
        try started("Sat 22:04", "web1-5-agw-out", "web1-5-ilb-out")
        try pools("Sat 22:07", Self.first, gateway: "out", balancer: "out")
        try done("Sat 22:08", "web1-5-agw-out", "web1-5-ilb-out")
        try started("Sat 22:15", "web1-5-patch")
        try servers("Sat 22:15", Self.first, #"{"patch":"running"}"#, by: "patch-web")
    }

    /// Saturday 22:40: three of five are installed.
    mutating func threeOfFive() throws {
        try patching()
        try servers(
            "Sat 22:35", Array(Self.first[..<3]), #"{"patch":"installed","reboot":"rebooting"}"#, by: "patch-web")
    }

    /// Saturday 22:52: all five are installed and rebooted.
    mutating func installed() throws {
        try threeOfFive()
        try servers("Sat 22:50", Self.first, #"{"patch":"installed","reboot":"up"}"#, by: "patch-web")
        try done("Sat 22:52", "web1-5-patch")
    }

    /// Saturday 23:20: the first wave is patched and back in service.
    mutating func firstWave() throws {
        try installed()
        try started("Sat 22:53", "web1-5-sanity")
        try servers("Sat 23:05", Self.first, #"{"verify":"passed"}"#, by: "patch-web")
        try done("Sat 23:06", "web1-5-sanity")
        try started("Sat 23:07", "web1-5-alerts-on")
        try servers("Sat 23:08", Self.first, #"{"alerts":"on"}"#, by: "patch-web")
        try done("Sat 23:09", "web1-5-alerts-on")
        try started("Sat 23:10", "web1-5-agw-in", "web1-5-ilb-in")
        try pools("Sat 23:14", Self.first, gateway: "in", balancer: "in")
        try done("Sat 23:15", "web1-5-agw-in", "web1-5-ilb-in")
        try done("Sat 23:18", "web1-5-announce")
        try done("Sat 23:20", "smoke-1-ready")
    }

    /// Sunday 02:26: Smoke 1 has passed.
    mutating func smoke() throws {
        try firstWave()
        try started("Sun 02:00:20", "smoke-1")
        try tests(
            "Sun 02:01", "smoke-1",
            #"{"state":"running","total":32,"passed":14,"failed":0,"startedAt":"\#(try time("Sun 02:01").rfc3339)"}"#)
        try tests(
            "Sun 02:25", "smoke-1",
            #"{"state":"passed","total":32,"passed":32,"failed":0,"startedAt":"\#(try time("Sun 02:01").rfc3339)"}"#)
        try done("Sun 02:26", "smoke-1")
    }

    /// Sunday 04:30: alerts are off, Pingdom is paused, and the first wave is being looked at once more.
    mutating func morning() throws {
        try smoke()
        for place in 1...3 { try done("Sun 04:1\(4 + place)", "alerts-off-\(place)") }
        try done("Sun 04:16", "pingdom-on")
    }

    /// Sunday 04:45: the second wave may go on.
    mutating func confirmed() throws {
        try morning()
        try started("Sun 04:30", "web1-5-confirm")
        try done("Sun 04:33", "web1-5-confirm")
    }

    /// Sunday 05:15: the second wave is being patched, and the changes have begun.
    mutating func secondWave(from start: String = "Sun 04:42") throws {
        try confirmed()
        try take(
            "Sun 04:35", "approval", "before-web6-10",
            #"{"decision":"approved","as":"Platform Team Member Approver"}"#, by: "ana")
        if bridge.runbook.steps["web6-10-alerts-off"] != nil {
            try started("Sun 04:36", "web6-10-alerts-off")
            try servers("Sun 04:37", Self.second, #"{"alerts":"muted"}"#, by: "patch-web")
            try done("Sun 04:37", "web6-10-alerts-off")
            try started("Sun 04:38", "web6-10-agw-out", "web6-10-ilb-out")
            try pools("Sun 04:39", Self.second, gateway: "out", balancer: "out")
            try done("Sun 04:40", "web6-10-agw-out", "web6-10-ilb-out")
        }
        try started(start, "web6-10-patch")
        try servers(start, Self.second, #"{"patch":"running"}"#, by: "patch-web")
        try started("Sun 04:45", "start-maintenance")
        try take(
            "Sun 04:48", "pipeline", "preparation/Starting Maintenance", #"{"state":"succeeded"}"#, by: "events",
            via: .source)
        try done("Sun 04:49", "start-maintenance")
        try done("Sun 05:01", "start-message")
        try take(
            "Sun 05:02", "approval", "before-changes",
            #"{"decision":"approved","as":"Release Manager Approver Persona"}"#, by: "rob")
        try done("Sun 05:03", "changes-open")
    }

    /// Every change of the plan but those that run when all others are done.
    static let changes = [
        "infra-2000", "plat-2372", "jedi-344", "jedi-345", "jedi-368", "jedi-346", "jedi-347", "jedi-348", "infra-1913",
        "plat-2611", "plat-2567", "jedi-255",
    ]

    /// Sunday 06:50: both waves and all changes are done.
    mutating func changed() throws {
        try secondWave()
        try servers("Sun 05:20", Self.second, #"{"patch":"installed","reboot":"up"}"#, by: "patch-web")
        try done("Sun 05:24", "web6-10-patch")
        try servers("Sun 05:38", Self.second, #"{"verify":"passed"}"#, by: "patch-web")
        try servers("Sun 05:41", Self.second, #"{"alerts":"on"}"#, by: "patch-web")
        if bridge.runbook.steps["web6-10-sanity"] != nil {
            try done("Sun 05:39", "web6-10-sanity")
            try done("Sun 05:42", "web6-10-alerts-on")
            try started("Sun 05:43", "web6-10-agw-in", "web6-10-ilb-in")
            try pools("Sun 05:46", Self.second, gateway: "in", balancer: "in")
            try done("Sun 05:47", "web6-10-agw-in", "web6-10-ilb-in")
            try done("Sun 05:48", "web6-10-announce")
        }
        for change in Self.changes where change != "plat-2567" { try done("Sun 06:40", change) }
        try take(
            "Sun 06:41", "pipeline", "apply-payer-infrastructure-3.26.1/Run",
            #"{"state":"succeeded","startedAt":"\#(try time("Sun 06:00").rfc3339)","#
                + #""finishedAt":"\#(try time("Sun 06:41").rfc3339)"}"#,
            by: "events", via: .source)
        try done("Sun 06:42", "plat-2567", "jedi-343")
        if bridge.runbook.steps["iis-recycle"] != nil { try done("Sun 06:44", "iis-recycle") }
        try done("Sun 06:45", "changes-complete")
        try done("Sun 07:10", "plat-2637", "healthcheck-exercising")
        try take(
            "Sun 07:12", "pipeline", "healthcheck-automated-exercising/Run",
            #"{"state":"succeeded","startedAt":"\#(try time("Sun 07:00").rfc3339)","#
                + #""finishedAt":"\#(try time("Sun 07:12").rfc3339)"}"#,
            by: "events", via: .source)
        try done("Sun 07:13", "healthcheck-run")
    }

    /// Sunday 08:33: Smoke 2 has run, with these failed cases.
    mutating func smokeTwo(failed: [String] = []) throws {
        let names = failed.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
        try smokeTwo(
            report: #""state":"\#(failed.isEmpty ? "passed" : "failed")","total":32,"passed":\#(32 - failed.count),"#
                + #""failed":\#(failed.count),"failures":[\#(names)]"#)
        if failed.isEmpty { try done("Sun 08:34", "smoke-2") }
    }

    /// Sunday 08:33: Smoke 2 has reported so.
    mutating func smokeTwo(report: String) throws {
        try changed()
        if bridge.runbook.gates["before-smoke-2"]?.approvers.isEmpty == false {
            try take(
                "Sun 08:00", "approval", "before-smoke-2",
                #"{"decision":"approved","as":"Release Manager Approver Persona"}"#, by: "rob")
        }
        try started("Sun 08:06", "smoke-2")
        try tests(
            "Sun 08:33", "smoke-2",
            "{\(report)," + #""startedAt":"\#(try time("Sun 08:06").rfc3339)","#
                + #""finishedAt":"\#(try time("Sun 08:33").rfc3339)"}"#)
    }

    /// Sunday 10:25: all is done but the last message.
    mutating func finished() throws {
        try smokeTwo()
        try started("Sun 08:45", "regression")
        try tests(
            "Sun 10:10", "regression",
            #"{"state":"passed","total":418,"passed":418,"failed":0,"startedAt":"\#(try time("Sun 08:45").rfc3339)"}"#)
        try done("Sun 10:11", "regression")
        for place in 1...3 { try done("Sun 10:14", "alerts-on-\(place)") }
        if bridge.runbook.steps["pingdom-off"] != nil { try done("Sun 10:15", "pingdom-off") }
        try take(
            "Sun 10:18", "pipeline", "Monthly-Maintenance/Finishing Maintenance",
            #"{"state":"succeeded","startedAt":"\#(try time("Sun 10:15").rfc3339)","#
                + #""finishedAt":"\#(try time("Sun 10:18").rfc3339)"}"#,
            by: "events", via: .source)
        try done("Sun 10:19", "finish-maintenance")
        try done("Sun 10:24", "jobs-product-integrations", "jobs-product-engineering")
    }
}
