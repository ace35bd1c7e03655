import ArgumentParser
import OrderedCollections
import WarRoomCore
import WarRoomRunbook
import WarRoomWire

/// `warroom check`: the faults of a runbook, or else its holes, each with its place (docs/contract.md, Lint).
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.check.rawValue,
        abstract: "Reads a runbook and reports its faults, or else its holes; docs/lint.md says what to do about each.")

    @Argument(help: "The runbook.")
    var runbook: String

    func run() throws {
        switch RunbookReader.document(path: runbook) {
        case .success(let document):
            guard document.holes.isEmpty else {
                for hole in document.holes { try put(hole.line(in: runbook)) }
                throw ExitCode(1)
            }
            let plan = document.runbook
            try put(
                "\(runbook): \(plan.bridgeID), \(plan.steps.count) steps, \(plan.servers.count) servers, no fault and "
                    + "no hole"
            )
        case .failure(let faults):
            if faults.faults.contains(where: { $0.code == .file }) {
                throw Failure.unusable(faults.lines().joined(separator: "\n"))
            }
            for line in faults.lines() { try put(line) }
            throw ExitCode(1)
        }
    }
}
