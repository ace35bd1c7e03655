/// Where entries are kept: proposals in, committed entries out. The hub's default is SQLite on its own disk. A shared
/// engine, for bridges that span sites, would be another conformance. It may be read while it is written to, each on
/// threads of their own.
package protocol Journal: Sendable {
    /// Keeps these entries, and the texts of runbooks that they name, by fingerprint: all or none. Returns once they
    /// are durable, however long the disk takes. Throws where they could not be kept: then nothing may be acknowledged.
    func append(_ records: [Record], runbooks: [String: String]) throws

    /// Whether another program holds the journal, and what is to be kept waits for that.
    var isHeld: Bool { get }

    /// Has ``append(_:runbooks:)`` throw instead of waiting for another program any longer.
    func giveUpWaiting()

    /// Calls `body` with the entries from a number on, in order, until it returns false. Throws where they cannot be
    /// read, and what `body` throws.
    func read(from number: Int, _ body: (Record) throws -> Bool) throws

    /// The last `limit` entries on a subject, oldest first; with `number` those before that entry.
    func history(of subject: String, before number: Int?, limit: Int) throws -> [Record]

    /// Keeps a runbook's text under its fingerprint, which entries name. A text that is there already stays.
    func keep(runbook text: String, fingerprint: String) throws

    /// The text of the runbook with this fingerprint; `nil` where none was kept.
    func runbook(_ fingerprint: String) throws -> String?

    /// Closes the journal; nothing is read or written afterwards.
    func close() throws
}
