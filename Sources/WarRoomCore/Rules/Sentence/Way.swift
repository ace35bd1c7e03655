import OrderedCollections

/// The way on: what must go on next, and whether a person is needed for that (docs/glossary.md, way on).
struct Way {
    /// Whom and what it needs; `nil`: it needs nobody, because work runs or its time has not come.
    var needs: Matter?
    /// The step that waits for that; `nil`: that itself is the step.
    var held: StepFacts?
    /// The next step by its time.
    var next: StepFacts?
    /// Until when nobody is needed; `nil`: no time says so.
    var until: Instant?
    /// A step whose turn has come a moment ago, within work that is under way.
    var between: StepFacts?
    /// When the clock alone next changes it.
    var changesAt: Instant?

    /// Whether work is under way although no step of it runs just now.
    var isBetween: Bool { between != nil }
}

extension SentenceRule {
    /// How long somebody has to start the next step of a group before the night waits for him.
    private static let grace = Duration.seconds(5 * 60)

    /// What keeps a step from starting.
    private enum Obstacle {
        /// Work that runs.
        case work
        /// Only time.
        case clock(Instant)
        /// Somebody is needed.
        case matter(Matter)
    }

    /// The way needs a person where a step waits for one whose time has come, however much runs beside it; where
    /// something failed without which nothing else can start; and, while nothing runs, where it is a step's turn.
    func way(_ matters: [Matter]) -> Way {
        var way = Way()
        let planned = leaves.filter { $0.state == .planned }
        way.next = planned.filter { $0.planned.map { $0 > now } ?? false }.min { $0.planned! < $1.planned! }
        way.until = way.next?.planned
        let critical = Set(facts.forecast.criticalPath)
        let due = planned.filter(\.isDue).map { (critical.contains($0.step.id) ? 0 : 1, $0.planned!, $0) }.sorted {
            ($0.0, $0.1) < ($1.0, $1.1)
        }
        for matter in matters where matter.isFailure {
            guard let held = due.first(where: { holds(matter, $0.2) })?.2 else { continue }
            (way.needs, way.held) = (matter, held)
            return way
        }
        var known = Known()
        for (_, _, step) in due {
            switch obstacle(of: step, matters, &known) {
            case .work: continue
            case .clock(let moment): way.until = min(way.until ?? moment, moment)
            case .matter(let matter):
                guard let needs = way.needs else {
                    (way.needs, way.held) = (matter, matter.subject == step.step.id ? nil : step)
                    continue
                }
                // What waits for it and is due as well says why it matters.
                if way.held == nil, matter.subject == needs.subject, step.step.id != needs.subject { way.held = step }
            }
        }
        if way.needs != nil { return way }
        for matter in matters where matter.isFailure {
            guard let held = planned.first(where: { isShut($0, by: matter) }) else { continue }
            (way.needs, way.held) = (matter, held)
            return way
        }
        if running.isEmpty { turn(of: planned, matters, &way) }
        return way
    }

    /// While nothing runs: the step whose turn it is, its gate first.
    private func turn(of planned: [StepFacts], _ matters: [Matter], _ way: inout Way) {
        let open = planned.filter { step in
            !step.isDue && step.time.map { $0 <= now } ?? true && step.waitsFor.isEmpty
                && (!step.comesAfter.isEmpty || step.gate.map { $0.state != .shut } ?? false)
        }
        var turns = open.filter { $0.gate?.state ?? .open != .open } + open.filter { $0.gate?.state ?? .open == .open }
        if turns.isEmpty, way.next == nil, let first = planned.first { turns = [first] }
        var known = Known()
        for step in turns {
            switch obstacle(of: step, matters, &known) {
            case .work: continue
            case .clock(let moment): way.until = min(way.until ?? moment, moment)
            case .matter(let matter):
                if matter.subject == step.step.id, !matter.isFailure, let since = turn(of: step),
                    now < since + SentenceRule.grace,
                    step.step.parent.flatMap({ steps[$0] })?.state == .running
                {
                    (way.between, way.changesAt) = (step, since + SentenceRule.grace)
                    continue
                }
                (way.needs, way.held, way.between) = (matter, matter.subject == step.step.id ? nil : step, nil)
                return
            }
        }
    }

