import OrderedCollections

/// Work that a source reports while the gate before it is shut: the report is taken, and stays a trouble
/// (docs/contract.md, The runbook).
extension Bridge {
    /// Takes note of a test run, or a server's patching, that begins past a shut gate; a step's own report says so
    /// itself.
    mutating func notePastGate(_ entry: Entry) {
        guard let step = stepBegun(by: entry), steps[step]?.begunPastGate == nil,
            steps[step]?.person?.state != .started,
            let why = shutGate(of: step, entry)
        else { return }
        steps[step, default: StepRecord()].begunPastGate = PastGate(by: entry.by, at: entry.at, why: why)
    }

    /// The gated step whose work an entry shows to begin.
    private func stepBegun(by entry: Entry) -> String? {
        let subject = entry.event.subject
        switch entry.event.body {
        case .tests(let report) where report.state == .running:
            guard tests[subject]?.isNews(report, from: entry) ?? true else { return nil }
            let last = tests[subject]?.latest?.value
            guard last?.state != .running || last?.runID != report.runID else { return nil }
            return runbook.steps.values.first { $0.tests == subject && runbook.gate(of: $0) != nil }?.id
        case .server(let report) where report.patch == .running:
            let name = runbook.serverName(for: subject) ?? subject
            let patch = servers[name]?.value.patch ?? Claims()
            guard patch.isNews(.running, from: entry), patch.latest?.value != .running else { return nil }
            let wave = runbook.waves.values.first { $0.servers.contains(name) }
            let others = (wave?.servers ?? []).lazy.filter { $0 != name }.compactMap {
                servers[$0]?.value.patch.latest?.value
            }
            // Only the first of a wave begins it.
            guard !others.contains(where: { $0 == .running || $0 == .installed }) else { return nil }
            return runbook.steps.values.first { step in
                guard let need = step.doneWhen, need.subject == .wave, need.predicate == .patch else { return false }
                return runbook.waves[need.id]?.servers.contains(name) ?? false && runbook.gate(of: step) != nil
            }?.id
        case .tests, .server, .bridge, .step, .review, .check, .hold, .approval, .pipeline, .batch, .alert, .message,
            .looseEnd, .ruling, .lead, .substitute, .heard, .looked, .signature, .note, .source, .clock, .refusal:
            return nil
        }
    }
}
