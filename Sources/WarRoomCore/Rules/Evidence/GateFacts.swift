import OrderedCollections

/// One gate as it is shown (V-07): shut while a need is not met, ready while an approval is missing, then open.
package struct GateFacts: Sendable {
    package enum State: String, Sendable { case shut, ready, open }

    package let gate: Runbook.Gate
    package let needs: [NeedFacts]
    package let state: State
    /// Decisions so far, oldest first.
    package let approvals: [Approval]
    /// Roles that have not approved yet.
    package let missing: [String]
    /// Opened against its needs, by whom: it stays visible to the end.
    package let override: Approval?
    /// How the button in another tool stands, where the gate has one.
    package private(set) var button = ButtonState.none

    package var metCount: Int { needs.count(where: \.isMet) }
    package var firstUnmet: NeedFacts? { needs.first { !$0.isMet } }
    /// Why it is not open; `nil` where it is.
    package var obstacle: String? {
        guard state != .open else { return nil }
        return firstUnmet.map { "is shut: \($0.why)" } ?? "waits for \(missing.joined(separator: ", "))"
    }

    init(_ gate: Runbook.Gate, in bridge: Bridge, evidence: inout Evidence, pools: OrderedDictionary<String, PoolFacts>)
    {
        self.gate = gate
        var needs: [NeedFacts] = []
        for need in gate.needs { needs.append(evidence.check(need)) }
        needs += GateFacts.capacity(gate.id, pools)
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
        let allMet = needs.allSatisfy(\.isMet)
        state = override != nil ? .open : !allMet ? .shut : missing.isEmpty ? .open : .ready
        button = bridge.button(self)
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
