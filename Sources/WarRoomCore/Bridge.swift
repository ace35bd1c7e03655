package import OrderedCollections

/// One night: a runbook, and all that is known as of an entry. It grows by ``apply(_:)`` alone, in the hub and in every
/// terminal alike (rule 4).
package struct Bridge: Hashable, Sendable, Codable {
    package let runbook: Runbook
    /// The number of the last entry applied; 0 before the first.
    package private(set) var entry = 0
    /// That entry's hash.
    package private(set) var head = Entry.hashBeforeFirst
    package private(set) var lastReceivedAt: Instant?
    package private(set) var isRehearsal = false
    package internal(set) var state = BridgeReport.State.opened
    package private(set) var openedAt: Instant?
    /// Who started the hub, and whom later entries made lead.
    package internal(set) var lead: String?
    /// To whom the lead is offered, and whether it has been handed over.
    package internal(set) var leadership = Leadership()
    /// Who stands in for a role, by the role as `access` writes it.
    package internal(set) var substitutes: OrderedDictionary<String, Substitute> = [:]
    /// How long steps took on earlier nights of this runbook, as the hub found when the night was opened.
    package private(set) var learned: OrderedDictionary<String, Duration> = [:]

    package internal(set) var steps: OrderedDictionary<String, StepRecord> = [:]
    /// Servers that anything was said about, the unknown ones included.
    package private(set) var servers: OrderedDictionary<String, Boxed<ServerRecord>> = [:]
    package internal(set) var reviews: OrderedDictionary<Runbook.CheckPath, ReviewRecord> = [:]
    /// Checks added on the night, by path.
    package internal(set) var addedChecks: OrderedDictionary<Runbook.CheckPath, String> = [:]
    package private(set) var tests: OrderedDictionary<String, Claims<TestsReport>> = [:]
    package private(set) var pipelines: OrderedDictionary<String, Claims<PipelineReport>> = [:]
    package private(set) var batch: OrderedDictionary<String, Claims<BatchReport>> = [:]
    package private(set) var alerts: OrderedDictionary<String, Claims<AlertReport>> = [:]
    package internal(set) var messages: OrderedDictionary<String, Claims<MessageReport>> = [:]
    package internal(set) var holds: OrderedDictionary<String, Claim<String>> = [:]
    package internal(set) var approvals: OrderedDictionary<String, [Approval]> = [:]
    package internal(set) var looseEnds: OrderedDictionary<String, Claims<LooseEndReport>> = [:]
    package internal(set) var rulings: OrderedDictionary<String, Claim<RulingReport>> = [:]
    package private(set) var sources: OrderedDictionary<String, SourceRecord> = [:]
    /// The last word of a person on each thing, by type and subject: what an undo can take back.
    package internal(set) var said: OrderedDictionary<String, Said> = [:]
    /// The stages that are a gate's button and were pressed, by gate.
    package internal(set) var pressed: OrderedDictionary<String, Pressed> = [:]
    /// How the night was closed, while it is.
    package internal(set) var closed: Closed?
    /// How many entries came after the close.
    package private(set) var afterClose = 0
    /// The last entries, newest last: what the feed shows.
    package private(set) var recent: [FeedLine] = []
    /// How many entries were refusals.
    package private(set) var refusals = 0
    /// The first entry's hash: which journal this is.
    private(set) var origin = ""
    /// The servers that the last entries spoke of, newest last: what a situation need not work out anew is what it does
    /// not name.
    private(set) var touched: [Touch] = []
    /// The last entry on which every server may rest: a source's state, a ruling.
    var serversChanged = 0
    /// The last entry on a review, or on what is reviewed.
    var reviewsChanged = 0
    private var plan = Plan()

    /// How many lines the feed keeps; older ones are asked for with `history`.
    package static let feedLimit = 100
    /// How many servers are remembered as touched: more than come between two frames of a busy screen.
    static let touchLimit = 1024

    /// Its id (CONTRACT 2): `monthly-2025-09-14`, or that with `.rehearsal`.
    package var id: String { isRehearsal ? "\(runbook.bridgeID).rehearsal" : runbook.bridgeID }

    /// A bridge before its first entry.
    package init(runbook: Runbook) { self.runbook = runbook }

    /// The runbook's names resolved, once for the night.
    var index: PlanIndex { plan.index(of: runbook) }
}

/// An entry that spoke of a server.
struct Touch: Hashable, Sendable, Codable {
    let entry: Int
    let server: String
}

