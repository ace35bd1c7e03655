import OrderedCollections

/// Answers what needs ask, and remembers what it has worked out. A step that waits for itself is not done.
struct Evidence {
    let bridge: Bridge
    let index: PlanIndex
    let servers: OrderedDictionary<String, ServerFacts>
    let waves: OrderedDictionary<String, WaveFacts>
    private(set) var boards: OrderedDictionary<String, BoardFacts>
    /// Known once all steps' lives are.
    private(set) var looseEnds: [LooseEndFacts] = []
    /// All lives with what loose ends undo, once they are known.
    private var known: OrderedDictionary<String, StepFacts.Life>?
    /// Needs on whole waves, which rest on their servers alone.
    var kept: [Need: NeedFacts]
    /// By place, as far as they are worked out.
    private var lives: [StepFacts.Life?]
    private var tests: [String: TestFacts] = [:]
    /// The steps whose lives are being worked out.
    private var open: Set<Int> = []

    init(
        _ bridge: Bridge, index: PlanIndex, servers: OrderedDictionary<String, ServerFacts>,
        waves: OrderedDictionary<String, WaveFacts>, boards: OrderedDictionary<String, BoardFacts> = [:],
        kept: [Need: NeedFacts] = [:]
    ) {
        self.bridge = bridge
        (self.index, self.servers, self.waves, self.boards, self.kept) = (index, servers, waves, boards, kept)
        lives = Array(repeating: nil, count: index.steps.count)
    }

    var runbook: Runbook { bridge.runbook }

    mutating func allTests() -> OrderedDictionary<String, TestFacts> {
        var all: OrderedDictionary<String, TestFacts> = [:]
        for id in runbook.tests.keys { all[id] = test(id) }
        return all
    }

    /// The boards with what must be looked at again.
    mutating func allBoards() -> OrderedDictionary<String, BoardFacts> {
        for row in index.rechecked {
            for (place, check) in (boards[row.board]?.teams[row.team]?.checks ?? []).enumerated() {
                guard let recheck = recheck(of: check) else { continue }
                boards[row.board]?.teams[row.team]?.checks[place].recheck = recheck
            }
        }
        return boards
    }

    /// Goes on from what has been found of the whole night.
    mutating func know(_ lives: OrderedDictionary<String, StepFacts.Life>, _ looseEnds: [LooseEndFacts]) {
        (known, self.looseEnds) = (lives, looseEnds)
    }

    /// The lives of all steps; of an earlier entry's those that cannot have changed since.
    mutating func allLives(
        after earlier: (entry: Int, lives: OrderedDictionary<String, StepFacts.Life>)?, _ pass: Pass,
        _ changedWaves: Set<String>?
    ) -> OrderedDictionary<String, StepFacts.Life> {
        guard let earlier, !pass.has(.rulings, []) else { return index.places.mapValues { life(at: $0) } }
        var all = earlier.lives
        // First those of which something was said, and those whose own evidence has changed.
        let spoken = pass.has(.steps, []) ? index.spoken(in: bridge.steps, after: earlier.entry) : []
        let touched = index.steps.filter { step in
            step.step.doneWhen.map { pass.mayChange($0, changedWaves) } ?? false || spoken.contains(step.place)
        }
        guard !touched.isEmpty else { return all }
        lives = all.values.map { $0 }
        for step in touched { lives[step.place] = nil }
        let changed = touched.filter { life(at: $0.place) != all.values[$0.place] }
        guard !changed.isEmpty else { return all }
        // Then what may rest on these: all that is done by something else than servers, and groups.
        tests = [:]
        lives = all.values.map { $0 }
        let others = index.steps.filter { $0.isGroup || $0.step.doneWhen.map { !$0.isOnServers } ?? false }
        for step in touched + others { lives[step.place] = nil }
        for step in touched + others { all.values[step.place] = life(at: step.place) }
        return all
    }

    private mutating func rechecked(_ checks: [BoardFacts.Check]) -> [BoardFacts.Check] {
        var checks = checks
        for place in checks.indices { checks[place].recheck = recheck(of: checks[place]) }
        return checks
    }

    /// A step's life: the person's word, else a tool's or the evidence where the step has `done_when`
    /// (docs/contract.md, Claims). A group's follows from its children.
    mutating func life(of id: String) -> StepFacts.Life { index.places[id].map { life(at: $0) } ?? StepFacts.Life() }

    private mutating func life(at place: Int) -> StepFacts.Life {
        if let life = known?.values[place] ?? lives[place] { return life }
        guard open.insert(place).inserted else { return StepFacts.Life() }
        defer { open.remove(place) }
        let planned = index.steps[place]
        let life = planned.isGroup ? groupLife(planned) : leafLife(planned.step)
        lives[place] = life
        return life
    }

