import Glibc
import WarRoomCore
import WarRoomSystem

/// The real processes that a script starts.
struct Processes {
    private let stateFolder: String
    private let socket: String
    private var running: [pid_t] = []

    /// `{state}` in an argument is the state folder, which is also in `WARROOM_STATE`.
    init(stateFolder: String, socket: String) {
        self.stateFolder = stateFolder
        self.socket = socket
    }

    /// Starts one; returns why it cannot be started, `nil` where it runs.
    mutating func start(_ words: [String]) -> String? {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup(placed($0)) } + [nil]
        var environment =
            inherited().map { strdup($0) }
            + [strdup("WARROOM_STATE=\(stateFolder)"), strdup("WARROOM_SOCKET=\(socket)"), nil]
        defer { for text in arguments + environment { free(text) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        var id: pid_t = 0
        let code = posix_spawnp(&id, arguments[0] ?? strdup(""), &files, nil, &arguments, &environment)
        guard code == 0 else { return systemText(code) }
        running.append(id)
        return nil
    }

    /// Forgets those that have ended.
    mutating func reap() {
        running.removeAll { id in
            var status: Int32 = 0
            return waitpid(id, &status, WNOHANG) != 0
        }
    }

    /// Waits until all have ended, at most so long. Before the clock runs there is no other way to tell what one did at
    /// its time.
    mutating func wait(atMost limit: Duration) {
        let end = ContinuousClock.now + limit
        while !running.isEmpty, ContinuousClock.now < end {
            reap()
            if !running.isEmpty { usleep(1_000) }
        }
    }

    /// Ends those that still run.
    mutating func endAll() {
        for id in running { kill(id, SIGTERM) }
        running = []
    }

    private func placed(_ word: String) -> String {
        word.split(separator: "{state}", omittingEmptySubsequences: false).joined(separator: stateFolder)
    }

    /// What a process needs of ours; the hub's own variables would mislead it.
    private func inherited() -> [String] {
        let names: [String] = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "TZ"]
        return names.compactMap { (name: String) -> String? in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }
}
