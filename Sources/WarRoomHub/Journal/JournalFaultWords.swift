import GRDB
import WarRoomCore

extension JournalFault {
    /// Why a journal could not be opened, read or written, in words for people; SQLite's own stand behind them.
    package static func words(for error: any Error) -> String {
        switch error {
        case let error as DatabaseError:
            let raw = error.message.map { ": \($0)" } ?? ""
            return "\(words(for: error.resultCode)) (SQLite \(error.resultCode.rawValue)\(raw))"
        case let fault as JSONFault: return "an entry in it cannot be read: \(fault)"
        case let fault as EventFault: return "an entry in it is no event: \(fault.reason)"
        default: return "\(error)"
        }
    }

    private static func words(for code: ResultCode) -> String {
        switch code {
        case .SQLITE_NOTADB: "it is no database, or its beginning is damaged: use a whole copy of it"
        case .SQLITE_CORRUPT: "it is damaged: use a whole copy of it"
        case .SQLITE_CANTOPEN: "it is not there, or cannot be opened"
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: "this user may not write it, or its folder"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds it locked"
        case .SQLITE_FULL: "the disk is full"
        case .SQLITE_IOERR: "the disk reports an error"
        case .SQLITE_PROTOCOL, .SQLITE_NOLFS: "the file system cannot keep a journal"
        case .SQLITE_ERROR, .SQLITE_SCHEMA: "it is empty, or a database of another kind"
        default: "SQLite refuses it"
        }
    }
}
