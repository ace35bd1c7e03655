package import OrderedCollections

extension Bridge {
    /// How long a step takes: as the runbook says, else as earlier nights went; `nil`: nobody knows.
    func takes(_ step: Runbook.Step) -> Duration? { step.takes ?? learned[step.id] }
}

/// How long steps took, learned from nights that are over.
package enum LearnedDurations {
    /// How long each step that was done took in one night, in bridge time, by id. What a step waited for people is no
    /// work, and would spoil every average: time counts from its start, from the last approval of its gate, or from the
    /// end of what it comes after, whichever came last.
    package static func ofNight(_ situation: Situation) -> [String: Duration] {
        let runbook = situation.runbook
        var found: [String: Duration] = [:]
        for (id, facts) in situation.steps where !facts.isGroup && facts.state == .done {
            guard let started = facts.life.startedAt, let ended = facts.life.endedAt else { continue }
            let approved = facts.gate?.approvals.filter { $0.at <= ended }.map(\.at).max()
            let before = runbook.after(facts.step).compactMap { situation.steps[$0]?.life.endedAt }.filter {
                $0 <= ended
            }.max()
            let began = [started, approved, before].compactMap { $0 }.max() ?? started
            if ended > began { found[id] = ended - began }
        }
        return found
    }

    /// For each step of which a runbook does not say how long it takes, the median of the nights in which it was done,
    /// in whole seconds, by id.
    package static func median(of nights: [[String: Duration]], for runbook: Runbook) -> OrderedDictionary<
        String, Duration
    > {
        var learned: OrderedDictionary<String, Duration> = [:]
        for step in runbook.steps.values where step.children.isEmpty && step.takes == nil {
            let all = nights.compactMap { $0[step.id] }.sorted()
            guard !all.isEmpty else { continue }
            let middle = all[(all.count - 1) / 2] + all[all.count / 2]
            learned[step.id] = .seconds(min(middle / 2, Ranges.longestDuration).components.seconds)
        }
        return learned
    }
}
