import GRDB
import GRDBSQLite
import WarRoomCore

/// The row of the table `entry` on which a statement stands. Its columns are read where SQLite has them: a journal of a
/// million entries is read whole at each start.
struct RecordRow {
    private let statement: SQLiteStatement
    private let number, receivedAt, by, via, subject, event, hash, afterClose: Int32?

    /// The rows of a statement, whose columns are found by their names.
    init(_ statement: Statement) {
        let names = statement.columnNames
        func place(_ name: String) -> Int32? { names.firstIndex(of: name).map { Int32($0) } }
        self.statement = statement.sqliteStatement
        (number, receivedAt, by, via) = (place("number"), place("received_at"), place("by"), place("via"))
        (subject, event, hash) = (place("subject"), place("event"), place("hash"))
        afterClose = place("after_close")
    }

    /// The record of the row. What a damaged disk, or somebody with an editor, has made of a row is any type and
    /// nothing: throws ``JournalFault``, which names the entry and the column.
    var record: Record {
        get throws(JournalFault) {
            guard type(number) == SQLITE_INTEGER, let number = Int(exactly: integer(number)) else {
                throw JournalFault("an entry has no number")
            }
            func fault(_ column: String) -> JournalFault {
                JournalFault("entry \(number) is damaged: its '\(column)' is none")
            }
            func text(_ place: Int32?, _ column: String) throws(JournalFault) -> String {
                guard type(place) == SQLITE_TEXT else { throw fault(column) }
                return self.text(place)
            }
            guard type(receivedAt) == SQLITE_INTEGER else { throw fault("received_at") }
            let claim: Entry.Via?
            switch type(via) {
            case SQLITE_NULL: claim = nil
            case SQLITE_TEXT:
                guard let known = Entry.Via(rawValue: self.text(via)) else { throw fault("via") }
                claim = known
            default: throw fault("via")
            }
            // Journals from before this mark have no such column.
            let isLate = integer(afterClose)
            guard type(afterClose) == SQLITE_NULL || type(afterClose) == SQLITE_INTEGER && (0...1).contains(isLate)
            else { throw fault("after_close") }
            return Record(
                number: number, receivedAt: Instant(nanoseconds: integer(receivedAt)), by: try text(by, "by"),
                via: claim, isAfterClose: isLate == 1, subject: try text(subject, "subject"),
                event: try text(event, "event"), hash: try text(hash, "hash"))
        }
    }

    private func type(_ place: Int32?) -> Int32 {
        place.map { sqlite3_column_type(statement, $0) } ?? SQLITE_NULL
    }

    private func integer(_ place: Int32?) -> Int64 { place.map { sqlite3_column_int64(statement, $0) } ?? 0 }

    /// A text ends at its first zero byte, and what is no UTF-8 in it is repaired.
    private func text(_ place: Int32?) -> String {
        guard let place, let bytes = sqlite3_column_text(statement, place) else { return "" }
        return String(cString: bytes)
    }
}

extension Database {
    /// Calls `body` with the records of a query, in its order, until it returns false. Throws `DatabaseError`,
    /// ``JournalFault`` where an entry is damaged, and what `body` throws.
    func readRecords(
        _ condition: String, _ arguments: StatementArguments, _ body: (Record) throws -> Bool
    ) throws {
        let statement = try makeStatement(sql: "SELECT * FROM entry WHERE \(condition)")
        let row = RecordRow(statement)
        let steps = try Row.fetchCursor(statement, arguments: arguments)
        while try steps.next() != nil {
            if try !body(try row.record) { return }
        }
    }
}
