import OrderedCollections
import WarRoomCore

/// The sample's night in code: what a screen draws of it.
enum SampleRunbook {
    static func make() throws -> Runbook {
        guard let york = Zone("-14400 EDT 1762063200 -18000 EST @America/New_York"),
            let kolkata = Zone("19800 IST @Asia/Kolkata")
        else { throw Night.Broken(what: "zones") }
        var runbook = Runbook(
            id: "monthly", title: "Monthly Server Patching", date: "2025-09-14",
            zones: .init(home: .init(label: "EST", zone: york), other: .init(label: "IST", zone: kolkata)))
        runbook.window.opens = try Night.time("Sat 19:00", runbook)
        servers(&runbook)
        tests(&runbook)
        try boards(&runbook)
        try steps(&runbook)
        looseEnds(&runbook)
        gates(&runbook)
        sources(&runbook)
        return runbook
    }

    private static func servers(_ runbook: inout Runbook) {
        runbook.pools[Night.gateway] = .init(
            name: Night.gateway, title: "App Gateway", balancer: "agw-pri-appgateway0-prd", minimum: 4)
        runbook.pools[Night.balancer] = .init(name: Night.balancer, title: "Internal LB")
        for name in Night.firstWave + Night.secondWave {
            runbook.servers[name] = .init(
                name: name, kind: "web", pools: [Night.gateway, Night.balancer], restartAfter: ["MCC Database Server"])
        }
        runbook.servers["IC-ProxyTemp-10"] = .init(name: "IC-ProxyTemp-10", kind: "proxy", aliases: ["Proxy Temp 10"])
        runbook.servers["MCC Database Server"] = .init(name: "MCC Database Server", kind: "database")
        runbook.waves["web1-5"] = .init(id: "web1-5", servers: Night.firstWave)
        runbook.waves["web6-10"] = .init(id: "web6-10", servers: Night.secondWave)
    }

    private static func tests(_ runbook: inout Runbook) {
        let url = "www.invoicecloud.com"
        for (id, stages) in [
            ("preparation", ["Pre-Maintenance", "Starting Maintenance"]),
            ("Prd-Montly-Patching", ["Prd-Web1-5-Patching", "Approve Web6-10-Patching"]), ("healthcheck", ["Run"]),
        ] {
            runbook.pipelines[id] = .init(id: id, title: id, stages: stages)
        }
        runbook.tests["smoke-1"] = .init(id: "smoke-1", title: "Smoke 1", url: url)
        runbook.tests["smoke-2"] = .init(id: "smoke-2", title: "Smoke 2", url: url, after: ["web6-10-patch"])
        runbook.tests["regression"] = .init(id: "regression", title: "Regression", url: url, after: ["smoke-2"])
    }

