import OrderedCollections

/// A gate's approval where the real button is in another tool: what was pressed there, held against what was decided
/// here.
package enum ButtonState: String, Sendable, CaseIterable {
    /// Neither here nor there.
    case none
    /// Open here, and nothing heard from there.
    case approvedHere = "approved-here"
    /// Pressed there while the gate here was shut, and nobody has ruled on it.
    case approvedThere = "approved-there"
    /// Pressed there while the gate here was open, or settled since.
    case agreed

    /// The state in words; empty where there is nothing to say.
    package var word: String {
        switch self {
        case .none, .agreed: ""
        case .approvedHere: "approved here, not yet seen there"
        case .approvedThere: "approved there, gate shut here"
        }
    }
}

extension Bridge {
    /// The press past a shut gate as two claims side by side.
    func pressedPast(_ gate: GateFacts) -> Divergence? {
        guard let press = pressed[gate.gate.id], press.past != nil, gate.state != .open, let button = gate.gate.button
        else {
            return nil
        }
        // Approved here as well since then: that a need has failed after that is another matter.
        let last = gate.approvals.last?.entry ?? 0
        if gate.missing.isEmpty, !gate.gate.approvers.isEmpty, last > press.entry { return nil }
        return Divergence(
            id: "gate/\(gate.gate.id)", subject: gate.gate.id, field: "button",
            sides: [
                Divergence.Side(claimant: "gate \(gate.gate.id)", by: "", value: "shut", since: nil, entry: 0),
                Divergence.Side(claimant: button, by: press.by, value: "approved", since: press.at, entry: press.entry),
            ])
    }

    /// How a gate's button stands.
    func button(_ gate: GateFacts) -> ButtonState {
        guard gate.gate.button != nil else { return .none }
        if let divergence = pressedPast(gate) {
            return divergence.isSettled(by: rulings[divergence.id]) ? .agreed : .approvedThere
        }
        if pressed[gate.gate.id] != nil { return .agreed }
        return gate.state == .open ? .approvedHere : .none
    }
}
