package import OrderedCollections

/// One night: a runbook, and all that is known as of an entry. It grows by ``apply(_:)`` alone: a terminal applies
/// entries with the same code as the hub.
package struct Bridge: Hashable, Sendable {
    /// The plan in force: the one that the night began with, or the one that the last amendment took.
    package internal(set) var runbook: Runbook
    /// The plan that the night began with, where an amendment has taken another: the baseline stays.
    var begunWith: Boxed<Runbook>? { didSet { note(.night) } }
    /// The last plan before this one that had all its signatures, or needed none; `nil`: there was none.
    var signedBefore: Boxed<Runbook>? { didSet { note(.night) } }
    /// The signatures on any text of the runbook, oldest first.
    var signatures: [Signature] = [] { didSet { note(.night) } }
    /// The last amendment; `nil`: the night goes by the text that it began with.
    package internal(set) var amendment: Amendment? { didSet { note(.night) } }
    /// The number of the last entry applied; 0 before the first.
    package internal(set) var entry = 0
    /// That entry's hash, in lower-case hex; 64 zeros before the first.
    package internal(set) var head: String = Entry.hashBeforeFirst
    /// When the last entry was received, in bridge time; `nil` before the first.
    package internal(set) var lastReceivedAt: Instant?
    /// Whether the night is a rehearsal, as its first opening says.
    package internal(set) var isRehearsal = false { didSet { note(.night) } }
    /// Where the night stands in its life.
    package internal(set) var state: BridgeReport.State = .opened { didSet { note(.night) } }
    /// When it was first opened, in bridge time.
    var openedAt: Instant? { didSet { note(.night) } }
    /// The user who has the lead: at first who started the hub or whom `access` names, then whom later entries made
    /// lead. `nil`: nobody has it.
    package internal(set) var lead: String? { didSet { note(.night) } }
    /// To whom the lead is offered, and how it has been handed over.
    package internal(set) var leadership = Leadership() { didSet { note(.night) } }
    /// Who stands in for a role, by the role as `access` writes it.
    var substitutes: OrderedDictionary<String, Substitute> = [:] { didSet { note(.night) } }
    /// How long steps took on earlier nights of this runbook, as the hub found when the night was opened.
    var learned: OrderedDictionary<String, Duration> = [:] { didSet { note(.night) } }

    /// What was said of steps, by the step's id.
    package internal(set) var steps: OrderedDictionary<String, StepRecord> = [:] { didSet { note(.steps) } }
    /// The servers that anything was said about, by name, those that the runbook does not know included.
    package internal(set) var servers: OrderedDictionary<String, Boxed<ServerRecord>> = [:] {
        didSet { note(.servers) }
    }
    /// The marks on checks, by path.
    package internal(set) var reviews: OrderedDictionary<Runbook.CheckPath, ReviewRecord> = [:] {
        didSet { note(.reviews) }
    }
    /// The titles of the checks that were added on the night, by path.
    var addedChecks: OrderedDictionary<Runbook.CheckPath, String> = [:] { didSet { note(.reviews) } }
    /// What was said of test runs, by the run's id.
    package internal(set) var tests: OrderedDictionary<String, Claims<TestsReport>> = [:] { didSet { note(.tests) } }
    /// The last runs of each suite that have ended, by the run's id, oldest first.
    var testRuns: OrderedDictionary<String, [TestRun]> = [:] { didSet { note(.tests) } }
    /// What was said of stages, by `pipeline/stage`.
    package internal(set) var pipelines: OrderedDictionary<String, Claims<PipelineReport>> = [:] {
        didSet { note(.pipelines) }
    }
    /// What was said of runs of batch-close jobs, by the run's name.
    package internal(set) var batch: OrderedDictionary<String, Claims<BatchReport>> = [:] { didSet { note(.batch) } }
    /// What was said of alerts, by fingerprint.
    var alerts: OrderedDictionary<String, Claims<AlertReport>> = [:] { didSet { note(.heard) } }
    /// Since when each alert that fires has been firing, by fingerprint.
    var firing: OrderedDictionary<String, Moment> = [:] { didSet { note(.heard) } }
    /// What was last said of what an alert was, by fingerprint.
    var lookedAlerts: OrderedDictionary<String, Looked> = [:] { didSet { note(.heard) } }
    /// What was heard from outside, by the number of its entry.
    var heard: OrderedDictionary<Int, Heard> = [:] { didSet { note(.heard) } }
    /// What was said of messages, by `step/channel`.
    package internal(set) var messages: OrderedDictionary<String, Claims<MessageReport>> = [:]
    /// The servers that are held, by name, each with the reason.
    package internal(set) var holds: OrderedDictionary<String, Claim<String>> = [:] { didSet { note(.holds) } }
    /// The waves that are held, by id.
    package internal(set) var waveHolds: OrderedDictionary<String, WaveHold> = [:] { didSet { note(.holds) } }
    /// The entry that lifted the last hold of a wave, by the wave's id: what was so before it holds the wave no more.
    var lifted: OrderedDictionary<String, Int> = [:] { didSet { note(.holds) } }
    /// Since when each server of a wave that soaks has run without a gap, by name; one that is missing does not.
    var soaking: OrderedDictionary<String, Moment> = [:] { didSet { note(.soaking) } }
    /// The decisions on gates, by the gate's id, oldest first.
    var approvals: OrderedDictionary<String, [Approval]> = [:] { didSet { note(.approvals) } }
    /// What was said of loose ends in so many words; those that steps and sources open are ``LooseEndFacts``.
    package internal(set) var looseEnds: OrderedDictionary<LooseEndID, Claims<LooseEndReport>> = [:] {
        didSet { note(.looseEnds) }
    }
    /// The last ruling on each divergence and pair of times, by its id.
    package internal(set) var rulings: OrderedDictionary<String, Claim<RulingReport>> = [:] {
        didSet { note(.rulings) }
    }
    /// The hub's last word on each source of the runbook, by its id.
    package internal(set) var sources: OrderedDictionary<String, SourceRecord> = [:] { didSet { note(.sources) } }
    /// How far the computer's clock and the night's have come apart; `nil` where they never have.
    package internal(set) var clock: ClockRecord? { didSet { note(.night) } }
    /// The last word of a person on each thing, which is what an undo can take back.
    package internal(set) var said: OrderedDictionary<Said.Thing, Said> = [:]
    /// The stages that are a gate's button and were pressed, by gate.
    var pressed: OrderedDictionary<String, Pressed> = [:] { didSet { note(.approvals) } }
    /// Who has ever started each step, by the step's id, in the order in which they first did.
    var hands: OrderedDictionary<String, [String]> = [:] { didSet { note(.approvals) } }
    /// What people have said before its turn, oldest first.
    var outOfTurn: [OutOfTurn] = [] { didSet { note(.night) } }
    /// How the night was closed; `nil` while it is not.
    package internal(set) var closed: Closed? { didSet { note(.night) } }
    /// How many entries came after the close.
    package internal(set) var afterClose = 0 { didSet { note(.night) } }
    /// The last entries in a few words each, newest last: what the feed shows.
    package internal(set) var recent: [FeedLine] = []
    /// How many entries were refusals.
    var refusals = 0
    /// The first entry's hash: which journal this is.
    var origin = ""
    /// The servers that the last entries spoke of, newest last. A situation that goes on from an earlier one works
    /// these out anew, and keeps all others.
    var touched: [Touch] = []
    /// The number of the last entry that may change any server: a source's state, a ruling.
    var serversChanged = 0
    /// Which entries may have changed what rules rest on.
    var partsChanged = PartsChanged()
    private var plan = Plan()
    private var baselinePlan = Plan()

    /// How many lines the feed keeps; older ones are asked for with `history`.
    static let feedLimit = 100
    /// How many servers are remembered as touched: more than come between two frames of a busy screen.
    static let touchLimit = 1024

    /// Its id: `monthly-2025-09-14`, or that with `.rehearsal` (docs/contract.md, Where the hub is).
    package var id: String { isRehearsal ? "\(runbook.bridgeID).rehearsal" : runbook.bridgeID }

    /// A bridge before its first entry.
    package init(runbook: Runbook) { self.runbook = runbook }

    /// The servers that entries after one have touched; `nil` where that is not known, or all may have changed.
    func serversTouched(after entry: Int) -> Set<String>? {
        guard entry >= serversChanged, entry <= self.entry else { return nil }
        if touched.count >= Bridge.touchLimit, let first = touched.first, first.entry > entry + 1 { return nil }
        return Set(touched.lazy.reversed().prefix { $0.entry > entry }.map(\.server))
    }

    /// The parts that entries after one may have changed.
    func changed(after entry: Int) -> Parts { partsChanged.after(entry) }

    /// The runbook that the night began with.
    package var firstRunbook: Runbook { begunWith?.value ?? runbook }

    /// The runbook's names resolved, once for each runbook.
    var index: PlanIndex { plan.index(of: runbook) }

    /// The names of the runbook that the night began with.
    var baselineIndex: PlanIndex { begunWith.map { baselinePlan.index(of: $0.value) } ?? index }

    /// Goes by another runbook from now on.
    mutating func goBy(_ runbook: Runbook) {
        if begunWith == nil { (begunWith, baselinePlan) = (Boxed(self.runbook), plan) }
        (self.runbook, plan) = (runbook, Plan())
    }
}

/// An entry that spoke of a server.
struct Touch: Hashable, Sendable {
    let entry: Int
    let server: String
}
