import ArgumentParser
import WarRoomRunbook

/// What names a hub's place on the command line.
struct Place: ParsableArguments {
    @Argument(help: "The runbook.")
    var runbook: String

    @Option(help: "The folder of the journal, the lock and the log.")
    var state: String?

    @Option(help: "The socket's path.")
    var socket: String?

    /// The runbook with its text. Ends with all its faults where it cannot be read.
    func document() throws -> RunbookDocument {
        switch RunbookReader.document(path: runbook) {
        case .success(let document): return document
        case .failure(let faults): throw Failure.unusable(faults.lines().joined(separator: "\n"))
        }
    }
}
