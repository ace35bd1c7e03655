package import OrderedCollections

/// What follows from a bridge at a moment: every derived fact, once. It is a pure function of (bridge, now), and
/// nothing of it is ever journalled (docs/contract.md, Time).
package struct Situation: Sendable {
    /// The kinds of facts that whoever draws may rest on.
    package typealias Facts = FactKinds

    /// The bridge from which all this follows.
    package private(set) var bridge: Bridge
    /// The moment at which it follows, in bridge time.
    package private(set) var now: Instant
    /// Until when the clock alone changes nothing of this.
    private let staysUntil: Instant
    private let estate: EstateFacts
    /// What the steps' own evidence says, before what loose ends undo.
    private let ownLives: OrderedDictionary<String, StepFacts.Life>
    private let lives: OrderedDictionary<String, StepFacts.Life>
    /// The boards as they were answered, before what must be looked at again is marked.
    private let answers: OrderedDictionary<String, BoardFacts>
    private let baseline: Baseline
    private let againstPlan: [Divergence]
    /// How each wave soaks.
    private let soaks: [SoakFacts?]
    /// When the clock alone next makes a step due or late.
    private let stepsClock: Instant
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
    /// The stages of pipelines by id.
    package let stages: OrderedDictionary<String, StageFacts>
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
    /// What happened, who must do what, and what cannot start until then, with the band.
    package let sentence: Sentence

    var runbook: Runbook { bridge.runbook }
    /// How the servers and waves of the runbook are called where room is short.
    package var names: PlanNames { bridge.index.names }

    /// All that follows from a bridge at `now`, beside what the hub tells of itself. From `earlier`, a situation of the
    /// same night, what has not changed since is taken over; that changes nothing but the time that this takes.
    package init(_ bridge: Bridge, now: Instant, told: [HubTrouble] = [], after earlier: Situation? = nil) {
        let earlier = earlier.flatMap { $0.leads(to: bridge) ? $0 : nil }
        if let earlier, earlier.stays(at: now, told), bridge.changed(after: earlier.bridge.entry).isEmpty {
            self = earlier
            (self.bridge, self.now) = (bridge, now)
            marks = FactMarks(after: earlier.marks, changed: bridge.entry == earlier.bridge.entry ? [] : .feed)
            return
        }
        (self.bridge, self.told, self.now) = (bridge, told, now)
        let (runbook, index) = (bridge.runbook, bridge.index)
        var pass = Pass(bridge, after: earlier?.bridge)
        let parts = pass.parts
        /// Whether the clock has come to an instant since, or was turned back.
        func hasCome(_ instant: Instant?) -> Bool {
            guard let earlier, earlier.now <= now else { return true }
            return instant.map { $0 <= now && earlier.now < $0 } ?? false
        }

        var estate = EstateFacts(bridge, index, after: earlier?.estate)
        if estate.hasChanged { pass.change(.servers) }
        if parts.contains(.holds), !bridge.holdsAlike(earlier?.bridge) { pass.change(.servers) }
        let waves = estate.waves
        let soaks = pass.carry(.servers, earlier?.soaks, on: [.soaking, .heard], .servers) {
            waves.values.map { bridge.soak(of: $0) }
        }
        let answers = pass.carry(
            .answers, earlier?.answers, on: .reviews, [], isDue: runbook.boards.values.contains { hasCome($0.due) }
        ) {
            BoardFacts.answers(
                bridge, now: now,
                after: earlier.flatMap {
                    $0.bridge.addedChecks == bridge.addedChecks ? ($0.bridge.entry, $0.now, $0.answers) : nil
                })
        }

        var evidence = Evidence(
            bridge, index: index, servers: estate.servers, waves: waves, boards: answers, kept: estate.needs)
        let before = pass
        let ownLives = pass.carry(.ownLives, earlier?.ownLives, on: .evidence, [.servers, .answers]) {
            evidence.allLives(after: earlier.map { ($0.bridge.entry, $0.ownLives) }, before, estate.changedWaves)
        }
        let spoken = earlier.map { index.spoken(in: bridge.steps, after: $0.bridge.entry) } ?? []
        if estate.switchesChanged
            || index.switching.contains(where: { place in
                spoken.contains(place) || ownLives.values[place] != earlier?.ownLives.values[place]
            })
        {
            pass.change(.switches)
        }
        let looseEnds = pass.carry(.looseEnds, earlier?.looseEnds, on: [.looseEnds, .holds], .switches) {
            LooseEndFacts.open(in: bridge, estate: estate, lives: ownLives)
        }
        let lives = pass.carry(.lives, earlier?.lives, on: .holds, [.ownLives, .looseEnds]) {
            let undone = Undone.byLooseEnds(looseEnds, in: bridge, index: index, lives: ownLives)
            return undone.isEmpty ? ownLives : Undone.mark(undone, on: ownLives, index)
        }
        evidence.know(lives, looseEnds)
        let (pools, service) = pass.carry(
            .pools, earlier.map { PoolsInService($0.pools, $0.service) }, on: [], [.servers, .lives]
        ) {
            let pools = PoolFacts.all(in: bridge, estate: estate, lives: lives)
            return PoolsInService(pools, ServiceFacts(estate, pools: pools))
        }.both
        let known = parts.contains(.night) ? nil : earlier?.baseline
        let baseline = known ?? Baseline(of: bridge, index)
        let forecast = pass.carry(
            .forecast, earlier?.forecast, on: [.rulings, .night], .lives,
            isDue: !(earlier.map { $0.forecast.isSame(at: now, since: $0.now) } ?? false)
        ) { ForecastFacts(bridge, lives: lives, index: index, now: now, baseline: baseline) }
        let boards = pass.carry(.boards, earlier?.boards, on: .evidence, [.answers, .servers, .lives, .looseEnds]) {
            evidence.allBoards()
        }
        let batch = pass.carry(
            .batch, earlier?.batch, on: [.batch, .rulings], [.forecast, .lives, .boards],
            isDue: hasCome(earlier?.batch.changesAt)
        ) { BatchFacts(bridge, forecast: forecast, lives: lives, boards: boards, now: now) }
        let tests = pass.carry(.tests, earlier?.tests, on: [.tests, .rulings, .sources], .lives) { evidence.allTests() }
        stages = pass.carry(.pipelines, earlier?.stages, on: [.pipelines, .sources], []) { StageFacts.all(in: bridge) }
        let isSoaked = soaks.contains { hasCome($0?.ends) }
        let beneath = pass
        let gates = pass.carry(
            .gates, earlier?.gates, on: .evidence, [.servers, .lives, .looseEnds, .boards, .tests, .pools],
            isDue: isSoaked
        ) {
            let isOpen = isSoaked || soaks != earlier?.soaks || beneath.has([.approvals, .holds, .rulings], .pools)
            return GateFacts.all(
                in: bridge, evidence: &evidence, pools: pools, now: now, after: isOpen ? nil : earlier?.gates
            ) { beneath.mayChange($0, ofGate: estate.changedWaves) }
        }
        let steps = pass.carry(
            .steps, earlier?.steps, on: [.holds, .rulings, .night], [.lives, .gates],
            isDue: hasCome(earlier?.stepsClock)
        ) {
            StepFacts.all(
                in: bridge, index, lives: lives, gates: gates, now: now,
                after: parts.isDisjoint(with: [.holds, .rulings, .night])
                    ? earlier.map { ($0.steps, $0.lives, $0.gates) } : nil)
        }
        if pass.has(.rulings, .runbook), steps.values.map(\.planned) != earlier?.steps.values.map(\.planned) {
            pass.change(.tests)
        }
        let heard = pass.carry(.heard, earlier?.heard, on: .heard, []) { HeardFacts(bridge) }
        if pass.has([.reviews, .night], []),
            bridge.addedChecks != earlier?.bridge.addedChecks
                || bridge.id != earlier?.bridge.id
        {
            pass.change(.heard)
        }
        let againstPlan = pass.carry(.againstPlan, earlier?.againstPlan, on: .holds, .switches) {
            Divergence.plan(bridge, estate, lives)
        }
        let night = SituationParts(
            bridge: bridge, now: now, estate: estate, lives: lives, gates: gates, steps: steps, pools: pools,
            tests: tests, forecast: forecast, batch: batch, evidence: evidence, heard: heard,
            againstPlan: againstPlan)
        let divergences = pass.carry(
            .divergences, earlier?.divergences, on: [.evidence, .night],
            [.servers, .lives, .gates, .tests, .looseEnds, .againstPlan]
        ) { Divergence.all(night) }
        let troubles = pass.carry(
            .troubles, earlier?.troubles, on: [.steps, .holds, .reviews, .rulings, .sources, .night],
            [.servers, .steps, .pools, .heard, .gates, .divergences, .forecast, .batch],
            isDue: earlier.map { $0.told != told } ?? true
        ) { Trouble.all(night, divergences: divergences, told: told) }
        if pass.has([], .divergences) { pass.change(.troubles) }
        let isClockDue = hasCome(earlier?.stepsClock)
        let clock = pass.has([], .steps) || isClockDue ? nil : earlier?.stepsClock
        stepsClock = clock ?? StepFacts.clock(of: steps, now)
        sentence = pass.carry(
            .sentence, earlier?.sentence, on: [.holds, .rulings, .night],
            [.steps, .boards, .looseEnds, .forecast, .troubles, .gates, .heard, .batch, .tests],
            isDue: isClockDue || hasCome(earlier?.batch.changesAt) || hasCome(earlier?.sentence.changesAt)
                || earlier.map { $0.told != told || $0.counts($0.sentence.wave, otherwiseThan: waves) } ?? true
        ) {
            SentenceRule(
                night, boards: boards, looseEnds: looseEnds, troubles: troubles, divergences: divergences, told: told
            ).sentence()
        }
        pass.compare(bridge, with: earlier?.bridge)

        estate.needs = evidence.kept
        (self.estate, self.soaks, self.answers, self.ownLives, self.lives) = (estate, soaks, answers, ownLives, lives)
        (self.looseEnds, self.pools, self.service, self.forecast, self.boards) = (
            looseEnds, pools, service, forecast, boards
        )
        (self.batch, self.tests, self.gates, self.steps, self.heard) = (batch, tests, gates, steps, heard)
        (self.divergences, self.troubles, self.againstPlan) = (divergences, troubles, againstPlan)
        self.baseline = baseline
        mute = looseEnds.mute
        marks = FactMarks(after: earlier?.marks, changed: pass.changed)
        let others =
            boards.values.map(\.due) + soaks.map { $0?.ends } + [
                forecast.changesAt, batch.changesAt, sentence.changesAt,
            ]
        staysUntil = others.compactMap { $0 }.filter { $0 > now }.reduce(stepsClock, min)
    }

    /// Whether the servers of a wave are otherwise than in other waves.
    private func counts(_ wave: String?, otherwiseThan later: OrderedDictionary<String, WaveFacts>) -> Bool {
        wave.map { waves[$0] != later[$0] } ?? false
    }

    /// Whether the clock has changed nothing, nor the hub's own word.
    private func stays(at later: Instant, _ told: [HubTrouble]) -> Bool {
        self.told == told && later >= now && later < staysUntil
    }

    /// Whether a later situation, of this bridge, can go on from this one.
    private func leads(to later: Bridge) -> Bool {
        let known = bridge
        return known.origin == later.origin && known.entry <= later.entry
            && (known.entry < later.entry || known.head == later.head)
            && known.runbook.fingerprint == later.runbook.fingerprint
    }

    /// Whether these facts are the same as in an earlier situation from which this one was made, directly or over
    /// others. It may say no where they are; never yes where they are not.
    package func isSame(in facts: Facts, as earlier: Situation) -> Bool { marks.isSame(in: facts, as: earlier.marks) }

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
}