    private mutating func leafLife(_ step: Runbook.Step) -> StepFacts.Life {
        let record = bridge.steps[step.id]
        let tool = record?.tools.values.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
        let met = step.doneWhen.map { check($0, of: step) }
        let failure = failure(of: step, tool)
        if let person = record?.person, person.state != .reset { return life(by: person, tool, met, failure, of: step) }
        guard let doneWhen = step.doneWhen, let met else { return StepFacts.Life() }
        if met.isMet {
            let started = tool?.began ?? start(of: doneWhen)
            return StepFacts.Life(state: .done, began: started, ended: met.moment, note: met.why)
        }
        if let started = underWay(doneWhen), tool == nil || tool?.state == .reset {
            return StepFacts.Life(state: .running, began: started)
        }
        if let lost = record?.lost, lost.entry > record?.person?.entry ?? 0, lost.entry > tool?.entry ?? 0 {
            // What was pulled out and is back again was done all the same.
            var life = StepFacts.Life(state: .done, began: lost.began, ended: lost.ended, note: met.why)
            // Where its source has fallen silent since, that is no proof that it is back.
            if !doneWhen.asksForOff {
                life.undone =
                    met.against.map { Undone(since: $0.since, by: $0.by, what: $0.what) }
                    ?? Undone(since: lost.at, by: lost.by, what: met.why)
            }
            return life
        }
        var life = tool.map { StepFacts.Life($0) } ?? StepFacts.Life()
        let word = max(record?.person?.entry ?? 0, tool.map { $0.state == .failed ? 0 : $0.entry } ?? 0)
        if let failure, failure.since.entry > word { life.fail(failure) }
        return life
    }

    /// A person's word, held against a tool's and against what the step is done by. Where they disagreed from the start
    /// it is a divergence, on which a ruling says whose word holds; where evidence has turned since, the step is
    /// undone.
    private func life(
        by person: StepLife, _ tool: StepLife?, _ met: NeedFacts?, _ failure: FailureFacts?, of step: Runbook.Step
    ) -> StepFacts.Life {
        var life = StepFacts.Life(person)
        // What has failed since it was started is not running. Whoever starts it anew speaks of a new run.
        if person.state == .started, let failure, failure.since.entry > person.entry,
            !bridge.isRuled("\(step.id)/state", as: person.state.rawValue, after: failure.since.entry)
        {
            life.fail(failure)
        }
        let isDone = life.state == .done || life.state == .workaround
        let divergence = bridge.divergence(on: step, person, tool, met)
        if let divergence {
            let ruling = bridge.rulings[divergence.id]
            if !divergence.isSettled(by: ruling) {
                life.disputed = divergence.text
            } else if let tool, ruling?.value.value == tool.state.rawValue {
                life = StepFacts.Life(tool)
            }
        } else if isDone, let need = step.doneWhen, !need.asksForOff, let against = met?.against,
            let ended = life.ended,
            against.moment > ended,
            !bridge.isRuled("\(step.id)/state", as: person.state.rawValue, after: against.sinceEntry)
        {
            life.undone = Undone(since: against.since, by: against.by, what: against.what)
        }
        return life
    }

    /// Since when the work that a need speaks of is seen to be under way.
    private mutating func underWay(_ need: Need) -> Moment? {
        switch need.subject {
        case .pipeline:
            guard let claim = bridge.pipelines[need.id]?.latest, claim.value.state == .running else { return nil }
            return Moment(at: claim.value.startedAt ?? claim.since, entry: claim.sinceEntry)
        case .tests:
            let facts = test(need.id)
            guard facts.state == .running, let claim = facts.claim else { return nil }
            return Moment(at: claim.value.startedAt ?? claim.since, entry: claim.sinceEntry)
        case .wave where need.predicate == .patch:
            return waves[need.id]?.counted.compactMap { server in
                server.patch.flatMap { $0.value == .running && !$0.isStale ? $0.claim.moment : nil }
            }.min()
        default: return nil
        }
    }

    /// When the work that a need speaks of began, where what shows its end says so.
    private mutating func start(of need: Need) -> Moment? {
        switch need.subject {
        case .pipeline:
            let claim = bridge.pipelines[need.id]?.latest
            return claim?.value.startedAt.map { Moment(at: $0, entry: claim?.sinceEntry ?? 0) }
        case .tests:
            let claim = test(need.id).claim
            return claim?.value.startedAt.map { Moment(at: $0, entry: claim?.sinceEntry ?? 0) }
        default: return nil
        }
    }