    /// Since when it is a step's turn, by the ends of what it comes after.
    func turn(of step: StepFacts) -> Instant? { step.comesAfter.compactMap { steps[$0]?.life.endedAt }.max() }

    // MARK: What is in a step's way

    /// What was found of other steps, for many may wait for one.
    private struct Known {
        /// By the step's id.
        var obstacles: [String: Obstacle] = [:]
        /// Those that are being looked into: nothing is found by waiting for them.
        var open: Set<String> = []
        /// The open step that makes a need true; `nil`: none does.
        var makers: [Need: StepFacts?] = [:]
    }

    private func obstacle(of step: StepFacts, _ matters: [Matter], _ known: inout Known) -> Obstacle {
        if let obstacle = known.obstacles[step.step.id] { return obstacle }
        guard known.open.insert(step.step.id).inserted else { return .work }
        let obstacle = find(step, matters, &known)
        known.obstacles[step.step.id] = obstacle
        return obstacle
    }

    private func find(_ step: StepFacts, _ matters: [Matter], _ known: inout Known) -> Obstacle {
        if let matter = matters.first(where: { holds($0, step) }) { return .matter(matter) }
        if bridge.isUnsigned(step.step.id), let matter = unsigned(step) { return .matter(matter) }
        let before = step.waitsFor.compactMap { steps[$0] }
        if before.contains(where: isUnderWay) { return .work }
        if let first = before.lazy.compactMap({ open($0) }).first { return obstacle(before: first, matters, &known) }
        guard let gate = step.gate else { return .matter(start(step)) }
        switch gate.state {
        case .open: return .matter(start(step))
        case .ready: return .matter(approve(step, gate))
        case .shut: return obstacle(of: step, gate, matters, &known)
        }
    }

    /// What is in the way of a step that another waits for; one that has a time of its own waits for that.
    private func obstacle(before first: StepFacts, _ matters: [Matter], _ known: inout Known) -> Obstacle {
        if let time = first.time, time > now { return .clock(time) }
        return obstacle(of: first, matters, &known)
    }

    private func obstacle(
        of step: StepFacts, _ gate: GateFacts, _ matters: [Matter], _ known: inout Known
    ) -> Obstacle {
        let unmet = gate.needs.filter { !$0.isMet }
        if unmet.contains(where: { need in running.contains { makes(need.need, $0) } }) { return .work }
        for need in unmet {
            let maker = known.makers[need.need] ?? leaves.first { $0.state == .planned && makes(need.need, $0) }
            known.makers[need.need] = .some(maker)
            if let maker, !known.open.contains(maker.step.id) { return obstacle(before: maker, matters, &known) }
        }
        for need in unmet where need.need.subject == .wave && need.need.predicate == .is {
            if let wave = facts.estate.waves[need.need.id], let ends = bridge.soak(of: wave)?.ends, ends > now {
                return .clock(ends)
            }
        }
        guard let need = unmet.first else { return .matter(start(step)) }
        return .matter(self.need(need, of: step))
    }

    /// The first step below another, or itself, that has not begun.
    private func open(_ facts: StepFacts) -> StepFacts? {
        guard facts.isGroup else { return facts.state == .planned ? facts : nil }
        return facts.step.children.lazy.compactMap { steps[$0] }.compactMap { open($0) }.first
    }

    private func isUnderWay(_ facts: StepFacts) -> Bool {
        guard facts.isGroup else { return facts.state == .running }
        return facts.step.children.contains { steps[$0].map { isUnderWay($0) } ?? false }
    }

