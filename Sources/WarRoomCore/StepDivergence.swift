import OrderedCollections

// Where a person's word on a step meets a tool's, the evidence, or what a source sees of the things that the step was to
// switch off or back on.
extension Bridge {
    /// A person's word on a step against a tool's and against the evidence that it is done by, as far as they disagreed when
    /// the person spoke; what has turned since is not a disagreement but an undoing.
    func divergence(on step: Runbook.Step, _ person: StepLife, _ tool: StepLife?, _ met: NeedFacts?) -> Divergence? {
        var against: [Divergence.Side] = []
        if let tool, StepLife.disagree(person.state, tool.state), let claimant = steps[step.id]?.tools.first(where: { $0.value == tool })?.key {
            against.append(Divergence.Side(
                claimant: claimant, by: tool.by, value: tool.state.rawValue, since: tool.at, entry: tool.entry))
        }
        if let claim = met?.against, person.state == .done, let need = step.doneWhen, !need.asksForOff, claim.since <= person.at {
            against.append(Divergence.Side(
                claimant: claim.by, by: claim.by, value: "not done", since: claim.since, entry: claim.entry))
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
    static func all(_ facts: Situation.Parts) -> [Divergence] {
        let bridge = facts.bridge
        let found = axes(in: bridge, servers: facts.servers) + steps(facts) + strangers(facts) + plan(facts) + flaky(facts)
            + facts.gates.values.compactMap { bridge.pressedPast($0) }
        return found.filter { !$0.isSettled(by: bridge.rulings[$0.id]) }
    }

    private static func steps(_ facts: Situation.Parts) -> [Divergence] {
        let bridge = facts.bridge
        return bridge.steps.compactMap { id, record -> Divergence? in
            guard facts.lives[id]?.disputed != nil, let step = bridge.runbook.steps[id], step.children.isEmpty,
                let person = record.person
            else { return nil }
            let tool = record.tools.values.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
            return bridge.divergence(on: step, person, tool, step.doneWhen.flatMap { facts.met[$0] })
        }
    }

    /// Members of a pool that the runbook does not put there (T-27).
    private static func strangers(_ facts: Situation.Parts) -> [Divergence] {
        facts.servers.values.flatMap { server -> [Divergence] in
            server.pools.dropFirst(server.listedPools).compactMap { pool, member -> Divergence? in
                guard facts.bridge.runbook.pools[pool] != nil, let member, member.counts, member.value == .in || member.value == .draining
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
    private static func flaky(_ facts: Situation.Parts) -> [Divergence] {
        let needed = Set(facts.bridge.runbook.gates.values.flatMap(\.needs).filter { $0.subject == .tests }.map(\.id))
        return facts.tests.values.filter { $0.isFlaky && needed.contains($0.id) }.compactMap { test -> Divergence? in
            guard let claim = test.claim else { return nil }
            func side(_ value: String, _ claimant: String) -> Side {
                Side(claimant: claimant, by: claim.by, value: value, since: claim.since, entry: claim.entry)
            }
            return Divergence(
                id: "\(test.id)/result", subject: test.id, field: "result",
                sides: [side("passed", claim.claimant), side("flaky", "its first tries")])
        }
    }

    /// A server that the steps have out, or back in, and its source has otherwise: left in maintenance, or put back by a
    /// balancer that forgot.
    private static func plan(_ facts: Situation.Parts) -> [Divergence] {
        let words = PlanWords(facts)
        guard !words.isEmpty else { return [] }
        return facts.servers.values.flatMap { server -> [Divergence] in
            guard server.isInRunbook else { return [] }
            return server.switches.compactMap { axis in
                words.word(on: axis.id, of: server.name, source: axis.since, isOff: axis.isOff)
                    .flatMap { Divergence($0, axis.id, of: server) }
            }
        }
    }

    /// The plan's word on what a server's source has otherwise; `nil` where that is on its way, or cannot be believed.
    private init?(_ word: PlanWords.Word, _ id: String, of server: ServerFacts) {
        if let alerts = server.alerts, id.hasPrefix("alerts/") {
            guard alerts.counts else { return nil }
            self.init(
                id: "\(server.name)/alerts", subject: server.name, field: "alerts",
                sides: [word.side(off: "muted", on: "on"), Side(alerts.claim)])
            return
        }
        let found = server.pools.prefix(server.listedPools).first { id == "pool/\(server.name)/\($0.name)" }
        guard let pool = found?.name, let member = found?.member, member.counts, member.value != .draining else { return nil }
        self.init(
            id: "\(server.name)/pools/\(pool)", subject: server.name, field: "pools/\(pool)",
            sides: [word.side(off: "out", on: "in"), Side(member.claim)])
    }
}

extension Divergence.Side {
    init<Value: RawRepresentable<String>>(_ claim: Claim<Value>) {
        self.init(
            claimant: claim.claimant, by: claim.by, value: claim.value.rawValue, since: claim.since, entry: claim.entry)
    }
}

/// What the steps that are done, and the holds, say of each thing that can be off.
private struct PlanWords {
    struct Word {
        let isOff: Bool
        let at: Instant
        let claimant: String
        let by: String
        let entry: Int

        func side(off: String, on: String) -> Divergence.Side {
            Divergence.Side(claimant: claimant, by: by, value: isOff ? off : on, since: at, entry: entry)
        }
    }

    private var words: [String: Word] = [:]
    private let holds: OrderedDictionary<String, Claim<String>>

    var isEmpty: Bool { words.isEmpty && holds.isEmpty }

    /// Only what a person has said is a claim; a step that evidence has ended is that evidence's own word.
    init(_ facts: Situation.Parts) {
        let bridge = facts.bridge
        holds = bridge.holds
        var closers: [String: [Runbook.Step]] = [:]
        for step in bridge.runbook.steps.values {
            for id in step.closes { closers[id, default: []].append(step) }
        }
        for step in bridge.runbook.steps.values where !step.opens.isEmpty {
            guard let person = bridge.steps[step.id]?.person, let life = facts.lives[step.id], life.state.satisfies,
                let ended = life.endedAt
            else { continue }
            for id in step.opens {
                let back = (closers[id] ?? []).map { facts.lives[$0.id]?.state ?? .planned }
                // Being put back just now, or given up: then either may be so.
                guard !back.isEmpty, back.allSatisfy({ $0 == .planned }) else { continue }
                words[id] = Word(isOff: true, at: ended, claimant: "step \(step.id)", by: person.by, entry: person.entry)
            }
        }
        for (id, steps) in closers {
            let ended = steps.compactMap { step -> (Runbook.Step, StepLife, Instant)? in
                guard let person = bridge.steps[step.id]?.person, let life = facts.lives[step.id], life.state == .done,
                    let at = life.endedAt
                else { return nil }
                return (step, person, at)
            }
            guard ended.count == steps.count, let last = ended.max(by: { $0.2 < $1.2 }) else { continue }
            words[id] = Word(isOff: false, at: last.2, claimant: "step \(last.0.id)", by: last.1.by, entry: last.1.entry)
        }
    }

    /// The word that a source's contradicts; `source`: since when the source says so. Once put back, what a source sees off
    /// afterwards is an undoing, not a disagreement.
    func word(on id: String, of server: String, source: Instant, isOff: Bool) -> Word? {
        if !holds.isEmpty, let hold = holds[server] {
            guard id.hasPrefix("pool/"), !isOff else { return nil }
            return Word(isOff: true, at: hold.at, claimant: "hold", by: hold.by, entry: hold.entry)
        }
        guard let word = words[id], word.isOff != isOff else { return nil }
        return word.isOff || source <= word.at ? word : nil
    }
}
