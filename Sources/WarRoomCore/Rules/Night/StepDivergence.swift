import OrderedCollections

// Where a person's word on a step meets a tool's, the evidence, or what a source sees of the things that the step was
// to switch off or back on.
extension Bridge {
    /// A person's word on a step against a tool's and against the evidence that it is done by, as far as they disagreed
    /// when the person spoke; what has turned since is not a disagreement but an undoing.
    func divergence(on step: Runbook.Step, _ person: StepLife, _ tool: StepLife?, _ met: NeedFacts?) -> Divergence? {
        var against: [Divergence.Side] = []
        if let tool, StepLife.disagree(person.state, tool.state),
            let claimant = steps[step.id]?.tools.first(where: { $0.value == tool })?.key
        {
            against.append(
                Divergence.Side(
                    claimant: claimant, by: tool.by, value: tool.state.rawValue, since: tool.at, entry: tool.entry))
        }
        if let claim = met?.against, person.state == .done, let need = step.doneWhen, !need.asksForOff,
            claim.moment <= Moment(at: person.at, entry: person.entry)
        {
            against.append(Divergence.Side(claim, value: "not done"))
        }
        // A stage that failed under a step of which a person says that it runs.
        if let claim = met?.against, person.state == .started, step.doneWhen?.subject == .pipeline,
            claim.sinceEntry > person.entry
        {
            against.append(Divergence.Side(claim, value: StepReport.State.failed.rawValue))
        }
        guard !against.isEmpty else { return nil }
        let own = Divergence.Side(
            claimant: person.by, by: person.by, value: person.state.rawValue, since: person.at, entry: person.entry)
        return Divergence(id: "\(step.id)/state", subject: step.id, field: "state", sides: [own] + against)
    }
}

extension StepLife {
    /// Whether two words on one step cannot both be true: ended well, and not.
    fileprivate static func disagree(_ one: StepReport.State, _ other: StepReport.State) -> Bool {
        func isWell(_ state: StepReport.State) -> Bool { state == .done || state == .workaround }
        return isWell(one) && other == .failed || one == .failed && isWell(other)
    }
}

extension Divergence {
    /// All that nobody has ruled on: servers, then steps, then what the plan and the balancers have of a server.
    static func all(_ facts: SituationParts) -> [Divergence] {
        let bridge = facts.bridge
        let found =
            axes(facts) + steps(facts) + strangers(facts) + facts.againstPlan + flaky(facts)
            + facts.tests.values.compactMap(\.disagreement)
            + facts.gates.values.compactMap { bridge.pressedPast($0) }
            + [bridge.clock?.divergence].compactMap { $0 }
        return found.filter { !$0.isSettled(by: bridge.rulings[$0.id]) }
    }

    private static func steps(_ facts: SituationParts) -> [Divergence] {
        let bridge = facts.bridge
        guard facts.lives.values.contains(where: { $0.disputed != nil }) else { return [] }
        var evidence = facts.evidence
        return bridge.steps.compactMap { id, record -> Divergence? in
            guard facts.lives[id]?.disputed != nil, let step = bridge.runbook.steps[id], step.children.isEmpty,
                let person = record.person
            else { return nil }
            let tool = record.tools.values.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
            return bridge.divergence(on: step, person, tool, step.doneWhen.map { evidence.check($0, of: step) })
        }
    }

    /// Servers in a pool where the runbook does not list them: they must be seen.
    private static func strangers(_ facts: SituationParts) -> [Divergence] {
        facts.estate.odd.strangers.sorted().flatMap { place -> [Divergence] in
            let server = facts.servers.values[place]
            return server.pools.dropFirst(server.listedPools).compactMap { pool, member -> Divergence? in
                guard facts.bridge.runbook.pools[pool] != nil, let member, member.counts,
                    member.value == .in || member.value == .draining
                else { return nil }
                return Divergence(
                    id: "\(server.name)/pools/\(pool)", subject: server.name, field: "pools/\(pool)",
                    sides: [
                        Side(claimant: "runbook", by: "runbook", value: "not listed", since: nil, entry: 0),
                        Side(member.claim),
                    ])
            }
        }
    }

    /// A result that a gate needs, and that passed only when cases were tried again: a person accepts it, or does not.
    private static func flaky(_ facts: SituationParts) -> [Divergence] {
        let needed = Set(facts.bridge.runbook.gates.values.flatMap(\.needs).filter { $0.subject == .tests }.map(\.id))
        return facts.tests.values.filter { $0.isFlaky && $0.disagreement == nil && needed.contains($0.id) }.compactMap {
            test -> Divergence? in
            guard let claim = test.claim else { return nil }
            func side(_ value: String, _ claimant: String) -> Side {
                Side(claimant: claimant, by: claim.by, value: value, since: claim.since, entry: claim.entry)
            }
            return Divergence(
                id: "\(test.id)/result", subject: test.id, field: "result",
                sides: [side("passed", claim.claimant), side("flaky", "its first tries")])
        }
    }

