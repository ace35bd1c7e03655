import Dispatch
import Glibc
import Synchronization
import WarRoomRehearsal

/// The player's process as its hub sees it.
final class Playing: Sendable {
    /// What the player asks, until it has ended.
    let cues: AsyncStream<CueLine.Cue>
    /// The line for answers. What comes in is read on a thread of its own.
    private let line: Mutex<CueLine>
    private let id: pid_t
    private let isEnding = Mutex(false)

    /// Starts this very program anew with these arguments, in a process group of its own, so that whatever the player
    /// starts ends with it; `nil` where that cannot be.
    init?(_ words: [String], log: @escaping @Sendable (String) -> Void) {
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else { return nil }
        let started = Playing.spawn(["warroom-hub"] + words, cues: pair[1])
        close(pair[1])
        guard let started else {
            close(pair[0])
            return nil
        }
        id = started
        let own = pair[0]
        line = Mutex(CueLine(own))
        let (stream, continuation) = AsyncStream.makeStream(of: CueLine.Cue.self)
        cues = stream
        DispatchQueue(label: "cues").async { [weak self] in
            let line = CueLine(own)
            while let cue = line.nextCue() { continuation.yield(cue) }
            continuation.finish()
            // Whoever kills the player means all that it has started.
            kill(-started, SIGKILL)
            var status: Int32 = 0
            waitpid(started, &status, 0)
            if self?.isEnding.withLock({ $0 }) == false {
                log("the player has ended: nothing changes by itself any more")
            }
        }
    }

    /// Answers a cue.
    func answer(_ body: (CueLine) -> Void) { line.withLock { body($0) } }

    /// Ends the player and whatever it has started.
    func end() {
        isEnding.withLock { $0 = true }
        kill(-id, SIGTERM)
    }

    private static func spawn(_ words: [String], cues: Int32) -> pid_t? {
        var arguments = words.map { strdup($0) } + [nil]
        defer { for text in arguments { free(text) } }
        let names: [String] = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "TZ"]
        var environment: [UnsafeMutablePointer<CChar>?] = names.compactMap { (name: String) in
            getenv(name).flatMap { strdup("\(name)=\(String(cString: $0))") }
        }
        environment.append(nil)
        defer { for text in environment { free(text) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, cues, 3)
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The hub keeps its signals for one thread, but the player takes them as they come.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var id: pid_t = 0
        guard posix_spawn(&id, "/proc/self/exe", &files, &attributes, &arguments, &environment) == 0 else { return nil }
        return id
    }
}
