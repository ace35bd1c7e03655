import WarRoomWire

/// One command: what it takes, and what it does.
struct Command {
    let usage: Usage
    let perform: @MainActor @Sendable (Arguments) throws(Complaint) -> Void

    /// All that this program does itself.
    static let all = [
        open, stop, mark, step, approve, refuse, hold, release, rule, forgive, undo, addCheck, substitute, handover,
        sign, message, note, heard, looked, emit,
        status, log, live, close,
    ]

    /// Carries out a command line.
    @MainActor
    static func perform(_ arguments: [String]) throws(Complaint) {
        let asked = arguments.first == "help" ? Array(arguments.dropFirst().prefix(1)) + ["--help"] : arguments
        guard let name = asked.first, name != "--help", name != "-h" else {
            let rows =
                all.map { ($0.usage.command, $0.usage.abstract) }
                + HubCommand.allCases.compactMap { command in command.help.map { (command.rawValue, $0) } }
            return try say(["warroom COMMAND …", ""] + Usage.table(rows) + ["", "'warroom help COMMAND' says more."])
        }
        guard let command = all.first(where: { $0.usage.command == name }) else {
            throw Complaint(Complaint.usage, "there is no command '\(name)'; 'warroom help' lists them")
        }
        let arguments = try Arguments(asked.dropFirst(), usage: command.usage)
        if arguments.wantsHelp { return try say(command.usage.help) }
        try command.perform(arguments)
    }

    private static func say(_ lines: [String]) throws(Complaint) { for line in lines { try Output.line(line) } }

    static let open = Command(
        usage: Usage(
            command: "open",
            abstract: "Attach a screen; with a runbook that nobody serves, start its hub in the background",
            positionals: [.init(name: "RUNBOOK", help: "left out, the hub that is running", isOptional: true)],
            options: [
                .init(name: "--present", help: "only show: for the screen that is shared on the call"),
                .init(name: "--as", value: "ROLE", help: "do no more than this role may"),
                .init(
                    name: "--theme", value: "NAME|FILE",
                    help: "auto, dark, light, high-contrast, colour-blind-safe, monochrome or a file (docs/themes.md)"),
                .init(name: "--glyphs", value: "SET", help: "utf8 or ascii; left out, what the terminal can show"),
                .init(name: "--rehearse", help: "a rehearsal of its own, which ends with the screen"),
                .init(name: "--at", value: "T", help: "its time at the start: RFC 3339, or Sun 04:31 in the home zone"),
                .init(name: "--speed", value: "N", help: "its speed; left out, 60, and 1 with --at"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in try Opening.run(OpenRequest(arguments)) }

    static let stop = Command(
        usage: Usage(command: "stop", abstract: "End the hub in order", options: [.socket])
    ) { (arguments) throws(Complaint) in
        let talk = try Conversation(socket: arguments["--socket"])
        try talk.send(Requests.stop)
        while true {
            guard case .answer(let answer) = try talk.next() else { continue }
            guard answer.ok else { throw talk.refusal(answer) }
            break
        }
        // It has ended when the socket has: what it was doing is finished first.
        talk.connection.goesOn(for: .seconds(30))
        while true {
            do throws(HubConnectionFault) { _ = try talk.connection.next() } catch {
                if case .closed = error { return }
                throw Complaint(error)
            }
        }
    }
}