    /// A server that the steps have out, or back in, and its source has otherwise: left in maintenance, or put back by
    /// a balancer that forgot.
    static func plan(
        _ bridge: Bridge, _ estate: EstateFacts, _ lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [Divergence] {
        PlanWords(bridge, estate, lives).contradicted().compactMap { Divergence($0.word, $0.axis.id, of: $0.server) }
    }

    /// The plan's word on what a server's source has otherwise; `nil` where that is on its way, or cannot be believed.
    private init?(_ word: PlanWords.Word, _ id: LooseEndID, of server: ServerFacts) {
        if id.isAlerts, let alerts = server.alerts {
            guard alerts.counts else { return nil }
            self.init(
                id: "\(server.name)/alerts", subject: server.name, field: "alerts",
                sides: [word.side(off: "muted", on: "on"), Side(alerts.claim)])
            return
        }
        let found = server.pools.prefix(server.listedPools).first { id == .pool(server: server.name, pool: $0.name) }
        guard let pool = found?.name, let member = found?.member, member.counts, member.value != .draining else {
            return nil
        }
        self.init(
            id: "\(server.name)/pools/\(pool)", subject: server.name, field: "pools/\(pool)",
            sides: [word.side(off: "out", on: "in"), Side(member.claim)])
    }
}

extension Divergence.Side {
    init<Value: RawRepresentable<String>>(_ claim: Claim<Value>) {
        self.init(
            claimant: claim.claimant, by: claim.by, value: claim.value.rawValue, since: claim.since, entry: claim.entry,
            sinceEntry: claim.sinceEntry)
    }

    init(_ claim: NeedFacts.Against, value: String) {
        self.init(
            claimant: claim.by, by: claim.by, value: value, since: claim.since, entry: claim.entry,
            sinceEntry: claim.sinceEntry)
    }
}

/// What the steps that are done, and the holds, say of each thing that can be off.
private struct PlanWords {
    struct Word {
        let isOff: Bool
        let at: Moment
        let claimant: String
        let by: String
        let entry: Int

        func side(off: String, on: String) -> Divergence.Side {
            Divergence.Side(claimant: claimant, by: by, value: isOff ? off : on, since: at.at, entry: entry)
        }
    }

    /// A word that a server's source contradicts.
    struct Contradicted {
        let word: Word
        let axis: ServerFacts.Switch
        let server: ServerFacts
    }

    private let bridge: Bridge
    private let estate: EstateFacts
    private let lives: OrderedDictionary<String, StepFacts.Life>
    /// What a person has said of each step, by place.
    private let said: [StepLife?]
    /// The last step that a person has ended of those that open each loose end, by number.
    private var opener: [Int?]

    init(_ bridge: Bridge, _ estate: EstateFacts, _ lives: OrderedDictionary<String, StepFacts.Life>) {
        (self.bridge, self.estate, self.lives) = (bridge, estate, lives)
        var said: [StepLife?] = Array(repeating: nil, count: estate.index.steps.count)
        // Only what a person has said is a claim; a step that evidence has ended is that evidence's own word.
        for (id, record) in bridge.steps {
            guard let person = record.person, let place = estate.index.places[id] else { continue }
            said[place] = person
        }
        self.said = said
        opener = Array(repeating: nil, count: estate.index.looseEnds.all.count)
        for step in estate.index.steps where !step.opens.isEmpty && said[step.place] != nil {
            let life = lives.values[step.place]
            guard life.state.satisfies, life.endedAt != nil else { continue }
            for number in step.opens { opener[number] = step.place }
        }
    }

    /// In the order of the servers.
    func contradicted() -> [Contradicted] {
        let ends = estate.index.looseEnds.all
        var found: [(place: Int, of: Contradicted)] = []
        for number in ends.indices {
            guard let place = ends[number].server, let word = word(on: number, closers: ends[number].closers) else {
                continue
            }
            let server = estate.servers.values[place]
            guard !server.isHeld, let at = server.place(ofSwitch: number), word.isOff != server.switches[at].isOff,
                // Once put back, what a source sees off afterwards is an undoing, not a disagreement.
                word.isOff || server.switches[at].since <= word.at
            else { continue }
            found.append((place, Contradicted(word: word, axis: server.switches[at], server: server)))
        }
        for (name, hold) in bridge.holds {
            guard let place = estate.servers.index(forKey: name), estate.servers.values[place].isInRunbook else {
                continue
            }
            let server = estate.servers.values[place]
            let word = Word(isOff: true, at: hold.moment, claimant: "hold", by: hold.by, entry: hold.entry)
            for axis in server.switches where axis.id.kind == "pool" && !axis.isOff {
                found.append((place, Contradicted(word: word, axis: axis, server: server)))
            }
        }
        return found.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(
            \.element.of)
    }

    private func word(on number: Int, closers: [Int]) -> Word? {
        var last: (step: Int, person: StepLife, at: Moment)?
        var closed = 0
        for place in closers {
            guard let person = said[place], lives.values[place].state == .done,
                let at = lives.values[place].ended
            else { break }
            closed += 1
            if last.map({ at > $0.at }) ?? true { last = (place, person, at) }
        }
        if let last, closed == closers.count { return word(isOff: false, step: last.step, last.person, at: last.at) }
        // It is being put back just now, or was given up: either may be so.
        guard let place = opener[number], let person = said[place], let at = lives.values[place].ended,
            !closers.isEmpty, closers.allSatisfy({ lives.values[$0].state == .planned })
        else { return nil }
        return word(isOff: true, step: place, person, at: at)
    }

    private func word(isOff: Bool, step place: Int, _ person: StepLife, at: Moment) -> Word {
        Word(
            isOff: isOff, at: at, claimant: "step \(estate.index.steps[place].step.id)", by: person.by,
            entry: person.entry)
    }
}
