import OrderedCollections

/// Something that is wrong with the night itself, beside what each pane shows of its own.
package struct Trouble: Hashable, Sendable {
    /// What kind of trouble it is, by the word of `troubles` (docs/contract.md, status --json), worst first.
    package enum Kind: String, Sendable, CaseIterable {
        /// Nothing that comes in is kept: the hub's own word, and no entry.
        case unkept
        /// A server that cannot be reached serves all the same: of the first rank.
        case unreachableYetServing = "unreachable-yet-serving"
        /// A server is patched, or boots, while a pool has it.
        case patchInPool = "patch-in-pool"
        /// A server has booted more often than its wave should.
        case secondBoot = "second-boot"
        /// A wave is held: no step of it, nor behind it, may start.
        case heldWave = "held-wave"
        /// A done step is no longer true.
        case undone
        /// A run or a stage that a step is done by has failed, and nobody has said what comes of it.
        case failed
        /// Fewer servers are in service than a pool must have.
        case capacity
        /// Several people outside have told of one thing, and nobody has looked.
        case heard
        /// A time of the page does not fit its other half, and nobody has ruled which holds.
        case pair
        /// A role has not signed the runbook's text.
        case unsigned
        /// A tool started a step while its gate was shut.
        case pastGate = "past-gate"
        /// A gate was overridden by who had started a step of its `four_eyes`: it stays as long as the override does.
        case fourEyes = "four-eyes"
        /// A person has reported something before its turn, with a reason: it stays until the close.
        case outOfTurn = "out-of-turn"
        /// A gate's button was pressed in another tool while the gate was shut.
        case approvedThere = "approved-there"
        /// The computer's clock was set, and nobody has ruled which clock holds.
        case clock
        /// Claims disagree, and nobody has ruled.
        case divergence
        /// Servers of a wave that is patched run different versions.
        case version
        /// Servers that run since before what they depend on was ready.
        case recycle = "recycle-needed"
        /// The night will end after its window, or has not ended in it.
        case overrun
        /// A slot of the batch closes went by while one was failed.
        case missedSlot = "missed-slot"
        /// A wave lies in the time of the batch closes, and nothing keeps them away.
        case batchGuard = "batch-guard"
        /// The lead was taken back without an offer: it stays to the end.
        case leadTakenBack = "lead-taken-back"
        /// The journal's disk is slow, or nearly full: the hub's own word, and no entry.
        case disk
        /// The hub turns callers away: its own word, and no entry.
        case callers
        /// A source is not heard.
        case source
        /// The runbook lacks something, by the lint's code.
        case hole

        /// How bad it is where nothing more is known of it.
        var rank: Int {
            switch self {
            case .unkept, .unreachableYetServing, .patchInPool, .secondBoot, .heldWave, .undone, .capacity, .heard,
                .failed,
                .approvedThere, .recycle, .missedSlot,
                .batchGuard:
                1
            case .pair, .unsigned, .pastGate, .fourEyes, .outOfTurn, .clock, .divergence, .version, .overrun,
                .leadTakenBack, .disk, .callers, .source, .hole:
                2
            }
        }
    }

    /// What kind of trouble it is.
    package let kind: Kind
    /// What it is about, by its id or name; of a hole the lint's code.
    package let subject: String
    /// The whole of it in one line, raw.
    package let text: String
    /// Since when it is so, in bridge time; `nil` where that says nothing.
    package let since: Instant?
    /// 1: wrong for customers, or will be unless somebody acts now; it comes first. 2: all else.
    package let rank: Int

    /// `rank`: left out, that of its kind.
    init(kind: Kind, subject: String, text: String, since: Instant?, rank: Int? = nil) {
        (self.kind, self.subject, self.text, self.since) = (kind, subject, text, since)
        self.rank = rank ?? kind.rank
    }

    /// All that is wrong, worst first.
    static func all(_ facts: SituationParts, divergences: [Divergence], told: [HubTrouble]) -> [Trouble] {
        let bridge = facts.bridge
        var all = told.filter { $0.kind == .unkept }.map { Trouble($0) }
        all +=
            unreachable(facts.estate) + ofWaves(facts) + undone(facts) + capacity(facts.pools) + failed(facts)
        all += heard(facts.heard, bridge) + pairs(bridge) + unsigned(bridge)
        all += pastGates(facts) + fourEyes(facts) + there(facts.gates, divergences)
        all += overrun(facts.forecast, bridge, facts.now)
        all +=
            versions(facts.estate) + recycles(facts.estate.restarts) + batch(facts)
            + clock(bridge, divergences) + disagreeing(divergences)
        all += outOfTurn(bridge) + takenBack(bridge) + told.filter { $0.kind != .unkept }.map { Trouble($0) }
        all += sources(bridge) + holes(bridge)
        return all.filter { $0.rank == 1 } + all.filter { $0.rank != 1 }
    }

    private init(_ told: HubTrouble) {
        switch told.kind {
        case .unkept:
            self.init(kind: .unkept, subject: "journal", text: "nothing can be kept: \(told.text)", since: told.since)
        case .callers: self.init(kind: .callers, subject: "hub", text: told.text, since: told.since)
        case .disk: self.init(kind: .disk, subject: "journal", text: told.text, since: told.since)
        }
    }

    private static func clock(_ bridge: Bridge, _ divergences: [Divergence]) -> [Trouble] {
        guard let clock = bridge.clock, divergences.contains(where: { $0.id == ClockReport.divergence }) else {
            return []
        }
        return [
            Trouble(
                kind: .clock, subject: ClockReport.divergence,
                text: "\(clock.report.text), and the night goes on by its own until a ruling", since: clock.at)
        ]
    }

    private static func failed(_ facts: SituationParts) -> [Trouble] {
        facts.steps.values.filter { !$0.isGroup }.compactMap { step -> Trouble? in
            guard let what = step.life.failure else { return nil }
            return Trouble(
                kind: .failed, subject: step.step.id, text: FailureFacts.words(of: step.step.title, what),
                since: step.life.endedAt)
        }
    }

    private static func undone(_ facts: SituationParts) -> [Trouble] {
        facts.steps.values.filter { !$0.isGroup }.compactMap { step -> Trouble? in
            guard let undone = step.undone else { return nil }
            return Trouble(
                kind: .undone, subject: step.step.id,
                text: "\(undone.what), by \(undone.by): \(step.step.title) is not done any more",
                since: undone.since)
        }
    }

    /// Silence is not zero: where a pool's servers are silent, what is said is that nobody knows.
    private static func capacity(_ pools: OrderedDictionary<String, PoolFacts>) -> [Trouble] {
        func trouble(_ facts: PoolFacts, _ count: String) -> Trouble {
            Trouble(
                kind: .capacity, subject: facts.pool.name,
                text: "\(count), at least \(facts.pool.minimum ?? 0) are needed", since: nil)
        }
        let short = pools.values.filter(\.isShort).map { facts in
            let unknown = facts.unknown > 0 ? ", \(facts.unknown) unknown" : ""
            return trouble(facts, "the \(facts.pool.title) has \(facts.confirmed) of \(facts.of) in service\(unknown)")
        }
        return short
            + pools.values.filter(\.isUnknown).map { facts in
                trouble(
                    facts,
                    "nobody knows how many the \(facts.pool.title) has in service, \(facts.confirmed) of "
                        + "\(facts.of) for certain")
            }
    }

    /// Several callers on one thing are seldom wrong.
    private static func heard(_ facts: HeardFacts, _ bridge: Bridge) -> [Trouble] {
        facts.crowded.compactMap { subject, all in
            guard let first = all.first, let last = all.last else { return nil }
            return Trouble(
                kind: .heard, subject: subject,
                text: "\(all.count) people told of \(bridge.title(of: first)) since "
                    + "\(bridge.runbook.zones.both(first.at)), and nobody has looked; last: \(last.text)",
                since: first.at)
        }
    }

    private static func there(_ gates: OrderedDictionary<String, GateFacts>, _ divergences: [Divergence]) -> [Trouble] {
        gates.values.filter { $0.button == .approvedThere }.map { gate -> Trouble in
            let side = divergences.first { $0.id == "gate/\(gate.gate.id)" }?.sides.last
            return Trouble(
                kind: .approvedThere, subject: gate.gate.id,
                text:
                    "\(gate.gate.button ?? "") was approved there, and gate \(gate.gate.id) "
                    + (gate.obstacle ?? "is shut"),
                since: side?.since)
        }
    }

    /// The divergences that are no trouble of another kind already.
    private static func disagreeing(_ divergences: [Divergence]) -> [Trouble] {
        divergences.filter { $0.field != "button" && $0.id != ClockReport.divergence }.map { divergence in
            Trouble(
                kind: .divergence, subject: divergence.id, text: "\(divergence.id) is disputed: \(divergence.text)",
                since: divergence.since)
        }
    }

    private static func pairs(_ bridge: Bridge) -> [Trouble] {
        bridge.openPairs.map { pair in
            let title = bridge.runbook.steps[pair.step]?.title ?? pair.step
            return Trouble(
                kind: .pair, subject: pair.id, text: "\(pair.mismatch ?? ""): \(title) needs a ruling",
                since: bridge.openedAt)
        }
    }

    private static func unsigned(_ bridge: Bridge) -> [Trouble] {
        let steps = bridge.unsignedSteps
        let titles = bridge.runbook.steps.values.filter { steps.contains($0.id) && $0.children.isEmpty }.map(\.title)
        let wait =
            titles.isEmpty
            ? ""
            : bridge.signedBefore == nil
                ? ", and no step can start" : ", and what is not as it was signed cannot start: \(titles.listed())"
        return bridge.missingSignatures.map { role in
            Trouble(
                kind: .unsigned, subject: role.text, text: "the runbook is not signed as \(role.name)\(wait)",
                since: bridge.amendment?.at ?? bridge.openedAt)
        }
    }

    /// Pairs have troubles of their own, one each.
    private static func holes(_ bridge: Bridge) -> [Trouble] {
        bridge.runbook.holes.filter { $0.code != "PAIR" }.map {
            Trouble(kind: .hole, subject: $0.code, text: $0.text, since: nil)
        }
    }

    private static func unreachable(_ estate: EstateFacts) -> [Trouble] {
        estate.odd.unreachable.sorted().compactMap { place in
            let server = estate.servers.values[place]
            guard let reach = server.reach else { return nil }
            let serving = server.pools.filter { $0.member?.value == .in }.map { estate.title(ofPool: $0.name) }
            guard !serving.isEmpty else { return nil }
            return Trouble(
                kind: .unreachableYetServing, subject: server.name,
                text: "\(server.name) is unreachable, and still gets customers from \(serving.together)",
                since: reach.claim.since)
        }
    }

    /// Of the first rank while the work goes on; what is done past a gate stays told to the end.
    private static func pastGates(_ facts: SituationParts) -> [Trouble] {
        let bridge = facts.bridge
        return bridge.steps.values.indices.flatMap { place -> [Trouble] in
            // Hardly ever one of hundreds.
            guard bridge.steps.values[place].begunPastGate != nil || !bridge.steps.values[place].tools.isEmpty else {
                return []
            }
            let (id, record) = bridge.steps.elements[place]
            let rank = facts.steps[id]?.state == .running ? 1 : 2
            let begun = record.begunPastGate.map { begun in
                Trouble(
                    kind: .pastGate, subject: id,
                    text:
                        "\(bridge.runbook.steps[id]?.title ?? id) was begun while its gate was shut, by \(begun.by): "
                        + "\(begun.why)",
                    since: begun.at, rank: rank)
            }
            return [begun].compactMap { $0 }
                + record.tools.values.compactMap { life -> Trouble? in
                    guard let why = life.pastGate else { return nil }
                    return Trouble(
                        kind: .pastGate, subject: id,
                        text:
                            "\(bridge.runbook.steps[id]?.title ?? id) was started while its gate was shut, "
                            + "by \(life.by): \(why)",
                        since: life.startedAt ?? life.at, rank: rank)
                }
        }
    }

    private static func fourEyes(_ facts: SituationParts) -> [Trouble] {
        facts.gates.values.compactMap { gate in
            gate.samePerson(in: facts.bridge.runbook).map { words in
                Trouble(
                    kind: .fourEyes, subject: gate.gate.id, text: "gate \(gate.gate.id) was \(words)",
                    since: gate.override?.at)
            }
        }
    }

    private static func outOfTurn(_ bridge: Bridge) -> [Trouble] {
        guard bridge.state != .closed else { return [] }
        return bridge.outOfTurn.filter { $0.undoneBy == nil }.map { early in
            let title = bridge.runbook.steps[early.subject]?.title ?? early.subject
            return Trouble(
                kind: .outOfTurn, subject: early.subject,
                text:
                    "\(title) was reported \(early.word) by \(early.by) before its turn (\(early.note)): \(early.why)",
                since: early.at)
        }
    }

    private static func takenBack(_ bridge: Bridge) -> [Trouble] {
        OrderedDictionary(grouping: bridge.leadership.takenBack, by: \.by).compactMap { by, all in
            guard let last = all.last else { return nil }
            let from = last.from.map { " from \($0)" } ?? ""
            let times = all.count > 1 ? ", \(all.count) times" : ""
            return Trouble(
                kind: .leadTakenBack, subject: by,
                text: "\(by) took the lead back\(from) without an offer\(times): \(last.reason)",
                since: last.at)
        }
    }

    private static func sources(_ bridge: Bridge) -> [Trouble] {
        bridge.sources.compactMap { id, record in
            let isDown = record.state == .stale || record.state == .unreadable
            guard isDown || record.isPartly else { return nil }
            // The runbook's own file: its reason is the whole of it.
            if id == "runbook", bridge.runbook.sources[id] == nil, let reason = record.reason {
                return Trouble(kind: .source, subject: id, text: reason, since: record.since)
            }
            let word = isDown ? "is \(record.state.rawValue)" : "is heard in part"
            return Trouble(
                kind: .source, subject: id, text: "source \(id) \(word): \(record.reason ?? "no reason known")",
                since: record.since)
        }
    }
}

