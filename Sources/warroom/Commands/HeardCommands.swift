import WarRoomCore
import WarRoomWire

/// What is heard from outside, and what it was.
extension Command {
    static let heard = Command(
        usage: Usage(
            command: "heard",
            abstract: "Write down what somebody outside has told, which stays in the header until looked at; prints N",
            positionals: [.init(name: "TEXT", help: "what was said")],
            options: [
                .init(
                    name: "--from", value: "WHO", help: "who told it: a caller, a customer, a colleague; it is needed"),
                .init(name: "--on", value: "SUBJECT", help: "a step, a server, …; left out, the night itself"), .socket,
            ])
    ) { (arguments) throws(Complaint) in
        guard let from = arguments["--from"], !from.trimmed.isEmpty else {
            throw Complaint(Complaint.usage, "say who told it, with --from WHO")
        }
        let report = HeardReport(text: arguments.need("TEXT"), from: from)
        var talk = try Conversation(socket: arguments["--socket"])
        let subject: String
        if let on = arguments["--on"] { subject = on } else { subject = try talk.subscribedBridge().id }
        // The number alone, so that a script can say later what it was.
        let entry = try talk.report(Proposal(subject, .heard(report)))
        try Output.line("\(entry)")
    }

    static let looked = Command(
        usage: Usage(
            command: "looked", abstract: "Say what something that was heard, or an alert, was: it closes it",
            positionals: [
                .init(name: "SUBJECT", help: "heard/N or alert/FINGERPRINT"), .init(name: "TEXT", help: "what it was"),
            ],
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        let subject = arguments.need("SUBJECT")
        try Conversation(socket: arguments["--socket"])
            .report(
                Proposal(subject, .looked(LookedReport(was: arguments.need("TEXT")))), saying: "looked at \(subject)")
    }
}
