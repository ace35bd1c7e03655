import OrderedCollections

/// The plan that the night began with, by the places of the plan in force: an amendment moves what is planned, and not
/// what it is held against. A step that came later has no baseline.
struct Baseline {
    let slots: [Schedule.Slot]
    /// The planned starts as they were.
    let planned: [Instant?]

    init(of bridge: Bridge, _ index: PlanIndex) {
        let first = bridge.baselineIndex
        let times = first.steps.map(\.time)
        let schedule = Schedule(first, durations: first.steps.map { bridge.takes($0.step) }, planned: times)
        guard first !== index else {
            (slots, planned) = (schedule.slots, times)
            return
        }
        let places = index.steps.map { first.places[$0.step.id] }
        slots = places.map { place in place.map { schedule.slots[$0] } ?? Schedule.Slot() }
        planned = places.map { place in place.flatMap { times[$0] } }
    }
}

extension Bridge {
    /// A step's planned start as the night began: by it drift is told. `nil`: it had none, or came later.
    package func baseline(of step: Runbook.Step) -> Instant? {
        let first = begunWith?.value ?? runbook
        return first.steps[step.id].flatMap { first.planned($0) }
    }
}
