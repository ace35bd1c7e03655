import Glibc
import WarRoomCore
import WarRoomScreen
import WarRoomTerminal
import WarRoomWire

/// `warroom open`.
@MainActor
enum Opening {
    static func run(_ request: OpenRequest) throws(Complaint) {
        let look = try Look(request.theme)
        guard let runbook = request.runbook else {
            let (path, connection) = try HubConnection.meant(by: request.socket)
            return try attach(connection, path, request, look)
        }
        if request.isRehearsal { return try rehearse(runbook, request, look) }
        // Where the socket of a hub that serves already is named, nobody has to look into the runbook.
        if let socket = request.socket, let connection = try listening(at: socket) {
            return try attach(connection, socket, request, look)
        }
        let spot = try HubProgram.spot(of: runbook, isRehearsal: false)
        let path = request.socket ?? spot.socket
        if let connection = try listening(at: path) { return try attach(connection, path, request, look) }
        let hub: ChildProcess
        do throws(Complaint) {
            hub = try HubProgram.start(
                [runbook] + option("--socket", request.socket), state: spot.state, isPrivate: !hasTerminal)
        } catch {
            // Somebody else may have been quicker by a moment.
            guard let connection = try listening(at: path) else { throw error }
            return try attach(connection, path, request, look)
        }
        // Where no screen can be shown, nothing that was started stays.
        defer { if !hasTerminal { hub.end() } }
        try attach(try connect(path), path, request, look)
    }

    /// A screen with a rehearsal of its own, which ends with it.
    private static func rehearse(_ runbook: String, _ request: OpenRequest, _ look: Look) throws(Complaint) {
        // It lies where no command looks for a hub, so any number may be open beside the live night.
        let folder = try PrivateFolder()
        let path = request.socket ?? "\(folder.path)/hub.sock"
        let arguments =
            [runbook, "--state", folder.path, "--socket", path] + option("--at", request.at)
            + option("--speed", request.speed)
        let hub = try HubProgram.start(arguments, state: folder.path, isPrivate: true, rehearses: true)
        defer {
            hub.end()
            folder.remove()
        }
        try attach(try connect(path), path, request, look)
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

    private static var isWithoutColour: Bool { variable("NO_COLOR") != nil }

    /// What a variable of the environment says; `nil` where it is not there, or says nothing.
    nonisolated private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The theme that a screen begins with.
    private struct Look {
        let source: ThemeSource
        /// Whether the terminal's ground is dark or light, before it has said so itself.
        let shade: Shade
        let theme: Theme
        /// What is wrong with the theme's file. The screen opens all the same.
        var trouble: String?

        /// Throws a ``Complaint`` where somebody has asked for a theme that there is not.
        init(_ wanted: String?) throws(Complaint) {
            shade = Opening.variable("COLORFGBG").flatMap(GivenShade.read) ?? .dark
            let named = wanted ?? Opening.variable("WARROOM_THEME")
            var source = ThemeSource(named ?? Theme.auto, on: shade)
            do throws(ThemeSource.Trouble) {
                theme = try source.load()
                trouble = source.notice(of: theme)
            } catch {
                guard wanted == nil else { throw Complaint(Complaint.usage, error.sentence) }
                theme = Theme.named(shade.theme) ?? .dark
                trouble = error.sentence
                if named != nil { source = ThemeSource(Theme.auto, on: shade) }
            }
            self.source = source
        }
    }

    private static func attach(
        _ connection: HubConnection, _ path: String, _ request: OpenRequest, _ look: Look
    ) throws(Complaint) {
        let role = request.isPresenting ? Role.viewer.text : request.role
        // It is asked first, because the hub can answer while the terminal is being taken.
        do throws(HubConnectionFault) { try connection.send(AttachedScreen.subscription(as: role)) } catch {
            throw Complaint(error)
        }
        guard hasTerminal,
            let terminal = CursesTerminal(
                theme: look.theme, hasColours: !isWithoutColour, glyphs: request.glyphs, follows: look.source.follows)
        else {
            return try printStatus(connection)
        }
        var view = ViewState(isPresenting: request.isPresenting)
        if let trouble = look.trouble { Screen.tell(&view, trouble, isTrouble: true) }
        let screen = AttachedScreen(
            terminal, theme: look.source, shade: look.shade, connection: connection, path: path, role: role, view: view)
        let ending = screen.run()
        terminal.close()
        switch ending {
        case .left: break
        case .refused(let sentence): throw Complaint(Complaint.refused, sentence)
        case .lost(let fault): throw Complaint(fault)
        }
    }

    private static func printStatus(_ connection: HubConnection) throws(Complaint) {
        var talk = Conversation(connection)
        let bridge = try talk.openedBridge()
        for line in Screen.statusText(talk.situation(of: bridge), vitals: talk.vitals) { try Output.line(line) }
    }
}
