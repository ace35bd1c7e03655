import OrderedCollections
import WarRoomCore
import WarRoomScreen
import WarRoomWire

/// What people rule, hold, forgive, add and take back.
extension Command {
    static let hold = Command(
        usage: Usage(
            command: "hold", abstract: "Hold a server back, and its wave goes on without it, openly; or hold a wave",
            positionals: [.init(name: "SERVER|wave/ID", help: "the server's name, or a wave")],
            options: [.reason("why it is held"), .socket])
    ) { (arguments) throws(Complaint) in try setHold(.held, arguments) }

    static let release = Command(
        usage: Usage(
            command: "release", abstract: "Give a held server back to its wave, or lift the hold of a wave",
            positionals: [.init(name: "SERVER|wave/ID", help: "the server's name, or a wave")],
            options: [.reason("what has changed"), .socket])
    ) { (arguments) throws(Complaint) in try setHold(.released, arguments) }

    private static func setHold(_ state: HoldReport.State, _ arguments: Arguments) throws(Complaint) {
        let server = arguments.need("SERVER|wave/ID")
        let report = HoldReport(state: state, reason: arguments["--reason"])
        try Conversation(socket: arguments["--socket"])
            .report(Proposal(server, .hold(report)), saying: "\(server) \(state.rawValue)")
    }

    static let rule = Command(
        usage: Usage(
            command: "rule", abstract: "Say which of two claims that disagree holds, until one of them changes",
            positionals: [
                .init(name: "DIVERGENCE", help: "its id, as 'warroom status --json' lists them, or a time pair"),
                .init(name: "VALUE", help: "the value that holds"),
            ],
            options: [.reason("why; it is needed"), .socket])
    ) { (arguments) throws(Complaint) in
        let (id, value) = (arguments.need("DIVERGENCE"), arguments.need("VALUE"))
        let report = RulingReport(value: value, reason: try arguments.reason())
        var talk = try Conversation(socket: arguments["--socket"])
        let situation = try talk.subscribedSituation()
        if let why = obstacle(to: value, on: id, situation) { throw Complaint(Complaint.refused, why) }
        try talk.report(Proposal(id, .ruling(report)), saying: "\(id) ruled \(value)")
    }

    /// Why a ruling would say nothing: no claims disagree on that, or none of them says so. The hub judges pairs of
    /// times. A ruling that stands may be changed, and a step that is undone may be ruled done.
    private static func obstacle(to value: String, on id: String, _ situation: Situation) -> String? {
        if id.hasPrefix("pair/") || situation.bridge.rulings[id] != nil { return nil }
        if let divergence = situation.divergences.first(where: { $0.id == id }) {
            return divergence.values.contains(value)
                ? nil : "nobody says '\(value)' of \(id): rule one of \(divergence.values.joined(separator: ", "))"
        }
        let undone = situation.steps.values.filter { $0.undone != nil }.map { "\($0.step.id)/state" }
        if undone.contains(id) { return nil }
        let open = situation.divergences.map(\.id)
        return "no claims disagree on '\(id)'; "
            + (open.isEmpty ? "nothing waits for a ruling" : "these wait for a ruling: \(open.joined(separator: ", "))")
    }

    static let forgive = Command(
        usage: Usage(
            command: "forgive", abstract: "Let a loose end stay as it is, by name and with a reason",
            positionals: [.init(name: "LOOSE-END", help: "its name, as 'warroom status --json' lists them")],
            options: [.reason("why; it is needed"), .socket])
    ) { (arguments) throws(Complaint) in
        let id = arguments.need("LOOSE-END")
        let report = LooseEndReport(state: .forgiven, note: try arguments.reason())
        try Conversation(socket: arguments["--socket"])
            .report(Proposal(id, .looseEnd(report)), saying: "\(id) forgiven")
    }

    static let undo = Command(
        usage: Usage(
            command: "undo", abstract: "Take an entry back with a new one; both stay in the journal",
            positionals: [.init(name: "ENTRY", help: "its number; it must be the last on its subject")],
            options: [.reason("why; it is needed"), .socket])
    ) { (arguments) throws(Complaint) in
        guard let number = try arguments.entry("ENTRY") else { return }  // it cannot be left out
        let reason = try arguments.reason()
        let entry = try Conversation(socket: arguments["--socket"]).entry(number)
        guard entry.via != .hub else {
            throw Complaint(
                Complaint.refused, "entry \(number) is the hub's own; only what somebody has said can be taken back")
        }
        // The same is said again with the entry's number, by which the hub knows that it is taken back.
        try Conversation(socket: arguments["--socket"]).report(
            Proposal(entry.event.subject, entry.event.body, undoing: .init(entry: number, why: reason)),
            saying: "entry \(number) on \(entry.event.subject) is taken back")
    }

    static let addCheck = Command(
        usage: Usage(
            command: "add-check", abstract: "Add a check to a team's review, on the night",
            positionals: [
                .init(name: "TEAM", help: "BOARD/TEAM"), .init(name: "TITLE", help: "what is to be looked at"),
            ],
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        let (team, title) = (arguments.need("TEAM"), arguments.need("TITLE"))
        guard let row = Runbook.TeamPath(team) else {
            throw Complaint(Complaint.usage, "'\(team)' is no team: write BOARD/TEAM")
        }
        guard let id = Runbook.id(madeFrom: title) else {
            throw Complaint(Complaint.usage, "'\(title)' has no letter and no digit to make an id from")
        }
        let check = Runbook.CheckPath(row, id).text
        try Conversation(socket: arguments["--socket"])
            .report(Proposal(check, .check(title: title)), saying: "\(check) added")
    }
}
