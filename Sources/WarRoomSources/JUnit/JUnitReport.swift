package import WarRoomCore

/// What one JUnit report says, or several together (docs/contract.md, Test counts). Only leaf cases are counted. Of a
/// case that comes again the last occurrence decides, and it is flaky. What suites say about themselves was wrong in 14
/// of 55 real reports, so it only raises ``unattributed`` and ``missing``.
package struct JUnitReport: Hashable, Sendable {
    /// Leaf cases.
    package var total = 0
    /// Cases that ran and did not fail, flaky ones included.
    package var passed = 0
    /// Failed cases, those with an error included.
    package var failed = 0
    /// Failed cases with an error and no failure.
    package var errors = 0
    /// Cases that were not run.
    package var skipped = 0
    /// Cases that were run more than once, whatever came of it.
    package var flaky = 0
    /// Which cases it speaks of: a hash of each one's suite, file, class, name and row.
    var cases: Set<UInt64> = []
    /// The names of the cases that passed only when they were tried again. They are told, so that whoever accepts them
    /// knows what failed first.
    var retried: [String] = []
    /// Suites that failed while none of their cases did: a crash, a request without an answer.
    package var unattributed = 0
    /// How many more cases the suites promise than there are.
    package var missing = 0
    /// How many more than there are cases a green suite counts, because it counts something else: subtests, assertions.
    package var otherwise = 0
    /// The earliest start that a suite gives with its offset from UTC. A time without one says nothing.
    package var startedAt: Instant?
    /// The first failed cases, then the unattributed failures, at most ``SourceLimit/namedFailures``. A message stands
    /// as in the report: its first line, at most 500 bytes.
    package var failures: [TestsReport.Failure] = []

    /// What became of reading a report.
    package enum Reading: Hashable, Sendable {
        /// The whole of a well-formed report.
        case complete(JUnitReport)
        /// The bytes end too early, as while somebody still writes: what they say so far, and what is missing in words.
        case incomplete(JUnitReport, reason: String)
        /// The bytes are no report, or not one that can be trusted, and why.
        case unreadable(reason: String)
        /// Some other program's XML, which is nobody's result, and why.
        case foreign(reason: String)
    }

    /// A report without a case.
    init() {}

    /// Reads the bytes of a report. What is not well-formed is not mended, but for characters that
    /// XML does not have. A DOCTYPE is refused unread, so no entity is
    /// ever expanded and nothing is ever fetched.
    package static func read(_ bytes: [UInt8]) -> Reading {
        guard bytes.count <= SourceLimit.reportBytes else {
            return .unreadable(reason: "more than \(SourceLimit.reportBytes >> 20) MB")
        }
        let (reading, mayMend) = JUnitReader().read(bytes)
        // Runners print what a program said, control characters and all, into a name or a message.
        guard mayMend, let mended = XMLCharacters.mended(bytes) else { return reading }
        let second = JUnitReader().read(mended).reading
        return switch second {
        case .complete, .incomplete: second
        case .unreadable, .foreign: reading
        }
    }

    /// Whether there is anything to tell: a report without a case is no result.
    var isResult: Bool { total > 0 || unattributed > 0 || missing > 0 }

    /// Adds another report of the same run to this one.
    package mutating func add(_ other: JUnitReport) {
        total += other.total
        passed += other.passed
        failed += other.failed
        errors += other.errors
        skipped += other.skipped
        flaky += other.flaky
        retried += other.retried
        cases.formUnion(other.cases)
        unattributed += other.unattributed
        missing += other.missing
        otherwise += other.otherwise
        startedAt = [startedAt, other.startedAt].compactMap { $0 }.min()
        failures = Array((failures + other.failures).prefix(SourceLimit.namedFailures))
    }
}
