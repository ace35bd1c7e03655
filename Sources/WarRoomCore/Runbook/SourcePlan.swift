/// How a runbook sets up one source (docs/contract.md, Sources): what all kinds have, and the options of its kind.
package struct SourcePlan: Hashable, Sendable, Codable {
    /// What the runbook calls it, and its events' `source`.
    package var id: String
    /// What it reads, with the options of that kind.
    package var kind: Kind
    /// How much wall time lies between two looks.
    package var every: Duration
    /// After how much wall time a look is given up.
    package var timeout: Duration
    /// After how much bridge time of silence what is under way, or always watched, counts for nothing; `nil`: only when
    /// the source is unreadable or gone.
    package var staleAfter: Duration?
    /// The fields of servers on which this source has the word: `patch`, `pools`, …
    package var authority: [String]

    /// The time between two looks where a runbook gives none.
    package static let usualInterval = Duration.seconds(2)
    /// The time after which a look is given up, where a runbook gives none.
    package static let usualTimeout = Duration.seconds(2)

    /// A source as the runbook sets it up.
    package init(
        id: String, kind: Kind, every: Duration = usualInterval, timeout: Duration = usualTimeout,
        staleAfter: Duration? = nil, authority: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.every = every
        self.timeout = timeout
        self.staleAfter = staleAfter
        self.authority = authority
    }

    /// The kinds of source, each with its own options; a new kind is one case here, one
    /// declaration in ``SourceKind``, one file in WarRoomSources and one line in its list.
    package enum Kind: Hashable, Sendable, Codable {
        /// Files of events: a file, a folder, or a folder and a pattern for names (`patch/*.json`).
        case statusFiles(path: String)
        /// A file of events that only grows, one a line.
        case ndjson(path: String)
        /// JUnit reports of one test run; the same kinds of path.
        case junit(path: String, run: String)
        /// Somebody else's Unix socket: connect, send a line if there is one, read JSON lines.
        case socket(address: String, send: String?)

        /// Whether it asks for itself what is so at the moment, and does not read what a tool has written: its word
        /// goes before a tool's, and what it would hear today says nothing of an earlier hour.
        package var isProbe: Bool {
            switch self {
            case .socket: true
            case .statusFiles, .ndjson, .junit: false
            }
        }

        /// The word that a runbook uses.
        package var name: String {
            switch self {
            case .statusFiles: "status-files"
            case .ndjson: "ndjson"
            case .junit: "junit"
            case .socket: "socket"
            }
        }
    }
}
