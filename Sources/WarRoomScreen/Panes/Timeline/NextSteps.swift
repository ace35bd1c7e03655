import OrderedCollections
import WarRoomCore

/// What is under way, what should be, what can be and what comes next: the timeline in a few rows.
struct NextSteps {
    enum Kind: Int, CaseIterable {
        case running, due, ready, next

        var word: String {
            switch self {
            case .running: "NOW"
            case .due: "DUE"
            case .ready: "READY"
            case .next: "NEXT"
            }
        }
    }

    private var steps: [Kind: [StepFacts]] = [:]
    private let sight: Sight

    init(_ sight: Sight) {
        self.sight = sight
        for step in sight.situation.steps.values {
            guard NextSteps.stands(step, sight), let kind = NextSteps.kind(of: step, sight) else { continue }
            steps[kind, default: []].append(step)
        }
        for kind in [Kind.due, .next] {
            steps[kind] = steps[kind].map { NextSteps.byTime($0) }
        }
    }

    /// In the order of the times; of one time in that of the page.
    static func byTime(_ steps: [StepFacts]) -> [StepFacts] {
        let keyed = steps.enumerated().map { (time: $1.time ?? .distantFuture, place: $0, step: $1) }
        return keyed.sorted { ($0.time, $0.place) < ($1.time, $1.place) }.map(\.step)
    }

    /// Whether a step stands in the list. A group with a time of its own that has not begun stands for its steps; after
    /// that each stands for itself.
    static func stands(_ step: StepFacts, _ sight: Sight) -> Bool {
        func isFolded(_ group: StepFacts) -> Bool { group.isGroup && group.state == .planned && group.step.at != nil }
        if step.isGroup { return isFolded(step) }
        guard let parent = step.step.parent.flatMap({ sight.situation.steps[$0] }) else { return true }
        return !isFolded(parent)
    }

    /// What failed or has dropped out is as much of now as what runs.
    private static func kind(of step: StepFacts, _ sight: Sight) -> Kind? {
        if step.state == .running || step.state == .failed || step.undone != nil || step.life.disputed != nil {
            return .running
        }
        guard step.state == .planned else { return nil }
        if step.isDue { return .due }
        if let time = step.time, sight.isAhead(time) { return .next }
        if step.isReady { return .ready }
        // What no time makes due is next once only its gate, or work that has begun, is before it.
        let isItsTurn = step.waitsFor.allSatisfy { sight.situation.steps[$0]?.state != .planned }
        return step.time == nil && isItsTurn ? .next : nil
    }

    var count: Int { steps.values.reduce(0) { $0 + $1.count } }

    /// As many as there is room for: what is due first, then what runs, then what comes.
    private func chosen(_ rows: Int) -> [Kind: Int] {
        var chosen: [Kind: Int] = [:]
        var left = rows
        func take(_ kind: Kind) {
            guard left > 0, chosen[kind, default: 0] < (steps[kind]?.count ?? 0) else { return }
            chosen[kind, default: 0] += 1
            left -= 1
        }
        for kind in [Kind.due, .running, .next, .next] { take(kind) }
        // What is under way is told by name; of what can start one stands for all.
        while left > 1, chosen[.due, default: 0] < (steps[.due]?.count ?? 0) { take(.due) }
        while left > 1, chosen[.running, default: 0] < (steps[.running]?.count ?? 0) { take(.running) }
        take(.ready)
        while left > 0 {
            let before = left
            for kind in [Kind.due, .running, .next, .next, .ready] { take(kind) }
            if left == before { break }
        }
        return chosen
    }

    /// The columns of the times in a frame.
    static func columns(_ frame: Frame) -> StepWhen.Columns {
        switch frame.cut {
        case .slim: StepWhen.Columns(home: frame.text, other: frame.text + 10, title: frame.text + 20)
        case .narrow: StepWhen.Columns(home: frame.text, other: frame.text + 11, title: frame.text + 22)
        case .medium: StepWhen.Columns(home: frame.text, other: frame.text + 18, title: frame.text + 34)
        case .wide: StepWhen.Columns(home: frame.gutter + 13, other: frame.gutter + 33, title: frame.gutter + 52)
        }
    }

