import OrderedCollections

/// One step as it is shown. Due and ready are two facts: the clock makes it due, evidence makes it ready. It is a
/// class, as ``ServerFacts`` is: large, never changed, looked at often.
package final class StepFacts: Equatable, Sendable {
    /// What became of a step, by the word of the contract (docs/contract.md, status --json).
    package enum State: String, Sendable, CaseIterable {
        case planned, running, done, failed, skipped, workaround
        case notApplicable = "not-applicable"

        /// Whether it is over, well or not.
        package var isEnded: Bool { self != .planned && self != .running }
        /// Whether what waits for the step may go on: skipped and failed are no evidence.
        var satisfies: Bool { self == .done || self == .workaround || self == .notApplicable }
        /// The state in words for a screen.
        package var word: String { self == .notApplicable ? "not applicable" : rawValue }
    }

    /// What has happened to a step.
    package struct Life: Hashable, Sendable {
        /// What became of it.
        package var state = State.planned
        /// When it started, as the journal orders it; `nil`: it has not, or nobody knows.
        var began: Moment?
        /// When it ended, as the journal orders it; `nil`: it has not, or nobody knows.
        var ended: Moment?
        /// What whoever reported it added, or what the evidence is.
        package var note: String?
        /// Who reported it; `nil`: the evidence alone, or nobody.
        package var by: String?
        /// How it was done, and is no longer true; `nil`: what was done still is.
        package var undone: Undone?
        /// Who says what, where a tool or the evidence contradicts the person and nobody has ruled; `nil`: they agree.
        package var disputed: String?
        /// What has failed, in words, where a run or a stage says so and no person has.
        package var failure: String?

        /// When it started, in bridge time.
        package var startedAt: Instant? { began?.at }
        /// When it ended, in bridge time.
        package var endedAt: Instant? { ended?.at }
        /// Whether what waits for the step may go on.
        var satisfies: Bool { state.satisfies && undone == nil && disputed == nil }

        /// Why it is no evidence, in words.
        func obstacle(in zone: Zone) -> String {
            if let undone {
                let since = zone.local(undone.since)
                return "not done any more since \(since.day3) \(since.clock): \(undone.what), by \(undone.by)"
            }
            if let disputed { return "disputed: \(disputed)" }
            return "not done: \(state.word)" + (failure.map { ", \($0)" } ?? "")
        }

        init(state: State = .planned, began: Moment? = nil, ended: Moment? = nil, note: String? = nil) {
            self.state = state
            self.began = began
            self.ended = ended
            self.note = note
        }

        init(_ life: StepLife) {
            state =
                switch life.state {
                case .started: .running
                case .done: .done
                case .failed: .failed
                case .skipped: .skipped
                case .workaround: .workaround
                case .notApplicable: .notApplicable
                case .reset: .planned
                }
            began = life.began
            ended = life.ended
            note = life.note
            by = life.by
        }
    }

    /// The step as the runbook has it.
    package let step: Runbook.Step
    /// What has happened to it.
    package let life: Life
    /// The planned start as it is now, moved where a ruling on a written pair of times moves it; `nil`: it has none.
    package let planned: Instant?
    /// When it may start by the plan: as ``planned``, else as the group around it, for no step of a group starts before
    /// its group; `nil`: the plan does not say.
    package let time: Instant?
    /// How long it takes: as the runbook says, else as earlier nights went; `nil`: nobody knows.
    package let takes: Duration?
    /// Whether its planned time has come and it has not started.
    package let isDue: Bool
    /// Whether it may start: what it comes after is done, its gate is open, and its text is signed.
    package let isReady: Bool
    /// The gate before it, its group's included; `nil`: there is none.
    package let gate: GateFacts?
    /// The held wave that it works on or comes after, by id; `nil`: none is held.
    package let heldWave: String?
    /// The steps that it comes after and that are not done, by id.
    package let waitsFor: [String]
    /// The steps that must be done before it, by id, done or not.
    let comesAfter: [String]
    /// Who does it, by its own or its group's owner; `nil`: nobody is named.
    package let owner: String?

    /// What became of it.
    package var state: State { life.state }
    /// How it was done, and is no longer true; `nil`: what was done still is.
    package var undone: Undone? { life.undone }
    /// Whether it is a group, whose state follows from its steps.
    package var isGroup: Bool { !step.children.isEmpty }
    /// When it should have ended, in bridge time, while it runs; `nil`: it does not run, or nobody knows how long it
    /// takes.
    var shouldEnd: Instant? {
        guard state == .running, let started = life.startedAt else { return nil }
        return takes.map { started + $0 }
    }

    /// Whether all is the same; the same reference spares the comparison.
    package static func == (one: StepFacts, other: StepFacts) -> Bool {
        one === other
            || one.life == other.life && one.planned == other.planned && one.time == other.time
                && one.takes == other.takes && one.isDue == other.isDue && one.isReady == other.isReady
                && one.gate == other.gate && one.heldWave == other.heldWave && one.waitsFor == other.waitsFor
                && one.comesAfter == other.comesAfter && one.owner == other.owner && one.step == other.step
    }

    init(
        _ plan: PlannedStep, lives: OrderedDictionary<String, Life>, gates: OrderedDictionary<String, GateFacts>,
        heldWave: String?, bridge: Bridge, now: Instant, isSigned: Bool
    ) {
        self.heldWave = heldWave
        step = plan.step
        life = lives.values[plan.place]
        planned = bridge.planned(step)
        time = bridge.rulings.isEmpty ? plan.time : bridge.time(of: step)
        takes = bridge.takes(step)
        owner = plan.owner
        gate = plan.gate.flatMap { gates[$0] }
        comesAfter = plan.after.map { lives.keys[$0] }
        waitsFor = plan.after.filter { !lives.values[$0].satisfies }.map { lives.keys[$0] }
        isDue = life.state == .planned && planned.map { $0 <= now } ?? false
        isReady =
            life.state == .planned && isSigned && waitsFor.isEmpty && heldWave == nil && gate?.state ?? .open == .open
    }
}

