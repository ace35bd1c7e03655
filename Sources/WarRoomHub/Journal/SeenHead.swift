import Glibc
import WarRoomCore
import WarRoomSystem

/// The last entry that anybody saw: its number and its hash. It is kept in a file of its own beside the journal,
/// because a journal whose end was cut off is whole in itself (docs/contract.md, Where the hub is).
package struct SeenHead: Hashable, Sendable, CustomStringConvertible {
    /// The number of the entry.
    package let entry: Int
    /// Its hash: 64 hex digits.
    package let hash: String

    /// The head after an entry.
    package init(entry: Int, hash: String) { (self.entry, self.hash) = (entry, hash) }

    /// Reads `HASH@ENTRY`; `nil` for all else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 64,
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            let entry = Int(parts[1]), Ranges.entries.contains(entry)
        else { return nil }
        self.init(entry: entry, hash: String(parts[0]))
    }

    /// `HASH@ENTRY`.
    package var description: String { "\(hash)@\(entry)" }
}

extension SeenHead {
    /// The path of the file in a state folder.
    package static func path(in folder: String) -> String { "\(folder)/head" }

    /// What the file of a state folder says; `nil` where there is none. Throws ``JournalFault`` where it says nothing.
    package static func kept(in folder: String) throws(JournalFault) -> SeenHead? {
        let path = path(in: folder)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw JournalFault("\(path), the last entry that was seen, cannot be read: \(systemText(errno))")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = max(read(descriptor, &bytes, bytes.count), 0)
        guard let head = SeenHead(String(decoding: bytes[..<count], as: UTF8.self).trimmed) else {
            throw JournalFault("\(path) does not hold the last entry that was seen, HASH@ENTRY")
        }
        return head
    }

    /// Keeps the head in the file of a state folder, durably and whole or not at all. Throws ``JournalFault``.
    func keep(in folder: String) throws(JournalFault) {
        let path = SeenHead.path(in: folder)
        let draft = "\(path)~"
        func fault() -> JournalFault { JournalFault("\(path) cannot be written: \(systemText(errno))") }
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fault() }
        fchmod(descriptor, 0o600)
        let bytes = Array("\(self)\n".utf8)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let wrong = isWritten ? nil : fault()
        close(descriptor)
        if let wrong {
            unlink(draft)
            throw wrong
        }
        guard rename(draft, path) == 0 else { throw fault() }
    }

    /// How a journal falls short of this head, as a sentence; `nil` where it does not. Throws where it cannot be read.
    package func fault(of journal: some Journal) throws -> String? {
        var found: Record?
        try journal.read(from: entry) { record in
            found = record
            return false
        }
        if let found, found.number == entry {
            return found.hash == hash
                ? nil : "entry \(entry) of the journal is another than the one that was seen, \(self)"
        }
        var last = 0
        try journal.read(from: 1) { record in
            last = record.number
            return true
        }
        let missing = entry - last
        return "the journal ends at entry \(last), and entry \(entry) was seen: "
            + (missing == 1 ? "1 entry is missing" : "\(missing) entries are missing")
    }
}