extension Trouble {
    /// Servers that run since before what they depend on was ready, together for each that they depend on.
    private static func recycles(_ restarts: OrderedDictionary<String, RestartFacts>) -> [Trouble] {
        var hosts: OrderedDictionary<String, [(name: String, edge: RestartFacts.Edge)]> = [:]
        for (name, facts) in restarts {
            for edge in facts.edges where edge.state == .recycleNeeded {
                hosts[edge.after, default: []].append((name, edge))
            }
        }
        return hosts.map { first, hosts in
            let names = hosts.map(\.name).listed()
            let text =
                hosts.count == 1
                ? "\(names) must be recycled: \(hosts[0].edge.why)"
                : "\(hosts.count) servers must be recycled, they run since before \(first) was ready: \(names)"
            return Trouble(kind: .recycle, subject: first, text: text, since: hosts.compactMap(\.edge.upAt).max())
        }
    }
}

extension Trouble {
    /// An overrun is told when it is foreseen, not when it has come.
    private static func overrun(_ forecast: ForecastFacts, _ bridge: Bridge, _ now: Instant) -> [Trouble] {
        guard let over = forecast.overrun, let closes = bridge.runbook.window.closes, let end = forecast.notBefore,
            bridge.state != .closed
        else { return [] }
        let zones = bridge.runbook.zones
        let because = forecast.cause.flatMap { bridge.runbook.steps[$0]?.title }.map { ", because of \($0)" } ?? ""
        let least = forecast.end == nil ? "at least " : ""
        let text =
            now >= closes
            ? "the window closed at \(zones.both(closes)); the end is \(least)\(over.written) later\(because)"
            : "the night will end \(least)\(over.written) after its window\(because): end \(zones.both(end))"
        return [
            Trouble(kind: .overrun, subject: bridge.runbook.bridgeID, text: text, since: now >= closes ? closes : nil)
        ]
    }
}

