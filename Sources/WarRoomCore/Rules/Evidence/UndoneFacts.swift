import OrderedCollections

/// A step that was done, and is no longer so: by a fresh claim, what it ended has begun again, as when a server leaves
/// a pool an hour after it was put back. The step keeps its state and times; nothing may rest on it.
package struct Undone: Hashable, Sendable {
    /// Since when it is no longer true, in bridge time.
    package let since: Instant
    /// Whose claim says so.
    package let by: String
    /// What is so instead: "web4 dropped out of the Inner".
    package let what: String

    /// The two as one: since the earlier, by whose claim said so first.
    func joined(_ other: Undone) -> Undone {
        Undone(since: min(since, other.since), by: since <= other.since ? by : other.by, what: what)
    }
}

extension Undone {
    /// The steps whose closed loose ends a source has seen open again after they were done, server by server.
    static func byLooseEnds(
        _ looseEnds: [LooseEndFacts], in bridge: Bridge, index: PlanIndex,
        lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [String: Undone] {
        var again: [String: [LooseEndFacts]] = [:]
        // Under a mute of its own, planned for a whole system, a server's alerts are off by plan.
        let isMuted = looseEnds.mute != nil
        for end in looseEnds where end.isWatched && !end.closing.isEmpty && !(isMuted && end.id.isAlerts) {
            for step in end.closing {
                guard let life = lives[step], life.state == .done || life.state == .workaround,
                    let ended = life.ended, end.opened > ended
                else { continue }
                again[step, default: []].append(end)
            }
        }
        guard !again.isEmpty else { return [:] }
        // Pulled out again by a later step of the plan, or held: nobody has undone anything.
        var reopened: [LooseEndID: Moment] = [:]
        for step in index.steps where !step.opens.isEmpty {
            guard let at = lives.values[step.place].began else { continue }
            for id in step.step.opens { reopened[id] = max(reopened[id] ?? at, at) }
        }
        return again.compactMapValues { ends -> Undone? in
            let ended = ends.compactMap { end in end.closing.compactMap { lives[$0]?.ended }.max() }.max()
            let undone = ends.filter { end in
                end.id.server.map { bridge.holds[$0] == nil } ?? true
                    && reopened[end.id].map { again in ended.map { again <= $0 } ?? false } ?? true
            }
            guard let first = undone.min(by: { $0.opened < $1.opened }) else { return nil }
            return Undone(since: first.openedAt, by: first.openedBy, what: Undone.words(undone, in: bridge))
        }
    }

    /// What is off again, in words: "web4 dropped out of the Inner".
    private static func words(_ ends: [LooseEndFacts], in bridge: Bridge) -> String {
        guard case .pool(_, let pool)? = ends.first?.id else {
            let muted = ends.compactMap { $0.id.isAlerts ? $0.id.server : nil }
            return muted.isEmpty
                ? "\(ends.map(\.what).listed()) again" : "the alerts of \(muted.listed()) are muted again"
        }
        let names = ends.compactMap { end -> String? in
            if case .pool(let server, pool) = end.id { server } else { nil }
        }
        return "\(names.listed()) dropped out of the \(bridge.runbook.pools[pool]?.title ?? pool)"
    }

    /// The lives with steps marked as no longer true, and with them the groups around them.
    static func mark(
        _ undone: [String: Undone], on all: OrderedDictionary<String, StepFacts.Life>, _ index: PlanIndex
    ) -> OrderedDictionary<String, StepFacts.Life> {
        var lives = all
        for (id, fact) in undone {
            var step = index.step(id)
            while let next = step {
                let life = lives.values[next.place]
                if life.state == .done || life.state == .workaround {
                    lives.values[next.place].undone = life.undone.map { $0.joined(fact) } ?? fact
                }
                step = next.step.parent.flatMap { index.step($0) }
            }
        }
        return lives
    }
}
