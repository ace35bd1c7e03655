import ArgumentParser
import WarRoomWire

/// `warroom serve`: the hub in the foreground; never a screen.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.serve.rawValue, abstract: "Runs the hub of a runbook in the foreground.")

    enum Words: ClockWords {
        static let at = "Sets the clock: RFC 3339, or 'Sun 04:31' in the home zone. Makes it a rehearsal."
        static let speed = "How fast the clock runs; 0 stands still. Makes it a rehearsal."
    }

    @OptionGroup var options: HubOptions<Words>

    @Option(help: "Goes on with a journal whose last entries are missing; says why, for the journal.")
    var acceptLoss: String?

    func run() async throws {
        let isRehearsal = options.at != nil || options.speed != nil
        try await options.run(isRehearsal: isRehearsal, usualSpeed: 1, playsScript: false, acceptLoss: acceptLoss)
    }
}
