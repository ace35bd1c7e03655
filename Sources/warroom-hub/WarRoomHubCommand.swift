import ArgumentParser
import Glibc
import WarRoomSystem
import WarRoomWire

/// The hub's own program: what needs the journal or a runbook. People call `warroom`, which becomes this one where it
/// must.
@main
struct WarRoomHubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warroom", abstract: "The hub of a war room.",
        subcommands: HubCommand.allCases.map(\.type))

    static func main() async {
        StandardStreams.hold()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            complain(failure.sentence)
            Glibc.exit(failure.code)
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            let code = exitCode(for: error)
            if code == .success { showHelp(fullMessage(for: error)) }
            let sentence = message(for: error).split(separator: "\n").first.map(String.init) ?? "wrong usage"
            complain("\(sentence); see 'warroom help'")
            // Wrong usage is exit code 2 (docs/contract.md, Exit codes), which the library does not know.
            Glibc.exit(code == .failure ? 1 : 2)
        }
    }
}

/// Prints the help that was asked for, and ends.
private func showHelp(_ text: String) -> Never {
    do { try put(raw: text) } catch {
        complain((error as? Failure)?.sentence ?? "\(error)")
        Glibc.exit(2)
    }
    Glibc.exit(0)
}

extension HubCommand {
    fileprivate var type: any ParsableCommand.Type {
        switch self {
        case .serve: Serve.self
        case .rehearse: Rehearse.self
        case .play: Play.self
        case .check: Check.self
        case .verify: Verify.self
        case .amend: Amend.self
        case .where: Where.self
        }
    }
}
