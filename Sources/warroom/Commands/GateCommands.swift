import OrderedCollections
import WarRoomCore
import WarRoomScreen
import WarRoomWire

/// Deciding on a gate.
extension Command {
    private static let gate = Usage.Positional(name: "GATE", help: "the gate's id")
    private static let asRole = Usage.Option(
        name: "--as", value: "ROLE", help: "the approver role that decides; left out, the one that is yours")

    static let approve = Command(
        usage: Usage(
            command: "approve", abstract: "Print what a gate needs, and approve it",
            positionals: [gate],
            options: [
                asRole, .reason("why; an override needs it"),
                .init(name: "--override", help: "open it although a need is not met"),
                .init(name: "--seen", value: "ENTRY", help: "the entry you were looking at; left out, the last one"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        try decide(arguments.has("--override") ? .overridden : .approved, arguments)
    }

    static let refuse = Command(
        usage: Usage(
            command: "refuse", abstract: "Print what a gate needs, and refuse to approve it",
            positionals: [gate], options: [asRole, .reason("why; it is needed"), .socket])
    ) { (arguments) throws(Complaint) in try decide(.refused, arguments) }

    private static func decide(_ decision: ApprovalReport.Decision, _ arguments: Arguments) throws(Complaint) {
        let id = arguments.need("GATE")
        if decision != .approved { _ = try arguments.reason() }
        var talk = try Conversation(socket: arguments["--socket"])
        let bridge = try talk.subscribedBridge()
        let seen = try arguments.entry("--seen") ?? bridge.entry
        let situation = talk.situation(of: bridge)
        guard let facts = situation.gates[id] else {
            let known = situation.gates.keys.joined(separator: ", ")
            throw Complaint(
                Complaint.refused, "the runbook has no gate '\(id)'; it has \(known.isEmpty ? "none" : known)")
        }
        let role = try approver(arguments["--as"], of: facts, roles: talk.hello?.roles ?? [])
        for line in Screen.gateText(facts, situation, vitals: talk.vitals) { try Output.line(line) }
        let report = ApprovalReport(decision: decision, role: role, seen: seen, reason: arguments["--reason"])
        try talk.report(Proposal(id, .approval(report)), saying: "\(id) \(decision.rawValue) as \(role)")
    }

    /// The role that decides: the one asked for, else of the gate's approvers the only one that this user holds, else
    /// the only one that is missing, else the only one.
    private static func approver(_ asked: String?, of facts: GateFacts, roles: [String]) throws(Complaint) -> String {
        // A role may be written as `access` writes it.
        if let asked { return if case .approver(let name)? = Role(asked) { name } else { asked } }
        let approvers = facts.gate.approvers
        guard !approvers.isEmpty else {
            throw Complaint(
                Complaint.refused, "gate \(facts.gate.id) has no approver: it opens by itself when its needs are met")
        }
        let held = roles.compactMap { text -> String? in
            guard case .approver(let name)? = Role(text), approvers.contains(name) else { return nil }
            return name
        }
        for choice in [held, facts.missing, approvers] where choice.count == 1 { return choice[0] }
        throw Complaint(Complaint.usage, "say as whom with --as: \(approvers.joined(separator: ", "))")
    }
}
