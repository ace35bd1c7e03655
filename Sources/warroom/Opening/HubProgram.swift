import Glibc
import WarRoomSystem
import WarRoomTerminal
import WarRoomWire

/// The other program, `warroom-hub`: where it is, and how it is started.
enum HubProgram {
    /// Its path: beside this program, else on PATH.
    private static func path() throws(Complaint) -> String {
        let name = "warroom-hub"
        var folders: [Substring] = []
        if let own = realpath("/proc/self/exe", nil) {
            let text = String(cString: own)
            free(own)
            if let slash = text.lastIndex(of: "/") { folders.append(text[..<slash]) }
        }
        if let path = getenv("PATH") { folders += String(cString: path).split(separator: ":") }
        for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        throw Complaint(
            Complaint.usage, "\(name) is neither beside this program nor on PATH; install the two in one folder")
    }

    /// Becomes the hub's program, with these arguments.
    static func become(_ arguments: [String]) throws(Complaint) -> Never {
        let path = try path()
        let list = ([path] + arguments).map { strdup($0) } + [nil]
        execv(path, list)
        throw Complaint(Complaint.usage, "\(path) cannot be run: \(systemText(errno))")
    }

    /// Where the hub of a runbook is, by the hub's own rules.
    struct Spot {
        let socket: String
        let state: String
    }

    static func spot(of runbook: String, isRehearsal: Bool) throws(Complaint) -> Spot {
        let pipe = try Pipe.made()
        let arguments = [HubCommand.where.rawValue, runbook] + (isRehearsal ? ["--rehearse"] : [])
        // Its own complaint goes to our standard error.
        let child = ChildProcess(try path(), arguments, output: pipe.writing, errors: STDERR_FILENO)
        close(pipe.writing)
        let text = pipe.readToEnd()
        let code = child?.wait() ?? Complaint.usage
        let lines = text.split(separator: "\n").map { String($0) }
        if code == 0, lines.count == 3 { return Spot(socket: lines[1], state: lines[2]) }
        let sentence = code == 0 ? "warroom-hub is of another version; install the two together" : nil
        throw Complaint((1...3).contains(code) ? code : Complaint.refused, sentence)
    }

    /// Starts a hub in the background and waits until it serves. A private one ends with this process.
    static func start(
        _ arguments: [String], state: String, isPrivate: Bool, rehearses: Bool = false
    ) throws(Complaint) -> ChildProcess {
        FolderTree.make(state, mode: FolderTree.stateMode)
        let log = open("\(state)/hub.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard log >= 0 else {
            throw Complaint(Complaint.usage, "\(state)/hub.log cannot be written: \(systemText(errno))")
        }
        fchmod(log, 0o600)
        defer { close(log) }
        let pipe = try Pipe.made()
        let command = rehearses ? HubCommand.rehearse : .serve
        let child = ChildProcess(
            try path(),
            [command.rawValue] + arguments + ["--background-ready", "\(pipe.writing)"]
                + (isPrivate ? [] : ["--kept"]),
            output: log, errors: log, keep: pipe.writing, endsWithUs: isPrivate)
        close(pipe.writing)
        guard let child else {
            throw Complaint(Complaint.refused, "no process can be started: \(systemText(errno))")
        }
        let word = pipe.readToReady()
        if word == "ready" { return child }
        let code = child.wait()
        throw failure(word, code: (1...3).contains(code) ? code : Complaint.refused, log: "\(state)/hub.log")
    }

    /// What a hub said that did not come to serve: `error`, its exit code and a sentence.
    private static func failure(_ word: String, code: Int32, log: String) -> Complaint {
        let parts = word.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[0] == "error", let code = Int32(parts[1]) else {
            return Complaint(code, "the hub ended while starting; see \(log)")
        }
        return Complaint(code, String(parts[2]))
    }
}

/// The end of a pipe from a child.
extension Pipe {
    /// Throws a ``Complaint`` where none can be made.
    fileprivate static func made() throws(Complaint) -> Pipe {
        guard let pipe = Pipe() else {
            throw Complaint(Complaint.refused, "no pipe can be made: \(systemText(errno))")
        }
        return pipe
    }

    /// All that comes; then that end is closed.
    fileprivate func readToEnd() -> String { read { _ in false } }

    /// The word `ready`, or else all that comes; then that end is closed.
    fileprivate func readToReady() -> String {
        let text = read { $0 == Array("ready\n".utf8) }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private func read(until isEnough: ([UInt8]) -> Bool) -> String {
        defer { Glibc.close(reading) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isEnough(bytes) {
            let count = Glibc.read(reading, &buffer, buffer.count)
            if count > 0 { bytes += buffer[0..<count] } else if count == 0 || errno != EINTR { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
