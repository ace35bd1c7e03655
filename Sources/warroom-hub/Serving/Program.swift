import WarRoomCore
import WarRoomHub
import WarRoomRehearsal
import WarRoomRunbook
import WarRoomWire

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
            HubCommand.play.rawValue, runbook, "--state", stateFolder, "--socket", socket,
            "--public-socket", publicSocket, "--cues", "3", "--start=\(start.nanoseconds)",
        ]
        if let after { arguments.append("--after=\(after.nanoseconds)") }
        guard let playing = Playing(arguments, log: log) else {
            throw Failure.no("no process can be started for the player")
        }
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
