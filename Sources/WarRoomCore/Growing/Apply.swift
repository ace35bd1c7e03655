import OrderedCollections

extension Bridge {
    /// Takes the next entry. It is total and deterministic: it asks no clock, reads and writes nothing, and never
    /// throws, so that all who apply the same entries know the same. An entry that does not follow the last one is not
    /// taken: the caller must fetch what is missing. So is an amendment without the runbook that it names, `amended`.
    package mutating func apply(_ entry: Entry, amended: Runbook? = nil) {
        guard entry.number == self.entry + 1, entry.event.amendsTo == amended?.fingerprint else { return }
        self.entry = entry.number
        head = entry.hash
        if entry.number == 1 { origin = entry.hash }
        lastReceivedAt = entry.receivedAt
        let subject = entry.event.subject
        // Its own mark says the same, but older journals do not bear it.
        let isAfterClose = state == .closed
        if isAfterClose { afterClose += 1 }
        let line = FeedLine(entry, runbook: runbook, isAfterClose: isAfterClose)
        remember(entry, in: line.text)
        let risked = self.risked(by: entry)
        notePastGate(entry)
        if let early = earlyWord(of: entry) { outOfTurn.append(early) }
        switch entry.event.body {
        case _ where entry.event.undoes != nil: takeBack(entry)
        case .bridge(let report):
            apply(report, entry)
            if let amended {
                amend(
                    to: amended,
                    Amendment(
                        by: entry.by, at: entry.receivedAt, entry: entry.number, reason: report.reason ?? ""))
            }
        case .step(let report): apply(report, to: subject, entry)
        case .server(let report): apply(report, to: runbook.serverName(for: subject) ?? subject, entry)
        case .review(let report): apply(report, to: subject, entry)
        case .check(let title):
            guard let path = Runbook.CheckPath(subject) else { break }
            addedChecks[path] = title
        case .hold(let report): apply(report, to: subject, entry)
        case .approval(let report):
            approvals[subject, default: []].append(
                Approval(
                    decision: report.decision, role: report.role, by: entry.by, at: entry.at, entry: entry.number,
                    seen: report.seen, reason: report.reason))
        case .tests(let report):
            tests[subject, default: .init()].take(report, from: entry, standing: tool(entry))
            noteRun(report, of: subject, entry)
        case .pipeline(let report):
            pipelines[subject, default: .init()].take(report, from: entry, standing: tool(entry))
            notePress(report, of: subject, entry)
        case .batch(let report): batch[subject, default: .init()].take(report, from: entry, standing: tool(entry))
        case .alert(let report):
            alerts[subject, default: .init()].take(report, from: entry, standing: tool(entry))
            noteFiring(subject, entry)
        case .message(let report):
            messages[subject, default: .init()].take(report, from: entry, standing: person(entry))
        case .looseEnd(let report):
            looseEnds[LooseEndID(subject), default: .init()].take(report, from: entry, standing: person(entry))
        case .ruling(let report):
            rulings[subject] = Claim(
                claimant: entry.event.source, standing: .person, by: entry.by, value: report, at: entry.at,
                since: entry.at, entry: entry.number, sinceEntry: entry.number)
        case .lead(let report): takeLead(report, entry)
        case .substitute(let report): takeSubstitute(report, entry)
        case .source(let report): apply(report, to: subject, entry)
        case .refusal(let report): apply(report, to: subject)
        case .signature(let report):
            signatures.append(
                Signature(
                    fingerprint: subject, role: signer(named: report.role) ?? .approver(report.role), by: entry.by,
                    at: entry.at, entry: entry.number))
        case .heard(let report): takeHeard(report, entry)
        case .looked(let report): takeLooked(report, entry)
        case .clock(let report):
            clock = ClockRecord(offset: report.offset, at: entry.receivedAt, entry: entry.number)
        case .note: break
        }
        noteTouched(by: entry)
        noteSoak(by: entry)
        if !risked.isEmpty { noteLoss(of: risked, by: entry) }
        noteClose(entry)
        let closedWith = closed.flatMap { $0.entry == entry.number ? $0.summary : nil }
        // Only a close knows more afterwards than before: what it leaves.
        recent.append(
            closedWith == nil
                ? line : FeedLine(entry, runbook: runbook, isAfterClose: isAfterClose, closedWith: closedWith))
        if recent.count > Bridge.feedLimit { recent.removeFirst(recent.count - Bridge.feedLimit) }
    }

