/// How much sources read, in bytes where the name says so.
package enum SourceLimit {
    /// How many files of a folder are read: more than these are a mistake in the path.
    package static let files = 10_000
    /// How many bytes a status file may have.
    package static let statusFileBytes = 16 << 20
    /// How many events a status file may hold.
    package static let statusFileEvents = 10_000
    /// How many events of a growing file one look takes; the rest waits for the next.
    package static let ndjsonEventsPerLook = 250
    /// How many bytes of a growing file one look takes.
    package static let ndjsonBytesPerLook = 4 << 20
    /// How many bytes a test report may have.
    package static let reportBytes = 64 << 20
    /// How many elements of a test report may lie in each other.
    package static let reportDepth = 200
    /// How many cases a test report may have: ten times the largest honest suite, which bounds the memory.
    package static let reportCases = 200_000
    /// How many failed cases are named; the rest is only counted.
    package static let namedFailures = 50
    /// How many bytes the answer of a socket may have.
    package static let answerBytes = 1 << 20
}
