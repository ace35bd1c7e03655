import OrderedCollections

/// A run or a stage that a step is done by, and that has failed on this night: its step is not running, and not merely
/// "not done".
struct FailureFacts {
    /// When the work began, where its report says so.
    let began: Moment?
    /// When it ended.
    let ended: Moment
    /// The entry since which it is known to have failed, and when that was.
    let since: Moment
    /// In words, failed cases by name.
    let what: String
}

extension FailureFacts {
    /// What has failed, as a sentence about its step.
    static func words(of title: String, _ what: String) -> String {
        if what.hasPrefix("failed") { return "\(title) \(what)" }
        return what.hasPrefix("interrupted") ? "\(title) was \(what)" : "\(title) failed: \(what)"
    }
}

extension Evidence {
    /// What has failed of the work that a step is done by, by a run, a stage, or a tool's word on the step itself; the
    /// latest. `nil`: nothing has, or a new run has begun since.
    mutating func failure(of step: Runbook.Step, _ tool: StepLife?) -> FailureFacts? {
        let own = tool.flatMap { tool -> FailureFacts? in
            guard tool.state == .failed, step.doneWhen != nil || bridge.steps[step.id]?.person != nil else {
                return nil
            }
            let moment = Moment(at: tool.at, entry: tool.entry)
            let note = tool.note.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
            return FailureFacts(
                began: tool.began, ended: moment, since: moment, what: "\(tool.by) says failed\(note)")
        }
        guard let need = step.doneWhen, need.value != "failed", need.value != "canceled" else { return own }
        let found: FailureFacts? =
            switch need.subject {
            case .tests: failedRun(need.id)
            case .pipeline: failedStage(need.id)
            case .step, .phase, .wave, .server, .pool, .board, .looseEnds: nil
            }
        return [own, found].compactMap { $0 }.max { $0.since < $1.since }
    }

    private mutating func failedRun(_ id: String) -> FailureFacts? {
        let facts = test(id)
        guard facts.state == .failed || facts.state == .interrupted, let claim = facts.claim else { return nil }
        let report = claim.value
        let names = report.failures.map(\.name)
        return FailureFacts(
            began: report.startedAt.map { Moment(at: $0, entry: claim.sinceEntry) },
            ended: Moment(at: report.finishedAt ?? claim.since, entry: claim.sinceEntry), since: claim.moment,
            what: facts.word + (names.isEmpty ? "" : ": " + names.listed(of: max(names.count, report.failed ?? 0))))
    }

    private func failedStage(_ id: String) -> FailureFacts? {
        guard let claim = bridge.pipelines[id]?.latest, claim.value.state == .failed || claim.value.state == .canceled
        else { return nil }
        let report = claim.value
        let strange = bridge.notTonight(
            runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: claim.at)
        guard strange == nil else { return nil }
        return FailureFacts(
            began: report.startedAt.map { Moment(at: $0, entry: claim.sinceEntry) },
            ended: Moment(at: report.finishedAt ?? claim.since, entry: claim.sinceEntry), since: claim.moment,
            what: "stage \(id) \(report.state.rawValue)")
    }
}

extension StepFacts.Life {
    /// Takes note that the work has failed.
    mutating func fail(_ failure: FailureFacts) {
        state = .failed
        began = began ?? failure.began
        ended = failure.ended
        self.failure = failure.what
        note = failure.what
    }
}
