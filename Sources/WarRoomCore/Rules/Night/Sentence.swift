import OrderedCollections

/// The one sentence at the top: what the bridge is waiting for, on whom, since when (docs/glossary.md, sentence).
package struct Sentence: Hashable, Sendable {
    /// The sentence without on whom and since when, raw.
    package let text: String
    /// On whom it is: who can make it true, or "nobody named"; `nil` where nothing is waited for.
    package let on: String?
    /// Since when it is waited for, in bridge time; `nil` where that says nothing.
    package let since: Instant?
    /// The id of what it speaks of: a step, a board, a loose end, a pair of times; `nil` where it speaks of the whole
    /// night.
    package let subject: String?

    init(text: String, on: String? = nil, since: Instant? = nil, subject: String? = nil) {
        self.text = text
        self.on = on
        self.since = since
        self.subject = subject
    }

    /// What is waited for, by this ranking: a disk that keeps nothing, a ruling or a signature without which no step
    /// can start, work undone in service, the due step on the critical path, a running one past its time, the next
    /// due; then what runs, then what comes next. When all steps have ended: the reviews that are not answered, then
    /// what is still off. Without a critical path the earliest due step is taken to be on it.
    init(
        bridge: Bridge, now: Instant, steps: OrderedDictionary<String, StepFacts>,
        boards: OrderedDictionary<String, BoardFacts>, looseEnds: [LooseEndFacts], criticalPath: Set<String>,
        told: [HubTrouble]
    ) {
        let leaves = steps.values.filter { !$0.isGroup }
        /// The first by its time of those that have not started.
        func first(_ isMeant: (StepFacts) -> Bool) -> StepFacts? {
            leaves.filter { $0.planned != nil && $0.state == .planned && isMeant($0) }.min { $0.planned! < $1.planned! }
        }
        if let unkept = told.first(where: { $0.kind == .unkept }) {
            self.init(
                text: "Nothing can be kept: \(unkept.text)", on: "whoever looks after the hub", since: unkept.since)
        } else if bridge.state == .closed {
            self.init(text: "The night is closed" + (bridge.closed?.summary.map { ", \($0)" } ?? ""))
        } else if let rulings = Sentence.rulings(bridge) {
            self = rulings
        } else if let signatures = Sentence.signatures(bridge) {
            self = signatures
        } else if let undone = Sentence.undone(leaves) {
            self = undone
        } else if let failed = Sentence.failed(leaves) {
            self = failed
        } else if let due = first({ $0.isDue && (criticalPath.isEmpty || criticalPath.contains($0.step.id)) }) {
            self = Sentence.waiting(due, steps: steps, bridge)
        } else if let running = Sentence.longestOverdue(leaves, now: now) {
            self = running
        } else if let due = first(\.isDue) {
            self = Sentence.waiting(due, steps: steps, bridge)
        } else if let running = leaves.first(where: { $0.state == .running }) {
            self.init(
                text: "\(running.step.title) is running", on: running.life.by ?? running.owner ?? Sentence.nobody,
                since: running.life.startedAt, subject: running.step.id)
        } else if let waiting = Sentence.itsTurn(leaves, steps: steps, bridge) {
            self = waiting
        } else if let next = first({ _ in true }) {
            let zones = bridge.runbook.zones
            let (home, other) = (zones.home.zone.local(next.planned!), zones.other.zone.local(next.planned!))
            self.init(
                text: "Nothing is waiting; next is \(next.step.title) at \(home.day3) \(home.clock) / "
                    + "\(other.day3) \(other.clock)", subject: next.step.id)
        } else if leaves.allSatisfy(\.state.isEnded) {
            self = Sentence.afterTheSteps(leaves.compactMap(\.life.endedAt).max(), boards: boards, looseEnds: looseEnds)
        } else if let open = leaves.first(where: { $0.state == .planned }) {
            self = Sentence.waiting(open, steps: steps, bridge)
        } else {
            self.init(text: "Nothing is waiting")
        }
        if on != nil, let id = subject, let facts = steps[id], facts.state == .planned, bridge.isUnsigned(id) {
            let roles = bridge.missingSignatures.map(\.name).joined(separator: ", ")
            self.init(
                text: "Waiting for a signature on the amended runbook before \(facts.step.title) can start", on: roles,
                since: bridge.amendment?.at, subject: id)
        }
    }

    private static func signatures(_ bridge: Bridge) -> Sentence? {
        let missing = bridge.missingSignatures
        guard bridge.awaitsLive, !missing.isEmpty else { return nil }
        return Sentence(
            text: "Waiting for the runbook to be signed before the night can go live",
            on: missing.map(\.name).joined(separator: ", "), since: bridge.amendment?.at ?? bridge.openedAt)
    }

    /// A step that no time makes due: all that it comes after has ended, so that it waits for its gate, or for somebody
    /// to start it. One that comes after nothing is nobody's turn: it may wait all night.
    private static func itsTurn(_ leaves: [StepFacts], steps: OrderedDictionary<String, StepFacts>, _ bridge: Bridge)
        -> Sentence?
    {
        let turn = leaves.filter {
            $0.state == .planned && $0.time == nil && $0.waitsFor.isEmpty && !$0.comesAfter.isEmpty
        }
        guard let first = turn.first(where: { $0.gate?.state ?? .open != .open }) ?? turn.first else { return nil }
        let ended = first.comesAfter.compactMap { steps[$0]?.life.endedAt }.max()
        let sentence = waiting(first, steps: steps, bridge)
        return Sentence(
            text: sentence.text, on: sentence.on, since: sentence.since ?? ended, subject: sentence.subject)
    }

    private static func rulings(_ bridge: Bridge) -> Sentence? {
        let open = bridge.openPairs
        guard let mismatch = open.first?.mismatch else { return nil }
        let what = open.count == 1 ? "a time" : "\(open.count) times"
        return Sentence(
            text: "Waiting for a ruling on \(what) of the page before any step can start: \(mismatch)",
            on: bridge.lead ?? nobody, since: bridge.openedAt, subject: open.first?.id)
    }

    private static func afterTheSteps(
        _ ended: Instant?, boards: OrderedDictionary<String, BoardFacts>, looseEnds: [LooseEndFacts]
    ) -> Sentence {
        let waiting = boards.values.filter { $0.checks.contains(where: \.isPending) }
        if let board = waiting.min(by: { $0.due ?? .distantFuture < $1.due ?? .distantFuture }) {
            let teams = board.teams.values.filter { $0.checks.contains(where: \.isPending) }.map(\.title)
            let names = teams.count > 3 ? "\(teams.count) teams" : teams.joined(separator: ", ")
            let open = board.checks.count(where: \.isPending)
            return Sentence(
                text: "Waiting for \(board.title): \(open) of \(board.checks.count) not answered", on: names,
                since: ended,
                subject: board.id)
        }
        guard let worst = looseEnds.first else { return Sentence(text: "Every step has ended") }
        let others = looseEnds.count > 1 ? " and \(looseEnds.count - 1) more" : ""
        return Sentence(
            text: "Every step has ended, and something is still off: \(worst.what)\(others)", on: nobody,
            since: worst.openedAt,
            subject: worst.id.text)
    }

    private static let nobody = "nobody named"

    private static func undone(_ leaves: [StepFacts]) -> Sentence? {
        let all = leaves.compactMap { facts in facts.undone.map { (facts, $0) } }
        guard let (facts, undone) = all.min(by: { $0.1.since < $1.1.since }) else { return nil }
        let more = all.count > 1 ? ", and \(all.count - 1) more" : ""
        return Sentence(
            text: "Waiting for \(facts.step.title), undone: \(undone.what)\(more)", on: facts.owner ?? nobody,
            since: undone.since,
            subject: facts.step.id)
    }

    /// What a run or a stage says has failed, until a person has said what comes of it.
    private static func failed(_ leaves: [StepFacts]) -> Sentence? {
        let all = leaves.compactMap { facts in facts.life.failure.map { (facts, $0) } }
        guard
            let (facts, what) = all.min(by: {
                $0.0.life.endedAt ?? .distantFuture < $1.0.life.endedAt ?? .distantFuture
            })
        else { return nil }
        let more = all.count > 1 ? ", and \(all.count - 1) more" : ""
        return Sentence(
            text: "\(facts.step.title) has failed: \(what)\(more)", on: facts.owner ?? facts.life.by ?? nobody,
            since: facts.life.endedAt, subject: facts.step.id)
    }

    private static func waiting(
        _ due: StepFacts, steps: OrderedDictionary<String, StepFacts>, _ bridge: Bridge
    ) -> Sentence {
        let title = due.step.title
        let since = due.planned
        if let wave = due.heldWave, let hold = bridge.waveHolds[wave] {
            return Sentence(
                text: "Waiting for the hold of wave \(wave) to be lifted before \(title) can start: \(hold.reason)",
                on: bridge.runbook.lifters(of: wave), since: [since, hold.at].compactMap { $0 }.max(),
                subject: due.step.id)
        }
        if let gate = due.gate, gate.state == .shut, let need = gate.firstUnmet {
            return Sentence(
                text: "Waiting for \(title): gate \(gate.gate.id) is shut, \(need.why)", on: need.owner ?? nobody,
                since: [since, need.since].compactMap { $0 }.max(), subject: due.step.id)
        }
        if let blocker = due.waitsFor.first {
            let facts = steps[blocker]
            return Sentence(
                text: "Waiting for \(facts?.step.title ?? blocker)\(facts?.state == .failed ? ", failed," : "") "
                    + "before \(title) can start",
                on: facts?.life.by ?? facts?.owner ?? nobody, since: since, subject: blocker)
        }
        if let gate = due.gate, gate.state == .ready {
            return Sentence(
                text: "Waiting for approval of \(title): gate \(gate.gate.id) is ready",
                on: gate.missing.joined(separator: ", "), since: since, subject: due.step.id)
        }
        return Sentence(
            text: "Waiting for \(title) to start", on: due.owner ?? nobody, since: since, subject: due.step.id)
    }

    private static func longestOverdue(_ leaves: [StepFacts], now: Instant) -> Sentence? {
        let overdue = leaves.compactMap { facts in
            facts.shouldEnd.flatMap { end in end < now ? (facts, end) : nil }
        }
        guard let (facts, end) = overdue.min(by: { $0.1 < $1.1 }) else { return nil }
        return Sentence(
            text: "Waiting for \(facts.step.title), which should have ended \((now - end).written) ago",
            on: facts.life.by ?? facts.owner ?? nobody, since: facts.life.startedAt, subject: facts.step.id)
    }
}
