/// What somebody may do (docs/contract.md, Roles).
package enum Role: Hashable, Sendable {
    /// Runs the night.
    case lead
    /// May approve as this role.
    case approver(String)
    /// Marks this row, `board/team`, and reports its steps.
    case team(Runbook.TeamPath)
    /// Marks the boards with `by: monitoring`, and confirms no-response on any.
    case monitoring
    /// Reports for tools.
    case feeder
    /// Only looks.
    case viewer

    /// The role as a runbook's `access` writes it: `lead`, `approver: NAME`, `team: BOARD/TEAM`, …; `nil` where it is
    /// none.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
        switch (parts.first ?? "", parts.count > 1 ? parts[1] : nil) {
        case ("lead", nil): self = .lead
        case ("monitoring", nil): self = .monitoring
        case ("feeder", nil): self = .feeder
        case ("viewer", nil): self = .viewer
        case ("approver", let name?) where !name.isEmpty: self = .approver(name)
        case ("team", let row?):
            guard let row = Runbook.TeamPath(row) else { return nil }
            self = .team(row)
        default: return nil
        }
    }

    /// The role as `access` writes it.
    package var text: String {
        switch self {
        case .lead: "lead"
        case .approver(let name): "approver: \(name)"
        case .team(let row): "team: \(row.text)"
        case .monitoring: "monitoring"
        case .feeder: "feeder"
        case .viewer: "viewer"
        }
    }

    /// The role by its bare name, as people say it: `NAME` of an approver, `BOARD/TEAM` of a team.
    package var name: String {
        switch self {
        case .approver(let name): name
        case .team(let row): row.text
        case .lead, .monitoring, .feeder, .viewer: text
        }
    }

    /// Whether a text means this role: as `access` writes it, or by its bare name.
    package func isNamed(_ text: String) -> Bool { text == self.text || text == name }
}
