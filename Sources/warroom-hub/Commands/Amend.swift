import ArgumentParser
import Glibc
import WarRoomCore
import WarRoomRunbook
import WarRoomWire

/// `warroom amend`: what is different in the runbook's file, and the lead's word that the night goes by it.
struct Amend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.amend.rawValue,
        abstract: "Prints what is different in the runbook that the hub serves, and has the night go by it.")

    @Argument(help: "The file that the hub serves, or another of the same text; left out, that file.")
    var runbook: String?

    @Option(help: "Why; it is needed, and stays in the journal.")
    var reason: String?

    @Flag(help: "Only print what is different, and whether it would be refused.")
    var dryRun = false

    @Option(help: "The hub's socket, if more than one hub is running.")
    var socket: String?

    /// How many lines of what is different are printed.
    private static let mostLines = 60

    func run() throws {
        var talk = try HubTalk(socket: socket)
        let path = try runbook ?? talk.runbookPath()
        let bridge = try talk.bridge()
        let document: RunbookDocument
        switch RunbookReader.document(path: path) {
        case .success(let found): document = found
        case .failure(let faults):
            guard !faults.faults.contains(where: { $0.code == .file }) else {
                throw Failure.unusable(faults.description)
            }
            throw Failure.no("the runbook has faults, 'warroom check' lists them: \(CleanText.line(faults.summary))")
        }
        let new = document.runbook
        let difference = RunbookDifference(from: bridge.runbook, to: new)
        for line in difference.lines(upTo: Amend.mostLines) { try put(line) }
        if let refusal = bridge.refusal(
            ofAmendmentTo: new, seenAs: new.fingerprint, on: bridge.id, now: talk.now(of: bridge))
        {
            throw Failure.no(refusal)
        }
        for line in bridge.consequences(of: new) { try put(line) }
        if dryRun { return try put("nothing is changed: this was a dry run") }
        guard let reason, !reason.allSatisfy(\.isWhitespace) else {
            throw Failure.no("say why, with --reason TEXT: it stays in the journal; --dry-run only looks")
        }
        let report = BridgeReport(state: .amended, runbook: new.fingerprint, reason: reason)
        let entry = try talk.send(Proposal(bridge.id, .bridge(report)))
        try put("the night goes by \(new.fingerprint.prefix(12)) now, entry \(entry)")
    }
}