/// What is known of one step, by person and by tool.
package struct StepRecord: Hashable, Sendable, Codable {
    /// The latest word of any person.
    package var person: StepLife?
    /// The latest word of each tool, by its event source.
    package var tools: OrderedDictionary<String, StepLife> = [:]
    /// The last entry that changed any of this, an undo included.
    package var changed = 0
    /// Evidence that had ended the step, and went.
    package internal(set) var lost: Lost?
    /// How its work was first seen under way by a source, where that was past a shut gate.
    package internal(set) var begunPastGate: PastGate?
}

/// Work that a source has seen begin while the gate before it was shut.
package struct PastGate: Hashable, Sendable, Codable {
    package let by: String
    package let at: Instant
    package let why: String
}

/// One claimant's account of a step. Actual times are never edited; a correction is a later entry (P-27).
package struct StepLife: Hashable, Sendable, Codable {
    package var state: StepReport.State
    package var note: String?
    package var by: String
    /// Who said that it started.
    package var startedBy: String?
    package var startedAt: Instant?
    package var endedAt: Instant?
    package var at: Instant
    package var entry: Int
    /// Why its gate was shut when a tool reported its start all the same (CONTRACT 6).
    package var pastGate: String?
}

/// What is known of one server, axis by axis, each by claimant (V-03).
package struct ServerRecord: Hashable, Sendable, Codable {
    package var patch = Claims<ServerReport.Patch>()
    package var reboot = Claims<ServerReport.Reboot>()
    package var bootedAt = Claims<Instant>()
    package var startedAt = Claims<Instant>()
    package var readyAt = Claims<Instant>()
    package var verify = Claims<ServerReport.Verify>()
    package var reach = Claims<ServerReport.Reach>()
    package var pools: OrderedDictionary<String, Claims<ServerReport.Membership>> = [:]
    package var alerts = Claims<ServerReport.Alerts>()
    package var mutedUntil = Claims<Instant>()
    package var detail = Claims<String>()
}

/// The marks on one check, newest last; the last one is shown.
package struct ReviewRecord: Hashable, Sendable, Codable {
    package struct Mark: Hashable, Sendable, Codable {
        package let mark: ReviewReport.Mark
        package let note: String?
        package let reviewer: String
        package let by: String
        package let at: Instant
        package let entry: Int
        /// The entry that took it back.
        package internal(set) var undoneBy: Int?
    }

    package var marks: [Mark] = []
    /// The mark that is shown: the latest by effective time that nobody has taken back.
    package var current: Mark? {
        if marks.count == 1, let only = marks.first { return only.undoneBy == nil ? only : nil }
        return marks.lazy.filter { $0.undoneBy == nil }.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
    }
}

/// One decision on a gate.
package struct Approval: Hashable, Sendable, Codable {
    package let decision: ApprovalReport.Decision
    package let role: String
    package let by: String
    package let at: Instant
    package let entry: Int
    package let seen: Int?
    package let reason: String?
    /// The entry that took it back.
    package internal(set) var undoneBy: Int?
}

/// The hub's word on a source.
package struct SourceRecord: Hashable, Sendable, Codable {
    package var state: SourceReport.State
    package var reason: String?
    package var lastGood: Instant?
    /// Since when it is in this state.
    package var since: Instant
    /// How many of its events were refused.
    package var refused: Int
}

/// One line of the feed: an entry in a few words.
package struct FeedLine: Hashable, Sendable, Codable {
    package enum Tone: String, Sendable, Codable { case good, bad, moving, off, waiting, doubt, act, plain }
    package let entry: Int
    package let receivedAt: Instant
    package let by: String
    package let tone: Tone
    package let text: String
}

// MARK: - Growing

