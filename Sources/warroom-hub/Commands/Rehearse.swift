import ArgumentParser

/// `warroom rehearse`: the hub of a rehearsal, with the runbook's script playing.
struct Rehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Runs the hub of a rehearsal, with the runbook's script playing.")

    @OptionGroup var place: Place

    @Option(
        help: ArgumentHelp(
            "Begins there, with everything before played: RFC 3339, or 'Sun 04:31' in the home zone.", valueName: "time"
        ))
    var at: String?

    @Option(help: "How fast the clock runs; 0 stands still. Left out, 60; with --at, 1.")
    var speed: Double?

    @Option(help: .hidden)
    var backgroundReady: Int32?

    func validate() throws {
        try checkSpeed(speed)
    }

    func run() async throws {
        try await Serving(
            place: place, isRehearsal: true, at: at, speed: speed ?? (at == nil ? 60 : 1), playsScript: true,
            ready: backgroundReady
        ).run()
    }
}
