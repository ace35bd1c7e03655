import GRDB

extension SQLiteJournal {
    /// What SQLite itself finds wrong: pages, and the index by which a history is found against the entries; and what
    /// is in the file and none of ours, because a trigger would change entries as they are written. `nil`: nothing.
    /// Throws ``JournalFault``.
    package func faultOfFile() throws(JournalFault) -> String? {
        do {
            return try reader.read { database in
                let found = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer"
                if found != "ok" { return "SQLite finds it damaged: \(found)" }
                let strange = try String.fetchOne(
                    database,
                    sql: """
                        SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('trigger', 'view')
                        OR type = 'table' AND name NOT IN ('entry', 'runbook') AND name NOT LIKE 'sqlite%' LIMIT 1
                        """)
                if let strange { return "it holds the \(strange), which is none of a hub's" }
                // A text ends at its first zero byte for whoever reads it: what stands behind, no hash covers.
                let hidden = try Int.fetchOne(
                    database,
                    sql: """
                        SELECT number FROM entry
                        WHERE instr(CAST(by || subject || event || hash || coalesce(via, '') AS BLOB), x'00') LIMIT 1
                        """)
                return hidden.map { "entry \($0) holds what cannot be seen, behind a zero byte" }
            }
        } catch { throw JournalFault(reading: path, error) }
    }
}
