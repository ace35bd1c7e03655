import ArgumentParser
import WarRoomCore

/// The options of the commands that run a hub. Each command has its own words for those of the clock.
struct HubOptions<Words: ClockWords>: ParsableArguments {
    @OptionGroup var place: Place

    @Option(help: ArgumentHelp(Words.at, valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp(Words.speed))
    var speed: Double?

    @Option(help: .hidden)
    var backgroundReady: Int32?

    @Flag(help: .hidden)
    var kept = false

    func validate() throws {
        // A clock cannot run backwards, and its speed is a number.
        if let speed, !Ranges.speeds.contains(speed) {
            throw ValidationError("--speed takes \(Ranges.askedOfSpeeds)")
        }
    }

    /// Runs the hub until its end; `usualSpeed` is the speed of its clock where none was asked for.
    func run(isRehearsal: Bool, usualSpeed: Double, playsScript: Bool, acceptLoss: String? = nil) async throws {
        if kept, let backgroundReady {
            let words = Array(CommandLine.arguments.dropFirst())
            throw ExitCode(Keeper(arguments: Keeper.withoutItsOwn(words), ready: backgroundReady).run())
        }
        try await Serving(
            place: place, isRehearsal: isRehearsal, at: at, speed: speed ?? usualSpeed, playsScript: playsScript,
            ready: backgroundReady, acceptLoss: acceptLoss
        ).run()
    }
}

/// What a command's help says of the options that set a clock.
protocol ClockWords {
    static var at: String { get }
    static var speed: String { get }
}
