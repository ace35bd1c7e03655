import Glibc
import WarRoomCore
import WarRoomSystem

/// Where hubs listen and keep their state (docs/contract.md, Where the hub is).
package enum SocketPath {
    /// The path at which the hub of a bridge listens: as told, else `$WARROOM_SOCKET`, else as the runbook writes, else
    /// in the first of the common folders that can be used. Whether anybody listens there is not asked.
    package static func forBridge(_ id: String, explicit: String? = nil, written: String? = nil) -> String {
        if let path = explicit ?? environment("WARROOM_SOCKET") ?? written { return path }
        return "\(firstUsable)/\(id).sock"
    }

    /// The system's folder must be there. Ours below the runtime folder is made when it is needed, so the runtime
    /// folder is asked: what another hub left below /tmp must not go before it.
    private static var firstUsable: String {
        if access(systemFolder, W_OK) == 0 { return systemFolder }
        guard let runtime = environment("XDG_RUNTIME_DIR") else { return temporaryFolder }
        return access("\(runtime)/warroom", W_OK) == 0 || access(runtime, W_OK) == 0
            ? "\(runtime)/warroom" : temporaryFolder
    }

    /// The common folders, in the order in which they are looked at.
    package static var folders: [String] {
        var folders = [systemFolder]
        if let runtime = environment("XDG_RUNTIME_DIR") { folders.append("\(runtime)/warroom") }
        folders.append(temporaryFolder)
        return folders
    }

    private static let systemFolder = "/run/warroom"
    private static var temporaryFolder: String { "/tmp/warroom-\(getuid())" }

    /// The path of the socket that a client means: as told, else `$WARROOM_SOCKET`, else the only one that answers.
    /// Throws ``SocketChoice`` where none does or several do.
    package static func find(explicit: String? = nil) throws(SocketChoice) -> String {
        if let path = explicit ?? environment("WARROOM_SOCKET") { return path }
        let found = folders.filter(isTrusted).flatMap { sockets(in: $0) }.filter(isAnswering)
        switch found.count {
        case 0: throw .none
        case 1: return found[0]
        default: throw .several(found)
        }
    }

    /// The path of a bridge's state folder: as told, else below `$XDG_STATE_HOME` (`~/.local/state`). It need not be
    /// there.
    package static func stateFolder(for id: String, explicit: String? = nil) -> String {
        if let explicit { return explicit }
        let home = environment("HOME") ?? getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/tmp"
        return "\(environment("XDG_STATE_HOME") ?? "\(home)/.local/state")/warroom/\(id)"
    }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Whether sockets in a folder may be believed. Anybody can make a folder below /tmp, so there it must be this
    /// user's own and closed to others.
    package static func isTrusted(_ folder: String) -> Bool {
        guard folder.hasPrefix("/tmp/") else { return true }
        var facts = stat()
        return lstat(folder, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR && facts.st_uid == getuid()
            && facts.st_mode & 0o077 == 0
    }

    private static func sockets(in folder: String) -> [String] {
        FolderTree.names(in: folder).filter { $0.hasSuffix(".sock") }.map { "\(folder)/\($0)" }
    }

    /// A socket file that a killed hub left behind is not a hub.
    private static func isAnswering(_ path: String) -> Bool {
        guard var address = UnixAddress(path) else { return false }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        // One that is busy is there, and is not waited for here.
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        return address.withPointer { connect(socket, $0, $1) } == 0 || errno == EACCES || errno == EAGAIN
    }
}

/// Why no one socket is meant (docs/contract.md, Exit codes).
package enum SocketChoice: Error, Hashable, Sendable {
    /// No hub answers: exit code 3.
    case none
    /// Several answer, at these paths: exit code 2.
    case several([String])

    /// The reason in a sentence that says what to do next.
    package var sentence: String {
        switch self {
        case .none: "no hub is running; start one with 'warroom open RUNBOOK' or name its socket with --socket"
        case .several(let paths): "more than one hub is running; choose with --socket: \(paths.joined(separator: ", "))"
        }
    }
}
