import GRDB
import Glibc

/// Why a journal cannot be used, in a sentence that says what to do next.
package struct JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, for people.
    package let sentence: String

    /// Whether it is unknown now what is on the disk, so that only a new start can tell.
    package let isFatal: Bool

    /// A fault with this sentence.
    package init(_ sentence: String, isFatal: Bool = false) { (self.sentence, self.isFatal) = (sentence, isFatal) }

    /// The sentence, for whatever prints an error.
    package var description: String { sentence }
}

extension JournalFault {
    /// Why a journal cannot be written, in our words.
    init(writing error: DatabaseError) {
        // After a failed sync nobody knows what is on the disk.
        let fatal: [ResultCode] = [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB]
        self.init(JournalFault.words(for: error), isFatal: fatal.contains(error.resultCode))
    }

    /// Why a journal cannot be read, in our words where SQLite's say nothing to whoever is on call.
    init(reading path: String, _ error: any Error) {
        guard let error = error as? DatabaseError else {
            self.init("\(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_CANTOPEN where access(path, F_OK) != 0: self.init("it is not there")
        case .SQLITE_CANTOPEN where access(path, R_OK) != 0: self.init("you may not read it; ask as the hub's user")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY:
            self.init(
                "its -wal and -shm files can be neither read nor made by you; ask as the hub's user, or copy the "
                    + "whole folder and ask there")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self.init("another program holds it; ask again when that is done")
        case .SQLITE_IOERR: self.init("the disk does not give it back: \(error.message ?? "input/output error")")
        default: self.init(JournalFault.words(for: error))
        }
    }
}

extension DatabaseError {
    /// Whether another program holds the database.
    var isBusy: Bool { [.SQLITE_BUSY, .SQLITE_LOCKED].contains(resultCode) }
}