    private mutating func apply(_ report: BridgeReport, _ entry: Entry) {
        if report.state == .opened {
            if openedAt == nil {
                openedAt = entry.receivedAt
                isRehearsal = report.mode == "rehearsal"
                lead = firstLead(startedBy: entry.by)
                learned = report.learned
            }
            // Whatever was known of a source is from before the hub was away (docs/contract.md, Sources).
            for id in runbook.sources.keys {
                sources[id] = SourceRecord(
                    state: .neverSeen, reason: nil, lastGood: sources[id]?.lastGood, since: entry.receivedAt,
                    refused: sources[id]?.refused ?? 0)
            }
            if report.awayFrom != nil { return }
        }
        if report.state != .amended { state = report.state }
    }

    private mutating func apply(_ report: StepReport, to step: String, _ entry: Entry) {
        noteHand(report, on: step, entry)
        var record = steps[step] ?? StepRecord()
        let last = entry.via == nil ? record.person : record.tools[entry.event.source]
        if let last, entry.at < last.at, entry.via != .source { return }
        var life = StepLife(
            state: report.state, note: report.note, by: entry.by, startedBy: last?.startedBy,
            startedAt: last?.startedAt, startedEntry: last?.startedEntry,
            endedAt: nil, at: entry.at, entry: entry.number)
        switch report.state {
        case .started: (life.startedAt, life.startedBy, life.startedEntry) = (entry.at, entry.by, entry.number)
        case .reset: (life.startedAt, life.startedBy, life.startedEntry) = (nil, nil, nil)
        case .done, .failed, .skipped, .workaround, .notApplicable: life.endedAt = entry.at
        }
        if entry.via != nil, report.state != .reset { life.pastGate = last?.pastGate ?? shutGate(of: step, entry) }
        if entry.via == nil { record.person = life } else { record.tools[entry.event.source] = life }
        record.changed = entry.number
        steps[step] = record
    }

    /// Why a step's gate is shut, if it is; a pair of times without a ruling shuts all of them, and a signature that is
    /// missing those whose text is not signed.
    func shutGate(of step: String, _ entry: Entry) -> String? {
        if let why = pairsInTheWay ?? signatureInTheWay(of: step) { return why }
        if let held = index.places[step].flatMap({ index.held(by: waveHolds)[$0] }), let hold = waveHolds[held] {
            return hold.words(held, in: runbook)
        }
        guard let gate = runbook.steps[step].flatMap({ runbook.gate(of: $0) }) else { return nil }
        guard let facts = Situation(self, now: entry.receivedAt).gates[gate.id], facts.state != .open else {
            return nil
        }
        return facts.firstUnmet?.why ?? "it waits for \(facts.missing.joined(separator: ", "))"
    }

    private mutating func apply(_ report: ServerReport, to server: String, _ entry: Entry) {
        let standing = tool(entry)
        func take<Value>(_ value: Value?, _ claims: inout Claims<Value>) {
            if let value { claims.take(value, from: entry, standing: standing) }
        }
        var record = servers[server]?.value ?? ServerRecord()
        take(report.patch, &record.patch)
        take(report.reboot, &record.reboot)
        if report.bootedAt != record.bootedAt.of(entry.event.source)?.value {
            record.count(bootAt: report.bootedAt, since: runbook.window.opens ?? openedAt, entry)
        }
        take(report.bootedAt, &record.bootedAt)
        take(report.startedAt, &record.startedAt)
        take(report.readyAt, &record.readyAt)
        take(report.verify, &record.verify)
        take(report.reach, &record.reach)
        take(report.alerts, &record.alerts)
        take(report.mutedUntil, &record.mutedUntil)
        take(report.version, &record.version)
        take(report.detail, &record.detail)
        for (pool, membership) in report.pools {
            record.pools[pool, default: .init()].take(membership, from: entry, standing: standing)
        }
        servers[server] = Boxed(record)
    }

