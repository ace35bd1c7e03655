import OrderedCollections

extension Bridge {
    /// Why an event may not be taken, in words for its sender; `nil` when it may. `source` is the configured source
    /// that reports, if one does.
    package func refusal(of event: Event, from sender: Sender, source: String? = nil, now: Instant) -> String? {
        if event.source != source, runbook.sources[event.source] != nil || event.source == "hub" {
            return "the source id '\(event.source)' belongs to a configured source"
        }
        if source != nil, event.amendsTo != nil || event.type == .signature {
            return "this is for a person to say, not for a source"
        }
        if let reason = refusalOfTwins(event) { return reason }
        let isTakenBack = isTakingBack(event, by: sender)
        let sender = acting(sender)
        if source == nil, !isTakenBack, let reason = refusalByRole(event, sender, now: now) { return reason }
        if event.undoes != nil { return refusalOfUndo(event, from: sender) }
        if let reason = refusalByReference(event) { return reason }
        if case .bridge(let report) = event.body, source == nil {
            // Whether a runbook may be taken is asked when its file has been read.
            if report.state == .amended { return nil }
            if let reason = refusalOfSubject(event.subject) { return reason }
            return report.state == .live ? refusalOfLive() : refusalOfClosing(report, now: now)
        }
        if case .signature(let report) = event.body { return refusal(of: report, on: event.subject, sender) }
        return source == nil
            ? refusalByGate(event, sender, now: now) ?? refusalOfMark(event, sender, now: now)
                ?? refusalOfApproval(event, sender, now: now)
                ?? refusalOfOffer(event, sender, isTakenBack: isTakenBack) ?? refusalOfForgiving(event, now: now) : nil
    }

    /// How an event that came in on the socket counts: a tool's, or a person's (`nil`).
    package func via(of event: Event, from sender: Sender) -> Entry.Via? {
        switch event.body {
        case .server, .tests, .pipeline, .batch, .alert: return .feeder
        // Who takes the lead may have had no role before.
        case .lead, .substitute: return nil
        case .bridge, .step, .review, .check, .hold, .approval, .message, .looseEnd, .ruling, .heard, .looked,
            .signature, .note, .source, .clock, .refusal:
            let sender = acting(sender)
            let isPerson = sender.mayDoEverything || sender.roles.contains { $0 != .feeder && $0 != .viewer }
            return isPerson ? nil : .feeder
        }
    }

    // MARK: The table of roles (docs/contract.md, Roles)

    private func refusalByRole(_ event: Event, _ sender: Sender, now: Instant) -> String? {
        if case .source = event.body { return "source events are the hub's own" }
        if case .clock = event.body { return "clock events are the hub's own" }
        if case .refusal = event.body { return "refusal events are the hub's own" }
        if case .bridge(let report) = event.body, ![.live, .closing, .closed, .amended].contains(report.state) {
            return "the bridge's own life is changed by its commands, not by an event"
        }
        if sender.mayDoEverything || isAcceptance(event, by: sender) { return nil }
        if let reason = refusalOfLift(event, sender) { return reason }
        if sender.roles.contains(where: { allows(event, $0, now: now) }) { return nil }
        let roles = sender.roles.map(\.text).joined(separator: ", ")
        return "\(sender.user) (\(roles)) may not do this: \(requirement(for: event))"
    }

    /// A hold of a wave is lifted by the roles that the runbook names, and by nobody else.
    private func refusalOfLift(_ event: Event, _ sender: Sender) -> String? {
        guard case .hold(let report) = event.body, report.state == .released,
            let wave = runbook.wave(ofHold: event.subject), !wave.lift.contains(where: sender.roles.contains)
        else { return nil }
        return "\(sender.user) may not lift the hold of wave \(wave.id): that is for \(runbook.lifters(of: wave.id))"
    }

