import WarRoomCore

/// The JUnit reports of one test run: all that match make one event together.
struct JUnitSource: Source {
    /// How long after its last change a report that ends too early is still being written.
    private static let writingTime: Duration = .seconds(5)
    /// How many bytes of failures go into an event, so that it stays well below the longest line.
    private static let mostFailureBytes = 40_000

    private let run: String
    private let wall: @Sendable () -> Instant
    private var scan: FileScan
    private var files: [String: Known] = [:]
    private var wasEmptied = false
    /// Whether a report was seen to be written at this look.
    private var wasWritten = false
    /// How many looks there were.
    private var looks = 0
    /// Whether a report has come to say something else since the run was told last.
    private var hasNews = false
    private var said: Finding?
    private var saidRunning = false

    /// What is known of one report.
    private struct Known {
        /// The last content that was a whole report with at least one case.
        var good: JUnitReport?
        /// When that was written, by the clock that files bear.
        var goodTime: Instant?
        /// The look at which it was first there, and the one at which it last came to say something else.
        var firstLook = 0
        var readLook = 0
        /// What stands in the file now, where that is not `good`.
        var now: Now = .good

        enum Now {
            case good
            case cutShort(JUnitReport, mtime: Instant, reason: String)
            /// Well-formed, but without a case.
            case empty
            /// Another program's XML.
            case foreign(String)
            case trouble(String)
        }

        /// Whether what is counted is not what stands in the file now.
        func isHindered(_ wall: Instant) -> Bool {
            switch now {
            case .good: false
            case .empty, .foreign: good != nil
            case .cutShort: underConstruction(wall) == nil
            case .trouble: true
            }
        }

        /// What there is of a report that is still being written.
        func underConstruction(_ wall: Instant) -> (report: JUnitReport, mtime: Instant)? {
            guard case .cutShort(let report, let mtime, _) = now else { return nil }
            let age = wall - mtime
            return age < JUnitSource.writingTime && age > .zero - JUnitSource.writingTime ? (report, mtime) : nil
        }
    }

    init(path: String, run: String, wall: @escaping @Sendable () -> Instant) {
        self.run = run
        self.wall = wall
        scan = FileScan(
            path: path, extensionWithDot: ".xml", barePattern: "*.xml", sizeLimit: SourceLimit.reportBytes, wall: wall)
    }

    var watchedFolders: [String] { [scan.watchedFolder] }
    var opens: Int { scan.opens }

    mutating func look() throws(SourceFault) -> Look {
        let listing = try scan.list()
        clearIfNewRun(listing.names)
        wasWritten = false
        looks += 1
        var present: Set<String> = []
        for name in listing.names where take(name) { present.insert(name) }
        files = files.filter { present.contains($0.key) || $0.value.good != nil }
        forgetReplaced(present)

        let wall = wall()
        var look = Look()
        if let found = found(present, wall), isNews(found) {
            said = found.finding
            hasNews = false
            saidRunning = found.isRunning
            look.findings = [found.finding]
        }
        look.asOf = said?.wallTime
        look.isWritten = wasWritten && said != nil
        look.trouble = trouble(listing, present, wall)
        return look
    }

    /// Forgets the last run where the next one has begun by clearing the folder: nothing was left of what was there,
    /// and then there was something in its place.
    private mutating func clearIfNewRun(_ names: [String]) {
        if names.isEmpty {
            wasEmptied = !files.isEmpty
        } else if wasEmptied || !names.contains(where: { files[$0] != nil }) {
            wasEmptied = false
            files = [:]
        }
    }

    /// Forgets the reports that are gone and in whose place others have come, which speak of all their cases. What
    /// stood beside one all along speaks of cases of its own, such as those of another browser.
    private mutating func forgetReplaced(_ present: Set<String>) {
        for (name, gone) in files where !present.contains(name) {
            guard var left = gone.good?.cases else { continue }
            for (other, known) in files where present.contains(other) && known.firstLook > gone.readLook {
                if let good = known.good { left.subtract(good.cases) }
            }
            if left.isEmpty { files[name] = nil }
        }
    }

    /// Reads one report where it has changed. Returns whether it is there.
    private mutating func take(_ name: String) -> Bool {
        var known = files[name] ?? Known(firstLook: looks)
        switch scan.check(name) {
        case .gone: return false
        case .unchanged: return true
        case .trouble(let reason): known.now = .trouble(reason)
        case .changing(let mtime):
            known.now = .cutShort(JUnitReport(), mtime: mtime, reason: "changes while it is read")
        case .content(let bytes, let mtime, let isWritten):
            if isWritten { wasWritten = true }
            switch JUnitReport.read(bytes) {
            case .complete(let report) where report.isResult:
                // A file that is read again, because it was written a moment ago, may say the same.
                if known.good != report { (known.readLook, hasNews) = (looks, true) }
                (known.good, known.goodTime, known.now) = (report, mtime, .good)
            case .complete: known.now = .empty
            case .incomplete(let report, let reason):
                known.now = .cutShort(report, mtime: mtime, reason: bytes.isEmpty ? "is empty" : reason)
            case .foreign(let reason): known.now = .foreign(reason)
            case .unreadable(let reason): known.now = .trouble("unreadable: \(reason)")
            }
        }
        files[name] = known
        return true
    }

