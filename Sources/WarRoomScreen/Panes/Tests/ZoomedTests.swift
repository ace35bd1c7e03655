import OrderedCollections
import WarRoomCore

/// The zoomed list of test runs: each with the step that it belongs to, its failed cases by name, and the runs that
/// ended before it.
enum ZoomedTests {
    static func items(_ sight: Sight) -> [Subject] {
        sight.situation.tests.values.flatMap { test -> [Subject] in
            let steps = sight.runbook.steps.values.filter { $0.tests == test.id }.map { Subject.step($0.id) }
            let failures = (test.report?.failures ?? []).indices.map { Subject.failure(test: test.id, place: $0) }
            return [.test(test.id)] + failures + steps + test.earlier.map { .run(test: test.id, entry: $0.entry) }
        }
    }

    /// Where the columns stand.
    private struct Columns {
        let word: Int
        let home: Int
        let other: Int
        /// Where the run can be looked at, or what it comes after; `nil`: there is no room.
        let more: Int?

        init(_ sight: Sight, _ frame: Frame) {
            let titles = sight.situation.tests.values.map { CellWidth.shown($0.title) }.max() ?? 10
            let isWide = frame.width >= 110
            word = frame.text + min(max(titles, 10), isWide ? 30 : 16) + 2
            home = word + (isWide ? 24 : 22)
            other = home + (isWide ? 18 : 17)
            more = frame.width >= 110 ? other + 18 : nil
        }
    }

    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let tests = sight.situation.tests.values
        let failed = tests.count { $0.state == .failed || $0.state == .interrupted }
        let note =
            "\(tests.count { $0.state == .passed }) of \(tests.count) passed" + (failed > 0 ? ", \(failed) failed" : "")
        let columns = Columns(sight, frame)
        var line = Line()
        line.put("run", at: frame.text, .waiting, to: columns.word - 1)
        line.put("result", at: columns.word, .waiting, to: columns.home - 1)
        let right = columns.more.map { $0 - 1 } ?? frame.right
        sight.putZoneHeads(into: &line, home: columns.home, other: columns.other, right: right)
        if let more = columns.more { line.put("link", at: more, .waiting, to: frame.right) }
        return [frame.heading("TESTS", note), line]
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let columns = Columns(sight, frame)
        return { subject in
            switch subject {
            case .test(let id): test(id, columns, sight, frame)
            case .failure(let id, let place): failure(id, place, sight, frame)
            case .step(let id): step(id, columns, sight, frame)
            case .run(let id, let entry): run(id, entry, columns, sight, frame)
            default: Line(subject)
            }
        }
    }

    private static func test(_ id: String, _ columns: Columns, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.test(id))
        guard let test = sight.situation.tests[id] else { return line }
        let face = Face(test)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        line.put(test.title, at: frame.text, .strong, to: columns.word - 1)
        let report = test.report
        let isQuiet = test.state == .notStarted || test.state == .notTonight
        line.put(test.word, at: columns.word, isQuiet ? .waiting : .plain, to: columns.home - 1)
        let end = report.flatMap { $0.state == .running ? nil : $0.finishedAt ?? test.claim?.at }
        if let start = report?.startedAt ?? end {
            sight.putRan(
                from: start, to: report?.startedAt == nil ? start : end, into: &line, home: columns.home,
                other: columns.other, right: columns.more.map { $0 - 1 } ?? frame.right)
        } else if let after = test.plan?.after.last {
            let title = sight.runbook.steps[after]?.title ?? after
            line.put("after \(title)", at: columns.home, .waiting, to: columns.more.map { $0 - 1 } ?? frame.right)
        }
        guard let more = columns.more else { return line }
        line.put(
            [test.why, report?.url ?? test.plan?.url].compactMap { $0 }.joined(separator: "  "), at: more, .waiting,
            to: frame.right)
        return line
    }

    /// A failed case: its name, and the first line of why.
    private static func failure(_ id: String, _ place: Int, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.failure(test: id, place: place))
        guard let failures = sight.situation.tests[id]?.report?.failures, failures.indices.contains(place) else {
            return line
        }
        let failure = failures[place]
        line.put(.bad, .bad, at: frame.text, sight.glyphs)
        let name = line.put(failure.name, at: frame.text + 2, .strong, to: frame.right)
        if let message = failure.message { line.put(message, at: name + 2, .plain, to: frame.right) }
        return line
    }

    /// The step that is done by the run, with its time in the plan.
    private static func step(_ id: String, _ columns: Columns, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.step(id))
        guard let step = sight.situation.steps[id] else { return line }
        let face = Face(step)
        line.put(face.sign, face.role, at: frame.text, sight.glyphs)
        let planned = sight.bridge.planned(step.step)
        let words = "step \(step.step.title), \(face.word)" + (planned == nil ? ", no time is given" : ", planned")
        let end = planned == nil ? columns.more.map { $0 - 1 } ?? frame.right : columns.home - 1
        line.put(words, at: frame.text + 2, .waiting, to: end)
        if let planned {
            line.put(sight.home(planned), at: columns.home, .timeHome, to: columns.other - 1)
            line.put(sight.other(planned), at: columns.other, .timeOther, to: frame.right)
        }
        guard let more = columns.more, let after = sight.situation.tests[step.step.tests ?? ""]?.plan?.after else {
            return line
        }
        let titles = after.map { sight.runbook.steps[$0]?.title ?? $0 }
        if !titles.isEmpty { line.put("after \(titles.listed())", at: more, .waiting, to: frame.right) }
        return line
    }

    /// A run that ended before: how, when, with which counts and from where.
    private static func run(_ id: String, _ entry: Int, _ columns: Columns, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.run(test: id, entry: entry))
        guard let run = sight.situation.tests[id]?.earlier.first(where: { $0.entry == entry }) else { return line }
        line.put(.skipped, .waiting, at: frame.text, sight.glyphs)
        line.put("before: \(run.words)", at: frame.text + 2, .waiting, to: columns.home - 1)
        let end = run.report.finishedAt ?? run.at
        sight.putRan(
            from: run.report.startedAt ?? end, to: end, into: &line, home: columns.home, other: columns.other,
            right: columns.more.map { $0 - 1 } ?? frame.right)
        guard let more = columns.more else { return line }
        let from = [run.claimant, run.report.runID.map { "run \($0)" }, run.report.url].compactMap { $0 }
        line.put(from.joined(separator: ", "), at: more, .waiting, to: frame.right)
        return line
    }
}

extension TestRun {
    /// How it ended, in few words: `failed 1, passed 31 of 32`.
    var words: String {
        let total = report.total.map { " of \($0)" } ?? ""
        switch report.state {
        case .passed: return "passed \(report.passed ?? 0)\(total)"
        case .failed: return "failed \(report.failed ?? 0)\(total)"
        case .interrupted: return "interrupted, passed \(report.passed ?? 0)\(total)"
        case .running: return "running"
        }
    }
}
