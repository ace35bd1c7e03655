import Glibc
import WarRoomCore
import WarRoomScreen
import WarRoomTerminal
import WarRoomWire

/// `warroom open`.
@MainActor
enum Opening {
    static func run(_ request: OpenRequest) throws(Complaint) {
        let theme = try theme(request.theme)
        guard let runbook = request.runbook else {
            let (path, connection) = try HubConnection.meant(by: request.socket)
            return try attach(connection, path, request, theme)
        }
        if request.isRehearsal { return try rehearse(runbook, request, theme) }
        // A hub that serves already needs no look into the runbook where its socket is named.
        if let socket = request.socket, let connection = try listening(at: socket) {
            return try attach(connection, socket, request, theme)
        }
        let place = try HubProgram.place(of: runbook, isRehearsal: false)
        let path = request.socket ?? place.socket
        if let connection = try listening(at: path) { return try attach(connection, path, request, theme) }
        let hub: ChildProcess
        do throws(Complaint) {
            hub = try HubProgram.start(
                [runbook] + option("--socket", request.socket), state: place.state, isPrivate: !hasTerminal)
        } catch {
            // Somebody else may have been quicker by a moment.
            guard let connection = try listening(at: path) else { throw error }
            return try attach(connection, path, request, theme)
        }
        // Without a screen nothing that was started stays.
        defer { if !hasTerminal { hub.end() } }
        try attach(try connect(path), path, request, theme)
    }

    /// A screen with a rehearsal of its own, which ends with it.
    private static func rehearse(_ runbook: String, _ request: OpenRequest, _ theme: Theme) throws(Complaint) {
        // Private: it lies where no command looks for a hub, and any number may be open beside the live night.
        let folder = try PrivateFolder()
        let path = request.socket ?? "\(folder.path)/hub.sock"
        let arguments = [runbook, "--state", folder.path, "--socket", path] + option("--at", request.at)
            + option("--speed", request.speed)
        let hub = try HubProgram.start(arguments, state: folder.path, isPrivate: true, rehearses: true)
        defer {
            hub.end()
            folder.remove()
        }
        try attach(try connect(path), path, request, theme)
    }

    private static func option(_ name: String, _ value: String?) -> [String] { value.map { [name, $0] } ?? [] }

    private static func connect(_ path: String) throws(Complaint) -> HubConnection {
        do throws(HubConnectionFault) { return try HubConnection(path: path) } catch { throw Complaint(error) }
    }

    /// A connection, or `nil` where nobody listens.
    private static func listening(at path: String) throws(Complaint) -> HubConnection? {
        do throws(HubConnectionFault) { return try HubConnection(path: path) } catch {
            if case .noHub = error { return nil }
            throw Complaint(error)
        }
    }

    /// Whether standard output is a terminal that can be drawn on.
    private static var hasTerminal: Bool {
        guard isatty(STDOUT_FILENO) == 1, let kind = getenv("TERM") else { return false }
        return kind.pointee != 0 && strcmp(kind, "dumb") != 0
    }

    private static var isWithoutColour: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }

    private static func theme(_ name: String?) throws(Complaint) -> Theme {
        if isWithoutColour { return .monochrome }
        guard let name else { return .dark }
        if let theme = Theme.named(name) { return theme }
        throw Complaint(
            Complaint.usage, "there is no theme '\(name)': choose dark, light, high-contrast, colour-blind-safe or monochrome")
    }

    private static func attach(
        _ connection: HubConnection, _ path: String, _ request: OpenRequest, _ theme: Theme
    ) throws(Complaint) {
        let role = request.isPresenting ? Role.viewer.text : request.role
        // Asked first: the hub answers while the terminal is being taken.
        do throws(HubConnectionFault) { try connection.send(AttachedScreen.subscription(as: role)) } catch {
            throw Complaint(error)
        }
        guard hasTerminal, let terminal = CursesTerminal(theme: theme, hasColours: !isWithoutColour) else {
            return try printStatus(connection)
        }
        let ending = AttachedScreen(terminal, connection: connection, path: path, role: role).run()
        terminal.close()
        if case .refused(let sentence) = ending { throw Complaint(Complaint.refused, sentence) }
    }

    private static func printStatus(_ connection: HubConnection) throws(Complaint) {
        var talk = Conversation(connection)
        let bridge = try talk.openedBridge()
        for line in Screen.statusText(talk.situation(of: bridge), vitals: talk.vitals) { Output.line(line) }
    }
}
