package import OrderedCollections

/// What follows from a bridge at a moment: every derived fact, once. It is a pure function of (bridge, now), and
/// nothing of it is ever journalled (docs/contract.md, Time).
package struct Situation: Sendable {
    /// The bridge from which all this follows.
    package let bridge: Bridge
    /// The moment at which it follows, in bridge time.
    package private(set) var now: Instant
    /// Until when the clock alone changes nothing of this.
    private let staysUntil: Instant
    private let estate: EstateFacts
    private let lives: OrderedDictionary<String, StepFacts.Life>
    /// The boards as they were answered, before what must be looked at again is marked.
    private let answers: OrderedDictionary<String, BoardFacts>
    /// What the hub tells of itself.
    private let told: [HubTrouble]
    /// Which of the facts are an earlier situation's.
    private(set) var marks: FactMarks
    /// The servers by name: the runbook's in its order, then those that it does not know.
    package var servers: OrderedDictionary<String, ServerFacts> { estate.servers }
    /// The waves by id.
    package var waves: OrderedDictionary<String, WaveFacts> { estate.waves }
    /// Whether services started in the right order, by server, for those of which the runbook names one.
    package var restarts: OrderedDictionary<String, RestartFacts> { estate.restarts }
    /// The test runs by id.
    package let tests: OrderedDictionary<String, TestFacts>
    /// The steps by id, in page order, groups before their children.
    package let steps: OrderedDictionary<String, StepFacts>
    /// The gates by id.
    package let gates: OrderedDictionary<String, GateFacts>
    /// The boards by id, with what must be looked at again.
    package let boards: OrderedDictionary<String, BoardFacts>
    /// When each step runs and the night ends, as things stand.
    package let forecast: ForecastFacts
    /// The batch closes beside the night.
    package let batch: BatchFacts
    /// What is off and must be undone: first those that nothing will close, then the oldest.
    package let looseEnds: [LooseEndFacts]
    /// The mute of a whole system that is on, under which no server's alerts reach anybody; `nil`: none is.
    package let mute: LooseEndFacts?
    /// How many serve in each pool of the runbook, by name, and what an approval would leave.
    package let pools: OrderedDictionary<String, PoolFacts>
    /// How many servers are in service.
    package let service: ServiceFacts
    /// What was heard from outside, and at what nobody has looked.
    package let heard: HeardFacts
    /// What is wrong with the night itself, worst first.
    package let troubles: [Trouble]
    /// The facts on which claims disagree and nobody has ruled.
    package let divergences: [Divergence]
    /// What the bridge is waiting for, on whom, since when.
    package let sentence: Sentence

    var runbook: Runbook { bridge.runbook }

    /// All that follows from a bridge at `now`, beside what the hub tells of itself. From `earlier`, a situation of the
    /// same night, what has not changed since is taken over; that changes nothing but the time that this takes.
    package init(_ bridge: Bridge, now: Instant, told: [HubTrouble] = [], after earlier: Situation? = nil) {
        self.bridge = bridge
        self.told = told
        self.now = now
        let runbook = bridge.runbook
        let earlier = earlier.flatMap { earlier in
            let isSameNight = earlier.bridge.origin == bridge.origin
            return isSameNight && earlier.bridge.runbook.fingerprint == runbook.fingerprint ? earlier : nil
        }
        marks = FactMarks(after: earlier?.marks)
        let index = bridge.index
        var estate = EstateFacts(bridge, index, after: earlier?.estate)
        answers = BoardFacts.answers(bridge, now: now, after: earlier.map { ($0.bridge, $0.now, $0.answers) })
        var evidence = Evidence(
            bridge, index: index, servers: estate.servers, waves: estate.waves, boards: answers, kept: estate.needs)
        var lives = evidence.allLives()
        looseEnds = LooseEndFacts.open(in: bridge, estate: estate, lives: lives)
        mute = looseEnds.mute
        evidence.looseEnds = looseEnds
        let undone = Undone.byLooseEnds(looseEnds, in: bridge, index: index, lives: lives)
        if !undone.isEmpty {
            evidence.mark(undone)
            lives = evidence.allLives()
        }
        self.lives = lives
        let pools = PoolFacts.all(in: bridge, estate: estate, lives: lives)
        self.pools = pools
        service = ServiceFacts(estate, pools: pools)
        if let earlier, earlier.forecast.isSame(at: now, since: earlier.now),
            earlier.bridge.serversChanged == bridge.serversChanged,
            earlier.lives.values.elementsEqual(lives.values)
        {
            forecast = earlier.forecast
        } else {
            forecast = ForecastFacts(bridge, lives: lives, index: index, now: now)
        }
        boards = evidence.allBoards()
        batch = BatchFacts(bridge, forecast: forecast, lives: lives, boards: boards, now: now)
        tests = evidence.allTests()
        let gates = runbook.gates.mapValues { GateFacts($0, in: bridge, evidence: &evidence, pools: pools, now: now) }
        self.gates = gates
        estate.needs = evidence.kept
        self.estate = estate
        let held = index.held(by: bridge.waveHolds)
        let unsigned = bridge.unsignedSteps
        steps = index.places.mapValues { place in
            StepFacts(
                index.steps[place], lives: lives, gates: gates, heldWave: held[place], bridge: bridge, now: now,
                isSigned: !unsigned.contains(index.steps[place].step.id))
        }
        let soaks = estate.waves.values.map { bridge.soak(of: $0)?.ends }
        staysUntil = Situation.nextChange(
            after: now, steps: steps, boards: boards, others: [forecast.changesAt, batch.changesAt] + soaks)
        var met: [Need: NeedFacts] = [:]
        for planned in index.steps where lives.values[planned.place].disputed != nil {
            guard let need = planned.step.doneWhen else { continue }
            met[need] = evidence.check(need, of: planned.step)
        }
        let parts = SituationParts(
            bridge: bridge, now: now, estate: estate, lives: lives, gates: gates, steps: steps, pools: pools,
            tests: tests, forecast: forecast, batch: batch, met: met, heard: HeardFacts(bridge))
        divergences = Divergence.all(parts)
        heard = parts.heard
        troubles = Trouble.all(parts, divergences: divergences, told: told)
        sentence = Sentence(
            bridge: bridge, now: now, steps: steps, boards: boards, looseEnds: looseEnds,
            criticalPath: Set(forecast.criticalPath), told: told)
        if let earlier { marks.change(differences(from: earlier)) }
    }

    /// The kinds of facts that are not as they were in an earlier situation of the same night and runbook.
    private func differences(from earlier: Situation) -> Facts {
        let before = earlier.bridge
        var changed: Facts = []
        func compare(_ facts: Facts, _ isSame: Bool) { if !isSame { changed.insert(facts) } }
        compare(.servers, servers == earlier.servers && restarts == earlier.restarts)
        compare(.servers, bridge.holds == before.holds && bridge.waveHolds == before.waveHolds)
        compare(.servers, waves.values.map { soak(of: $0) } == earlier.waves.values.map { earlier.soak(of: $0) })
        compare(.steps, steps == earlier.steps)
        compare(.gates, gates == earlier.gates)
        compare(.boards, boards == earlier.boards)
        compare(.tests, tests == earlier.tests && steps.values.map(\.planned) == earlier.steps.values.map(\.planned))
        compare(.forecast, forecast == earlier.forecast)
        compare(.batch, batch == earlier.batch)
        compare(.looseEnds, looseEnds == earlier.looseEnds)
        compare(.pools, pools == earlier.pools && service == earlier.service)
        compare(.heard, heard == earlier.heard && bridge.addedChecks == before.addedChecks && bridge.id == before.id)
        compare(.troubles, troubles == earlier.troubles && divergences == earlier.divergences)
        compare(.sentence, sentence == earlier.sentence)
        compare(.sources, bridge.sources == before.sources)
        compare(.feed, bridge.entry == before.entry && bridge.head == before.head)
        compare(.night, bridge.hasSameState(as: before))
        compare(.runbook, bridge.begunWith == before.begunWith)
        return changed
    }

    /// Whether a server's source has its alerts on, and knows nothing of the mute of a whole system under which they
    /// are off.
    package func isMutedUnawares(_ server: ServerFacts) -> Bool { mute != nil && server.alerts?.value == .on }

    /// The same at another time; it is worked out again only where the clock alone has changed something.
    package func advanced(to later: Instant) -> Situation {
        guard later >= now, later < staysUntil else { return Situation(bridge, now: later, told: told, after: self) }
        var same = self
        same.now = later
        return same
    }

    /// Whether it follows from this bridge, and from what the hub tells of itself.
    package func isOf(_ bridge: Bridge, _ told: [HubTrouble]) -> Bool {
        self.bridge.entry == bridge.entry && self.bridge.head == bridge.head && self.told == told
    }

    /// Whether another is this one at a later time, with nothing changed but the clock.
    package func isSame(as later: Situation) -> Bool {
        isOf(later.bridge, later.told) && staysUntil == later.staysUntil && later.now >= now && later.now < staysUntil
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
                // Once overdue, the sentence tells for how long.
                if let end = facts.shouldEnd { consider(end > now ? end : now + .seconds(5)) }
            default: continue
            }
        }
        for board in boards.values { consider(board.due) }
        for other in others { consider(other) }
        return next
    }
}