extension Bridge {
    /// Takes the next entry. Total and deterministic: no clock, no I/O, no throwing (rule 3). An entry that does not
    /// follow the last one is not taken: the caller must fetch what is missing.
    package mutating func apply(_ entry: Entry) {
        guard entry.number == self.entry + 1 else { return }
        self.entry = entry.number
        head = entry.hash
        if entry.number == 1 { origin = entry.hash }
        lastReceivedAt = entry.receivedAt
        let subject = entry.event.subject
        // Its own mark says the same, but older journals do not bear it.
        let isAfterClose = state == .closed
        if isAfterClose { afterClose += 1 }
        remember(entry)
        let risked = self.risked(by: entry)
        notePastGate(entry)
        switch entry.event.body {
        case _ where entry.event.undoes != nil: takeBack(entry)
        case .bridge(let report): apply(report, entry)
        case .step(let report): apply(report, to: subject, entry)
        case .server(let report): apply(report, to: runbook.serverName(for: subject) ?? subject, entry)
        case .review(let report): apply(report, to: subject, entry)
        case .check(let title):
            guard let path = Runbook.CheckPath(subject) else { break }
            addedChecks[path] = title
            reviewsChanged = entry.number
        case .hold(let report): apply(report, to: runbook.serverName(for: subject) ?? subject, entry)
        case .approval(let report):
            approvals[subject, default: []].append(
                Approval(
                    decision: report.decision, role: report.role, by: entry.by, at: entry.at, entry: entry.number,
                    seen: report.seen, reason: report.reason))
        case .tests(let report): tests[subject, default: .init()].take(report, from: entry, standing: tool(entry))
        case .pipeline(let report):
            pipelines[subject, default: .init()].take(report, from: entry, standing: tool(entry))
            notePress(report, of: subject, entry)
        case .batch(let report): batch[subject, default: .init()].take(report, from: entry, standing: tool(entry))
        case .alert(let report): alerts[subject, default: .init()].take(report, from: entry, standing: tool(entry))
        case .message(let report):
            messages[subject, default: .init()].take(report, from: entry, standing: person(entry))
        case .looseEnd(let report):
            looseEnds[subject, default: .init()].take(report, from: entry, standing: person(entry))
        case .ruling(let report):
            serversChanged = entry.number
            rulings[subject] = Claim(
                claimant: entry.event.source, standing: .person, by: entry.by, value: report, at: entry.at,
                since: entry.at, entry: entry.number)
        case .lead(let report): takeLead(report, entry)
        case .substitute(let report): takeSubstitute(report, entry)
        case .source(let report): apply(report, to: subject, entry)
        case .refusal(let report): apply(report, to: subject)
        case .note: break
        }
        if !risked.isEmpty { noteLoss(of: risked, by: entry) }
        noteClose(entry)
        let closedWith = closed.flatMap { $0.entry == entry.number ? $0.summary : nil }
        recent.append(FeedLine(entry, runbook: runbook, isAfterClose: isAfterClose, closedWith: closedWith))
        if recent.count > Bridge.feedLimit { recent.removeFirst(recent.count - Bridge.feedLimit) }
    }

    private mutating func apply(_ report: BridgeReport, _ entry: Entry) {
        if report.state == .opened {
            if openedAt == nil {
                openedAt = entry.receivedAt
                isRehearsal = report.mode == "rehearsal"
                lead = firstLead(startedBy: entry.by)
                learned = report.learned
            }
            // Whatever was known of a source is from before the hub was away (CONTRACT 7).
            serversChanged = entry.number
            for id in runbook.sources.keys {
                sources[id] = SourceRecord(
                    state: .neverSeen, reason: nil, lastGood: sources[id]?.lastGood, since: entry.receivedAt,
                    refused: sources[id]?.refused ?? 0)
            }
            if report.awayFrom != nil { return }
        }
        if report.state != .amended { state = report.state }
    }

    private mutating func apply(_ report: StepReport, to step: String, _ entry: Entry) {
        var record = steps[step] ?? StepRecord()
        let last = entry.via == nil ? record.person : record.tools[entry.event.source]
        if let last, entry.at < last.at { return }
        var life = StepLife(
            state: report.state, note: report.note, by: entry.by, startedBy: last?.startedBy, startedAt: last?.startedAt,
            endedAt: nil, at: entry.at, entry: entry.number)
        switch report.state {
        case .started: (life.startedAt, life.startedBy) = (entry.at, entry.by)
        case .reset: (life.startedAt, life.startedBy) = (nil, nil)
        case .done, .failed, .skipped, .workaround, .notApplicable: life.endedAt = entry.at
        }
        if entry.via != nil, report.state != .reset { life.pastGate = last?.pastGate ?? shutGate(of: step, entry) }
        if entry.via == nil { record.person = life } else { record.tools[entry.event.source] = life }
        record.changed = entry.number
        steps[step] = record
    }

