import OrderedCollections

// Four eyes: who has had a hand in a step does not approve what comes behind it, whatever became of the step since.
extension Bridge {
    /// Remembers who has started a step, and, where nobody had said that it started, who ended it. A reset and an undo
    /// take nobody out: the work was begun all the same. So it is with what somebody says in a lesser role; but in a
    /// rehearsal one user plays everybody, and the tools as well.
    mutating func noteHand(_ report: StepReport, on step: String, _ entry: Entry) {
        let isHand =
            switch report.state {
            case .started: entry.via == nil || entry.via == .feeder && !isRehearsal
            case .reset: false
            case .done, .failed, .skipped, .workaround, .notApplicable:
                entry.via == nil && steps[step]?.person?.startedBy == nil
            }
        guard isHand, !hands[step, default: []].contains(where: { entry.by.isSame(as: $0) }) else { return }
        hands[step, default: []].append(entry.by)
    }

    /// Those of these steps that a user has ever started, or a step of which, where they are groups.
    func started(of steps: [String], by user: String) -> [String] {
        steps.filter { id in
            ([id] + runbook.leaves(of: id).map(\.id)).contains { hands[$0]?.contains { user.isSame(as: $0) } ?? false }
        }
    }
}
