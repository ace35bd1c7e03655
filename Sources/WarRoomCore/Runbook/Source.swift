/// Something that is watched. A source only reports; it never reads the bridge. A look may block: the bus gives each
/// source a thread of its own, and gives up on it after `timeout` without losing a late answer.
package protocol Source: Sendable {
    /// The folders in which a change is worth a look at once. The interval stays the truth: a notice can be lost when
    /// the kernel's queue overflows, and a network file system sends none.
    var watchedFolders: [String] { get }

    /// Looks once. Returns what there is to report. Throws ``SourceFault`` where nothing can be read at all.
    mutating func look() throws(SourceFault) -> Look
}

/// What one look saw.
package struct Look: Sendable, Hashable {
    /// Events as found, in order; the bus drops those that say nothing new.
    package var findings: [Finding]
    /// The newest wall time at which what was read was true: a file's mtime, for a probe when it asked. `nil`: nothing
    /// has been seen yet.
    package var asOf: Instant?
    /// What could not be read, in words, while the last good value stays. `nil`: all was well.
    package var trouble: String?
    /// Whether the look stopped at its limit before all was read. The next one then comes as soon as all others have
    /// had their turn.
    package var hasMore = false
    /// Whether what was read has been written since the last look: then it is as young as the look, whatever its mtime.
    package var isWritten = false
    /// What findings rest on, by name, where a source has several things to read whose content replaces what they held:
    /// all that are there. What is missing here and was there at the last look has been removed.
    package var rests: [String: Rest] = [:]

    /// One thing that findings rest on, such as a file.
    package struct Rest: Sendable, Hashable {
        /// The wall time at which it was known to be true: its mtime, for a probe when it asked.
        package let asOf: Instant
        /// Whether it has been written since the last look, also if it was written as it was.
        package let isWritten: Bool
        /// Whether the findings of this look are all that it holds; else it holds what it held.
        package let isRead: Bool
        /// Why what it holds now cannot be read; what it held before stays its last word.
        package let trouble: String?

        /// Something that is there.
        package init(asOf: Instant, isWritten: Bool, isRead: Bool, trouble: String? = nil) {
            self.asOf = asOf
            self.isWritten = isWritten
            self.isRead = isRead
            self.trouble = trouble
        }
    }

    /// What a look saw; with no more to say it saw nothing, and all was well.
    package init(findings: [Finding] = [], asOf: Instant? = nil, trouble: String? = nil) {
        self.findings = findings
        self.asOf = asOf
        self.trouble = trouble
    }
}

/// One event as a source found it, before it has a place in the journal.
package struct Finding: Sendable, Hashable {
    /// The event's object. What a status file may leave out can be missing (docs/contract.md, Sources).
    package var event: JSON
    /// The wall time that holds where the event gives none: the file's mtime.
    package var wallTime: Instant?
    /// The id that holds where the event gives none: the mtime with a hash of the content.
    package var fallbackID: String
    /// What it rests on, by its name in ``Look/rests``; `nil`: it happened, and nothing holds it.
    package var rest: String?

    /// A finding with what holds where its event says nothing.
    package init(event: JSON, wallTime: Instant?, fallbackID: String, rest: String? = nil) {
        self.event = event
        self.wallTime = wallTime
        self.fallbackID = fallbackID
        self.rest = rest
    }
}

/// Why a source could not be read at all, in words for the sources pane.
package struct SourceFault: Error, Hashable, Sendable {
    /// The reason in a few words, for the sources pane and the journal.
    package let reason: String
    /// Whether what is to be read is not there: a file that has not been written yet is no failure.
    package let isAbsent: Bool

    /// A fault with its reason.
    package init(_ reason: String, isAbsent: Bool = false) {
        self.reason = reason
        self.isAbsent = isAbsent
    }
}
