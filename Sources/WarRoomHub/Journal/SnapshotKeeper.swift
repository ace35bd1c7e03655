import Dispatch
import Glibc
import Synchronization
import WarRoomCore
import WarRoomSystem

/// Keeps a snapshot of the bridge beside the journal, away from the hub's loop.
package final class SnapshotKeeper: Sendable {
    /// After how many entries another is written: they are replayed in a third of a second.
    package static let interval = 20_000
    /// More than this is no snapshot, in bytes.
    private static let mostBytes = 512 << 20

    private let folder: String
    private let program: String
    private let every: Int
    private let log: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "snapshot")
    private let state = Mutex(State())

    private struct State {
        /// The last entry of the last snapshot.
        var last = 0
        var isWriting = false
        var isInTrouble = false
    }

    /// A keeper for a state folder. `program` names the program, so that it believes no other's; `log` takes a line
    /// where a snapshot cannot be used or written.
    package init(
        folder: String, program: String, every: Int = SnapshotKeeper.interval,
        log: @escaping @Sendable (String) -> Void
    ) {
        (self.folder, self.program, self.every, self.log) = (folder, program, every, log)
    }

    /// Its path in a state folder.
    package static func path(in folder: String) -> String { "\(folder)/snapshot" }

    private var path: String { SnapshotKeeper.path(in: folder) }

    /// The snapshot that lies there; `nil` where there is none that can be used.
    func kept() -> Snapshot? {
        do throws(JournalFault) {
            guard let bytes = try read() else { return nil }
            return try Snapshot(bytes, program: program)
        } catch {
            log("the snapshot is made anew: \(error.sentence)")
            return nil
        }
    }

    /// The snapshot up to an entry has been taken: the next one is due after it.
    func wasUsed(asOf entry: Int) { state.withLock { $0.last = entry } }

    /// Whether another one should be written.
    func isDue(at entry: Int) -> Bool { state.withLock { !$0.isWriting && entry - $0.last >= every } }

    /// Writes a snapshot of a bridge whose entries are durable; `words` says, later and elsewhere, what of each
    /// source's words is among them.
    func keep(_ bridge: Bridge, _ words: @escaping @Sendable () -> [String: JSON]) {
        state.withLock { ($0.last, $0.isWriting) = (bridge.entry, true) }
        queue.async { [self] in
            var fault: String?
            do {
                try write(Snapshot.bytes(bridge, words(), program: program))
            } catch { fault = (error as? JournalFault)?.sentence ?? "\(path) cannot be written: \(error)" }
            let isNews = state.withLock { state in
                defer { (state.isWriting, state.isInTrouble) = (false, fault != nil) }
                return state.isInTrouble != (fault != nil)
            }
            if isNews { log(fault ?? "\(path) is written again") }
        }
    }

    /// Returns when what was begun is written.
    func finish() { queue.sync {} }

    private func read() throws(JournalFault) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw JournalFault("\(path) cannot be read: \(systemText(errno))")
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
            facts.st_size <= SnapshotKeeper.mostBytes
        else { throw JournalFault("\(path) is no file of ours") }
        let size = Int(facts.st_size)
        return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            while count < size {
                let got = Glibc.read(descriptor, bytes.baseAddress! + count, size - count)
                guard got > 0 else { break }
                count += got
            }
        }
    }

    /// Writes the file durably, and whole or not at all.
    private func write(_ bytes: [UInt8]) throws(JournalFault) {
        let draft = "\(path)~"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw JournalFault("\(path) cannot be written: \(systemText(errno))") }
        fchmod(descriptor, 0o600)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let isWritten = rest.isEmpty && fsync(descriptor) == 0
        let wrong = JournalFault("\(path) cannot be written: \(systemText(errno))")
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            throw wrong
        }
    }
}