    private static func boards(_ runbook: inout Runbook) throws {
        var usa = Runbook.Board(
            id: "usa", title: "Monitoring Team USA", by: "monitoring", due: try Night.time("Sun 11:00", runbook))
        for (id, title) in [
            ("sre", "SRE Team"), ("spam", "Payer Domain (Spam)"), ("bms", "Biller Domain (BMS)"),
            ("wicked-tendies", "Payments (Wicked Tendies)"), ("go-live", "Go Live"), ("bif", "Ingress Processes (BIF)"),
            ("bbq", "Bill Presentment (BBQ)"), ("egress", "Egress"), ("platform", "Platform Team"),
        ] {
            var team = Runbook.Team(id: id, title: title)
            team.checks["post-check"] = .init(id: "post-check", title: "post-check", says: title)
            usa.teams[id] = team
        }
        var india = Runbook.Board(
            id: "india", title: "India review team", due: try Night.time("Mon 13:00 IST", runbook))
        func add(_ id: String, _ title: String, _ checks: [(String, String, String)]) {
            var team = Runbook.Team(id: id, title: title)
            for (id, title, says) in checks { team.checks[id] = .init(id: id, title: title, says: says) }
            india.teams[id] = team
        }
        add(
            "payments", "Payments Team",
            [
                ("skybot-batch-closes", "Skybot, batch closes", "Skybot jobs for batch closes →"),
                ("paypal", "Paypal", "Paypal →"),
                ("cass", "cass", "cass ->"),
                (
                    "skybot-scheduler", "Skybot scheduler is up",
                    "Skybot scheduler is up, and jobs are picked up as per schedule ->"
                ),
            ])
        add(
            "payer", "Payer Teams",
            [
                ("skybot-eqp", "Skybot jobs for EQP", "Skybot jobs for EQP"),
                ("azure-autopay", "Azure batch AutoPay", "Azure batch – AutoPay and EmailQueue"),
                ("azure-emailqueue", "Azure batch EmailQueue", "Azure batch – AutoPay and EmailQueue"),
                ("customer-portal", "Customer Portal", "Customer Portal"),
            ])
        add(
            "integration", "Integration",
            [
                ("icftp-export-processor", "ICFTPExportProcessor", "ICFTPExportProcessor → Tested"),
                ("datapump", "Datapump", "Datapump → Tested"),
                ("stratus-file-processor", "StratusFileProcessor", "StratusFileProcessor → Tested"),
                ("biller-file-split", "BillerFileSplit", "BillerFileSplit → Tested"),
                ("kiosk-api", "KioskAPI", "KioskAPI → Verified HealthCheck API"),
                (
                    "ic-remote-authentication-api", "ICRemoteAuthenticationAPI",
                    "ICRemoteAuthenticationAPI → Verified API Endpoints via postman"
                ),
                ("biller-portal", "BillerPortal", "BillerPortal"),
            ])
        runbook.boards["usa"] = usa
        runbook.boards["india"] = india
    }

    /// What is switched off on the night, by the step that does it, and the steps that undo it; one has none, as on the
    /// page.
    private static func looseEnds(_ runbook: inout Runbook) {
        func pair(_ ids: [String], _ opens: String, _ closes: String...) {
            let ends = ids.map { LooseEndID($0) }
            runbook.steps[opens]?.opens += ends
            for step in closes { runbook.steps[step]?.closes += ends }
        }
        pair(Night.firstWave.map { "alerts/\($0)" }, "web1-5-alerts-off", "web1-5-alerts-on")
        pair(Night.firstWave.map { "pool/\($0)/\(Night.gateway)" }, "web1-5-agw-out", "web1-5-agw-in")
        pair(Night.firstWave.map { "pool/\($0)/\(Night.balancer)" }, "web1-5-ilb-out", "web1-5-ilb-in")
        for place in 1...3 { pair(["alerts/system-\(place)"], "alerts-off-\(place)", "alerts-on-\(place)") }
        pair(["pingdom/mcc-biller-portal"], "pingdom-on")
        pair(["maintenance/monthly"], "start-maintenance", "finish-maintenance")
        pair(["jobs/rescheduled"], "reschedule-jobs", "jobs-integrations", "jobs-engineering")
    }

