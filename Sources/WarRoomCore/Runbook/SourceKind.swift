/// A kind of source as the reader of runbooks, the source itself and its page in docs/sources.md have it: declared
/// once.
package struct SourceKind: Sendable {
    /// The word that a runbook uses.
    package let word: String
    /// The options that a runbook must give it.
    package let needs: [String]
    /// The options that it has besides; every kind has `every`, `timeout`, `stale_after` and `authority`.
    package let takes: [String]
    /// What it reads, in sentences for its page.
    package let reads: String
    /// What it reports, in a sentence for its page.
    package let reports: String
    /// How much it reads.
    package let limits: [Limit]
    /// A source of this kind as a runbook would have it.
    package let example: String
    /// Whether it asks for itself what is so at the moment, and does not read what a tool has written: its word goes
    /// before a tool's, and what it would hear today says nothing of an earlier hour.
    package var isProbe = false

    /// How much of something is read. What lies beyond it is told as trouble, and harms nothing else.
    package struct Limit: Sendable {
        /// What is limited, in words.
        package let what: String
        /// The most that is read: bytes, or a count.
        fileprivate let most: Int
        /// Whether that is a number of bytes.
        fileprivate let isBytes: Bool
        /// What happens to what lies beyond, in words.
        package let beyond: String

        /// The number with its unit: `10,000`, `64 KiB`.
        package var text: String {
            guard isBytes else { return SourceKind.grouped(most) }
            return most >= 1 << 20 ? "\(most >> 20) MB" : "\(most >> 10) KiB"
        }
    }

    /// A number with its thousands apart.
    private static func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String("\(1000 + number % 1000)".dropFirst())
    }

    private static func bytes(_ what: String, _ most: Int, _ beyond: String) -> Limit {
        Limit(what: what, most: most, isBytes: true, beyond: beyond)
    }

    private static func count(_ what: String, _ most: Int, _ beyond: String) -> Limit {
        Limit(what: what, most: most, isBytes: false, beyond: beyond)
    }
}

extension SourceKind {
    /// All kinds, in the order of their pages.
    package static let all = [statusFiles, ndjson, junit, socket]

    private static let manyFiles = count(
        "files of a folder", SourceLimit.files, "the rest is not read, and that is said")

    static let statusFiles = SourceKind(
        word: "status-files", needs: ["path"], takes: [],
        reads:
            "Files that each hold one event or an array of them. What a file leaves out is filled in: "
            + "`specversion`, `id`, "
            + "`source`, and `time`, which is when it was written.",
        reports: "The events of each file whose content has changed.",
        limits: [
            bytes("a file", SourceLimit.statusFileBytes, "never read"),
            count("events of a file", SourceLimit.statusFileEvents, "nothing of it is taken"),
            manyFiles,
        ],
        example:
            #"patch-web: {kind: status-files, path: "{state}/patch/*.json", every: 2s, stale_after: 5m, authority: "#
            + #"[patch, reboot]}"#
    )

    static let ndjson = SourceKind(
        word: "ndjson", needs: ["path"], takes: [],
        reads:
            "One file that only grows, one event a line (NDJSON). It is kept open, and followed when it is rotated or "
            + "cut. What a "
            + "line leaves out is filled in as in a status file.",
        reports: "The event of each new line, once.",
        limits: [
            count(
                "events of a look", SourceLimit.ndjsonEventsPerLook,
                "the rest waits for the next look, which comes at once"),
            bytes(
                "bytes of a look", SourceLimit.ndjsonBytesPerLook,
                "the rest waits for the next look, which comes at once"),
            bytes("a line", Event.longestLine, "skipped, and that is said"),
        ],
        example: #"feed: {kind: ndjson, path: "{state}/events.ndjson", every: 1s}"#)

    static let junit = SourceKind(
        word: "junit", needs: ["path", "run"], takes: [],
        reads: "JUnit XML of one test run, also while it grows.",
        reports: "One `warroom.tests` event for all its reports together.",
        limits: [
            bytes("a report", SourceLimit.reportBytes, "never read"),
            count("levels of elements in each other", SourceLimit.reportDepth, "unreadable"),
            count("cases of a report", SourceLimit.reportCases, "unreadable"),
            count("failures with their names", SourceLimit.namedFailures, "only counted"),
            manyFiles,
        ],
        example: #"smoke: {kind: junit, path: "{state}/tests/smoke/*.xml", run: smoke, every: 1s}"#)

    static let socket = SourceKind(
        word: "socket", needs: ["address"], takes: ["send"],
        reads:
            "Somebody else's Unix socket: connects, sends the line `send` if there is one, and reads JSON lines until "
            + "the other side "
            + "closes or falls silent after a whole line (a quarter of `timeout`, at most 500 ms).",
        reports: "Every event of every answer.",
        limits: [bytes("an answer", SourceLimit.answerBytes, "nothing of it is taken")],
        example:
            #"balancer: {kind: socket, address: /run/balancer/status.sock, send: '{"command":"servers"}', every: 5s, "#
            + #"stale_after: 60s}"#,
        isProbe: true
    )
}
