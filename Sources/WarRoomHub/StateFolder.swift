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
        FolderTree.make(path, mode: FolderTree.stateMode)
        let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
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
        fchmod(descriptor, 0o600)
        ftruncate(descriptor, 0)
        pwrite(descriptor, pid, pid.count, 0)
        self.path = path
        lock = descriptor
    }

    /// Makes the journal's file and closes it to all others, whatever the umask: SQLite gives the write-ahead log the
    /// same mode. Throws ``ServerFault`` where it is a link.
    package func closeJournal() throws(ServerFault) {
        var (facts, log) = (stat(), stat())
        let isMissing = stat("\(path)/journal.sqlite", &facts) != 0 || facts.st_size == 0
        // SQLite would remove a write-ahead log that has no journal, and with it what was acknowledged last.
        if isMissing, stat("\(path)/journal.sqlite-wal", &log) == 0, log.st_size > 0 {
            throw ServerFault(
                "\(path)/journal.sqlite is missing and its write-ahead log is there: put the journal back, or move the "
                    + "log away")
        }
        for (name, flags) in [("journal.sqlite", O_CREAT), ("journal.sqlite-wal", 0), ("journal.sqlite-shm", 0)] {
            let file = open("\(path)/\(name)", O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
            if file < 0, errno == ENOENT { continue }
            guard file >= 0 else {
                throw ServerFault("\(path)/\(name) cannot be used: \(systemText(errno)); choose another with --state")
            }
            fchmod(file, 0o600)
            close(file)
        }
    }

    /// Removes what an earlier rehearsal left, but for the lock and the log: a rehearsal starts empty.
    /// Throws ``ServerFault`` where the folder is a link: what it leads to is not ours.
    package func empty() throws(ServerFault) {
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
            throw ServerFault("the state folder \(path) is a link; remove it, or choose another with --state")
        }
        for name in FolderTree.names(in: path) where name != "lock" && name != "hub.log" {
            FolderTree.remove("\(path)/\(name)")
        }
    }

    deinit { close(lock) }
}
