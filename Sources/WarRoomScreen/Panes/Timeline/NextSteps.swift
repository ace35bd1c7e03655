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
        var times: [String: Instant] = [:]
        for step in sight.situation.steps.values {
            guard NextSteps.stands(step, sight), let kind = NextSteps.kind(of: step, sight) else { continue }
            steps[kind, default: []].append(step)
            if let time = step.time { times[step.step.id] = time }
        }
        for kind in [Kind.due, .next] {
            steps[kind]?.sort { (times[$0.step.id] ?? .distantFuture) < (times[$1.step.id] ?? .distantFuture) }
        }
    }

    /// Whether a step stands in the list. A group with a time of its own that has not begun stands for its steps; after
    /// that each stands for itself.
    private static func stands(_ step: StepFacts, _ sight: Sight) -> Bool {
        func isFolded(_ group: StepFacts) -> Bool { group.isGroup && group.state == .planned && group.step.at != nil }
        if step.isGroup { return isFolded(step) }
        guard let parent = step.step.parent.flatMap({ sight.situation.steps[$0] }) else { return true }
        return !isFolded(parent)
    }

    private static func kind(of step: StepFacts, _ sight: Sight) -> Kind? {
        if step.state == .running { return .running }
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
        for kind in [Kind.due, .running, .next, .next, .ready, .next] { take(kind) }
        while left > 0 {
            let before = left
            for kind in [Kind.due, .running, .ready, .next] { take(kind) }
            if left == before { break }
        }
        return chosen
    }

    /// The rows, with the section's word in the gutter where a kind begins.
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
                        isCounted ? "\(kind.word) \(steps.count)" : kind.word, at: frame.gutter, .gutter, to: frame.sign
                    )
                }
                let more = kind == .ready && place == shown - 1 ? hidden : 0
                fill(&line, step, kind, more: more, frame)
                lines.append(line)
            }
        }
        if lines.isEmpty, rows > 0 {
            var line = frame.opening("NEXT")
            line.put("nothing left to start", at: frame.text, .waiting, to: frame.right)
            lines.append(line)
        }
        return lines
    }

    private func fill(_ line: inout Line, _ step: StepFacts, _ kind: Kind, more: Int, _ frame: Frame) {
        let face = Face(step)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        if sight.situation.forecast.steps[step.step.id]?.isCritical == true, frame.sign > 0 {
            line.put("*", at: frame.sign - 1, .critical, to: frame.sign)
        }
        let time = kind == .running ? step.life.startedAt : step.time
        let title = times(time, into: &line, frame)
        var (tail, role) = StepTail.of(step, sight)
        if more > 0 { tail = "ready, \(more) more" }
        // The title is worth more than its tail where both do not fit.
        var start =
            frame.right - CellWidth.of(tail) >= title + 12
            ? line.put(tail, endingAt: frame.right, role) : frame.right + 1
        start = StepTail.putOverride(of: step, into: &line, before: start, title: title, sight)
        line.put(
            step.step.title, at: title, kind == .due || kind == .running ? .plain : .good, to: max(start - 1, title + 1)
        )
    }

    /// The pair of times; returns where the title stands.
    private func times(_ time: Instant?, into line: inout Line, _ frame: Frame) -> Int {
        if let time { line.put(sight.home(time), at: frame.text, .timeHome, to: frame.right) }
        switch frame.cut {
        case .slim:
            guard let time else { return frame.text + 16 }
            let other = sight.other(time)
            let isSameDay = other.prefix(3) == sight.home(time).prefix(3)
            return line.put(
                isSameDay ? String(other.dropFirst(4)) : other, at: frame.text + 10, .timeOther, to: frame.right) + 1
        case .narrow:
            if let time { line.put(sight.other(time), at: frame.text + 11, .timeOther, to: frame.right) }
            return frame.text + 22
        case .medium, .wide:
            if let time { line.put(sight.other(time), at: frame.text + 18, .timeOther, to: frame.right) }
            return frame.text + 36
        }
    }
}
