import OrderedCollections
import WarRoomCore

/// The steps, by time, in both zones.
enum TimelinePane {
    static let pane = Pane(
        name: "timeline",
        reads: Reads(facts: [.steps, .gates, .forecast, .batch, .runbook]),
        forms: forms, items: { ordered($0).map { .step($0.step.id) } },
        head: ZoomedTimeline.head, rows: ZoomedTimeline.rows,
        start: { sight in ordered(sight).first { !$0.isGroup && !$0.state.isEnded }.map { .step($0.step.id) } },
        isTroubled: { sight in sight.situation.steps.values.contains { $0.isDue || $0.state == .failed } })

    /// By instant, because the page's own order is not always that of the times. A step without a time stands behind
    /// the one before it on the page.
    static func ordered(_ sight: Sight) -> [StepFacts] {
        var last = Instant.distantPast
        let keyed = sight.situation.steps.values.enumerated().map { place, step in
            last = step.planned ?? last
            return (key: last, place: place, step: step)
        }
        return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.step)
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        if frame.cut == .wide, !frame.isPresenting {
            let groups = StepGroups(sight, frame)
            return [Form(rank: Rank.last, least: groups.least, most: groups.most) { groups.lines($0) }]
        }
        let next = NextSteps(sight)
        let count = max(next.count, 1)
        func rows(_ rank: Int, _ least: Int, hasHead: Bool = true, most: Int = .max) -> Form {
            let head = hasHead ? [NextSteps.head(sight, frame)] : []
            return Form(rank: rank, least: min(least, count) + head.count, most: min(count, most) + head.count) {
                head + next.lines($0 - head.count, frame)
            }
        }
        // Where it is presented, what runs and what comes is enough: the list of all is for those who work.
        let most = frame.isPresenting ? 7 : .max
        var forms = [
            rows(Rank.steps - 1, 4, most: most), rows(Rank.steps, 3), rows(Rank.steps + 1, 2),
            rows(Rank.steps + 2, 2, hasHead: false), rows(Rank.last, 1, hasHead: false), .none,
        ]
        if frame.cut == .medium, !frame.isPresenting { forms.insert(rows(Rank.blanks - 2, 6), at: 0) }
        return forms
    }

    // MARK: Zoomed

    private static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let ended = sight.situation.steps.values.count { !$0.isGroup && $0.state.isEnded }
        let all = sight.situation.steps.values.count { !$0.isGroup }
        let bars = TimelineBars(sight, frame)
        if let bars, !TimelineBars.hasTimes(frame) {
            var title = frame.heading("TIMELINE", "\(ended)/\(all) ended")
            bars.legend(&title, at: TimelineBars.column(sight, frame) ?? frame.right)
            var ribbon = bars.ribbon
            ribbon[0].put(sight.runbook.zones.home.label, at: frame.text, .timeHome, to: frame.text + 12)
            ribbon[1].put(sight.runbook.zones.other.label, at: frame.text, .timeOther, to: frame.text + 12)
            return [title] + ribbon
        }
        var zones = Line()
        zones.put(sight.heading(sight.runbook.zones.home), at: frame.text, .timeHome, to: frame.text + 16)
        zones.put(sight.heading(sight.runbook.zones.other), at: frame.text + 18, .timeOther, to: frame.text + 35)
        var title = frame.heading("TIMELINE", "\(ended) of \(all) steps done")
        guard let bars else { return [title, zones] }
        bars.legend(&title, at: TimelineBars.column(sight, frame) ?? frame.right)
        let ribbon = bars.ribbon
        var first = Line()
        first.pieces = ribbon[0].pieces
        zones.pieces += ribbon[1].pieces
        return [title, first, zones] + ribbon.dropFirst(2)
    }

    private static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame, _ bars: TimelineBars? = nil) -> Line {
        var line = Line(subject)
        guard case .step(let id) = subject, let step = sight.situation.steps[id] else { return line }
        let face = Face(step)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        let forecast = sight.situation.forecast.steps[id]
        if forecast?.isCritical == true, frame.sign > 0 {
            line.put("*", at: frame.sign - 1, .barCritical, to: frame.sign)
        }
        bars?.put(step, into: &line)
        let limit = TimelineBars.column(sight, frame).map { bars == nil ? frame.right : $0 - 1 } ?? frame.right
        if bars != nil, !TimelineBars.hasTimes(frame) {
            let title = frame.text + (step.step.parent == nil ? 0 : 2)
            let end = StepTail.putOverride(of: step, into: &line, before: limit + 1, title: title, sight) - 1
            line.put(name(step, sight), at: title, step.isDue ? .strong : .plain, to: end)
            return line
        }
        let columns = StepWhen.Columns(home: frame.text, other: frame.text + 18, title: frame.text + 35)
        StepWhen.put(step, into: &line, columns, isShort: false, sight)

        var depth = 0
        var parent = step.step.parent
        while let id = parent, depth < 3 {
            depth += 1
            parent = sight.runbook.steps[id]?.parent
        }
        let title = columns.title + depth * 2
        var end = limit
        if frame.isZoomed, frame.width >= 100, bars == nil {
            let phase = sight.runbook.phases[step.step.phase]?.title ?? step.step.phase
            line.put(phase, at: frame.right - 18, .waiting, to: frame.right)
            end = frame.right - 20
        }
        let (tail, role) = StepTail.of(step, sight)
        if !tail.isEmpty, end - CellWidth.of(tail) > title + 10 { end = line.put(tail, endingAt: end, role) - 1 }
        end = StepTail.putOverride(of: step, into: &line, before: end + 1, title: title, sight) - 1
        line.put(name(step, sight), at: title, step.isDue || step.state == .running ? .strong : .plain, to: end)
        return line
    }

    /// The title; a group says how many of its steps have ended.
    static func name(_ step: StepFacts, _ sight: Sight) -> String {
        guard step.isGroup, step.state == .running || step.state == .failed else { return step.step.title }
        let leaves = sight.runbook.leaves(of: step.step.id)
        let ended = leaves.count { sight.situation.steps[$0.id]?.state.isEnded ?? false }
        return "\(step.step.title), \(ended)/\(leaves.count)"
    }
}
