import OrderedCollections

/// One step as it is shown (V-01). Due and ready are two facts: the clock makes it due, evidence makes it ready. A
/// class, as ``ServerFacts`` is: large, unchanging, looked at often.
package final class StepFacts: Sendable {
    package enum State: String, Sendable, CaseIterable {
        case planned, running, done, failed, skipped, workaround
        case notApplicable = "not-applicable"

        package var isEnded: Bool { self != .planned && self != .running }
        /// Whether what waits for the step may go on: skipped and failed are no evidence.
        var satisfies: Bool { self == .done || self == .workaround || self == .notApplicable }
        package var word: String { self == .notApplicable ? "not applicable" : rawValue }
    }

    /// What has happened to a step.
    package struct Life: Hashable, Sendable {
        package var state = State.planned
        /// When it started, and when it ended, as the journal orders them.
        var began: Moment?
        var ended: Moment?
        package var note: String?
        package var by: String?
        /// It was done, and is no longer true.
        package var undone: Undone?
        /// A tool, or the evidence, says otherwise than the person, and nobody has ruled.
        package var disputed: String?
        /// What has failed, in words, where a run or a stage says so and no person has.
        package var failure: String?

        package var startedAt: Instant? { began?.at }
        package var endedAt: Instant? { ended?.at }
        /// Whether what waits for the step may go on.
        var satisfies: Bool { state.satisfies && undone == nil && disputed == nil }

        /// Why it is no evidence, in words.
        func obstacle(in zone: Zone) -> String {
            if let undone {
                let since = zone.local(undone.since)
                return "undone since \(since.day3) \(since.clock), by \(undone.by): \(undone.what)"
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

    package let step: Runbook.Step
    package let life: Life
    /// The planned start, moved where a ruling on a written pair of times moves it.
    package let planned: Instant?
    /// When it may start: as ``planned``, or as the group around it; no step of a group starts before its group.
    package let time: Instant?
    /// How long it takes: as the runbook says, else as earlier nights went; `nil`: nobody knows.
    package let takes: Duration?
    package let isDue: Bool
    package let isReady: Bool
    package let gate: GateFacts?
    /// The steps that it comes after and that are not done, by id.
    package let waitsFor: [String]
    package let owner: String?

    package var state: State { life.state }
    package var undone: Undone? { life.undone }
    package var isGroup: Bool { !step.children.isEmpty }
    /// When it should have ended, while it runs; `nil` where nobody knows.
    var shouldEnd: Instant? {
        guard state == .running, let started = life.startedAt else { return nil }
        return takes.map { started + $0 }
    }

    init(
        _ plan: PlannedStep, lives: OrderedDictionary<String, Life>, gates: OrderedDictionary<String, GateFacts>,
        bridge: Bridge, now: Instant
    ) {
        step = plan.step
        life = lives.values[plan.place]
        planned = bridge.planned(step)
        time = bridge.rulings.isEmpty ? plan.time : bridge.time(of: step)
        takes = bridge.takes(step)
        owner = plan.owner
        gate = plan.gate.flatMap { gates[$0] }
        waitsFor = plan.after.filter { !lives.values[$0].satisfies }.map { lives.keys[$0] }
        isDue = life.state == .planned && planned.map { $0 <= now } ?? false
        isReady = life.state == .planned && waitsFor.isEmpty && gate?.state ?? .open == .open
    }
}