    private mutating func groupLife(_ group: PlannedStep) -> StepFacts.Life {
        if let person = bridge.steps[group.step.id]?.person, person.state != .reset, person.state != .started {
            return StepFacts.Life(person)
        }
        let children: [StepFacts.Life] = group.children.map { self.life(at: $0) }
        var life = StepFacts.Life()
        life.began = children.compactMap { $0.began ?? $0.ended }.min()
        if children.allSatisfy(\.state.isEnded) {
            let failed = children.contains { $0.state == .failed }
            let skipped = children.allSatisfy { $0.state == .skipped || $0.state == .notApplicable }
            life.state = failed ? .failed : skipped ? .skipped : .done
            life.ended = children.compactMap(\.ended).max()
            life.disputed = children.compactMap(\.disputed).first
            life.undone = children.compactMap(\.undone).min { $0.since < $1.since }
        } else if children.contains(where: { $0.state == .failed }) {
            life.state = .failed
        } else if children.contains(where: { $0.state != .planned }) {
            life.state = .running
        }
        return life
    }

    /// A test run as it is shown, of this night or not (docs/contract.md, Test counts).
    mutating func test(_ id: String) -> TestFacts {
        if let facts = tests[id] { return facts }
        let plan = runbook.tests[id]
        var before = TestFacts.Before()
        for step in plan?.after ?? [] { before.add(title(of: step), life(of: step)) }
        let facts = TestFacts(id: id, plan: plan, claims: bridge.tests[id], after: before, bridge: bridge)
        tests[id] = facts
        return facts
    }

    /// Holds one need against what is known. `step` is the step that is done by it; `nil`: it is a gate's.
    mutating func check(_ need: Need, of step: Runbook.Step? = nil) -> NeedFacts {
        // Alerts rest on mutes as well, which are known later.
        guard need.subject == .wave, need.predicate != .alerts else { return answer(to: need, of: step) }
        if let facts = kept[need] { return facts }
        let facts = answer(to: need, of: step)
        kept[need] = facts
        return facts
    }

    private mutating func answer(to need: Need, of step: Runbook.Step?) -> NeedFacts {
        switch need.subject {
        case .step:
            let ids = need.but.isEmpty ? [need.id] : runbook.leaves(of: need.id).map(\.id)
            return steps(ids.filter { index.places[$0] != nil }, need, name: title(of: need.id))
        case .phase:
            let ids = index.steps.filter { !$0.isGroup && $0.step.phase == need.id }.map(\.step.id)
            return steps(ids, need, name: runbook.phases[need.id]?.title ?? need.id)
        case .wave:
            let facts = axis(waves[need.id]?.counted.filter { !need.but.contains($0.name) } ?? [], need)
            // A held server leaves the count, and must be out of every pool (docs/contract.md, warroom.hold).
            guard need.predicate == .pools, need.value == "in", facts.isMet,
                let held = waves[need.id]?.servers.first(where: {
                    $0.isHeld && $0.pools.contains { $0.member?.value == .in }
                }),
                let pool = held.pools.first(where: { $0.member?.value == .in })
            else { return facts }
            return answer(
                need, false, "\(held.name) is held, yet in \(pool.name)", pool.member?.claim.moment,
                owner: bridge.holds[held.name]?.by,
                entry: facts.entry)
        case .server: return axis(servers[need.id].map { [$0] } ?? [], need)
        case .pool:
            let members = servers.values.filter { server in
                server.isInRunbook && server.pools.contains { $0.name == need.id } && !need.but.contains(server.name)
            }
            return axis(members, need, pool: need.id)
        case .tests:
            let facts = test(need.id)
            let isMet = facts.state == .passed && need.value == "passed"
            // For its step the run has ended. A gate waits until a person has accepted what passed only when it was
            // tried again.
            if isMet, step == nil, facts.isFlaky,
                !bridge.isRuled("\(need.id)/result", as: "passed", after: facts.claim?.sinceEntry ?? 0)
            {
                return answer(
                    need, false,
                    "\(facts.title): passed after retry, \(facts.report?.flaky ?? 0) flaky, a person must accept it",
                    facts.claim?.moment, owner: owner(of: need), entry: facts.claim?.entry ?? 0)
            }
            let says = facts.state == .failed || facts.state == .interrupted
            return answer(
                need, isMet, isMet ? "\(facts.title) passed" : "\(facts.title): \(facts.why ?? facts.word)",
                facts.claim.map { Moment(at: $0.at, entry: $0.sinceEntry) },
                owner: owner(of: need), entry: facts.claim?.entry ?? 0,
                against: says
                    ? facts.claim.map { NeedFacts.Against($0, what: "\(facts.title) \(facts.word)") } : nil)
        case .pipeline: return pipeline(need, of: step)
        case .board:
            let board = boards[need.id]
            let missing = rechecked(board.map(\.checks) ?? []).filter { check in
                !check.isOk && !need.but.contains { check.path.text == $0 || check.path.text.hasPrefix($0 + "/") }
            }
            let isMet = board != nil && missing.isEmpty
            let why = isMet ? "\(board!.title): all ok" : "\(board?.title ?? need.id): \(missing.count) not ok"
            let last = board?.checks.compactMap { $0.current?.entry }.max() ?? 0
            return answer(need, isMet, why, nil, owner: isMet ? nil : owner(of: need), entry: last)
        case .looseEnds:
            let open = looseEnds.filter { !need.but.contains($0.id.text) }
            let why =
                open.isEmpty
                ? "no loose end is open"
                : "\(open.count) loose end\(open.count == 1 ? "" : "s"): \(open.map(\.what).listed())"
            return answer(
                need, open.isEmpty, why, open.map(\.opened).min(), owner: open.isEmpty ? nil : owner(of: need))
        }
    }

