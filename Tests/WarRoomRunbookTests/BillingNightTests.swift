import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

/// Another company's night, from its own file: the rules know neither its servers nor its steps.
@Suite("The rules on the billing servers' night")
struct BillingNightTests {
    /// Entries in, facts out.
    private struct Night {
        private(set) var bridge: Bridge
        private var last = Instant(seconds: 0)

        init() throws {
            bridge = Bridge(
                runbook: try RunbookReader.document(path: Repository.path("sample-data/engageip-billing/runbook.yaml"))
                    .get().runbook)
            try take("Sat 19:55", "bridge", bridge.runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, via: .hub)
            for source in ["patch", "reach"] {
                try take("Sat 19:56", "source", source, #"{"state":"current"}"#, by: "hub", via: .hub)
            }
        }

        func time(_ text: String) throws -> Instant {
            let zones = bridge.runbook.zones
            return try WallTime(text).instant(
                date: try #require(CivilDate(bridge.runbook.date)), home: zones.home.zone, homeLabel: zones.home.label,
                other: zones.other.zone,
                otherLabel: zones.other.label)
        }

        @discardableResult
        mutating func take(
            _ time: String, _ type: String, _ subject: String, _ data: String, by: String = "lead",
            via: Entry.Via? = nil
        ) throws -> Int {
            last = try self.time(time)
            let object = try #require(try JSON(parsing: data).object)
            let body = try EventBody(try #require(EventType(rawValue: "warroom.\(type)")), data: object)
            let event = Proposal(subject, body).event(
                id: "\(bridge.entry + 1)", source: via == nil ? "people/\(by)" : by)
            bridge.apply(
                Entry(
                    number: bridge.entry + 1, receivedAt: last, by: by, via: via, event: try Event(event),
                    hash: "\(bridge.entry + 1)"))
            return bridge.entry
        }

        mutating func source(_ time: String, _ server: String, _ data: String) throws {
            try take(time, "server", server, data, by: "patch", via: .source)
        }

        mutating func done(_ time: String, _ steps: String...) throws {
            for step in steps { try take(time, "step", step, #"{"state":"done"}"#) }
        }

        var situation: Situation { Situation(bridge, now: last) }
        func situation(_ text: String) throws -> Situation { Situation(bridge, now: try time(text)) }

        func refusal(_ type: String, _ subject: String, _ data: String, by user: String = "lead", _ role: Role = .lead)
            throws -> String?
        {
            let object = try #require(try JSON(parsing: data).object)
            let body = try EventBody(try #require(EventType(rawValue: "warroom.\(type)")), data: object)
            let event = try Event(Proposal(subject, body).event(id: "x", source: "people/\(user)"))
            return bridge.refusal(of: event, from: Sender(user: user, roles: [role]), now: last)
        }

        /// What is wrong, without the holes of the page.
        var wrong: [Trouble.Kind] { situation.troubles.map(\.kind).filter { $0 != .hole } }
    }

    private static let approver = Role.approver("Change Approver")

    private func backedUp() throws -> Night {
        var night = try Night()
        try night.done(
            "Sat 21:00", "backup-working-files", "backup-databases", "backup-installation-folder",
            "review-release-notes")
        return night
    }

    private func installed() throws -> Night {
        var night = try backedUp()
        try night.take(
            "Sat 21:30", "approval", "before-install", #"{"decision":"approved","as":"Change Approver"}"#, by: "kim")
        try night.done(
            "Sat 22:40", "install-engageip-upgrade", "install-windows-updates", "install-windows-service-packs",
            "install-mssql-patches", "install-third-party")
        return night
    }

    /// MSSQL up and ready, then IIS, each as its source says.
    private func restarted() throws -> Night {
        var night = try installed()
        try night.source("Sat 23:00", "EIP-SQL1", #"{"reboot":"up","bootedAt":"2025-11-16T03:55:00Z"}"#)
        try night.source("Sat 23:05", "EIP-SQL1", #"{"verify":"passed","readyAt":"2025-11-16T04:04:00Z"}"#)
        for name in ["EIP-IIS1", "EIP-IIS2"] {
            try night.source("Sat 23:20", name, #"{"reboot":"up","bootedAt":"2025-11-16T04:15:00Z"}"#)
        }
        return night
    }

    @Test("as planned: nothing is wrong, undone, disputed or off, and each gate opens in its turn")
    func calm() throws {
        var night = try Night()
        #expect(night.wrong == [] && night.situation.gates["before-install"]?.state == .shut)
        night = try restarted()
        try night.done("Sat 23:50", "further-updates")
        let situation = night.situation
        #expect(night.wrong == [] && situation.divergences.isEmpty && situation.looseEnds.isEmpty)
        #expect(situation.steps.values.allSatisfy { $0.undone == nil })
        #expect(situation.gates.values.map(\.state) == [.open, .open, .open])
        #expect(
            situation.steps["restart-services"]?.state == .done
                && situation.steps["confirm-critical-tasks"]?.isReady == true)
        #expect(situation.restarts.values.allSatisfy { $0.state == .inOrder })
    }

    @Test("no backup, no install: who is missing is named, a person is refused, a tool past the gate stays a trouble")
    func backups() throws {
        var night = try Night()
        try night.done("Sat 21:00", "backup-working-files", "backup-installation-folder", "review-release-notes")
        let need = try #require(night.situation.gates["before-install"]?.firstUnmet)
        #expect(
            need.why == "2 of 3 of Backups done, missing: Back up the databases" && need.owner == "critical/billing")
        #expect(try night.situation("Sat 22:00").sentenceText.contains("back up the databases"))
        #expect(
            try night.refusal("step", "install-windows-updates", #"{"state":"started"}"#)?.hasPrefix(
                "gate before-install is shut") == true)
        try night.take(
            "Sat 21:10", "step", "install-windows-updates", #"{"state":"started"}"#, by: "sccm", via: .feeder)
        #expect(night.wrong == [.pastGate])
        var good = try installed()
        try good.take("Sat 22:45", "step", "install-windows-updates", #"{"state":"started"}"#, by: "sccm", via: .feeder)
        #expect(good.wrong == [])
    }

    @Test("ready is not open: the approver approves what was seen, and a skipped backup is no backup")
    func approval() throws {
        var night = try backedUp()
        let seen = night.bridge.entry
        #expect(night.situation.gates["before-install"]?.state == .ready)
        let approval = #"{"decision":"approved","as":"Change Approver","seen":\#(seen)}"#
        #expect(try night.refusal("approval", "before-install", approval, by: "kim", Self.approver) == nil)
        #expect(
            try night.refusal("approval", "before-install", approval) != nil, "a lead does not approve as somebody else"
        )
        try night.take("Sat 21:20", "step", "backup-databases", #"{"state":"skipped","note":"tape is full"}"#)
        #expect(night.situation.gates["before-install"]?.state == .shut)
        #expect(
            try night.refusal("approval", "before-install", approval, by: "kim", Self.approver)?.hasPrefix(
                "gate before-install is shut") == true)
    }

    @Test(
        """
        IIS waits until MSSQL is verified, up is not ready; verified by a silent source still counts, because that \
        has ended
        """
    )
    func order() throws {
        var night = try installed()
        try night.source("Sat 23:00", "EIP-SQL1", #"{"reboot":"up"}"#)
        let need = try #require(night.situation.gates["before-iis"]?.firstUnmet)
        #expect(need.need.predicate == .verify && need.why.contains("EIP-SQL1"))
        #expect(try night.refusal("step", "reboot-iis", #"{"state":"started"}"#) != nil)
        try night.source("Sat 23:05", "EIP-SQL1", #"{"verify":"passed"}"#)
        try night.take("Sat 23:10", "source", "patch", #"{"state":"stale"}"#, by: "hub", via: .hub)
        #expect(night.situation.gates["before-iis"]?.state == .open)
    }

    @Test(
        """
        MSSQL restarts once more: recycle needed host by host, its step undone while it is down, and clear when each \
        IIS has started again
        """
    )
    func recycle() throws {
        var night = try restarted()
        try night.source("Sun 00:10", "EIP-SQL1", #"{"reboot":"rebooting"}"#)
        #expect(night.situation.steps["reboot-mssql"]?.undone?.by == "patch" && night.wrong.first == .undone)
        #expect(night.situation.sentenceText.hasPrefix("EIP-SQL1 is rebooting, for "))
        try night.source(
            "Sun 00:20", "EIP-SQL1",
            #"{"reboot":"up","bootedAt":"2025-11-16T05:15:00Z","readyAt":"2025-11-16T05:18:00Z"}"#)
        #expect(night.situation.steps["reboot-mssql"]?.undone == nil && night.wrong == [.recycle])
        #expect(night.situation.restarts.values.map(\.state) == [.recycleNeeded, .recycleNeeded])
        try night.source("Sun 00:30", "EIP-IIS1", #"{"startedAt":"2025-11-16T05:25:00Z"}"#)
        #expect(night.situation.restarts["EIP-IIS1"]?.state == .inOrder && night.wrong == [.recycle])
        try night.source("Sun 00:31", "EIP-IIS2", #"{"startedAt":"2025-11-16T05:26:00Z"}"#)
        #expect(night.wrong == [])
    }

    @Test("a critical function that was ok is asked for again after a later reboot; one marked afterwards is not")
    func recheck() throws {
        var night = try restarted()
        try night.take("Sat 23:30", "review", "critical/billing/admin-portal", #"{"mark":"ok"}"#, by: "ops")
        #expect(night.situation.boards["critical"]?.checks.allSatisfy { $0.recheck == nil } == true)
        try night.done("Sun 00:30", "further-updates")
        try night.take("Sun 00:40", "review", "critical/billing/agent-login", #"{"mark":"ok"}"#, by: "ops")
        let checks = try #require(night.situation.boards["critical"]?.checks)
        #expect(checks.filter { $0.recheck != nil }.map(\.path.check) == ["admin-portal"])
        #expect(
            night.situation.closing.obstacles.contains { $0.subject == "critical/billing/admin-portal" },
            "a re-check is in the way of the close")
    }

    @Test(
        """
        a person's done against a tool's failed stands until somebody rules; the night closes with the silent by \
        name, and nobody is silent before it is due
        """
    )
    func close() throws {
        var night = try restarted()
        try night.done("Sat 23:50", "further-updates", "confirm-critical-tasks")
        try night.take(
            "Sat 23:55", "step", "further-updates", #"{"state":"failed","note":"red"}"#, by: "sccm", via: .feeder)
        #expect(night.situation.divergences.map(\.id) == ["further-updates/state"])
        try night.take(
            "Sun 00:05", "ruling", "further-updates/state", #"{"value":"done","reason":"seen on the console"}"#)
        #expect(night.situation.divergences.isEmpty)
        let checks = try #require(night.situation.boards["critical"]?.checks)
        #expect(
            try night.situation("Sun 03:29").boards["critical"]?.checks.allSatisfy { !$0.isProposedNoResponse } == true)
        #expect(try night.situation("Sun 03:30").boards["critical"]?.checks.allSatisfy(\.isProposedNoResponse) == true)
        #expect(night.situation.closing.obstacles.map(\.subject) == checks.map(\.path.text))
        for check in checks.dropLast() {
            try night.take("Sun 00:10", "review", check.path.text, #"{"mark":"ok"}"#, by: "ops")
        }
        try night.take("Sun 03:40", "review", "critical/billing", #"{"mark":"no-response"}"#)
        #expect(night.situation.closing.obstacles.isEmpty)
        #expect(night.situation.closesWith == ["no response: Critical tasks, EngageIP Billing to 1 of 6"])
        try night.take("Sun 03:50", "review", checks[5].path.text, #"{"mark":"ok"}"#, by: "ops")
        #expect(
            night.situation.closesWith == [] && night.situation.boards["critical"]?.checks[5].late == .seconds(20 * 60))
    }

    @Test("a held server leaves its wave openly; unknown and unreachable are never green")
    func axes() throws {
        var night = try restarted()
        #expect(night.situation.waves["iis"]?.counted.count == 2)
        try night.take("Sat 23:40", "hold", "EIP-IIS2", #"{"state":"held","reason":"disk"}"#)
        #expect(
            night.situation.waves["iis"]?.counted.count == 1 && night.situation.looseEnds.map(\.id) == ["hold/EIP-IIS2"]
        )
        try night.source("Sat 23:45", "stranger", #"{"reboot":"up"}"#)
        #expect(
            night.situation.waves["iis"]?.counted.count == 1 && night.wrong == [],
            "a server that the runbook does not name is part of no count")
        try night.take("Sat 23:46", "server", "EIP-IIS1", #"{"reach":"unreachable"}"#, by: "reach", via: .source)
        #expect(night.situation.servers["EIP-IIS1"]?.rollup == .failed)
        #expect(night.wrong == [], "it serves in no pool")
    }
}
