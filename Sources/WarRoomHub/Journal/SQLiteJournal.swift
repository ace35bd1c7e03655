import GRDB
import Glibc
import Synchronization
import WarRoomCore

/// The journal in SQLite: WAL, `synchronous = FULL`, one writer, one transaction for each group of entries. Readers see
/// what was durable when they began, and never wait for the writer.
package final class SQLiteJournal: Journal {
    /// After how many seconds it is looked again whether another program still holds the journal: a backup, a shell.
    private static let patience: Double = 0.5

    /// The connections that read.
    let reader: any DatabaseReader
    /// `nil` where the journal is only read.
    private let writer: (any DatabaseWriter)?
    let path: String
    private let held = Atomic(false)
    private let isGivenUp = Atomic(false)
    /// Which files the journal and its write-ahead log were when they were last written to.
    private let files = Mutex<(journal: FileMark?, log: FileMark?)>((nil, nil))

    /// Opens or makes the journal at a path. Throws ``JournalFault`` where the disk would not keep what is
    /// acknowledged, and `DatabaseError`.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .timeout(SQLiteJournal.patience)
        self.path = path
        let pool = try SQLiteJournal.opening { try DatabasePool(path: path, configuration: configuration) }
        (reader, writer) = (pool, pool)
        // GRDB's set-up of WAL lowers this to NORMAL after `prepareDatabase` has run, so it is set after opening. With
        // NORMAL a power cut loses acknowledged entries.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        guard try synchronousLevel() == 2 else {
            throw JournalFault("\(path): SQLite does not sync every commit; use a build of SQLite that can")
        }
        try SQLiteJournal.opening { try pool.write { try SQLiteJournal.migrate($0) } }
        files.withLock { $0.journal = FileMark(path) }
    }

    /// Opens a journal that is only read: nothing on the disk is changed. Throws ``JournalFault``.
    package init(reading path: String) throws(JournalFault) {
        var configuration = Configuration()
        configuration.readonly = true
        self.path = path
        writer = nil
        do {
            reader = try DatabaseQueue(path: path, configuration: configuration)
            // SQLite opens nothing before the first look.
            try reader.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        } catch { throw JournalFault(reading: path, error) }
    }

    /// What `PRAGMA synchronous` says on the connection that writes: 2 is FULL. Throws `DatabaseError`.
    package func synchronousLevel() throws -> Int {
        try writer?.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } ?? -1
    }

    private static func migrate(_ database: Database) throws {
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

    /// Keeps these entries in one transaction, with the texts of runbooks that they name, and returns after its sync.
    /// A journal that another program holds is waited for. Throws ``JournalFault``.
    package func append(_ records: [Record], runbooks: [String: String] = [:]) throws {
        guard let writer else { throw JournalFault("\(path) is only read") }
        func mayWait() -> Bool {
            held.store(true, ordering: .relaxed)
            return !isGivenUp.load(ordering: .relaxed)
        }
        do {
            try requireInPlace()
            defer { held.store(false, ordering: .relaxed) }
            try SQLiteJournal.waiting(while: mayWait) {
                try writer.write { database in
                    for (fingerprint, text) in runbooks {
                        try SQLiteJournal.keep(runbook: text, fingerprint: fingerprint, in: database)
                    }
                    let insert = try database.cachedStatement(sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    for record in records {
                        try insert.execute(arguments: [
                            record.number, record.receivedAt.nanoseconds, record.by, record.via?.rawValue,
                            record.subject,
                            record.event, record.hash, record.isAfterClose,
                        ])
                    }
                }
            }
            // Whoever removes it meanwhile leaves us not knowing what will be found.
            try requireInPlace(isFatal: true)
        } catch let error as DatabaseError {
            throw JournalFault(writing: error)
        }
        files.withLock { $0.log = FileMark("\(path)-wal") }
    }

    /// Whether another program holds the journal, and what is to be kept waits for that.
    package var isHeld: Bool { held.load(ordering: .relaxed) }

    /// Has an append throw instead of waiting any longer.
    package func giveUpWaiting() { isGivenUp.store(true, ordering: .relaxed) }

    /// Opens a journal that another program may hold: that is waited for, half a minute.
    private static func opening<Value>(_ body: () throws -> Value) throws -> Value {
        let end = ContinuousClock.now + .seconds(30)
        return try waiting(while: { ContinuousClock.now < end }, body)
    }

    /// Does something again and again while another program holds the journal, and as long as it may.
    private static func waiting<Value>(while mayWait: () -> Bool, _ body: () throws -> Value) throws -> Value {
        while true {
            do { return try body() } catch let error as DatabaseError where error.isBusy && mayWait() {
                usleep(10_000)
            }
        }
    }

    /// Throws where what is written would not be found again: the files that are open are not those at their paths.
    private func requireInPlace(isFatal: Bool = false) throws(JournalFault) {
        let (journal, log) = files.withLock { $0 }
        let isMoved = FileMark(path) != journal
        guard isMoved || log != nil && FileMark("\(path)-wal") != log else { return }
        let path = isMoved ? path : "\(path)-wal"
        let name = path.split(separator: "/").last ?? ""
        throw JournalFault("\(name) was removed or replaced under the hub: put it back", isFatal: isFatal)
    }

    /// Calls `body` with the entries from a number on, in order, until it returns false. Throws `DatabaseError`,
    /// ``JournalFault`` where an entry is damaged, and what `body` throws.
    package func read(from number: Int, _ body: (Record) throws -> Bool) throws {
        try reader.read { try $0.readRecords("number >= ? ORDER BY number", [number], body) }
    }

    /// The last `limit` entries on a subject, oldest first; with `number` those before that entry. Throws
    /// `DatabaseError`.
    package func history(of subject: String, before number: Int?, limit: Int) throws -> [Record] {
        try reader.read { database in
            var records: [Record] = []
            try database.readRecords(
                "subject = ? AND number < ? ORDER BY number DESC LIMIT ?", [subject, number ?? Int.max, limit]
            ) { record in
                records.append(record)
                return true
            }
            return records.reversed()
        }
    }

    /// Keeps a runbook's text under its fingerprint; a text that is there already stays. Throws `DatabaseError`.
    package func keep(runbook text: String, fingerprint: String) throws {
        try writer?.write { try SQLiteJournal.keep(runbook: text, fingerprint: fingerprint, in: $0) }
    }

    private static func keep(runbook text: String, fingerprint: String, in database: Database) throws {
        try database.execute(sql: "INSERT OR IGNORE INTO runbook VALUES (?, ?)", arguments: [fingerprint, text])
    }

    /// The text of the runbook with this fingerprint; `nil` where none was kept. Throws `DatabaseError`.
    package func runbook(_ fingerprint: String) throws -> String? {
        try reader.read { database in
            let value = try DatabaseValue.fetchOne(
                database, sql: "SELECT text FROM runbook WHERE fingerprint = ?", arguments: [fingerprint])
            guard case .string(let text)? = value?.storage else { return nil }
            return text
        }
    }

    /// Folds the write-ahead log into the file, so that a journal at rest is one file. Where that file has been taken
    /// away, what it held is written to another one beside its place, and ``JournalFault`` says so.
    package func close() throws {
        do {
            try writer?.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.isBusy {
            // Somebody reads it: then the write-ahead log stays, and is as durable.
        }
        var saved: String?
        if let writer, FileMark(path) != files.withLock({ $0.journal }) {
            let aside = "\(path).saved-\(getpid())"
            umask(0o077)
            try writer.vacuum(into: aside)
            saved = aside
        }
        try reader.close()
        guard let saved else { return }
        throw JournalFault(
            "\(path) was removed or replaced under the hub; what it held is in \(saved): put it in its place")
    }
}

/// Which file lies at a path: a link is not followed.
private struct FileMark: Equatable {
    private let device: UInt
    private let inode: UInt

    /// `nil` where nothing lies there.
    init?(_ path: String) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return nil }
        device = UInt(facts.st_dev)
        inode = UInt(facts.st_ino)
    }
}
