import ArgumentParser
import Glibc
import WarRoomCore

/// `warroom serve`: the hub in the foreground; never a screen.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the hub of a runbook in the foreground.")

    @OptionGroup var place: Place

    @Option(help: ArgumentHelp("Sets the clock: RFC 3339, or 'Sun 04:31' in the home zone. Makes it a rehearsal.", valueName: "time"))
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
            place: place, isRehearsal: isRehearsal, at: at, speed: speed ?? 1, playsScript: false, ready: backgroundReady
        ).run()
    }
}

/// `warroom rehearse`: the hub of a rehearsal, with the runbook's script playing.
struct Rehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Runs the hub of a rehearsal, with the runbook's script playing.")

    @OptionGroup var place: Place

    @Option(help: ArgumentHelp("Begins there, with everything before played: RFC 3339, or 'Sun 04:31' in the home zone.", valueName: "time"))
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

/// A clock cannot run backwards, nor at no speed at all.
private func checkSpeed(_ speed: Double?) throws {
    if let speed, !(speed >= 0 && speed.isFinite) { throw ValidationError("--speed takes a number from 0") }
}

/// The computer's wall time; the one place of the program that asks for it.
func wallTime() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
