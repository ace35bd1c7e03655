import ArgumentParser
import Glibc
import WarRoomCore
import WarRoomRunbook
import WarRoomWire

/// What names a hub's place on the command line.
struct Place: ParsableArguments {
    @Argument(help: "The runbook.")
    var runbook: String

    @Option(help: "The folder of the journal, the lock and the log.")
    var state: String?

    @Option(help: "The socket's path.")
    var socket: String?
}

/// Where a bridge's hub listens and keeps its state (CONTRACT 2).
struct Spot {
    let bridgeID: String
    let socket: String
    let stateFolder: String
    let runbook: String
    let runbookFolder: String

    init(_ plan: Runbook, place: Place, isRehearsal: Bool) {
        bridgeID = plan.bridgeID + (isRehearsal ? ".rehearsal" : "")
        let path = absolute(place.runbook)
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let written = plan.socket.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
        runbook = path
        runbookFolder = folder
        socket = absolute(SocketPath.forBridge(bridgeID, explicit: place.socket, written: written))
        stateFolder = absolute(SocketPath.stateFolder(for: bridgeID, explicit: place.state))
    }
}

/// The path from the root.
func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return "\(String(cString: folder))/\(path)"
}

/// Reads a runbook with its text, or ends with all its faults.
func readRunbook(_ path: String) throws -> RunbookDocument {
    switch RunbookReader.document(path: path) {
    case .success(let document): return document
    case .failure(let faults): throw Failure.unusable(faults.lines().joined(separator: "\n"))
    }
}

/// Whether a path is a folder.
func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
}
