import ArgumentParser

/// `warroom serve`: the hub in the foreground; never a screen.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the hub of a runbook in the foreground.")

    @OptionGroup var place: Place

    @Option(
        help: ArgumentHelp(
            "Sets the clock: RFC 3339, or 'Sun 04:31' in the home zone. Makes it a rehearsal.", valueName: "time"))
    var at: String?

    @Option(help: "How fast the clock runs; 0 stands still. Makes it a rehearsal.")
    var speed: Double?

    @Option(help: .hidden)
    var backgroundReady: Int32?

    func validate() throws {
        try checkSpeed(speed)
    }

    func run() async throws {
        let isRehearsal = at != nil || speed != nil
        try await Serving(
            place: place, isRehearsal: isRehearsal, at: at, speed: speed ?? 1, playsScript: false,
            ready: backgroundReady
        ).run()
    }
}

/// A clock cannot run backwards, nor at no speed at all.
func checkSpeed(_ speed: Double?) throws {
    if let speed, !(speed >= 0 && speed.isFinite) { throw ValidationError("--speed takes a number from 0") }
}
