import OrderedCollections
import WarRoomCore
import WarRoomScreen
import WarRoomTerminal
import WarRoomWire

/// What is done with the night as a whole.
extension Command {
    static let close = Command(
        usage: Usage(
            command: "close",
            abstract: "End the night; what is in the way is listed, and what stays open goes with the close by name",
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        let bridge = try talk.subscribedBridge()
        let id = bridge.id
        let situation = talk.situation(of: bridge)
        let with = situation.closesWith
        do throws(Complaint) {
            let entry = try talk.report(Proposal(id, .bridge(BridgeReport(state: .closed, with: with))))
            try Output.line("\(id) is closed, entry \(entry)" + (with.isEmpty ? "" : ", with:"))
            for line in with { try Output.line("  \(CleanText.line(line))") }
        } catch {
            let obstacles = situation.closing.obstacles
            guard error.sentence?.hasPrefix("the night cannot be closed") == true, !obstacles.isEmpty else {
                throw error
            }
            // Each has a line, because it is a list to be worked off.
            let count = obstacles.count == 1 ? "1 thing is" : "\(obstacles.count) things are"
            let lines = ["the night cannot be closed, \(count) in the way:"] + obstacles.map { "  \($0.text)" }
            throw Complaint(Complaint.refused, lines.joined(separator: "\n"))
        }
    }

    static let substitute = Command(
        usage: Usage(
            command: "substitute", abstract: "Say who stands in for a role tonight",
            positionals: [
                .init(name: "ROLE", help: "monitoring, feeder, BOARD/TEAM or an approver's role"),
                .init(name: "USER", help: "who stands in"),
            ],
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        let (written, user) = (arguments.need("ROLE"), arguments.need("USER"))
        var talk = try Conversation(socket: arguments["--socket"])
        let runbook = try talk.subscribedBridge().runbook
        let approvers = runbook.approvers + runbook.gates.values.flatMap(\.approvers)
        let isApprover = approvers.contains(written)
        guard let role = isApprover ? Role.approver(written) : Role(written) ?? Role("team: \(written)") else {
            throw Complaint(
                Complaint.usage,
                "there is no role '\(written)': write monitoring, feeder, BOARD/TEAM or an approver's role")
        }
        let report = OfferReport(state: .accepted, user: user)
        try talk.report(Proposal(role.text, .substitute(report)), saying: "\(user) stands in as \(role.text)")
    }

    static let handover = Command(
        usage: Usage(
            command: "handover",
            abstract:
                "Print the hand-over page; offer the lead to somebody, accept it, or take it back from a lead who "
                + "is gone",
            positionals: [
                .init(name: "DEED", help: "offer, accept or take; left out, the page is printed", isOptional: true),
                .init(name: "USER", help: "to whom it is offered", isOptional: true),
            ],
            options: [
                .init(
                    name: "--since", value: "ENTRY",
                    help: "what has changed since then; left out, since the last hand-over"),
                .reason(
                    "why the lead is taken without an offer: for whom access names lead, and seen to the end of "
                        + "the night"
                ),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        switch (arguments["DEED"], arguments["USER"]) {
        case (nil, _):
            let since = try arguments.entry("--since")
            let situation = try talk.subscribedSituation()
            for line in Screen.handoverText(situation, since: since, vitals: talk.vitals) { try Output.line(line) }
        case ("offer", let user?):
            let report = OfferReport(state: .offered, user: user)
            try talk.report(Proposal(user, .lead(report)), saying: "the lead is offered to \(user)")
        case ("accept", nil), ("take", nil):
            let reason = arguments["DEED"] == "take" ? try arguments.reason() : nil
            // The hub says who we are, whatever this process believes.
            _ = try talk.subscribedBridge()
            let user = talk.hello?.user ?? EventID.localUser
            let report = OfferReport(state: .accepted, user: user, reason: reason)
            try talk.report(Proposal(user, .lead(report)), saying: "\(user) has the lead")
        default:
            throw Complaint(
                Complaint.usage,
                "write: warroom handover, warroom handover offer USER, warroom handover accept, or warroom handover "
                    + "take --reason TEXT"
            )
        }
    }

    static let message = Command(
        usage: Usage(
            command: "message", abstract: "Print the text that a step posts to a channel",
            positionals: [
                .init(name: "MESSAGE", help: "STEP/CHANNEL; the step alone where it posts to one channel only")
            ],
            options: [
                .init(name: "--posted", help: "record that it has been posted"),
                .init(name: "--post", help: "post it, where the runbook says how"), .socket,
            ])
    ) { (arguments) throws(Complaint) in
        let written = arguments.need("MESSAGE")
        var talk = try Conversation(socket: arguments["--socket"])
        let runbook = try talk.subscribedBridge().runbook
        let path = Runbook.MessagePath(written)
        guard let step = runbook.steps[path.step] else {
            throw Complaint(Complaint.refused, "the runbook has no step '\(path.step)'; write STEP/CHANNEL")
        }
        let only = step.messages.count == 1 ? step.messages.keys[0] : nil
        guard let channel = path.channel ?? only, let text = step.messages[channel] else {
            let known = step.messages.keys.map { "\(step.id)/\($0)" }.joined(separator: ", ")
            throw Complaint(
                Complaint.refused,
                known.isEmpty ? "step \(step.id) posts no message" : "choose one message of step \(step.id): \(known)")
        }
        if arguments.has("--post") {
            throw Complaint(
                Complaint.refused,
                "the runbook does not say how to post to \(channel): post the text yourself, and record it with "
                    + "--posted"
            )
        }
        guard arguments.has("--posted") else {
            // The words alone, so that they can be piped to where they are posted.
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) { try Output.line(String(line)) }
            return
        }
        let report = MessageReport(state: .posted, text: text)
        let message = "\(step.id)/\(channel)"
        try talk.report(Proposal(message, .message(report)), saying: "\(message) posted")
    }

    static let sign = Command(
        usage: Usage(
            command: "sign", abstract: "Sign the runbook's text in force, as a role that 'sign' in it names",
            options: [
                .init(name: "--as", value: "ROLE", help: "the role that signs; left out, the one that is yours"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        let bridge = try talk.subscribedBridge()
        let role: String
        if let asked = arguments["--as"] {
            role = asked
        } else {
            let held = (talk.hello?.roles ?? []).compactMap { Role($0) }
            let missing = bridge.missingSignatures
            let own = missing.filter(held.contains)
            guard let only = own.count == 1 ? own.first : missing.count == 1 ? missing.first : nil else {
                let names = bridge.signers.map(\.name).joined(separator: ", ")
                throw Complaint(
                    missing.isEmpty ? Complaint.refused : Complaint.usage,
                    missing.isEmpty
                        ? "the runbook waits for no signature" : "say as whom with --as, it waits for: \(names)")
            }
            role = only.name
        }
        let text = bridge.runbook.fingerprint
        try talk.report(
            Proposal(text, .signature(SignatureReport(role: role))), saying: "\(text.prefix(12)) signed as \(role)")
    }

    static let live = Command(
        usage: Usage(
            command: "live",
            abstract: "The night goes live; refused while a time of the page has no ruling, or a signature is missing",
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        let bridge = try talk.subscribedBridge()
        let id = bridge.id
        // A night whose times fit is live from the start. Asking for what is so already is no error.
        if bridge.state == .live || bridge.state == .opened && !bridge.awaitsLive {
            return try Output.line("\(id) is live already")
        }
        try talk.report(Proposal(id, .bridge(BridgeReport(state: .live))), saying: "\(id) is live")
    }
}
