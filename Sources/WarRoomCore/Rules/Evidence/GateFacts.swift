import OrderedCollections

/// One gate as it is shown: shut while a need is not met, ready while an approval is missing, then open.
package struct GateFacts: Hashable, Sendable {
    /// Whether steps may start: `shut`: a need is not met; `ready`: an approval is missing; `open`: they may.
    package enum State: String, Sendable { case shut, ready, open }

    /// The gate as the runbook has it.
    package let gate: Runbook.Gate
    /// That no wave of its needs is held, where one is; its needs in the runbook's order; that these waves have soaked;
    /// then what pools must keep when its steps take servers out.
    package let needs: [NeedFacts]
    /// Whether steps may start.
    package let state: State
    /// The decisions so far that nobody has taken back, oldest first.
    package let approvals: [Approval]
    /// The roles that have not approved yet, in the runbook's order.
    package let missing: [String]
    /// The decision that opened it against its needs, which stays visible to the end; `nil`: there is none.
    package let override: Approval?
    /// The steps of its `four_eyes` that whoever overrode it had started: then two eyes have opened it.
    package let overrodeOwn: [String]
    /// How its button in another tool stands; `none` where it has no button.
    package private(set) var button = ButtonState.none

    /// How many of the needs are met.
    package var metCount: Int { needs.count(where: \.isMet) }
    /// The first need that is not met; `nil`: all are.
    package var firstUnmet: NeedFacts? { needs.first { !$0.isMet } }
    /// Why it is not open, as the end of a sentence about the gate; `nil` where it is.
    package var obstacle: String? {
        guard state != .open else { return nil }
        return firstUnmet.map { "is shut: \($0.why)" } ?? "waits for \(missing.joined(separator: ", "))"
    }

    /// That it was opened by who had started the work before it, as the end of a sentence; `nil`: it was not.
    package func samePerson(in runbook: Runbook) -> String? {
        guard let override, !overrodeOwn.isEmpty else { return nil }
        let titles = overrodeOwn.map { runbook.steps[$0]?.title ?? $0 }
        return "overridden by \(override.by), who started \(titles.listed()): one person did both"
    }

    init(
        _ gate: Runbook.Gate, in bridge: Bridge, evidence: inout Evidence, pools: OrderedDictionary<String, PoolFacts>,
        now: Instant
    ) {
        self.gate = gate
        var needs = GateFacts.holds(gate, in: bridge)
        for need in gate.needs { needs.append(evidence.check(need)) }
        needs += GateFacts.soaks(gate, in: bridge, evidence.waves, now: now) + GateFacts.capacity(gate.id, pools)
        self.needs = needs
        approvals = (bridge.approvals[gate.id] ?? []).filter { $0.undoneBy == nil }
        var approved: [String: String] = [:]
        for approval in approvals {
            switch approval.decision {
            case .approved where !approved.values.contains(approval.by): approved[approval.role] = approval.by
            case .refused: approved[approval.role] = nil
            case .approved, .overridden: break
            }
        }
        missing = gate.approvers.filter { approved[$0] == nil }
        override = bridge.override(of: gate.id)
        overrodeOwn = override.map { bridge.started(of: gate.fourEyes, by: $0.by) } ?? []
        let allMet = needs.allSatisfy(\.isMet)
        state = override != nil ? .open : !allMet ? .shut : missing.isEmpty ? .open : .ready
        button = bridge.button(self)
    }
}

extension GateFacts {
    /// All gates. Of an earlier situation, where no decision, hold, ruling or pool has changed since, those whose needs
    /// rest on nothing that has.
    static func all(
        in bridge: Bridge, evidence: inout Evidence, pools: OrderedDictionary<String, PoolFacts>, now: Instant,
        after earlier: OrderedDictionary<String, GateFacts>?, mayChange: (Need) -> Bool
    ) -> OrderedDictionary<String, GateFacts> {
        bridge.runbook.gates.mapValues { gate in
            if let last = earlier?[gate.id], !gate.needs.contains(where: mayChange) { return last }
            return GateFacts(gate, in: bridge, evidence: &evidence, pools: pools, now: now)
        }
    }
}

extension Bridge {
    /// The decision by which a gate is open against its needs, until somebody refuses or it is undone.
    func override(of gate: String) -> Approval? {
        let decisions = (approvals[gate] ?? []).filter { $0.undoneBy == nil }
        let opposed = decisions.last { $0.decision == .refused }?.entry ?? 0
        return decisions.last { $0.decision == .overridden && $0.entry > opposed }
    }

    /// Whether a person has ruled that a value holds, after the claims that disagree.
    func isRuled(_ id: String, as value: String, after entry: Int) -> Bool {
        rulings[id].map { $0.value.value == value && $0.entry > entry } ?? false
    }
}