    private static func steps(_ runbook: inout Runbook) throws {
        for (id, title) in [
            ("pre-work", "Pre-Work"), ("day-of", "Day of"), ("changes", "Changes"),
            ("regression-testing", "Regression Testing"),
            ("post-steps", "Post-Steps"),
        ] { runbook.phases[id] = .init(id: id, title: title, says: title) }

        func add(
            _ phase: String, _ id: String, _ title: String, at: String? = nil, in parent: String? = nil,
            after: [String] = [],
            gate: String? = nil, change: (inout Runbook.Step) -> Void = { _ in }
        ) throws {
            var step = Runbook.Step(id: id, phase: phase, title: title)
            step.at = try at.map { try Night.time($0, runbook) }
            step.parent = parent
            step.after = after
            step.gate = gate
            step.says = title
            change(&step)
            runbook.steps[id] = step
            if let parent { runbook.steps[parent]?.children.append(id) }
        }
        let first = "IC-Web1 thru 5"
        try add("pre-work", "reschedule-jobs", "Run stage Pre-Maintenance", at: "Sat 19:00")
        try add("pre-work", "web1-5", "Patch \(first)", at: "Sat 22:00") {
            $0.says = "Saturday Evening at 10 PM EST (7:30AM IST) patching for IC-Web1 thru 5"
            $0.wave = "web1-5"
        }
        try add(
            "pre-work", "web1-5-alerts-off", "Turn off alerting, \(first)", in: "web1-5", after: ["reschedule-jobs"])
        try add("pre-work", "web1-5-agw-out", "Pull out of the App Gateway", in: "web1-5", after: ["web1-5-alerts-off"])
        try add("pre-work", "web1-5-ilb-out", "Pull out of the Internal LB", in: "web1-5", after: ["web1-5-alerts-off"])
        try add(
            "pre-work", "web1-5-patch", "Patch \(first) by Ansible", in: "web1-5",
            after: ["web1-5-agw-out", "web1-5-ilb-out"]
        ) {
            $0.doneWhen = Need(.wave, "web1-5", .patch, "installed")
            $0.takes = .seconds(45 * 60)
        }
        try add("pre-work", "web1-5-sanity", "Sanity checks, \(first)", in: "web1-5", after: ["web1-5-patch"])
        try add(
            "pre-work", "web1-5-alerts-on", "Turn on alerting, \(first)", in: "web1-5", after: ["web1-5-sanity"],
            gate: "before-alerts-on")
        try add("pre-work", "web1-5-agw-in", "Put back in the App Gateway", in: "web1-5", after: ["web1-5-alerts-on"])
        try add("pre-work", "web1-5-ilb-in", "Put back in the Internal LB", in: "web1-5", after: ["web1-5-alerts-on"])
        try add(
            "pre-work", "web1-5-announce", "Post that Smoke Testing Can Begin", in: "web1-5",
            after: ["web1-5-agw-in", "web1-5-ilb-in"])
        try add("day-of", "alerts-off", "Disable alerts, 3 systems", at: "Sun 04:15")
        for place in 1...3 {
            try add("day-of", "alerts-off-\(place)", "Disable alerts, system \(place) of 3", in: "alerts-off")
        }
        try add("day-of", "pingdom-on", "Pingdom maintenance, MCC Biller Portal", after: ["alerts-off"])
        try add("day-of", "web1-5-confirm", "Confirm Web1-5 healthy, in the pool", at: "Sun 04:30", after: ["web1-5"])
        try add(
            "day-of", "web6-10-patch", "Approve Web6-10-Patching", at: "Sun 04:30", after: [], gate: "before-web6-10")
        try add(
            "day-of", "start-maintenance", "Run stage Starting Maintenance", at: "Sun 04:45", after: ["reschedule-jobs"]
        )
        try add("day-of", "start-message", "Post maintenance message", at: "Sun 05:00", after: ["start-maintenance"])
        try add("day-of", "changes-open", "All other changes can begin", at: "Sun 05:00", gate: "before-changes")
        for (ticket, title) in [
            ("INFRA-2000", "Migrate to new prod servers"), ("PLAT-2372", "InternalNetwork"),
            ("JEDI-344", "App, Skybot and PDF Servers"),
            ("JEDI-346", "MCC Database Server"), ("PLAT-2611", "All K8s Clusters except Tooling"),
            ("JEDI-255", "Disable Legacy StratusFileProcessor"),
        ] {
            try add("changes", ticket.lowercased(), title, after: ["changes-open"]) {
                $0.tickets = [ticket]
                $0.risk = "low"
            }
        }
        try add("regression-testing", "smoke-1", "Smoke 1", at: "Sun 02:00", gate: "before-smoke-1") {
            $0.tests = "smoke-1"
            $0.doneWhen = Need(.tests, "smoke-1", .is, "passed")
        }
        try add("regression-testing", "smoke-1-ready", "Notify, ready for Smoke Tests", after: ["web1-5"])
        try add("regression-testing", "smoke-2", "Smoke 2", at: "Sun 08:00", gate: "before-smoke-2") {
            $0.tests = "smoke-2"
            $0.doneWhen = Need(.tests, "smoke-2", .is, "passed")
        }
        try add("regression-testing", "regression", "Regression", after: ["smoke-2"], gate: "before-regression") {
            $0.tests = "regression"
            $0.doneWhen = Need(.tests, "regression", .is, "passed")
        }
        try add("post-steps", "alerts-on", "Enable alerts, 3 systems", after: ["regression"])
        for place in 1...3 {
            try add(
                "post-steps", "alerts-on-\(place)", "Enable alerts, system \(place) of 3", in: "alerts-on",
                after: ["regression"])
        }
        try add("post-steps", "finish-maintenance", "Run stage Finishing Maintenance", after: ["alerts-on"])
        try add(
            "post-steps", "jobs-integrations", "Start the jobs, Product Integrations", after: ["finish-maintenance"])
        try add("post-steps", "jobs-engineering", "Start the jobs, Product Engineering", after: ["finish-maintenance"])
        try add(
            "post-steps", "finish-message", "Post maintenance finished", after: ["finish-maintenance"],
            gate: "before-finish")
    }