    private func allows(_ event: Event, _ role: Role, now: Instant) -> Bool {
        if case .signature(let report) = event.body { return role.isNamed(report.role) }
        switch role {
        case .lead:
            if case .approval = event.body { return takesApprovalAway(event) }
            return true
        case .approver(let name):
            if case .heard = event.body { return true }
            if case .approval(let report) = event.body { return report.role.isSame(as: name) }
            return lifts(event, role)
        case .team(let row):
            switch event.body {
            case .review, .check: return Runbook.TeamPath(of: event.subject) == row
            case .step: return runbook.steps[event.subject].flatMap { runbook.owner(of: $0) } == row.text
            case .note, .heard, .looked: return true
            case .hold: return lifts(event, role)
            case .bridge, .server, .approval, .tests, .pipeline, .batch, .alert, .message, .looseEnd, .ruling,
                .lead, .substitute, .signature, .source, .clock, .refusal:
                return false
            }
        case .monitoring:
            if event.type == .heard || event.type == .looked || lifts(event, role) { return true }
            guard case .review(let report) = event.body, let row = Runbook.TeamPath(of: event.subject),
                let board = runbook.boards[row.board]
            else { return false }
            if board.by == "monitoring" { return true }
            return report.mark == .noResponse && board.due.map { $0 <= now } ?? false
        case .feeder:
            switch event.body {
            case .server, .tests, .batch, .alert, .pipeline, .step, .heard: return true
            case .looseEnd(let report): return report.state != .forgiven
            case .bridge, .review, .check, .hold, .approval, .message, .ruling, .lead, .substitute, .looked,
                .signature, .note, .source, .clock, .refusal:
                return false
            }
        case .viewer: return false
        }
    }

    private func lifts(_ event: Event, _ role: Role) -> Bool {
        guard case .hold(let report) = event.body, report.state == .released else { return false }
        return runbook.wave(ofHold: event.subject)?.lift.contains(role) ?? false
    }

    private func requirement(for event: Event) -> String {
        switch event.body {
        case .approval(let report): "approving as '\(report.role)' needs that role"
        case .signature(let report): "signing as '\(CleanText.quoted(report.role))' needs that role"
        case .review: "marks are for that row's team, for monitoring on its boards, and for the lead"
        case .step: "steps are for their owner and for the lead"
        case .server, .tests, .batch, .alert, .pipeline: "reports are for feeders and for the lead"
        case .heard: "what was heard is written down by anybody but a viewer"
        case .looked: "what it was is said by the lead, monitoring and the teams"
        case .bridge, .check, .hold, .message, .looseEnd, .ruling, .lead, .substitute, .note, .source, .clock, .refusal:
            "this is for the lead"
        }
    }

    // MARK: What an event speaks of must exist (docs/contract.md, Events)

    private func refusalByReference(_ event: Event) -> String? {
        let subject = event.subject
        let name = CleanText.quoted(subject)
        switch event.body {
        case .step: return runbook.steps[subject] == nil ? "the runbook has no step '\(name)'" : nil
        case .approval(let report):
            guard let gate = runbook.gates[subject] else { return "the runbook has no gate '\(name)'" }
            return gate.approvers.contains(report.role) ? nil : "gate '\(name)' has no approver '\(report.role)'"
        case .tests: return runbook.tests[subject] == nil ? "the runbook has no test run '\(name)'" : nil
        case .review(let report): return refusal(ofReview: report, on: subject)
        case .check:
            guard let path = Runbook.CheckPath(subject), runbook.team(path.row) != nil else {
                return "'\(name)' is not BOARD/TEAM/CHECK of this runbook"
            }
            return knows(path) ? "the check '\(name)' is there already" : nil
        case .message:
            let path = Runbook.MessagePath(subject)
            guard let channel = path.channel, let step = runbook.steps[path.step] else {
                return "'\(name)' is not STEP/CHANNEL of this runbook"
            }
            return step.messages[channel] == nil
                ? "step '\(step.id)' has no message for '\(CleanText.quoted(channel))'" : nil
        case .ruling(let report) where subject.hasPrefix("pair/"): return refusal(ofRuling: report, onPair: subject)
        case .ruling(let report) where subject == ClockReport.divergence: return refusal(ofRulingTheClock: report)
        case .hold(let report): return refusal(ofHold: report, on: subject)
        case .heard: return refusal(ofHeardOn: subject)
        case .looked: return refusal(ofLookedAt: event)
        // What the runbook does not know of these is taken, and marked so.
        case .ruling, .bridge, .server, .pipeline, .batch, .alert, .looseEnd, .lead, .substitute, .signature, .note,
            .source, .clock, .refusal:
            return nil
        }
    }

