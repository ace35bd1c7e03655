import ArgumentParser
import WarRoomWire

/// `warroom rehearse`: the hub of a rehearsal, with the runbook's script playing.
struct Rehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.rehearse.rawValue,
        abstract: "Runs the hub of a rehearsal, with the runbook's script playing.")

    enum Words: ClockWords {
        static let at = "Begins there, with everything before played: RFC 3339, or 'Sun 04:31' in the home zone."
        static let speed = "How fast the clock runs; 0 stands still. Left out, 60; with --at, 1."
    }

    @OptionGroup var options: HubOptions<Words>

    func run() async throws {
        try await options.run(isRehearsal: true, usualSpeed: options.at == nil ? 60 : 1, playsScript: true)
    }
}
