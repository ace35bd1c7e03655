/// How much sources read, in bytes where the name says so.
package enum SourceLimit {
    /// More names than this are no folder of reports but a mistake in the path.
    package static let files = 10_000
    package static let statusFileBytes = 16 << 20
    package static let statusFileEvents = 10_000
    package static let ndjsonEventsPerLook = 1_000
    package static let ndjsonBytesPerLook = 4 << 20
    package static let reportBytes = 64 << 20
    package static let reportDepth = 200
    /// Ten times the largest honest suite; it bounds memory.
    package static let reportCases = 200_000
    package static let namedFailures = 50
    package static let answerBytes = 1 << 20
}
