package import OrderedCollections

/// One night: a runbook, and all that is known as of an entry. It grows by ``apply(_:)`` alone, in the hub and in every
/// terminal alike (rule 4).
package struct Bridge: Hashable, Sendable, Codable {
    package let runbook: Runbook
    /// The number of the last entry applied; 0 before the first.
    package internal(set) var entry = 0
    /// That entry's hash.
    package internal(set) var head = Entry.hashBeforeFirst
    package internal(set) var lastReceivedAt: Instant?
    package internal(set) var isRehearsal = false
    package internal(set) var state = BridgeReport.State.opened
    var openedAt: Instant?
    /// Who started the hub, and whom later entries made lead.
    package internal(set) var lead: String?
    /// To whom the lead is offered, and whether it has been handed over.
    package internal(set) var leadership = Leadership()
    /// Who stands in for a role, by the role as `access` writes it.
    var substitutes: OrderedDictionary<String, Substitute> = [:]
    /// How long steps took on earlier nights of this runbook, as the hub found when the night was opened.
    var learned: OrderedDictionary<String, Duration> = [:]

    package internal(set) var steps: OrderedDictionary<String, StepRecord> = [:]
    /// Servers that anything was said about, the unknown ones included.
    package internal(set) var servers: OrderedDictionary<String, Boxed<ServerRecord>> = [:]
    package internal(set) var reviews: OrderedDictionary<Runbook.CheckPath, ReviewRecord> = [:]
    /// Checks added on the night, by path.
    var addedChecks: OrderedDictionary<Runbook.CheckPath, String> = [:]
    package internal(set) var tests: OrderedDictionary<String, Claims<TestsReport>> = [:]
    package internal(set) var pipelines: OrderedDictionary<String, Claims<PipelineReport>> = [:]
    package internal(set) var batch: OrderedDictionary<String, Claims<BatchReport>> = [:]
    var alerts: OrderedDictionary<String, Claims<AlertReport>> = [:]
    package internal(set) var messages: OrderedDictionary<String, Claims<MessageReport>> = [:]
    package internal(set) var holds: OrderedDictionary<String, Claim<String>> = [:]
    var approvals: OrderedDictionary<String, [Approval]> = [:]
    package internal(set) var looseEnds: OrderedDictionary<LooseEndID, Claims<LooseEndReport>> = [:]
    package internal(set) var rulings: OrderedDictionary<String, Claim<RulingReport>> = [:]
    package internal(set) var sources: OrderedDictionary<String, SourceRecord> = [:]
    /// The last word of a person on each thing, by type and subject: what an undo can take back.
    package internal(set) var said: OrderedDictionary<Said.Thing, Said> = [:]
    /// The stages that are a gate's button and were pressed, by gate.
    var pressed: OrderedDictionary<String, Pressed> = [:]
    /// How the night was closed, while it is.
    package internal(set) var closed: Closed?
    /// How many entries came after the close.
    package internal(set) var afterClose = 0
    /// The last entries, newest last: what the feed shows.
    package internal(set) var recent: [FeedLine] = []
    /// How many entries were refusals.
    var refusals = 0
    /// The first entry's hash: which journal this is.
    var origin = ""
    /// The servers that the last entries spoke of, newest last: what a situation need not work out anew is what it does
    /// not name.
    var touched: [Touch] = []
    /// The last entry on which every server may rest: a source's state, a ruling.
    var serversChanged = 0
    /// The last entry on a review, or on what is reviewed.
    var reviewsChanged = 0
    private var plan = Plan()

    /// How many lines the feed keeps; older ones are asked for with `history`.
    static let feedLimit = 100
    /// How many servers are remembered as touched: more than come between two frames of a busy screen.
    static let touchLimit = 1024

    /// Its id (CONTRACT 2): `monthly-2025-09-14`, or that with `.rehearsal`.
    package var id: String { isRehearsal ? "\(runbook.bridgeID).rehearsal" : runbook.bridgeID }

    /// A bridge before its first entry.
    package init(runbook: Runbook) { self.runbook = runbook }

    /// The servers that entries after one have touched; `nil` where that is not known, or all may have changed.
    func serversTouched(after entry: Int) -> Set<String>? {
        guard entry >= serversChanged, entry <= self.entry else { return nil }
        if touched.count >= Bridge.touchLimit, let first = touched.first, first.entry > entry + 1 { return nil }
        return Set(touched.lazy.reversed().prefix { $0.entry > entry }.map(\.server))
    }

    /// The runbook's names resolved, once for the night.
    var index: PlanIndex { plan.index(of: runbook) }
}

/// An entry that spoke of a server.
struct Touch: Hashable, Sendable, Codable {
    let entry: Int
    let server: String
}