    /// Whether a step's end makes a need true.
    func makes(_ need: Need, _ facts: StepFacts) -> Bool {
        let step = facts.step
        switch need.subject {
        case .step: return !need.but.contains(step.id) && (step.id == need.id || isBelow(step, need.id))
        case .phase: return step.phase == need.id && !need.but.contains(step.id)
        case .tests:
            return step.tests == need.id || step.doneWhen.map { $0.subject == .tests && $0.id == need.id } ?? false
        case .pipeline: return step.doneWhen.map { $0.subject == .pipeline && $0.id == need.id } ?? false
        case .looseEnds: return looseEnds.contains { step.closes.contains($0.id) }
        case .board: return false
        case .wave, .server, .pool:
            if let own = step.doneWhen, own.subject == need.subject, own.id == need.id, own.predicate == need.predicate
            {
                return true
            }
            if need.subject == .wave, step.wave == need.id || step.parent.flatMap({ steps[$0]?.step.wave }) == need.id {
                return true
            }
            return step.closes.contains { end in
                switch end {
                case .pool(let server, let pool):
                    need.predicate == .pools && isMeant(server, by: need) && (need.subject != .pool || pool == need.id)
                case .alerts(let server): need.predicate == .alerts && isMeant(server, by: need)
                case .hold, .other: false
                }
            }
        }
    }

    /// Whether a need is on a server, among others.
    func isMeant(_ server: String, by need: Need) -> Bool {
        switch need.subject {
        case .server: need.id == server
        case .wave: runbook.waves[need.id]?.servers.contains(server) ?? false
        case .pool: runbook.servers[server]?.pools.contains(need.id) ?? false
        case .step, .phase, .tests, .pipeline, .board, .looseEnds: false
        }
    }

    private func isBelow(_ step: Runbook.Step, _ group: String) -> Bool {
        guard let parent = step.parent else { return false }
        return parent == group || (runbook.steps[parent].map { isBelow($0, group) } ?? false)
    }

    // MARK: What a matter holds up

    /// The first step that waits for it: of those with a time the earliest, and of these one behind a gate.
    func held(by matter: Matter, _ way: Way) -> StepFacts? {
        if let needs = way.needs, needs.subject == matter.subject, needs.cause == matter.cause { return way.held }
        let held = leaves.filter { $0.state == .planned && holds(matter, $0) && !isOf($0, matter.cause) }
        func key(_ step: StepFacts) -> (Instant, Int) { (step.time ?? .distantFuture, isGated(step) ? 0 : 1) }
        func isGated(_ step: StepFacts) -> Bool { isShut(step.gate) { covers($0, cause: matter.cause) } }
        return held.min { key($0) < key($1) }
    }

    /// Whether a step is of the wave that is held.
    private func isOf(_ step: StepFacts, _ cause: Matter.Cause) -> Bool {
        guard case .wave(let wave) = cause else { return false }
        return step.step.wave == wave || step.step.parent.flatMap { steps[$0]?.step.wave } == wave
    }

    /// Whether a step waits for it, at first hand.
    func holds(_ matter: Matter, _ step: StepFacts) -> Bool {
        switch matter.cause {
        case .other: return false
        case .wave(let wave): return step.heldWave == wave
        case .step(let id):
            return step.waitsFor.contains { waits($0, for: id) }
                || isShut(step.gate) { covers($0, cause: matter.cause) }
        case .server, .tests: return isShut(step.gate) { covers($0, cause: matter.cause) }
        }
    }

    /// Whether it is all that a step waits for.
    private func isShut(_ step: StepFacts, by matter: Matter) -> Bool {
        guard holds(matter, step) else { return false }
        guard case .step(let id) = matter.cause else { return true }
        return step.waitsFor.allSatisfy { waits($0, for: id) }
            && (step.gate?.needs ?? []).allSatisfy { $0.isMet || covers($0.need, cause: matter.cause) }
    }

    private func isShut(_ gate: GateFacts?, _ isMeant: (Need) -> Bool) -> Bool {
        guard let gate, gate.state == .shut else { return false }
        return gate.needs.contains { !$0.isMet && isMeant($0.need) }
    }

    private func waits(_ waited: String, for id: String) -> Bool {
        waited == id || runbook.steps[id].map { isBelow($0, waited) } ?? false
    }

    private func covers(_ need: Need, cause: Matter.Cause) -> Bool {
        switch cause {
        case .step(let id): steps[id].map { makes(need, $0) } ?? false
        case .server(let server): isMeant(server, by: need)
        case .tests(let run): need.subject == .tests && need.id == run
        case .wave(let wave): need.subject == .wave && need.id == wave
        case .other: false
        }
    }
}
