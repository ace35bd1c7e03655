package import OrderedCollections

/// The batch closes beside the night: the time of day that must stay clear of patching, the next slot for a run, and
/// what became of the runs that were heard of. What the office wants to know is how many did not close within their
/// hour. All times of day are the home zone's.
package struct BatchFacts: Hashable, Sendable {
    /// A time that must stay clear.
    package struct Band: Hashable, Sendable {
        /// When it begins, in bridge time.
        package let start: Instant
        /// When it ends, in bridge time.
        package let end: Instant
    }

    /// What became of a run; in time: it closed within its hour. A run whose times nobody has told is unknown.
    package enum Fate: String, Sendable, CaseIterable {
        case open
        case inTime = "in time"
        case late, failed, unknown
    }

    /// One run that was heard of.
    package struct Run: Hashable, Sendable {
        /// The run's name, as it was reported.
        package let id: String
        /// The last word on it.
        package let report: BatchReport
        /// Since when its state is told, in bridge time.
        let at: Instant
        /// What became of it.
        package let fate: Fate
        /// Whether it is a demo biller's, by its report or by the runbook.
        package let isDemo: Bool
        /// Whether a later run of the same job for the same biller took its place, so that it is in no count.
        package let isReplaced: Bool
    }

    /// How many runs came to what.
    package struct Counts: Hashable, Sendable {
        private(set) var all: [Fate: Int] = [:]

        /// No runs.
        package init() {}

        /// How many runs came to this.
        package subscript(fate: Fate) -> Int { all[fate] ?? 0 }
        /// How many runs there are.
        package var total: Int { all.values.reduce(0, +) }

        mutating func add(_ fate: Fate) { all[fate, default: 0] += 1 }
    }

    /// A slot that went by while something was failed.
    package struct Missed: Hashable, Sendable {
        /// The first slot that went by, in bridge time.
        package let slot: Instant
        /// The runs that failed and the checks with issues, by id.
        package let failed: [String]
        /// Whom to engage, in the runbook's words.
        package let engage: String?
    }

    /// A wave's work in a time that must stay clear.
    package struct Overlap: Hashable, Sendable {
        /// The step of the wave, by id.
        package let step: String
        /// The band in which its work lies.
        package let band: Band
        /// Whether the step that keeps the jobs away is not done although it should be.
        package let isUnguarded: Bool
    }

    /// The bands of the window in the order of time, the past ones too.
    package let bands: [Band]
    /// The next minute at which runs start; `nil` where the runbook names none.
    package let nextSlot: Instant?
    /// All runs that were heard of, in the order in which they first were.
    package let runs: [Run]
    /// What became of the runs, those of demo billers left out.
    package let counts: Counts
    /// What became of the runs of demo billers.
    package let demo: Counts
    /// What became of the runs by payment type; empty text: none was told.
    package let byPaymentType: OrderedDictionary<String, Counts>
    /// What became of the runs by module; empty text: none was told.
    package let byModule: OrderedDictionary<String, Counts>
    /// The slot that was missed; `nil`: none was.
    package let missed: Missed?
    /// The waves whose work lies in a band that is not over, in page order.
    package let overlaps: [Overlap]
    /// Checks that speak of batch closes and are marked with issues: the next slot is theirs.
    package let failedChecks: [Runbook.CheckPath]
    /// When the clock alone next changes this.
    let changesAt: Instant?

    /// Whether there is nothing to say of batch closes.
    package var isEmpty: Bool { bands.isEmpty && nextSlot == nil && runs.isEmpty }
    /// The band of a moment, or the next one; `nil`: none comes any more.
    package func band(at now: Instant) -> Band? { bands.first { $0.end > now } }

    init(
        _ bridge: Bridge, forecast: ForecastFacts, lives: OrderedDictionary<String, StepFacts.Life>,
        boards: OrderedDictionary<String, BoardFacts>, now: Instant
    ) {
        let plan = bridge.runbook.batch
        let zone = bridge.runbook.zones.home.zone
        let clock = BatchClock(plan, zone: zone)
        bands = clock.bands(bridge.runbook)
        nextSlot = clock.slot(after: now)
        runs = BatchFacts.runs(bridge, now: now)

        var (counts, demo) = (Counts(), Counts())
        var (types, modules): (OrderedDictionary<String, Counts>, OrderedDictionary<String, Counts>) = ([:], [:])
        for run in runs where !run.isReplaced {
            if run.isDemo {
                demo.add(run.fate)
                continue
            }
            counts.add(run.fate)
            types[run.report.paymentType ?? "", default: Counts()].add(run.fate)
            modules[run.report.module ?? "", default: Counts()].add(run.fate)
        }
        (self.counts, self.demo, byPaymentType, byModule) = (counts, demo, types, modules)

        let spoken = Set(plan?.checks ?? [])
        let checks = (spoken.isEmpty ? [] : boards.values.flatMap(\.checks)).filter { check in
            check.mark == .issues && spoken.contains(check.path.text)
        }
        failedChecks = checks.map(\.path)
        var failed = runs.filter { $0.fate == .failed && !$0.isDemo && !$0.isReplaced }.map {
            ($0.id, min($0.report.endedAt ?? $0.at, $0.at))
        }
        failed += checks.map { ($0.path.text, $0.current?.at ?? now) }
        let slots = failed.compactMap { id, since in clock.slot(after: since).map { (id, slot: $0) } }.filter {
            $0.slot <= now
        }
        missed = slots.map(\.slot).min().map { slot in
            Missed(slot: slot, failed: slots.map(\.0), engage: plan?.engage)
        }
        overlaps = BatchFacts.overlaps(bridge, bands: bands, forecast: forecast, lives: lives, now: now)

        var change = nextSlot
        func consider(_ instant: Instant?) {
            if let instant, instant > now { change = min(change ?? instant, instant) }
        }
        for band in bands {
            consider(band.start)
            consider(band.end)
        }
        for run in runs where run.fate == .open { consider(BatchFacts.hour(of: run.report)) }
        consider(plan?.needsStep.flatMap { bridge.runbook.steps[$0] }.flatMap { bridge.runbook.planned($0) })
        changesAt = change
    }

    // MARK: Runs

    /// When a run was to begin, and when it did.
    private struct Start: Comparable {
        let scheduled: Instant
        let began: Moment

        static func < (one: Start, other: Start) -> Bool {
            (one.scheduled, one.began) < (other.scheduled, other.began)
        }
    }

    /// When the hour of a run is over.
    private static func hour(of report: BatchReport) -> Instant? {
        (report.scheduledAt ?? report.startedAt).map { $0 + .seconds(3600) }
    }

    private static func runs(_ bridge: Bridge, now: Instant) -> [Run] {
        let claims = bridge.batch.compactMap { id, claims in claims.latest.map { (id: id, claim: $0) } }
        // The last start of each job and biller: a rerun takes the place of the run before it.
        struct Key: Hashable { let job, biller, paymentType, module: String? }
        func key(_ report: BatchReport) -> Key? {
            report.biller == nil && report.job == nil
                ? nil
                : Key(job: report.job, biller: report.biller, paymentType: report.paymentType, module: report.module)
        }
        // A rerun may bear the time for which the run before it was scheduled: then it began later, or was told later.
        func begins(_ claim: Claim<BatchReport>) -> Start {
            let report = claim.value
            let at = report.scheduledAt ?? report.startedAt ?? claim.at
            return Start(scheduled: at, began: Moment(at: report.startedAt ?? at, entry: claim.sinceEntry))
        }
        var last: [Key: Start] = [:]
        for (_, claim) in claims {
            if let key = key(claim.value) { last[key] = max(last[key] ?? begins(claim), begins(claim)) }
        }
        return claims.map { id, claim in
            let report = claim.value
            let demos = bridge.runbook.batch?.demo ?? []
            let isReplaced = key(report).flatMap { last[$0] }.map { begins(claim) < $0 } ?? false
            return Run(
                id: id, report: report, at: claim.since, fate: fate(of: report, told: claim.since, now: now),
                isDemo: report.demo || demos.contains { pattern in report.biller.map { $0.fits(pattern) } ?? false },
                isReplaced: isReplaced)
        }
    }

    /// `told`: when the state was first told; a run has closed by then, if nobody says when.
    private static func fate(of report: BatchReport, told: Instant, now: Instant) -> Fate {
        let hour = hour(of: report)
        switch report.state {
        case .failed: return .failed
        case .waiting, .running: return hour.map { $0 <= now } ?? false ? .late : .open
        case .closed:
            guard let hour else { return .unknown }
            return report.endedAt ?? told <= hour ? .inTime : .late
        }
    }

    // MARK: Overlaps

    /// The waves whose work lies in a band that is not over. How long it lies there is not known without a duration:
    /// then until the next time that the runbook names.
    private static func overlaps(
        _ bridge: Bridge, bands: [Band], forecast: ForecastFacts, lives: OrderedDictionary<String, StepFacts.Life>,
        now: Instant
    ) -> [Overlap] {
        guard !bands.isEmpty, let guardStep = bridge.runbook.batch?.needsStep else { return [] }
        let runbook = bridge.runbook
        guard !(lives[guardStep]?.state.satisfies ?? false) else { return [] }
        let planned = runbook.steps[guardStep].flatMap { runbook.planned($0) }
        let isFailed = lives[guardStep]?.state == .failed || lives[guardStep]?.state == .skipped
        let times = runbook.steps.values.compactMap(\.at).sorted()
        var found: [Overlap] = []
        for step in runbook.steps.values where step.wave != nil && lives[step.id]?.state.isEnded != true {
            // A group stands for its steps.
            if let parent = step.parent.flatMap({ runbook.steps[$0] }), parent.wave != nil { continue }
            guard let slot = forecast.steps[step.id], let start = slot.start, let end = slot.end else { continue }
            let last = slot.endIsKnown ? end : max(end, times.first { $0 > start } ?? .distantFuture)
            guard let band = bands.first(where: { $0.end > now && $0.start < last && start < $0.end }) else { continue }
            let isUnguarded = isFailed || planned.map { $0 < now } ?? true || lives[step.id]?.state == .running
            found.append(Overlap(step: step.id, band: band, isUnguarded: isUnguarded))
        }
        return found
    }
}
