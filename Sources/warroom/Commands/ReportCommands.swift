import WarRoomCore
import WarRoomWire

extension Command {
    static let mark = Command(
        usage: Usage(
            command: "mark", abstract: "Answer a check of a review",
            positionals: [
                .init(name: "CHECK", help: "BOARD/TEAM/CHECK; for no-response also a whole BOARD/TEAM"),
                .init(name: "VERDICT", help: "ok, issues, no-response or pending"),
            ],
            options: [
                .init(name: "--note", value: "TEXT", help: "what was found; issues need it"),
                .init(name: "--reviewer", value: "NAME", help: "who has looked, if it is not you"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        let check = arguments.need("CHECK")
        let verdict = try arguments.word("VERDICT", ReviewReport.Mark.self)
        guard Runbook.CheckPath(check) != nil || Runbook.TeamPath(check) != nil && verdict == .noResponse else {
            throw Complaint(Complaint.usage, "'\(check)' is no check: write BOARD/TEAM/CHECK")
        }
        let report = ReviewReport(mark: verdict, note: arguments["--note"], reviewer: arguments["--reviewer"])
        try Conversation(socket: arguments["--socket"])
            .report(Proposal(check, .review(report)), saying: "\(check) \(verdict.rawValue)")
    }

    /// What a person does with a step, in the words of the command line.
    private enum Deed: String, CaseIterable {
        case start, done, fail, skip, workaround
        case notApplicable = "not-applicable"
        case reset

        /// The word of the event.
        var state: StepReport.State {
            switch self {
            case .start: .started
            case .done: .done
            case .fail: .failed
            case .skip: .skipped
            case .workaround: .workaround
            case .notApplicable: .notApplicable
            case .reset: .reset
            }
        }
    }

    static let step = Command(
        usage: Usage(
            command: "step", abstract: "Report on a step",
            positionals: [
                .init(name: "STEP", help: "the step's id"),
                .init(name: "DEED", help: "start, done, fail, skip, workaround, not-applicable or reset"),
            ],
            options: [
                .init(name: "--note", value: "TEXT", help: "why; all but start, done and reset need it"),
                .init(name: "--at", value: "T", help: "when it was: RFC 3339, or Sun 04:31 in the home zone"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        let step = arguments.need("STEP")
        let state = try arguments.word("DEED", Deed.self).state
        let time = try Conversation.instant(arguments["--at"], socket: arguments["--socket"])
        let report = StepReport(state: state, note: arguments["--note"])
        try Conversation(socket: arguments["--socket"])
            .report(Proposal(step, .step(report)), at: time, saying: "\(step) \(state.rawValue)")
    }

    static let note = Command(
        usage: Usage(
            command: "note", abstract: "Write something into the journal",
            positionals: [.init(name: "TEXT", help: "the words")],
            options: [
                .init(name: "--on", value: "SUBJECT", help: "a step, a server, …; left out, the night itself"), .socket,
            ])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        let subject: String
        if let on = arguments["--on"] { subject = on } else { subject = try talk.subscribedBridge().runbook.bridgeID }
        try talk.report(Proposal(subject, .note(arguments.need("TEXT"))), saying: "noted")
    }
}
