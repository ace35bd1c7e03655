package import WarRoomCore

/// An entry as the journal keeps it: its parts, canonical and ready for the line.
package struct Record: Hashable, Sendable {
    package let number: Int
    package let receivedAt: Instant
    package let by: String
    package let via: Entry.Via?
    /// Taken after the night was closed.
    package let isAfterClose: Bool
    package let subject: String
    /// The event's canonical JSON text.
    package let event: String
    package let hash: String

    package init(
        number: Int, receivedAt: Instant, by: String, via: Entry.Via?, isAfterClose: Bool = false, subject: String,
        event: String, hash: String
    ) {
        self.number = number
        self.receivedAt = receivedAt
        self.by = by
        self.via = via
        self.isAfterClose = isAfterClose
        self.subject = subject
        self.event = event
        self.hash = hash
    }

    /// The entry's line without its hash, from which the hash is made.
    package var unhashedLine: [UInt8] {
        Entry.unhashedLine(
            number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isAfterClose, eventText: event)
    }

    /// The entry's whole line.
    package var line: [UInt8] { Entry.line(unhashed: unhashedLine, hash: hash) }
}

/// Where entries are kept: proposals in, committed entries out. The hub's default is SQLite on its own disk; a shared
/// engine for bridges that span sites would be another conformance.
package protocol Journal {
    /// Keeps these entries, all or none, and returns once they are durable. Throws where they could not be kept; then
    /// nothing may be acknowledged.
    func append(_ records: [Record]) throws

    /// Entries from a number on, in order, until `body` returns false.
    func read(from number: Int, _ body: (Record) throws -> Bool) throws

    /// The last entries on a subject before a number, oldest first.
    func history(of subject: String, before number: Int?, limit: Int) throws -> [Record]

    /// Keeps a runbook's text under its fingerprint; entries name it.
    func keep(runbook text: String, fingerprint: String) throws

    /// The text of the runbook with this fingerprint.
    func runbook(_ fingerprint: String) throws -> String?

    /// Puts the journal to rest; nothing is read or written afterwards.
    func close() throws
}

/// Why a journal cannot be used, in a sentence that says what to do next.
package struct JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }

    package var description: String { sentence }
}