    private func refusal(ofHold report: HoldReport, on subject: String) -> String? {
        let name = CleanText.quoted(subject)
        guard let wave = runbook.wave(ofHold: subject) else {
            return runbook.serverName(for: subject) == nil ? "the runbook has no server or wave '\(name)'" : nil
        }
        if report.cause != nil { return "a 'cause' is the hub's own word" }
        if report.reason?.trimmed.isEmpty ?? true {
            return "a wave is held and released with a 'reason' (--reason TEXT)"
        }
        if report.state == .released, waveHolds[wave.id] == nil { return "wave \(wave.id) is not held" }
        return nil
    }

    private func refusal(ofReview report: ReviewReport, on subject: String) -> String? {
        let name = CleanText.quoted(subject)
        guard let row = Runbook.TeamPath(of: subject), runbook.team(row) != nil else {
            return "'\(name)' is not BOARD/TEAM/CHECK of this runbook"
        }
        guard let path = Runbook.CheckPath(subject) else {
            return report.mark == .noResponse ? nil : "only no-response can be said of a whole team; name the check"
        }
        return knows(path) ? nil : "there is no check '\(name)'"
    }

    /// Why what is said of a night is not said of this one; a rehearsal may be named as its night is.
    private func refusalOfSubject(_ subject: String) -> String? {
        subject == id || subject == runbook.bridgeID
            ? nil : "this is the bridge '\(id)', not '\(CleanText.quoted(subject))'"
    }

    private func knows(_ path: Runbook.CheckPath) -> Bool {
        runbook.team(path.row)?.checks[path.check] != nil || addedChecks[path] != nil
    }

    // MARK: A person starts a step only through its gate (docs/contract.md, The runbook)

    private func refusalByGate(_ event: Event, _ sender: Sender, now: Instant) -> String? {
        guard case .step(let report) = event.body, via(of: event, from: sender) == nil else { return nil }
        let isUnderWay = steps[event.subject]?.person.map { $0.state == .started } ?? false
        let isBegun = report.state == .started || (report.state == .done || report.state == .workaround) && !isUnderWay
        guard isBegun else { return nil }
        return pairsInTheWay ?? signatureInTheWay(of: event.subject) ?? refusalOfTurn(event, now: now)
    }

    // MARK: An approval rests on what the approver saw (docs/contract.md, warroom.approval)

    private func refusalOfApproval(_ event: Event, _ sender: Sender, now: Instant) -> String? {
        guard case .approval(let report) = event.body, report.decision == .approved,
            let facts = Situation(self, now: now).gates[event.subject]
        else { return nil }
        if let unmet = facts.firstUnmet { return "gate \(facts.gate.id) is shut: \(unmet.why)" }
        if let seen = report.seen, let changed = facts.needs.first(where: { $0.entry > seen }) {
            return "entry \(changed.entry) has changed what you saw: now \(changed.why); look again"
        }
        if facts.approvals.contains(where: {
            $0.decision == .approved && $0.by == sender.user && $0.role != report.role
        }) {
            return "each approval of gate \(facts.gate.id) is by a different person, and \(sender.user) has given one"
        }
        return started(of: facts.gate.fourEyes, by: sender.user).first.map { id in
            "four eyes: \(sender.user) started \(runbook.steps[id]?.title ?? id)"
        }
    }

    // MARK: Only what is open can be forgiven

    private func refusalOfForgiving(_ event: Event, now: Instant) -> String? {
        guard case .looseEnd(let report) = event.body, report.state == .forgiven, event.undoes == nil else {
            return nil
        }
        let open = Situation(self, now: now).looseEnds
        if open.contains(where: { $0.id == LooseEndID(event.subject) }) { return nil }
        return "no loose end '\(CleanText.quoted(event.subject))' is open; 'warroom status --json' lists them"
    }
}
