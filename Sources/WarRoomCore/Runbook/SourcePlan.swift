/// How a runbook sets up one source (docs/contract.md, Sources): what all kinds have, and the options of its kind.
package struct SourcePlan: Hashable, Sendable {
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

    /// The kinds of source, each with its own options; ARCHITECTURE.md says under Recipes what a new kind takes.
    package enum Kind: Hashable, Sendable {
        /// Files of events: a file, a folder, or a folder and a pattern for names (`patch/*.json`).
        case statusFiles(path: String)
        /// A file of events that only grows, one a line.
        case ndjson(path: String)
        /// JUnit reports of one test run; the same kinds of path.
        case junit(path: String, run: String)
        /// Somebody else's Unix socket: connect, send a line if there is one, read JSON lines.
        case socket(address: String, send: String?)

        /// What is declared of it.
        package var declaration: SourceKind {
            switch self {
            case .statusFiles: .statusFiles
            case .ndjson: .ndjson
            case .junit: .junit
            case .socket: .socket
            }
        }
    }
}
