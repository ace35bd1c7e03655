public import OrderedCollections

/// What follows from a bridge at a moment: every derived fact, once (rule 3: pure in bridge and now). Nothing here is
/// ever journalled (CONTRACT 3).
public struct Situation: Sendable {
    public let bridge: Bridge
    public private(set) var now: Instant
    /// Until when all of this stays true by the clock alone.
    private let staysUntil: Instant
    private let estate: EstateFacts
    private let graph: PlanGraph
    /// The runbook's servers in its order, then those that it does not know.
    public var servers: OrderedDictionary<String, ServerFacts> { estate.servers }
    public var waves: OrderedDictionary<String, WaveFacts> { estate.waves }
    /// Whether servers started in the right order, for those of which the runbook names one.
    public var restarts: OrderedDictionary<String, RestartFacts> { estate.restarts }
    public let tests: OrderedDictionary<String, TestFacts>
    public let steps: OrderedDictionary<String, StepFacts>
    public let gates: OrderedDictionary<String, GateFacts>
    public let boards: OrderedDictionary<String, BoardFacts>
    /// When each step runs and the night ends, as things stand.
    public let forecast: ForecastFacts
    /// The batch closes beside the night.
    public let batch: BatchFacts
    /// What is off and must be undone, those that nothing will close first, then the oldest.
    public let looseEnds: [LooseEndFacts]
    /// Who serves in each pool, and what an approval would leave.
    public let pools: OrderedDictionary<String, PoolFacts>
    /// How many servers are in service.
    public let service: ServiceFacts
    /// What is wrong with the night itself, worst first.
    public let troubles: [Trouble]
    /// On what claims disagree, and nobody has ruled.
    public let divergences: [Divergence]
    public let sentence: Sentence

    public var runbook: Runbook { bridge.runbook }

    /// What the rules that look across panes are given.
    struct Parts {
        let bridge: Bridge
        let now: Instant
        let servers: OrderedDictionary<String, ServerFacts>
        let restarts: OrderedDictionary<String, RestartFacts>
        let lives: OrderedDictionary<String, StepFacts.Life>
        let gates: OrderedDictionary<String, GateFacts>
        let steps: OrderedDictionary<String, StepFacts>
        let pools: OrderedDictionary<String, PoolFacts>
        let tests: OrderedDictionary<String, TestFacts>
        let forecast: ForecastFacts
        let batch: BatchFacts
        /// What the needs of disputed steps rest on.
        let met: [Need: NeedFacts]
    }

    /// `earlier`: a situation of the same night, from which is taken what has not changed since; it changes nothing but
    /// the time that this takes.
    public init(_ bridge: Bridge, now: Instant, after earlier: Situation? = nil) {
        self.bridge = bridge
        self.now = now
        let runbook = bridge.runbook
        var estate = EstateFacts(bridge, after: earlier?.estate)
        let (servers, waves) = (estate.servers, estate.waves)
        var evidence = Evidence(
            bridge: bridge, servers: servers, waves: waves,
            boards: runbook.boards.mapValues { BoardFacts($0, in: bridge, now: now) })
        evidence.kept = estate.needs
        var lives: OrderedDictionary<String, StepFacts.Life> = [:]
        for id in runbook.steps.keys { lives[id] = evidence.life(of: id) }
        graph = earlier.flatMap { $0.bridge.origin == bridge.origin ? $0.graph : nil } ?? PlanGraph(runbook)
        looseEnds = LooseEndFacts.open(in: bridge, estate: estate, lives: lives)
        evidence.looseEnds = looseEnds
        let undone = Undone.byLooseEnds(looseEnds, in: bridge, lives: lives)
        if !undone.isEmpty {
            evidence.mark(undone)
            for id in lives.keys { lives[id] = evidence.life(of: id) }
        }
        let pools = PoolFacts.all(in: bridge, servers: servers, lives: lives)
        self.pools = pools
        service = ServiceFacts(servers, pools: pools)
        forecast = ForecastFacts(bridge, lives: lives, graph: graph, now: now)
        boards = evidence.allBoards()
        batch = BatchFacts(bridge, forecast: forecast, lives: lives, boards: boards, now: now)
        tests = evidence.allTests()
        gates = runbook.gates.mapValues { GateFacts($0, in: bridge, evidence: &evidence, pools: pools) }
        estate.needs = evidence.kept
        self.estate = estate
        var steps: OrderedDictionary<String, StepFacts> = [:]
        for (id, step) in runbook.steps {
            steps[id] = StepFacts(step, life: lives[id]!, lives: lives, gates: gates, bridge: bridge, now: now)
        }
        self.steps = steps
        staysUntil = Situation.nextChange(after: now, steps: steps, boards: boards, others: [forecast.changesAt, batch.changesAt])
        var met: [Need: NeedFacts] = [:]
        for (id, life) in lives where life.disputed != nil {
            guard let step = runbook.steps[id], let need = step.doneWhen else { continue }
            met[need] = evidence.check(need, of: step)
        }
        let parts = Parts(
            bridge: bridge, now: now, servers: servers, restarts: estate.restarts, lives: lives, gates: gates, steps: steps,
            pools: pools, tests: tests, forecast: forecast, batch: batch, met: met)
        divergences = Divergence.all(parts)
        troubles = Trouble.all(parts, divergences: divergences)
        sentence = Sentence(
            bridge: bridge, now: now, steps: steps, boards: boards, looseEnds: looseEnds,
            criticalPath: Set(forecast.criticalPath))
    }

    /// The same at a later time, without working it all out again where the clock alone has changed nothing.
    public func advanced(to later: Instant) -> Situation {
        guard later >= now, later < staysUntil else { return Situation(bridge, now: later, after: self) }
        var same = self
        same.now = later
        return same
    }

    /// Whether another is this one at a later time, with nothing changed but the clock.
    public func isSame(as later: Situation) -> Bool {
        bridge.entry == later.bridge.entry && bridge.head == later.bridge.head && staysUntil == later.staysUntil
            && later.now >= now && later.now < staysUntil
    }

    /// When the clock alone next changes something: a step becomes due or overdue, a board falls due.
    private static func nextChange(
        after now: Instant, steps: OrderedDictionary<String, StepFacts>, boards: OrderedDictionary<String, BoardFacts>,
        others: [Instant?]
    ) -> Instant {
        var next = Instant.distantFuture
        func consider(_ instant: Instant?) {
            if let instant, instant > now { next = min(next, instant) }
        }
        for facts in steps.values {
            switch facts.state {
            case .planned: consider(facts.planned)
            case .running:
                guard let started = facts.life.startedAt, let takes = facts.step.takes else { continue }
                // Once overdue, the sentence tells for how long.
                consider(started + takes > now ? started + takes : now + .seconds(5))
            default: continue
            }
        }
        for board in boards.values { consider(board.due) }
        for other in others { consider(other) }
        return next
    }
}
