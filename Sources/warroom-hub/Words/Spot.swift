import Glibc
import WarRoomCore
import WarRoomWire

/// Where a bridge's hub listens and keeps its state (docs/contract.md, Where the hub is).
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

/// A path from the root; a relative one begins in the current folder.
func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return "\(String(cString: folder))/\(path)"
}
