import OrderedCollections

/// One run of a suite that has ended, as it was first reported so: the bridge keeps the last few of each, beside the
/// word that counts.
package struct TestRun: Hashable, Sendable {
    /// Whose word it is: the event's source.
    package let claimant: String
    /// How it ended, with its counts.
    package let report: TestsReport
    /// When it was so, in bridge time: the event's effective time.
    package let at: Instant
    /// The number of the entry that said so; from 1.
    package let entry: Int
    /// Whether this claimant has spoken of a later run since, so that a word without an id is of another one.
    var isOver: Bool
}

extension Bridge {
    /// How many ended runs of each suite are kept.
    static let runLimit = 6

    /// Takes note of a run that has ended, or of more that is known of one.
    mutating func noteRun(_ report: TestsReport, of test: String, _ entry: Entry) {
        let claimant = entry.event.source
        var runs = testRuns[test] ?? []
        let place = runs.lastIndex { $0.claimant == claimant && !$0.isOver && $0.report.isOfOneRun(with: report) }
        guard report.state != .running else {
            // Whoever runs again has ended what was told before, where neither has a name or a time.
            for place in runs.indices where runs[place].claimant == claimant { runs[place].isOver = true }
            if !runs.isEmpty { testRuns[test] = runs }
            return
        }
        let run = TestRun(claimant: claimant, report: report, at: entry.at, entry: entry.number, isOver: false)
        if let place { runs[place] = run } else { runs.append(run) }
        testRuns[test] = runs.suffix(Bridge.runLimit)
    }
}

extension TestsReport {
    /// Whether two words of one claimant are of one run: by its id, else by when it began; without both they are until
    /// it is told to run again.
    fileprivate func isOfOneRun(with other: TestsReport) -> Bool {
        if runID != nil || other.runID != nil { return runID == other.runID }
        return startedAt == other.startedAt
    }
}