    /// Why a step's gate is shut, if it is; a pair of times without a ruling shuts all of them.
    func shutGate(of step: String, _ entry: Entry) -> String? {
        if let why = pairsInTheWay { return why }
        guard let gate = runbook.steps[step].flatMap({ runbook.gate(of: $0) }) else { return nil }
        guard let facts = Situation(self, now: entry.receivedAt).gates[gate.id], facts.state != .open else { return nil }
        return facts.firstUnmet?.why ?? "it waits for \(facts.missing.joined(separator: ", "))"
    }

    private mutating func apply(_ report: ServerReport, to server: String, _ entry: Entry) {
        let standing = tool(entry)
        func take<Value>(_ value: Value?, _ claims: inout Claims<Value>) {
            if let value { claims.take(value, from: entry, standing: standing) }
        }
        var record = servers[server]?.value ?? ServerRecord()
        take(report.patch, &record.patch)
        take(report.reboot, &record.reboot)
        take(report.bootedAt, &record.bootedAt)
        take(report.startedAt, &record.startedAt)
        take(report.readyAt, &record.readyAt)
        take(report.verify, &record.verify)
        take(report.reach, &record.reach)
        take(report.alerts, &record.alerts)
        take(report.mutedUntil, &record.mutedUntil)
        take(report.detail, &record.detail)
        for (pool, membership) in report.pools {
            record.pools[pool, default: .init()].take(membership, from: entry, standing: standing)
        }
        servers[server] = Boxed(record)
        touch(server, entry)
    }

    mutating func touch(_ server: String, _ entry: Entry) {
        touched.append(Touch(entry: entry.number, server: server))
        if touched.count >= 2 * Bridge.touchLimit { touched.removeFirst(touched.count - Bridge.touchLimit) }
    }

    /// The servers that entries after one have touched; `nil` where that is not known, or all may have changed.
    func serversTouched(after entry: Int) -> Set<String>? {
        guard entry >= serversChanged, entry <= self.entry else { return nil }
        if touched.count >= Bridge.touchLimit, let first = touched.first, first.entry > entry + 1 { return nil }
        return Set(touched.lazy.reversed().prefix { $0.entry > entry }.map(\.server))
    }

    /// A mark on one check, or no-response for all of a team's that have not answered: one entry (N-10).
    private mutating func apply(_ report: ReviewReport, to subject: String, _ entry: Entry) {
        let mark = ReviewRecord.Mark(
            mark: report.mark, note: report.note, reviewer: report.reviewer ?? entry.by, by: entry.by, at: entry.at,
            entry: entry.number)
        reviewsChanged = entry.number
        if let path = Runbook.CheckPath(subject) {
            reviews[path, default: ReviewRecord()].marks.append(mark)
            return
        }
        let parts = subject.split(separator: "/").map(String.init)
        guard parts.count == 2, let team = runbook.boards[parts[0]]?.teams[parts[1]] else { return }
        let added = addedChecks.keys.filter { $0.board == parts[0] && $0.team == parts[1] }.map(\.check)
        for check in Array(team.checks.keys) + added {
            let path = Runbook.CheckPath(board: parts[0], team: parts[1], check: check)
            if reviews[path]?.current?.mark ?? .pending == .pending {
                reviews[path, default: ReviewRecord()].marks.append(mark)
            }
        }
    }

    private mutating func apply(_ report: HoldReport, to server: String, _ entry: Entry) {
        touch(server, entry)
        switch report.state {
        case .held:
            holds[server] = Claim(
                claimant: entry.event.source, standing: .person, by: entry.by, value: report.reason ?? "",
                at: entry.at, since: entry.at, entry: entry.number)
        case .released: holds[server] = nil
        }
    }

    private mutating func apply(_ report: SourceReport, to source: String, _ entry: Entry) {
        serversChanged = entry.number
        sources[source] = SourceRecord(
            state: report.state, reason: report.reason, lastGood: report.lastGood ?? sources[source]?.lastGood,
            since: entry.at, refused: sources[source]?.refused ?? 0)
    }

    private mutating func apply(_ report: RefusalReport, to subject: String) {
        let count = 1 + (report.more ?? 0)
        refusals += count
        guard runbook.sources[subject] != nil, report.who == subject else { return }
        sources[subject]?.refused += count
        if sources[subject]?.state == .current { sources[subject]?.reason = "refused: \(report.why)" }
    }

    /// A tool's standing, or a probe's where the claimant is a configured probe; no kind of source probes yet.
    private func tool(_ entry: Entry) -> Standing { .tool }

    private func person(_ entry: Entry) -> Standing { entry.via == nil ? .person : .tool }
}
