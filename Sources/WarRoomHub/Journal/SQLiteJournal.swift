import GRDB
import WarRoomCore

/// The journal in SQLite: WAL, `synchronous = FULL`, one writer, one transaction for each group of entries.
package final class SQLiteJournal: Journal {
    let queue: DatabaseQueue

    /// Opens or makes the journal at a path. Throws ``JournalFault`` where the disk would not keep what is
    /// acknowledged, and `DatabaseError`.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "journal"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB's set-up of WAL lowers this to NORMAL after `prepareDatabase` has run, so it is set after opening. With
        // NORMAL a power cut loses acknowledged entries.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        guard try synchronousLevel() == 2 else {
            throw JournalFault("\(path): SQLite does not sync every commit; use a build of SQLite that can")
        }
        try migrate()
    }

    /// Opens a journal that is only read: nothing on the disk is changed. Throws ``JournalFault``.
    package init(reading path: String) throws(JournalFault) {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // SQLite opens nothing before the first look.
            try queue.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        } catch { throw JournalFault(reading: path, error) }
    }

    /// What `PRAGMA synchronous` says on the connection that writes: 2 is FULL. Throws `DatabaseError`.
    package func synchronousLevel() throws -> Int {
        try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    private func migrate() throws {
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS entry (
                        number INTEGER PRIMARY KEY,
                        received_at INTEGER NOT NULL,
                        by TEXT NOT NULL,
                        via TEXT,
                        subject TEXT NOT NULL,
                        event TEXT NOT NULL,
                        hash TEXT NOT NULL,
                        after_close INTEGER NOT NULL DEFAULT 0
                    );
                    CREATE INDEX IF NOT EXISTS entry_subject ON entry(subject, number);
                    CREATE TABLE IF NOT EXISTS runbook (fingerprint TEXT PRIMARY KEY, text TEXT NOT NULL);
                    """)
            // Journals from before this mark have no such column; none of their entries bears it.
            guard try !database.columns(in: "entry").contains(where: { $0.name == "after_close" }) else { return }
            try database.execute(sql: "ALTER TABLE entry ADD COLUMN after_close INTEGER NOT NULL DEFAULT 0")
        }
    }

    /// Keeps these entries in one transaction, and returns after its sync. Throws `DatabaseError`.
    package func append(_ records: [Record]) throws {
        try queue.write { database in
            let insert = try database.cachedStatement(sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            for record in records {
                try insert.execute(arguments: [
                    record.number, record.receivedAt.nanoseconds, record.by, record.via?.rawValue, record.subject,
                    record.event, record.hash, record.isAfterClose,
                ])
            }
        }
    }

    /// Calls `body` with the entries from a number on, in order, until it returns false. Throws `DatabaseError`,
    /// ``JournalFault`` where an entry is damaged, and what `body` throws.
    package func read(from number: Int, _ body: (Record) throws -> Bool) throws {
        try queue.read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM entry WHERE number >= ? ORDER BY number", arguments: [number])
            while let row = try rows.next() {
                if try !body(try Record(row)) { return }
            }
        }
    }

    /// The last `limit` entries on a subject, oldest first; with `number` those before that entry. Throws
    /// `DatabaseError`.
    package func history(of subject: String, before number: Int?, limit: Int) throws -> [Record] {
        try queue.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM entry WHERE subject = ? AND number < ? ORDER BY number DESC LIMIT ?",
                arguments: [subject, number ?? Int.max, limit]
            ).map { try Record($0) }.reversed()
        }
    }

    /// Keeps a runbook's text under its fingerprint; a text that is there already stays. Throws `DatabaseError`.
    package func keep(runbook text: String, fingerprint: String) throws {
        try queue.write { database in
            try database.execute(sql: "INSERT OR IGNORE INTO runbook VALUES (?, ?)", arguments: [fingerprint, text])
        }
    }

    /// The text of the runbook with this fingerprint; `nil` where none was kept. Throws `DatabaseError`.
    package func runbook(_ fingerprint: String) throws -> String? {
        try queue.read { database in
            let value = try DatabaseValue.fetchOne(
                database, sql: "SELECT text FROM runbook WHERE fingerprint = ?", arguments: [fingerprint])
            guard case .string(let text)? = value?.storage else { return nil }
            return text
        }
    }

    /// Folds the write-ahead log into the file, so that a journal at rest is one file.
    package func close() throws {
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
    }
}
