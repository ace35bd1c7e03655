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
