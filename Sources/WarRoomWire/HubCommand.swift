/// The commands of `warroom-hub`, the program that has the journal and reads runbooks. `warroom` becomes it for those
/// that have a line in its help. The two programs use the others between them.
package enum HubCommand: String, CaseIterable, Sendable {
    case serve
    case rehearse
    case play
    case check
    case verify
    case amend
    case `where`

    /// What `warroom help` says of it; `nil` where nobody calls it by hand.
    package var help: String? {
        switch self {
        case .serve: "the hub in the foreground: RUNBOOK [--state DIR] [--at T] [--speed N] [--accept-loss REASON]"
        case .rehearse: "the same, with the runbook's rehearsal script playing; 60 times real speed, 1 with --at"
        case .check: "lint a runbook"
        case .verify: "check a journal's chain: [JOURNAL] [--head HASH]"
        case .amend: "take the changed runbook in the night: [RUNBOOK] --reason TEXT [--dry-run]"
        case .play, .where: nil
        }
    }
}