    /// The head over the columns: zones, and how far the night is.
    static func head(_ sight: Sight, _ frame: Frame) -> Line {
        let columns = columns(frame)
        let zones = sight.runbook.zones
        let count = NextSteps.progress(sight)
        if frame.hasHeadLine {
            var line = frame.heading("TIMELINE")
            line.put(sight.heading(zones.home), at: columns.home, .headNote, to: columns.other)
            line.put(sight.heading(zones.other), at: columns.other, .headNote, to: columns.title)
            line.put("\(count) done", endingAt: frame.right, .headNote)
            return line
        }
        var line = frame.opening("TIMELINE")
        let isShort = frame.cut == .narrow || frame.cut == .slim
        let home = isShort ? zones.home.label : sight.heading(zones.home)
        let other = isShort ? zones.other.label : sight.heading(zones.other)
        line.put(home, at: columns.home, .timeHome, to: columns.other)
        line.put(other, at: columns.other, .timeOther, to: columns.title)
        let done = "\(count) done"
        guard frame.right - CellWidth.shown(done) >= columns.title else { return line }
        let start = line.put(done, endingAt: frame.right, .waiting)
        if isShort, start > columns.title + 6 { line.put("step", at: columns.title, .waiting) }
        return line
    }

    /// `17 of 47`: how many steps have ended.
    static func progress(_ sight: Sight) -> String {
        let all = sight.situation.steps.values.filter { !$0.isGroup }
        return "\(all.count(where: \.state.isEnded)) of \(all.count)"
    }

    /// The rows, with the section's word in the rail where a kind begins.
    func lines(_ rows: Int, _ frame: Frame) -> [Line] {
        let chosen = chosen(rows)
        var lines: [Line] = []
        for kind in Kind.allCases {
            guard let shown = chosen[kind], shown > 0, let steps = steps[kind] else { continue }
            for (place, step) in steps.prefix(shown).enumerated() {
                var line = Line(.step(step.step.id))
                let hidden = steps.count - shown
                if place == 0 {
                    let isCounted = hidden > 0 && (kind == .running || kind == .due)
                    line.put(
                        isCounted ? "\(kind.word) \(steps.count)" : kind.word, at: frame.gutter,
                        frame.hasHeadLine ? .strong : .head, to: frame.hasHeadLine ? frame.gutter + 9 : frame.sign)
                }
                let more = kind == .ready && place == shown - 1 ? hidden : 0
                fill(&line, step, kind, more: more, frame)
                lines.append(line)
            }
        }
        if lines.isEmpty, rows > 0 {
            var line = Line()
            line.put("NEXT", at: frame.gutter, frame.hasHeadLine ? .strong : .head, to: frame.sign)
            line.put("nothing is left to start", at: NextSteps.columns(frame).home, .waiting, to: frame.right)
            lines.append(line)
        }
        return lines
    }

    private func fill(_ line: inout Line, _ step: StepFacts, _ kind: Kind, more: Int, _ frame: Frame) {
        let columns = NextSteps.columns(frame)
        let face = Face(step)
        line.put(face.sign, face.role, at: frame.hasHeadLine ? columns.home - 4 : frame.sign, sight.glyphs)
        if sight.situation.forecast.steps[step.step.id]?.isCritical == true, columns.home > 1 {
            line.put("*", at: columns.home - 1, .barCritical, to: columns.home)
        }
        StepWhen.put(step, into: &line, columns, isShort: true, sight)
        var (tail, role) = StepTail.of(step, sight)
        if more > 0 { (tail, role) = ("can start", .plain) }
        // The title is worth more than its tail where both do not fit.
        let words = [tail] + StepTail.short(step, sight)
        let title = CellWidth.shown(step.step.title)
        func fitting(_ most: Int) -> String? {
            words.first { !$0.isEmpty && frame.right - CellWidth.of($0) >= columns.title + min(title, most) + 1 }
        }
        let chosen = fitting(28) ?? fitting(22) ?? ""
        var start = chosen.isEmpty ? frame.right + 1 : line.put(chosen, endingAt: frame.right, role)
        start = StepTail.putOverride(of: step, into: &line, before: start, title: columns.title, sight)
        let several = more > 0 ? "\(step.step.title), \(more) more" : step.step.title
        line.put(
            several, at: columns.title, kind == .due || kind == .running ? .strong : .plain,
            to: max(start - 1, columns.title + 1))
    }
}
