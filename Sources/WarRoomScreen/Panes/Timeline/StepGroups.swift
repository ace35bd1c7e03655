import OrderedCollections
import WarRoomCore

/// The timeline in a column of its own: what is done, what runs, what can start and what comes later, each under its
/// word.
struct StepGroups {
    private enum Kind: CaseIterable { case done, running, due, ready, coming }

    private let sight: Sight
    private let frame: Frame
    private var steps: [Kind: [StepFacts]] = [:]
    private let columns: StepWhen.Columns

    init(_ sight: Sight, _ frame: Frame) {
        (self.sight, self.frame) = (sight, frame)
        columns = StepWhen.Columns(home: frame.text, other: frame.text + 18, title: frame.text + 35)
        for step in sight.situation.steps.values {
            guard let kind = StepGroups.kind(of: step, sight) else { continue }
            steps[kind, default: []].append(step)
        }
        for kind in [Kind.due, .coming] { steps[kind] = steps[kind].map { NextSteps.byTime($0) } }
        steps[.done] = steps[.done]?.sorted { StepGroups.start($0) < StepGroups.start($1) }
    }

    private static func start(_ step: StepFacts) -> Instant {
        step.life.startedAt ?? step.life.endedAt ?? step.planned ?? .distantPast
    }

    /// An ended group stands for its steps, and so does one that has not begun.
    private static func kind(of step: StepFacts, _ sight: Sight) -> Kind? {
        if let parent = step.step.parent.flatMap({ sight.situation.steps[$0] }) {
            if parent.state.isEnded, parent.state != .failed, step.undone == nil, step.life.disputed == nil {
                return nil
            }
        }
        if step.state.isEnded, step.state != .failed, step.undone == nil, step.life.disputed == nil { return .done }
        guard NextSteps.stands(step, sight) else { return nil }
        if step.state != .planned { return .running }
        if step.isDue { return .due }
        return step.isReady && step.time == nil ? .ready : .coming
    }

    var count: Int { steps.values.reduce(0) { $0 + $1.count } }
    private var kinds: [Kind] { Kind.allCases.filter { !(steps[$0] ?? []).isEmpty } }
    /// The rows of everything.
    var most: Int { count + kinds.count + 2 }
    /// What is under way and one row of what was and what comes.
    var least: Int { min(most, 2 + kinds.count * 2 + 1) }

    func lines(_ rows: Int) -> [Line] {
        var lines = [head, zones]
        let shown = shares(rows - 2 - kinds.count)
        for kind in kinds {
            let all = steps[kind] ?? []
            let count = shown[kind] ?? 0
            lines.append(word(kind, all.count, hidden: all.count - count))
            lines += (kind == .done ? all.suffix(count) : all.prefix(count)).map { row($0, kind) }
        }
        return lines
    }

    /// How the rows are shared: what is under way and due first, then a few of each other, then what is left.
    private func shares(_ room: Int) -> [Kind: Int] {
        var shares: [Kind: Int] = [:]
        var left = max(room, 0)
        func take(_ kind: Kind, upTo most: Int) {
            let more = min((steps[kind]?.count ?? 0), most) - (shares[kind] ?? 0)
            guard more > 0 else { return }
            let taken = min(more, left)
            shares[kind, default: 0] += taken
            left -= taken
        }
        for kind in [Kind.due, .running] { take(kind, upTo: .max) }
        for (kind, most) in [(Kind.coming, 2), (.ready, 2), (.done, 2), (.coming, 5), (.ready, 6), (.done, 9)] {
            take(kind, upTo: most)
        }
        for kind in [Kind.ready, .coming, .done] { take(kind, upTo: .max) }
        return shares
    }

    private var head: Line {
        frame.heading("TIMELINE", NextSteps.progress(sight) + " steps done")
    }

    private var zones: Line {
        var line = Line()
        let zones = sight.runbook.zones
        line.put(sight.heading(zones.home), at: columns.home, .timeHome, to: columns.other)
        line.put(sight.heading(zones.other), at: columns.other, .timeOther, to: columns.title)
        line.put("step", at: columns.title, .waiting)
        line.put("for", endingAt: frame.right, .waiting)
        return line
    }

    private func word(_ kind: Kind, _ count: Int, hidden: Int) -> Line {
        let (face, note) =
            switch kind {
            case .done: (Face(.good, "DONE", .good), hidden > 0 ? "\(count), and \(hidden) before these" : "\(count)")
            case .running: (Face(.moving, "RUNNING", .moving), "\(count)")
            case .due: (Face(.need, "DUE", .act), "\(count)")
            case .ready:
                (Face(.pending, "READY", .waiting), "\(count) can start now" + (hidden > 0 ? ", \(hidden) more" : ""))
            case .coming:
                (Face(.gateShut, "LATER", .waiting), "\(count)" + (hidden > 0 ? ", \(hidden) after these" : ""))
            }
        var line = Line()
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        let x = line.put(face.word, at: frame.text, .strong) + 1
        line.put(note, at: x, .waiting, to: frame.right)
        return line
    }

    private func row(_ step: StepFacts, _ kind: Kind) -> Line {
        var line = Line(.step(step.step.id))
        let face = Face(step)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        if sight.situation.forecast.steps[step.step.id]?.isCritical == true {
            line.put("*", at: frame.sign + 1, .barCritical, to: frame.text)
        }
        let title = StepWhen.put(step, into: &line, columns, isShort: false, sight)
        let (tail, role) = kind == .ready ? ("", TextRole.plain) : StepTail.of(step, sight)
        var end = frame.right
        let words = [tail] + StepTail.short(step, sight)
        let least = title + min(CellWidth.shown(step.step.title), 22) + 1
        if let fitting = words.first(where: { !$0.isEmpty && end - CellWidth.shown($0) >= least }) {
            end = line.put(fitting, endingAt: end, role) - 1
        }
        end = StepTail.putOverride(of: step, into: &line, before: end + 1, title: title, sight) - 1
        line.put(
            TimelinePane.name(step, sight), at: title, kind == .running || kind == .due ? .strong : .plain,
            to: end)
        return line
    }
}
