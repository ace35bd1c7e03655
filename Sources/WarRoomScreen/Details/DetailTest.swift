import OrderedCollections
import WarRoomCore

/// What is known of a test run: its counts, what failed, the step that it belongs to, and the runs before it.
extension DetailPage {
    mutating func test(_ id: String) {
        guard let facts = sight.situation.tests[id] else { return add("TESTS", "\(id) is not in the runbook") }
        title(facts.title, Face(facts))
        add("COUNTS", facts.word)
        add("WHY", facts.why)
        add("REMARK", facts.report?.detail)
        if let report = facts.report {
            add(
                "",
                "\(report.passed ?? 0) passed, \(report.failed ?? 0) failed, \(report.skipped ?? 0) skipped, "
                    + "\(report.flaky ?? 0) flaky"
            )
            add("STARTED", at: report.startedAt)
            add("FINISHED", at: report.finishedAt)
            add("RUN", report.runID)
            add("LINK", report.url)
        }
        for (place, one) in (facts.report?.failures ?? []).enumerated() {
            add(place == 0 ? "FAILED" : "", Face(.bad, "", .bad), one.name + (one.message.map { ": \($0)" } ?? ""))
        }
        for (place, step) in sight.situation.steps.values.filter({ $0.step.tests == id }).enumerated() {
            let face = Face(step)
            let planned = step.planned.map { ", planned \(sight.both($0))" } ?? ""
            add(place == 0 ? "STEP" : "", face, "\(step.step.title), \(face.word)\(planned)")
        }
        add("AFTER", facts.plan?.after.map { sight.runbook.steps[$0]?.title ?? $0 }.joined(separator: ", "))
        add("AGAINST", facts.plan?.url)
        if let claim = facts.claim { self.claim("CLAIM", claim, Face(facts.state)) }
        for (place, run) in facts.earlier.enumerated() {
            let from = [run.claimant, run.report.runID.map { "run \($0)" }, run.report.url].compactMap { $0 }
            let end = run.report.finishedAt ?? run.at
            let times = run.report.startedAt.map { "\(sight.both($0)) to \(sight.both(end))" } ?? sight.both(end)
            add(
                place == 0 ? "BEFORE" : "", Face(.skipped, "", .waiting),
                "\(run.words), \(times), from \(from.joined(separator: ", "))")
        }
    }
}
