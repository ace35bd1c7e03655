import Glibc
import WarRoomSystem

/// A bridge's folder: its journal, its lock, its log, and the files that a rehearsal writes (docs/contract.md, Where
/// the hub is).
package struct StateFolder: ~Copyable {
    /// Its path, as it was named.
    let path: String
    private let lock: Int32

    /// The path of the journal in it.
    package var journal: String { "\(path)/journal.sqlite" }

    /// Makes the folder and locks it for as long as this lives. Throws ``ServerFault``, which names the process that
    /// holds it.
    package init(_ path: String) throws(ServerFault) {
        var built = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            built += (built.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
            mkdir(built, 0o700)
        }
        let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ServerFault(
                "the state folder \(path) cannot be used: \(systemText(errno)); choose another with --state")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 32)
            let count = max(read(descriptor, &text, text.count), 0)
            let pid =
                String(decoding: text[0..<count], as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "?"
            close(descriptor)
            throw ServerFault("a hub with pid \(pid) serves from \(path) already; attach to it with 'warroom open'")
        }
        let pid = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, pid, pid.count, 0)
        self.path = path
        lock = descriptor
    }

    /// Removes what an earlier rehearsal left, but for the lock and the log: a rehearsal starts empty.
    package func empty() {
        for name in FolderTree.names(in: path) where name != "lock" && name != "hub.log" {
            FolderTree.remove("\(path)/\(name)")
        }
    }

    deinit { close(lock) }
}
