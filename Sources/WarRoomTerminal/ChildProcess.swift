internal import CNcurses
import Glibc

/// A program that this one has started, in a session of its own.
package struct ChildProcess: Sendable {
    /// The process id.
    let id: Int32

    /// Starts the program at a path with these arguments, its own name not among them; `nil` where it cannot be
    /// started. `output` and `errors` are the descriptors of its outputs, and `keep` is one more that stays open in it.
    /// With `endsWithUs` it is told to end when this process ends, however that happens.
    package init?(
        _ path: String, _ arguments: [String], output: Int32, errors: Int32, keep: Int32 = -1, endsWithUs: Bool = false
    ) {
        var list: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        defer { for argument in list { free(argument) } }
        list.append(nil)
        let id = wr_start(path, list, output, errors, keep, endsWithUs)
        guard id > 0 else { return nil }
        self.id = id
    }

    /// Waits for its end. Returns its exit code, or 128 plus the number of the signal that ended it.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return ChildProcess.code(status)
    }

    /// Tells it to end in order and waits, at most so long by the monotonic clock. Then it is killed.
    package func end(within limit: Duration = .seconds(5)) {
        kill(id, SIGTERM)
        let last = Monotonic.now() + limit
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            if Monotonic.now() > last { kill(id, SIGKILL) }
            usleep(10_000)
        }
    }

    private static func code(_ status: Int32) -> Int32 {
        status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    }
}
