import ArgumentParser
import Glibc
import WarRoomCore
import WarRoomHub
import WarRoomRehearsal
import WarRoomRunbook

/// `warroom-hub play`: the player of a rehearsal, which its hub starts.
struct Play: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play", abstract: "Plays a rehearsal's script.", shouldDisplay: false)

    @OptionGroup var place: Place
    @Option var publicSocket: String
    @Option var cues: Int32
    @Option var after: Int64?
    @Option var start: Int64

    func run() throws {
        let runbook = try readRunbook(place.runbook).runbook
        let spot = Spot(runbook, place: place, isRehearsal: true)
        guard let program = try Program(runbook, spot: spot) else { return }
        // What a script starts, it starts beside itself.
        if let slash = program.file.lastIndex(of: "/") { chdir(String(program.file[..<slash])) }
        // Its end is how the hub hears of ours: nobody that we start may hold it open.
        _ = fcntl(cues, F_SETFD, FD_CLOEXEC)
        let player = Player(
            Player.Setup(
                script: program.script, file: program.file, stateFolder: spot.stateFolder, socket: spot.socket,
                publicSocket: publicSocket, cues: cues, after: after.map { Instant(nanoseconds: $0) },
                start: Instant(nanoseconds: start), wall: { wallTime() }, log: { say($0) }))
        defer { player.close() }
        do { try player.play() } catch { say("the player has ended: \(error)") }
    }
}

/// The script that a runbook names, ready to be played.
struct Program {
    let script: RehearsalScript
    let file: String
    private let runbook: String
    private let stateFolder: String
    private let publicSocket: String

    /// `nil` where the runbook names none. Ends with all faults of one that cannot be read.
    init?(_ runbook: Runbook, spot: Spot) throws {
        guard let name = runbook.rehearsal else { return nil }
        file = name.hasPrefix("/") ? name : "\(spot.runbookFolder)/\(name)"
        switch RehearsalReader.read(path: file, runbook: runbook) {
        case .success(let script): self.script = script
        case .failure(let faults): throw Failure.unusable(faults.lines().joined(separator: "\n"))
        }
        self.runbook = spot.runbook
        stateFolder = spot.stateFolder
        publicSocket = spot.socket
    }

    /// When the first thing happens.
    var begins: Instant? { script.moments.first?.at }

    /// Starts the player and goes along with it until everything before `start` has been played; then the clock runs.
    /// Without a player the clock runs as well.
    func play(
        hub: Hub, bus: Bus, socket: String, after: Instant?, start: Instant, speed: Double,
        log: @escaping @Sendable (String) -> Void
    ) async throws -> Playing {
        var arguments = [
            "play", runbook, "--state", stateFolder, "--socket", socket, "--public-socket", publicSocket, "--cues", "3",
            "--start=\(start.nanoseconds)",
        ]
        if let after { arguments.append("--after=\(after.nanoseconds)") }
        guard let playing = Playing(arguments, log: log) else { throw Failure.no("no process can be started for the player") }
        for await cue in playing.cues {
            switch cue {
            case .moment(let at, let goesOn):
                await bus.look(at: at, goesOn: goesOn)
                playing.answer { $0.done() }
            case .caughtUp:
                let clock = await hub.run(from: start, speed: speed)
                playing.answer { $0.runs(clock) }
            case .stamped:
                playing.answer { $0.done() }
                return playing
            }
        }
        log("the player ended before it had caught up; the clock runs on from there")
        _ = await hub.run(from: start, speed: speed)
        return playing
    }
}