    private static func gates(_ runbook: inout Runbook) {
        let platform = "Platform Team Member Approver"
        func add(_ id: String, _ title: String, _ needs: [Need], approvers: [String] = []) {
            runbook.gates[id] = .init(id: id, title: title, needs: needs, approvers: approvers)
        }
        add("before-alerts-on", "Sanity before alerting", [Need(.wave, "web1-5", .verify, "passed")])
        add(
            "before-smoke-1", "Web1-5 in before Smoke 1",
            [Need(.wave, "web1-5", .patch, "installed"), Need(.wave, "web1-5", .pools, "in")])
        add(
            "before-web6-10", "Web1-5 before Web6-10",
            [
                Need(.wave, "web1-5", .pools, "in"), Need(.wave, "web1-5", .verify, "passed"),
                Need(.tests, "smoke-1", .is, "passed"),
            ], approvers: [platform])
        add(
            "before-changes", "Start of all other changes",
            [Need(.step, "alerts-off", .is, "done"), Need(.step, "start-message", .is, "done")])
        add(
            "before-smoke-2", "Changes before Smoke 2",
            [Need(.phase, "changes", .is, "done"), Need(.step, "web6-10-patch", .is, "done")])
        add(
            "before-regression", "Clean Smoke 2 before regression",
            [Need(.phase, "changes", .is, "done"), Need(.tests, "smoke-2", .is, "passed")])
        add(
            "before-finish", "Everything undone before finish",
            [Need(.tests, "regression", .is, "passed"), Need(.looseEnds, "", .is, "none")],
            approvers: ["Release Manager Approver Persona"])
    }

    private static func sources(_ runbook: inout Runbook) {
        func add(_ id: String, _ kind: SourcePlan.Kind, stale: Duration? = nil, authority: [String] = []) {
            runbook.sources[id] = .init(id: id, kind: kind, staleAfter: stale, authority: authority)
        }
        add("patch-web", .statusFiles(path: "patch/*.json"), stale: .seconds(300), authority: ["patch", "reboot"])
        add("pools", .statusFiles(path: "pools.json"), stale: .seconds(60), authority: ["pools"])
        for run in ["smoke-1", "smoke-2", "regression"] { add(run, .junit(path: "tests/\(run)/*.xml", run: run)) }
        add("events", .statusFiles(path: "events/*.json"))
    }
}
