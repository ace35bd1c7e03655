import GRDB
import WarRoomCore

extension Record {
    /// The record of a row of the table `entry`. What a damaged disk, or somebody with an editor, has made of a row is
    /// any type and nothing: throws ``JournalFault``, which names the entry and the column.
    init(_ row: Row) throws(JournalFault) {
        func storage(_ column: String) -> DatabaseValue.Storage {
            (row[column] as DatabaseValue?)?.storage ?? .null
        }
        guard case .int64(let number) = storage("number"), let number = Int(exactly: number) else {
            throw JournalFault("an entry has no number")
        }
        func fault(_ column: String) -> JournalFault {
            JournalFault("entry \(number) is damaged: its '\(column)' is none")
        }
        func text(_ column: String) throws(JournalFault) -> String {
            guard case .string(let text) = storage(column) else { throw fault(column) }
            return text
        }
        guard case .int64(let receivedAt) = storage("received_at") else { throw fault("received_at") }
        let via: Entry.Via?
        switch storage("via") {
        case .null: via = nil
        case .string(let word):
            guard let known = Entry.Via(rawValue: word) else { throw fault("via") }
            via = known
        default: throw fault("via")
        }
        let isAfterClose: Bool
        switch storage("after_close") {
        case .null, .int64(0): isAfterClose = false
        case .int64(1): isAfterClose = true
        default: throw fault("after_close")
        }
        self.init(
            number: number, receivedAt: Instant(nanoseconds: receivedAt), by: try text("by"), via: via,
            isAfterClose: isAfterClose, subject: try text("subject"), event: try text("event"), hash: try text("hash"))
    }
}
