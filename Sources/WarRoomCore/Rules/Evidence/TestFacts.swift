import OrderedCollections

/// One test run as it is shown (docs/contract.md, Test counts): "not tonight's" and "no result" are never green.
package struct TestFacts: Hashable, Sendable {
    /// How a run stands, by the word of the contract; `stale`: it was running when its source fell silent.
    package enum State: String, Sendable {
        case notStarted = "not-started"
        case running, passed, failed, interrupted, stale
        case notTonight = "not-tonight"
    }

    /// The run's id.
    package let id: String
    /// What it is called on screens.
    package let title: String
    /// The run as the runbook plans it; `nil`: the runbook does not know it.
    package let plan: Runbook.TestPlan?
    /// The claim that is shown; `nil`: nobody has reported.
    package let claim: Claim<TestsReport>?
    /// How it stands.
    package let state: State

    /// Why a result counts for nothing, in words, where its state alone does not say; else `nil`.
    package let why: String?

    /// The runs that ended before the one that is shown, the latest first.
    package let earlier: [TestRun]

    /// Whether it is of this night, and from before the steps that it comes after were done.
    private let isTooEarly: Bool
    /// The words of claimants who disagree on how it ended, until somebody rules.
    let disagreement: Divergence?

    /// The counts of that claim; `nil`: nobody has reported.
    package var report: TestsReport? { claim?.value }
    /// Whether it passed only when some cases were tried again.
    var isFlaky: Bool { state == .passed && (report?.flaky ?? 0) > 0 }
    /// How many cases have an outcome.
    package var run: Int {
        [report?.passed, report?.failed, report?.skipped].compactMap { $0?.clamped(to: Ranges.counts) }.reduce(0, +)
    }
    /// How many cases there are: the larger of what the run and the plan say; `nil`: nobody knows.
    package var total: Int? {
        [report?.total, plan?.expect].compactMap { $0?.clamped(to: Ranges.counts) }.max()
    }

    /// The state in words, with what matters about it.
    package var word: String {
        switch state {
        case .notStarted: "no result"
        case .running: "running \(run) of \(total.map(String.init) ?? "?")"
        case .passed: "passed \(report?.passed ?? 0)/\(total ?? 0)" + flakyTail
        case .failed: "failed, \(report?.failed ?? 0) of \(total.map(String.init) ?? "?")"
        case .interrupted: "interrupted at \(run) of \(total.map(String.init) ?? "?")"
        case .stale: "stale at \(run) of \(total.map(String.init) ?? "?")"
        case .notTonight: isTooEarly ? "too early" : "not tonight's"
        }
    }

    private var flakyTail: String { report?.flaky.map { $0 > 0 ? ", \($0) flaky" : "" } ?? "" }

    /// The steps that a run comes after: a result from before they were done proves nothing.
    struct Before {
        /// The one that ended last, and when.
        private(set) var last: (title: String, at: Moment)?
        /// The first that has not ended; one that was left out changes nothing any more.
        private(set) var open: String?

        mutating func add(_ title: String, _ life: StepFacts.Life) {
            if let ended = life.ended {
                if last.map({ ended > $0.at }) ?? true { last = (title, ended) }
            } else if !life.state.isEnded {
                open = open ?? title
            }
        }

        /// Why a run came too early, in words; `nil` where it did not. One that still runs while a step before it is
        /// open is no result yet.
        func tooEarly(_ claim: Claim<TestsReport>, in zone: Zone) -> String? {
            // Some runners write no time into their report; then its file's age speaks.
            let report = claim.value
            let began = report.startedAt ?? report.finishedAt ?? claim.at
            let then = "too early: it began \(zone.local(began).day3) \(zone.local(began).clock)"
            if let last, Moment(at: began, entry: claim.sinceEntry) < last.at {
                let done = zone.local(last.at.at)
                return "\(then), \(last.title) was done \(done.day3) \(done.clock)"
            }
            return report.state == .running ? nil : open.map { "\(then), \($0) is not done" }
        }
    }

    init(id: String, plan: Runbook.TestPlan?, claims: Claims<TestsReport>?, after before: Before, bridge: Bridge) {
        self.id = id
        self.plan = plan
        title = plan?.title ?? id
        let expect = plan?.expect
        let sides = TestFacts.disputed(id, claims, after: before, expect: expect, bridge: bridge)
        let divergence = Divergence(id: "\(id)/result", subject: id, field: "result", sides: sides.map(\.side))
        let ruling = bridge.rulings[divergence.id]
        let isSettled = !sides.isEmpty && divergence.isSettled(by: ruling)
        disagreement = sides.isEmpty || isSettled ? nil : divergence
        // Until somebody rules, the worse is shown.
        let claim =
            isSettled
            ? sides.last { $0.side.value == ruling?.value.value }?.claim
            : sides.last { $0.side.value != State.passed.rawValue }?.claim ?? claims?.latest
        let strange = claim.flatMap { claim in
            let report = claim.value
            return bridge.notTonight(
                runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: claim.at)
        }
        let why = strange ?? claim.flatMap { before.tooEarly($0, in: bridge.runbook.zones.home.zone) }
        self.claim = claim
        earlier = (bridge.testRuns[id] ?? []).filter { $0.entry != claim?.entry }.reversed()
        self.why = why ?? disagreement.map { "disputed: \($0.text)" }
        isTooEarly = strange == nil && why != nil
        state = why != nil ? .notTonight : TestFacts.state(id, claim, expect: plan?.expect, bridge: bridge)
    }

    /// The words of claimants who disagree on how one run ended, latest last; none where they agree. What is not
    /// tonight's, or of another run than the latest word, is no word on it.
    private static func disputed(
        _ id: String, _ claims: Claims<TestsReport>?, after before: Before, expect: Int?, bridge: Bridge
    ) -> [(side: Divergence.Side, claim: Claim<TestsReport>)] {
        guard let claims, claims.all.count > 1, let latest = claims.latest else { return [] }
        let zone = bridge.runbook.zones.home.zone
        let words = claims.all.compactMap { claim -> (side: Divergence.Side, claim: Claim<TestsReport>)? in
            let report = claim.value
            guard report.isOfSameRun(as: latest.value), before.tooEarly(claim, in: zone) == nil,
                bridge.notTonight(
                    runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: claim.at)
                    == nil
            else { return nil }
            let outcome = state(id, claim, expect: expect, bridge: bridge)
            guard outcome == .passed || outcome == .failed || outcome == .interrupted else { return nil }
            let side = Divergence.Side(
                claimant: claim.claimant, by: claim.by, value: outcome.rawValue, since: claim.since, entry: claim.entry,
                sinceEntry: claim.sinceEntry)
            return (side, claim)
        }
        let isPassed = words.map { $0.side.value == State.passed.rawValue }
        return isPassed.contains(true) && isPassed.contains(false)
            ? words.sorted { $0.claim.moment < $1.claim.moment } : []
    }

    private static func state(_ id: String, _ claim: Claim<TestsReport>?, expect: Int?, bridge: Bridge) -> State {
        guard let claim else { return .notStarted }
        let report = claim.value
        switch report.state {
        case .running: return bridge.isHeard(claim, on: id) ? .running : .stale
        case .failed: return .failed
        case .interrupted: return .interrupted
        case .passed:
            if (report.failed ?? 0) > 0 { return .failed }
            if (report.passed ?? 0) == 0 { return .notStarted }
            if let expect, (report.total ?? 0) < expect { return .interrupted }
            return .passed
        }
    }
}

extension TestsReport {
    /// Whether it may be of the same run as another: not under another id, nor over before the other began.
    fileprivate func isOfSameRun(as other: TestsReport) -> Bool {
        if let runID, let theirs = other.runID, runID != theirs { return false }
        if let ended = finishedAt, let began = other.startedAt, ended < began { return false }
        return true
    }
}