    /// Remembers what an entry has touched, for a situation that is carried on from an earlier one; an undo touches
    /// what it gives back.
    private mutating func noteTouched(by entry: Entry) {
        switch entry.event.body {
        case .server, .hold: noteTouched(entry.event.subject, by: entry)
        case .alert(let report): if let server = report.server { noteTouched(server, by: entry) }
        case .ruling: serversChanged = entry.number
        case .bridge(let report) where report.state == .opened: serversChanged = entry.number
        case .bridge, .step, .review, .check, .approval, .tests, .pipeline, .batch, .message, .looseEnd, .lead,
            .substitute,
            .heard, .looked, .signature, .note, .source, .clock, .refusal:
            break
        }
    }

    /// Remembers a server by its name, by an alias, or by one of its axes.
    private mutating func noteTouched(_ subject: String, by entry: Entry) {
        let name = servers[subject] == nil ? String(subject.prefix { $0 != "/" }) : subject
        touched.append(Touch(entry: entry.number, server: runbook.serverName(for: name) ?? name))
        if touched.count >= 2 * Bridge.touchLimit { touched.removeFirst(touched.count - Bridge.touchLimit) }
    }

    /// Takes a mark on one check, or no-response for all checks of a team that have no answer: one entry for a team
    /// that is silent.
    private mutating func apply(_ report: ReviewReport, to subject: String, _ entry: Entry) {
        let mark = ReviewRecord.Mark(
            mark: report.mark, note: report.note, reviewer: report.reviewer ?? entry.by, by: entry.by, at: entry.at,
            entry: entry.number)
        if let path = Runbook.CheckPath(subject) {
            reviews[path, default: ReviewRecord()].take(mark)
            return
        }
        guard let row = Runbook.TeamPath(subject), let team = runbook.team(row) else { return }
        let added = addedChecks.keys.filter { $0.row == row }.map(\.check)
        for check in Array(team.checks.keys) + added {
            let path = Runbook.CheckPath(row, check)
            if reviews[path]?.current?.mark ?? .pending == .pending {
                reviews[path, default: ReviewRecord()].take(mark)
            }
        }
    }

    private mutating func apply(_ report: HoldReport, to subject: String, _ entry: Entry) {
        if let wave = runbook.wave(ofHold: subject)?.id { return apply(report, toWave: wave, entry) }
        let server = runbook.serverName(for: subject) ?? subject
        switch report.state {
        case .held:
            holds[server] = Claim(
                claimant: entry.event.source, standing: .person, by: entry.by, value: report.reason ?? "",
                at: entry.at, since: entry.at, entry: entry.number, sinceEntry: entry.number)
        case .released: holds[server] = nil
        }
    }

    private mutating func apply(_ report: HoldReport, toWave wave: String, _ entry: Entry) {
        switch report.state {
        case .held:
            waveHolds[wave] = WaveHold(
                reason: report.reason ?? "", cause: report.cause, by: entry.by, at: entry.at, entry: entry.number)
        case .released:
            waveHolds[wave] = nil
            lifted[wave] = entry.number
        }
    }

    private mutating func apply(_ report: SourceReport, to source: String, _ entry: Entry) {
        let last = sources[source]
        var record = SourceRecord(
            state: report.state, reason: report.reason, lastGood: report.lastGood ?? last?.lastGood,
            since: entry.at, refused: last?.refused ?? 0, stale: last?.stale ?? [:],
            isPartly: report.state == .current && report.reason != nil, isInPart: report.isInPart)
        for subject in report.fresh { record.stale[subject] = nil }
        for subject in report.stale { record.stale[subject] = entry.number }
        if let last, last.state == record.state, last.isPartly == record.isPartly { record.since = last.since }
        sources[source] = record
        if last?.state == record.state, last?.isInPart == record.isInPart {
            for subject in report.stale + report.fresh { noteTouched(subject, by: entry) }
        } else {
            serversChanged = entry.number
        }
    }

    private mutating func apply(_ report: RefusalReport, to subject: String) {
        let count = 1 + (report.more ?? 0)
        refusals += count
        guard runbook.sources[subject] != nil, report.who == subject else { return }
        sources[subject]?.refused += count
        if sources[subject]?.state == .current { sources[subject]?.reason = "refused: \(report.why)" }
    }

    /// How near to the fact whoever reports stands: a source that asks for itself is a probe, all others are tools.
    private func tool(_ entry: Entry) -> Standing {
        entry.via == .source && runbook.sources[entry.by]?.kind.declaration.isProbe == true ? .probe : .tool
    }

    private func person(_ entry: Entry) -> Standing { entry.via == nil ? .person : tool(entry) }
}
