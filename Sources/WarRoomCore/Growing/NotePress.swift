import OrderedCollections

extension Bridge {
    /// Takes note of what became of a stage, where that stage is a gate's button.
    mutating func notePress(_ report: PipelineReport, of stage: String, _ entry: Entry) {
        guard let gate = runbook.gates.values.first(where: { $0.button == stage }) else { return }
        switch report.state {
        case .waiting, .canceled, .failed: pressed[gate.id] = nil
        case .running, .succeeded:
            let strange = notTonight(
                runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: entry.at)
            guard strange == nil, pressed[gate.id] == nil else { return }
            let facts = Situation(self, now: entry.receivedAt).gates[gate.id]
            pressed[gate.id] = Pressed(at: entry.at, by: entry.by, entry: entry.number, past: facts?.obstacle)
        }
    }
}
