/// Something that is watched. A source only reports, and never reads the bridge (rule 1). A look may block: the bus
/// gives each source a thread of its own, and gives up on it after `timeout` without losing a late answer.
package protocol Source: Sendable {
    /// Folders in which a change is worth a look at once; the interval stays the truth (engines.md, 6).
    var watchedFolders: [String] { get }

    /// Looks once. Returns what there is to report;
    /// throws ``SourceFault`` where nothing can be read at all.
    mutating func look() throws(SourceFault) -> Look
}

/// What one look saw.
package struct Look: Sendable, Hashable {
    /// Events as found, in order; the bus drops those that say nothing new.
    package var findings: [Finding]
    /// The newest wall time at which what was read was known to be true: a file's mtime, now for a probe. `nil`:
    /// nothing has been seen yet.
    package var asOf: Instant?
    /// What could not be read, in words; the last good value stays. `nil`: all was well.
    package var trouble: String?
    /// Whether the look had enough before all was read: the next one comes as soon as everybody else has had a turn.
    package var hasMore = false

    package init(findings: [Finding] = [], asOf: Instant? = nil, trouble: String? = nil) {
        self.findings = findings
        self.asOf = asOf
        self.trouble = trouble
    }
}

/// One event as a source found it, before it has a place in the journal.
package struct Finding: Sendable, Hashable {
    /// The event's object; what CONTRACT 7 lets a file leave out may be missing.
    package var event: JSON
    /// Wall time to use where the event gives none: the file's mtime.
    package var wallTime: Instant?
    /// The id to use where the event gives none: mtime and content hash.
    package var fallbackID: String

    package init(event: JSON, wallTime: Instant?, fallbackID: String) {
        self.event = event
        self.wallTime = wallTime
        self.fallbackID = fallbackID
    }
}

/// Why a source could not be read at all, in words for the sources pane.
package struct SourceFault: Error, Hashable, Sendable {
    package let reason: String
    /// Whether it has simply not been there yet, which is no failure before it is due.
    package let isAbsent: Bool

    package init(_ reason: String, isAbsent: Bool = false) {
        self.reason = reason
        self.isAbsent = isAbsent
    }
}
