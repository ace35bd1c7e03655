import OrderedCollections
import WarRoomCore

/// Test runs, while they run: k of n, and the failed by name.
enum TestsPane {
    static let pane = Pane(
        name: "tests",
        reads: Reads(facts: [.tests, .steps, .runbook]), forms: forms, items: ZoomedTests.items,
        head: ZoomedTests.head, rows: ZoomedTests.rows,
        isTroubled: { sight in
            sight.situation.tests.values.contains { Face($0.state).role == .bad || $0.failed != 0 }
        })

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let tests = Array(sight.situation.tests.values)
        guard !tests.isEmpty else { return [.none] }
        let failures = tests.reduce(0) { $0 + ($1.report?.failures.count ?? 0) }
        let heads = frame.headings("TESTS", passed(sight))
        func lines(_ rows: Int, bars: Bool) -> [Line] {
            heads + list(tests, rows - heads.count, bars: bars, sight, frame)
        }
        var forms: [Form] = []
        let bars = frame.cut == .narrow || frame.cut == .slim ? 0 : tests.count { $0.state == .running }
        let whole = tests.count + heads.count
        if !(frame.isPresenting && frame.cut != .wide) {
            if bars + failures > 0 {
                forms.append(
                    Form(rank: Rank.tests - 3, least: whole + bars + min(failures, 2), most: whole + bars + failures) {
                        lines($0, bars: bars > 0)
                    })
            }
            if failures > 0 {
                forms.append(
                    Form(rank: Rank.tests - 2, least: whole + 1, most: whole + failures) { lines($0, bars: false) })
            }
            forms.append(Form(rank: Rank.tests - 1, least: whole) { lines($0, bars: false) })
        }
        forms.append(
            Form(rank: Rank.last - 2, least: 1) { _ in [folded(tests, sight, frame)] })
        forms.append(.none)
        return forms
    }

    private static func passed(_ sight: Sight) -> String {
        let tests = sight.situation.tests.values
        return "\(tests.count { $0.state == .passed }) of \(tests.count) passed"
    }

    private static func list(
        _ tests: [TestFacts], _ rows: Int, bars: Bool, _ sight: Sight, _ frame: Frame
    ) -> [Line] {
        let barCount = bars ? tests.count { $0.state == .running } : 0
        var room = max(rows - tests.count - barCount, 0)
        let widest = tests.map { CellWidth.shown($0.title) }.max() ?? 0
        let word = frame.text + min(widest, 16) + 1
        var lines: [Line] = []
        for test in tests {
            var line = lines.isEmpty ? frame.opening("TESTS", .test(test.id)) : Line(.test(test.id))
            let face = Face(test)
            line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
            line.put(test.title, at: frame.text, .plain, to: word - 1)
            line.put(test.phrase(sight, room: frame.right - word), at: word, face.wordRole, to: frame.right)
            lines.append(line)
            if bars, test.state == .running { lines.append(bar(test, sight, frame)) }
            let failures = test.report?.failures ?? []
            let shown = min(failures.count, room)
            for place in 0..<shown {
                let hidden = place == shown - 1 ? failures.count - shown : 0
                lines.append(failure(test, place, hidden: hidden, sight, frame))
            }
            room -= shown
        }
        return lines
    }

    /// A bar of the run: done, failed, to do.
    private static func bar(_ test: TestFacts, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.test(test.id))
        let width = min(frame.right - frame.text - 1, 40)
        let total = max(test.total ?? 0, test.run, 1)
        let failed = test.failed == 0 ? 0 : max(width * test.failed / total, 1)
        let done = min(max(width * test.run / total - failed, 0), width - failed)
        line.put(Shape.barDone.text(sight.glyphs), times: done, at: frame.text, .barRunning)
        line.put(Sign.bad.text(sight.glyphs), times: failed, at: frame.text + done, .barFailed)
        line.put(
            Shape.barToDo.text(sight.glyphs), times: width - failed - done, at: frame.text + done + failed, .waiting)
        return line
    }

    private static func failure(_ test: TestFacts, _ place: Int, hidden: Int = 0, _ sight: Sight, _ frame: Frame)
        -> Line
    {
        var line = Line(.failure(test: test.id, place: place))
        guard let failures = test.report?.failures, failures.indices.contains(place) else { return line }
        let failure = failures[place]
        line.put(.bad, .bad, at: frame.text, sight.glyphs)
        let end = hidden > 0 ? line.put("\(hidden) more", endingAt: frame.right, .bad) - 1 : frame.right
        let x = line.put(failure.name, at: frame.text + 2, .strong, to: end)
        if let message = failure.message { line.put(message, at: x + 2, .plain, to: end) }
        return line
    }

    private static func folded(_ tests: [TestFacts], _ sight: Sight, _ frame: Frame) -> Line {
        var line = frame.opening("TESTS")
        if frame.hasHeadLine { line.put("TESTS", at: frame.gutter, .strong, to: frame.gutter + 8) }
        var x = frame.hasHeadLine ? frame.gutter + 9 : frame.sign
        for (place, test) in tests.enumerated() where x + 6 < frame.right {
            let face = Face(test)
            line.put(face.sign, face.role, at: x, sight.glyphs)
            x = line.put(test.title, at: x + 2, .plain, to: frame.right) + 1
            let left = (frame.right - x) / max(tests.count - place, 1)
            let role: TextRole = face.role == .waiting ? .waiting : face.wordRole
            x = line.put(test.phrase(sight, room: max(left, 14)), at: x, role, to: frame.right) + 3
        }
        return line
    }
}

extension Face {
    /// A run in progress with a failure is bad already.
    init(_ test: TestFacts) {
        self.init(test.state)
        if test.state == .running, test.failed > 0 { role = .bad }
    }
}

extension TestFacts {
    var failed: Int { report?.failed ?? 0 }

    /// The state in words, short where there is little room; what has not run says when it will.
    func phrase(_ sight: Sight, room: Int) -> String {
        switch state {
        case .notStarted where report == nil:
            if let step = sight.runbook.steps.values.first(where: { $0.tests == id }) {
                if let at = sight.bridge.planned(step) { return sight.bothShort(at) }
            }
            if let last = plan?.after.last { return "after " + (sight.runbook.steps[last]?.title ?? last) }
            return word
        case .running:
            let count =
                room >= 28
                ? "running \(run) of \(total.map(String.init) ?? "?")" : "\(run)/\(total.map(String.init) ?? "?")"
            return count + (failed > 0 ? ", \(failed) failed" : room >= 28 ? "" : " running")
        case .passed where CellWidth.of(word) > room: return String(word.dropFirst("passed ".count))
        case .failed: return room >= 24 ? word : "failed \(failed)/\(total.map(String.init) ?? "?")"
        default: return word
        }
    }
}