    // MARK: The event

    private struct Found {
        let finding: Finding
        let isRunning: Bool
        let isHindered: Bool
    }

    /// All that is known of the run as one event, or `nil` where nothing is.
    private func found(_ present: Set<String>, _ wall: Instant) -> Found? {
        var sum = JUnitReport()
        var newest: Instant?
        var isRunning = false
        var hindered = 0
        for name in files.keys.sorted(by: FileNames.isBefore) {
            guard let known = files[name] else { continue }
            if !present.contains(name) || known.isHindered(wall) { hindered += 1 }
            if let (report, mtime) = known.underConstruction(wall) {
                isRunning = true
                sum.add(report)
                newest = max(newest ?? mtime, mtime)
            } else if let good = known.good, let time = known.goodTime {
                sum.add(good)
                newest = max(newest ?? time, time)
            }
        }
        guard let newest else { return nil }
        let event = Proposal(run, .tests(report(sum, isRunning: isRunning, hindered: hindered))).finding
        let id = fallbackID(newest, contentHash(event.line.utf8))
        return Found(
            finding: Finding(event: event, wallTime: newest, fallbackID: id), isRunning: isRunning,
            isHindered: hindered > 0)
    }

    /// Whether it is to be said. While a report cannot be read the last good value stays, until another one says
    /// something new, whatever time it bears. A report whose writer died leaves "running" standing: what was known
    /// before it began is older, and does not answer it.
    private func isNews(_ found: Found) -> Bool {
        guard let said, let before = said.wallTime, let now = found.finding.wallTime else { return true }
        if found.finding == said { return false }
        return !found.isHindered || found.isRunning || now > before || hasNews
            || (now == before && saidRunning)
    }

    private func report(_ sum: JUnitReport, isRunning: Bool, hindered: Int) -> TestsReport {
        var details: [String] = []
        if sum.missing > 0 { details.append("expected \(sum.total + sum.missing), got \(sum.total)") }
        if hindered > 0 { details.append(hindered == 1 ? "1 report is missing" : "\(hindered) reports are missing") }
        if sum.total > 0, sum.skipped == sum.total { details.append("all cases are skipped") }
        // Where no case failed, unattributed failures stand in the counts, because a run that failed has failures.
        let standIns = sum.failed == 0 ? sum.unattributed : 0

        let state: TestsReport.State
        if isRunning {
            state = .running
        } else if sum.failed > 0 || sum.unattributed > 0 {
            state = .failed
        } else {
            // Nothing that is missing, unreadable or skipped counts as passed: a gate may rest on it.
            state = details.isEmpty && sum.passed > 0 ? .passed : .interrupted
        }
        if sum.otherwise > 0 {
            details.append("the suites count \(sum.total + sum.otherwise), there are \(sum.total) cases")
        }
        if !sum.retried.isEmpty { details.append("passed when tried again: \(sum.retried.listed())") }
        // While reports are being written, nobody knows how many cases there will be.
        return TestsReport(
            state: state, total: isRunning ? nil : (sum.total + sum.missing + standIns).clamped(to: Ranges.counts),
            passed: sum.passed,
            failed: sum.failed + standIns, errors: sum.errors, skipped: sum.skipped, flaky: sum.flaky,
            failures: failures(sum), startedAt: sum.startedAt,
            detail: details.isEmpty ? nil : details.joined(separator: "; "))
    }

    /// As many failures as an event has room for.
    private func failures(_ sum: JUnitReport) -> [TestsReport.Failure] {
        var bytes = 0
        var items: [TestsReport.Failure] = []
        for failure in sum.failures {
            bytes += JSON.string(failure.name).line.utf8.count + JSON.text(failure.message).line.utf8.count
            if bytes > JUnitSource.mostFailureBytes { break }
            items.append(TestsReport.Failure(name: failure.name, message: failure.message))
        }
        return items
    }

    // MARK: Trouble

    private func trouble(_ listing: FileScan.Listing, _ present: Set<String>, _ wall: Instant) -> String? {
        var troubles = listing.trouble.map { [$0] } ?? []
        let isAnyResult = files.values.contains { $0.good != nil || $0.underConstruction(wall) != nil }
        for name in files.keys.sorted(by: FileNames.isBefore) {
            guard let known = files[name] else { continue }
            guard present.contains(name) else {
                troubles.append("\(name): is gone")
                continue
            }
            switch known.now {
            case .good: break
            case .cutShort(_, _, let reason):
                if known.underConstruction(wall) == nil { troubles.append("\(name): unreadable: \(reason)") }
            case .empty where known.good != nil || !isAnyResult: troubles.append("\(name): holds no test case")
            case .foreign(let reason) where known.good != nil || !isAnyResult:
                troubles.append("\(name): unreadable: \(reason)")
            case .empty, .foreign: break
            case .trouble(let reason): troubles.append("\(name): \(reason)")
            }
        }
        return troubleText(troubles, thing: "report")
    }
}
