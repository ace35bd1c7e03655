import OrderedCollections

/// The steps on the time line: as planned, or as they have gone and go on from now. A step whose duration is unknown is
/// taken to need no time, and what depends on it is known only as "not before".
struct Schedule {
    struct Slot {
        var start: Instant?
        var end: Instant?
        /// From when on those that wait for it may start.
        var release: Instant?
        /// Whether an unknown duration is left out of its start, or of its end.
        var startIsKnown = true
        var endIsKnown = true
        /// The step that it waits for; `nil`: its own time, or the clock.
        var because: Int?
        /// Whether the clock alone pushes it.
        var isPushed = false
    }

    private(set) var slots: [Slot]
    /// The steps in an order in which each stands behind all that it waits for.
    private(set) var order: [Int] = []

    private let index: PlanIndex
    private let durations: [Duration?]
    private let planned: [Instant?]
    private let lives: OrderedDictionary<String, StepFacts.Life>?
    private let clock: Instant?
    private var state: [UInt8]

    /// The steps as the night goes; without lives and a clock, as they were planned.
    init(
        _ index: PlanIndex, durations: [Duration?], planned: [Instant?],
        lives: OrderedDictionary<String, StepFacts.Life>? = nil, clock: Instant? = nil
    ) {
        self.index = index
        self.durations = durations
        self.planned = planned
        self.lives = lives
        self.clock = clock
        slots = Array(repeating: Slot(), count: index.steps.count)
        state = Array(repeating: 0, count: index.steps.count)
        order.reserveCapacity(index.steps.count)
        for place in slots.indices { visit(place) }
    }

    /// Works out a step after all that it waits for. One that waits for itself does not wait.
    private mutating func visit(_ place: Int) {
        guard state[place] == 0 else { return }
        state[place] = 1
        for other in index.before[place] { visit(other) }
        state[place] = 2
        order.append(place)
        slots[place] = index.steps[place].isGroup ? group(place) : leaf(place)
    }

    private func group(_ place: Int) -> Slot {
        var slot = Slot()
        for child in index.before[place] where state[child] == 2 {
            let other = slots[child]
            slot.start = [slot.start, other.start].compactMap { $0 }.min()
            slot.endIsKnown = slot.endIsKnown && other.endIsKnown
            if let end = other.end, slot.end.map({ end > $0 }) ?? true { slot.end = end }
            if let release = other.release, slot.release.map({ release > $0 }) ?? true {
                (slot.release, slot.because) = (release, child)
            }
        }
        slot.startIsKnown = index.before[place].allSatisfy { slots[$0].startIsKnown }
        // What was ended as a whole is over, whatever became of its steps.
        if let life = lives?.values[place], life.state.isEnded, let end = life.endedAt {
            (slot.end, slot.release, slot.endIsKnown) = (end, end, true)
        }
        return slot
    }

    private func leaf(_ place: Int) -> Slot {
        var slot = Slot()
        let life = lives?.values[place] ?? StepFacts.Life()
        let duration = durations[place]
        // The latest of what it waits for.
        var waits: Instant?
        for other in index.before[place] where state[other] == 2 {
            slot.startIsKnown = slot.startIsKnown && slots[other].endIsKnown
            if let release = slots[other].release, waits.map({ release > $0 }) ?? true {
                (waits, slot.because) = (release, other)
            }
        }
        if let waits, let own = planned[place], waits < own { slot.because = nil }

        switch life.state {
        case .planned:
            slot.start = [waits, planned[place]].compactMap { $0 }.max()
            if let clock, slot.start.map({ $0 < clock }) ?? true {
                (slot.start, slot.because, slot.isPushed) = (clock, nil, true)
            }
            slot.end = slot.start.map { $0 + (duration ?? .zero) }
            slot.endIsKnown = slot.startIsKnown && duration != nil && slot.start != nil
            slot.release = slot.end
        case .running:
            slot.startIsKnown = true
            slot.start = life.startedAt ?? clock
            slot.end = slot.start.map { $0 + (duration ?? .zero) }
            slot.endIsKnown = duration != nil
            if let clock, slot.end.map({ $0 < clock }) ?? true { (slot.end, slot.isPushed) = (clock, true) }
            slot.release = slot.end
        case .done, .workaround, .notApplicable:
            slot.startIsKnown = true
            slot.start = life.startedAt ?? life.endedAt
            slot.end = life.endedAt ?? life.startedAt
            slot.release = slot.end
        case .failed, .skipped:
            // What waits for it goes on waiting: for a failed one at least until it is done again.
            slot.startIsKnown = true
            slot.start = life.startedAt ?? life.endedAt
            slot.end = life.endedAt ?? life.startedAt
            slot.release = clock.map { $0 + (life.state == .failed ? duration ?? .zero : .zero) } ?? slot.end
            slot.isPushed = true
        }
        return slot
    }
}