extension StepFacts {
    /// All steps in page order. Of an earlier situation those that nothing has changed but what they do not rest on.
    static func all(
        in bridge: Bridge, _ index: PlanIndex, lives: OrderedDictionary<String, Life>,
        gates: OrderedDictionary<String, GateFacts>, now: Instant,
        after earlier: (
            steps: OrderedDictionary<String, StepFacts>, lives: OrderedDictionary<String, Life>,
            gates: OrderedDictionary<String, GateFacts>
        )?
    ) -> OrderedDictionary<String, StepFacts> {
        let held = index.held(by: bridge.waveHolds)
        let unsigned = bridge.unsignedSteps
        func facts(_ plan: PlannedStep) -> StepFacts {
            StepFacts(
                plan, lives: lives, gates: gates, heldWave: held[plan.place], bridge: bridge, now: now,
                isSigned: !unsigned.contains(plan.step.id))
        }
        guard let earlier else { return index.places.mapValues { facts(index.steps[$0]) } }
        let isChanged = lives.values.indices.map { lives.values[$0] != earlier.lives.values[$0] }
        let changedGates = Set(gates.keys.filter { gates[$0] != earlier.gates[$0] })
        var all = earlier.steps
        for plan in index.steps {
            let last = all.values[plan.place]
            let isDue = last.state == .planned && last.planned.map { $0 <= now } ?? false
            guard
                isChanged[plan.place] || plan.after.contains(where: { isChanged[$0] }) || isDue != last.isDue
                    || plan.gate.map(changedGates.contains) ?? false
            else { continue }
            let new = facts(plan)
            if new != last { all.values[plan.place] = new }
        }
        return all
    }

    /// When the clock alone next changes one of them, as it becomes due or late.
    static func clock(of steps: OrderedDictionary<String, StepFacts>, _ now: Instant) -> Instant {
        var next = Instant.distantFuture
        for facts in steps.values {
            guard let moment = facts.state == .planned ? facts.planned : facts.shouldEnd else { continue }
            if moment > now { next = min(next, moment) }
        }
        return next
    }
}

extension PlanIndex {
    /// The steps, by place, of which something was said, lost or taken back after an entry.
    func spoken(in records: OrderedDictionary<String, StepRecord>, after entry: Int) -> Set<Int> {
        var spoken: Set<Int> = []
        for place in records.values.indices {
            let last = max(records.values[place].changed, records.values[place].lost?.entry ?? 0)
            if last > entry, let step = places[records.keys[place]] { spoken.insert(step) }
        }
        return spoken
    }
}
