import ArgumentParser
import Glibc
import WarRoomCore
import WarRoomRehearsal
import WarRoomRunbook
import WarRoomWire

/// `warroom-hub play`: the player of a rehearsal, which its hub starts.
struct Play: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.play.rawValue, abstract: "Plays a rehearsal's script.", shouldDisplay: false)

    @OptionGroup var place: Place
    @Option var publicSocket: String
    @Option var cues: Int32
    @Option var after: Int64?
    @Option var start: Int64

    func run() throws {
        let runbook = try place.document().runbook
        let spot = Spot(runbook, place: place, isRehearsal: true)
        guard let program = try Program(runbook, spot: spot) else { return }
        // What a script starts runs in the script's own folder.
        if let slash = program.file.lastIndex(of: "/") { chdir(String(program.file[..<slash])) }
        // The hub hears of our end by the end of this line, so nothing that we start may hold it open.
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