extension Trouble {
    private static func batch(_ night: SituationParts) -> [Trouble] {
        let (facts, bridge) = (night.batch, night.bridge)
        let zones = bridge.runbook.zones
        var troubles: [Trouble] = []
        if let missed = facts.missed {
            let what = missed.failed.count == 1 ? missed.failed[0] : "\(missed.failed.count) batch closes"
            let engage = missed.engage.map { "; engage \($0)" } ?? ""
            troubles.append(
                Trouble(
                    kind: .missedSlot, subject: missed.failed.first ?? "",
                    text: "\(what) failed, and the slot at \(zones.both(missed.slot)) was missed\(engage)",
                    since: missed.slot))
        }
        for overlap in facts.overlaps where overlap.isUnguarded {
            let title = bridge.runbook.steps[overlap.step]?.title ?? overlap.step
            let guardStep = bridge.runbook.batch?.needsStep ?? ""
            let band = "\(zones.both(overlap.band.start)) to \(zones.home.zone.local(overlap.band.end).clock)"
            troubles.append(
                Trouble(
                    kind: .batchGuard, subject: overlap.step,
                    text:
                        "\(title) lies in the batch closes, and \(bridge.runbook.steps[guardStep]?.title ?? guardStep) "
                        + "is not done: \(band)",
                    // While that is being done nobody has to act.
                    since: nil, rank: night.steps[guardStep]?.state == .running ? 2 : 1))
        }
        return troubles
    }
}
