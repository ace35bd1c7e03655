import OrderedCollections

extension Bridge {
    /// Goes by another runbook from now on. What was said stays, and so does the baseline; what rested on the runbook's
    /// own words falls with them.
    mutating func amend(to new: Runbook, _ amendment: Amendment) {
        if missingSignatures.isEmpty { signedBefore = Boxed(runbook) }
        // A night that was live at once stays so, whatever the new text asks for.
        if state == .opened, !awaitsLive { state = .live }
        for id in approvalsFalling(with: new) {
            approvals[id] = nil
            said[Said.Thing(.approval, id)] = nil
        }
        for id in rulingsLapsing(with: new) {
            rulings[id] = nil
            said[Said.Thing(.ruling, id)] = nil
        }
        for path in addedChecks.keys where new.team(path.row)?.checks[path.check] != nil { addedChecks[path] = nil }
        for id in sources.keys where runbook.sources[id] != nil && new.sources[id] == nil { sources[id] = nil }
        for plan in new.sources.values where runbook.sources[plan.id] != plan {
            sources[plan.id] = SourceRecord(
                state: .neverSeen, reason: nil, lastGood: sources[plan.id]?.lastGood, since: amendment.at,
                refused: sources[plan.id]?.refused ?? 0)
        }
        lead = leadAfter(new)
        self.amendment = amendment
        goBy(new)
        serversChanged = amendment.entry
    }

    /// What another runbook would change beside its own words, a line each: what falls, and what waits for a signature.
    package func consequences(of new: Runbook) -> [String] {
        var lines = approvalsFalling(with: new).map { "the decisions on gate \($0) fall: it is another gate" }
        lines += rulingsLapsing(with: new).map { "the ruling on \($0) lapses: its times are others" }
        var after = self
        after.amend(
            to: new, Amendment(by: "", at: lastReceivedAt ?? Instant(seconds: 0), entry: entry + 1, reason: ""))
        if after.lead != lead { lines.append("the lead is \(after.lead ?? "nobody"), was \(lead ?? "nobody")") }
        let missing = after.missingSignatures
        guard !missing.isEmpty else { return lines }
        let steps = after.unsignedSteps
        let titles = new.steps.values.filter { steps.contains($0.id) && $0.children.isEmpty }.map(\.title)
        let wait = titles.isEmpty ? "" : "; until then these cannot start: \(titles.listed(upTo: 8))"
        return lines + ["it needs the signature of \(missing.map(\.name).joined(separator: ", "))\(wait)"]
    }

    /// The gates whose decisions fall, because they would be other gates.
    func approvalsFalling(with new: Runbook) -> [String] {
        approvals.keys.filter { id in
            guard let old = runbook.gates[id], approvals[id]?.contains(where: { $0.undoneBy == nil }) ?? false else {
                return false
            }
            let gate = new.gates[id]
            return gate?.needs != old.needs || gate?.approvers != old.approvers || gate?.fourEyes != old.fourEyes
        }
    }

    /// The pairs of times whose ruling lapses, because they would be other pairs.
    func rulingsLapsing(with new: Runbook) -> [String] {
        runbook.pairs.filter { pair in rulings[pair.id] != nil && !new.pairs.contains(pair) }.map(\.id)
    }

    /// Who has the lead under another `access`. Once it has been handed over, `access` says nothing of it.
    private func leadAfter(_ new: Runbook) -> String? {
        func named(_ runbook: Runbook) -> [String] { runbook.access.filter { $0.role == .lead }.flatMap(\.members) }
        let members = named(new)
        guard !isRehearsal, leadership.takenAt == nil, members != named(runbook), let first = members.first,
            !members.contains(where: { $0 == lead || $0.hasPrefix("%") })
        else { return lead }
        return first
    }
}