    private func title(of step: String) -> String { index.step(step)?.step.title ?? step }

    func answer(
        _ need: Need, _ isMet: Bool, _ why: String, _ since: Moment?, owner: String? = nil, entry: Int = 0,
        against: NeedFacts.Against? = nil
    ) -> NeedFacts {
        NeedFacts(
            need: need, isMet: isMet, why: why, owner: isMet ? nil : owner, entry: entry, moment: since,
            against: isMet ? nil : against)
    }

    private mutating func steps(_ ids: [String], _ need: Need, name: String) -> NeedFacts {
        var missing: [String] = []
        var since: Moment?
        let counted = ids.filter { !need.but.contains($0) }
        let last = counted.compactMap { bridge.steps[$0]?.changed }.max() ?? 0
        for id in counted {
            let life = self.life(of: id)
            if life.satisfies {
                since = [since, life.ended].compactMap { $0 }.max()
            } else {
                missing.append(id)
            }
        }
        if ids.isEmpty { return answer(need, false, "\(name): nothing is known", nil) }
        if missing.isEmpty { return answer(need, true, "\(name): done", since, entry: last) }
        let owner = missing.compactMap { index.step($0)?.owner }.first
        if counted.count == 1 {
            let life = self.life(of: missing[0])
            let why = life.obstacle(in: runbook.zones.home.zone)
            return answer(
                need, false, "\(name) is \(why)", life.undone.map { Moment(at: $0.since, entry: 0) }, owner: owner,
                entry: last)
        }
        let names = missing.prefix(3).map { title(of: $0) }.listed(of: missing.count)
        let why = "\(counted.count - missing.count) of \(counted.count) of \(name) done, missing: \(names)"
        return answer(need, false, why, nil, owner: owner, entry: last)
    }

    private mutating func pipeline(_ need: Need, of step: Runbook.Step?) -> NeedFacts {
        guard let claim = bridge.pipelines[need.id]?.latest else {
            return answer(need, false, "\(need.id) has not reported", nil, owner: owner(of: need))
        }
        let report = claim.value
        let finished = Moment(at: report.finishedAt ?? claim.since, entry: claim.sinceEntry)
        if let why = bridge.notTonight(
            runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: claim.at)
        {
            return answer(need, false, "\(need.id): \(why)", claim.moment, owner: owner(of: need), entry: claim.entry)
        }
        let isMet = report.state.rawValue == need.value && bridge.isHeardOrEnded(claim, on: need.id)
        if isMet, let step, let early = tooEarly(step, finished) {
            return answer(
                need, false, "\(need.id): too early, \(early)", claim.moment, owner: owner(of: need), entry: claim.entry
            )
        }
        let says = report.state == .failed || report.state == .canceled
        return answer(
            need, isMet, "\(need.id) \(report.state.rawValue)", finished, owner: owner(of: need), entry: claim.entry,
            against: says ? NeedFacts.Against(claim, what: "\(need.id) \(report.state.rawValue)") : nil)
    }

    /// What had to be done before a step, by its `after` and its gate, and was not when the step's work had ended.
    private mutating func tooEarly(_ step: Runbook.Step, _ finished: Moment) -> String? {
        let clock = runbook.zones.home.zone.local(finished.at)
        let then = "it ended \(clock.day3) \(clock.clock)"
        var needs = runbook.after(step).map { Need(.step, $0, .is, "done") }
        if let gate = runbook.gate(of: step), bridge.override(of: gate.id) == nil {
            needs += gate.needs.filter { $0.subject == .step || $0.subject == .phase }
        }
        var latest: (at: Moment, title: String)?
        for need in needs {
            let facts = check(need)
            guard facts.isMet else { return "\(then): \(facts.why)" }
            if let done = facts.moment, done > latest?.at ?? finished {
                latest = (done, need.subject == .phase ? runbook.phases[need.id]?.title ?? need.id : title(of: need.id))
            }
        }
        return latest.map { latest in
            let done = runbook.zones.home.zone.local(latest.at.at)
            return "\(then), \(latest.title) was done \(done.day3) \(done.clock)"
        }
    }
}
