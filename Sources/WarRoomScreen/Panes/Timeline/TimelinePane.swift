import OrderedCollections
import WarRoomCore

/// The steps, by time, in both zones.
enum TimelinePane {
    static let pane = Pane(
        name: "timeline",
        slot: { _ in Slot(0) },
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
        if frame.cut == .wide { return [list(sight, frame)] }
        let next = NextSteps(sight)
        let count = max(next.count, 1)
        func rows(_ rank: Int, _ least: Int) -> Form {
            Form(rank: rank, least: min(least, count), most: count) { next.lines($0, frame) }
        }
        var forms = [rows(Rank.steps, 4), rows(Rank.steps + 1, 3), rows(Rank.steps + 2, 2), rows(Rank.last, 1), .none]
        if frame.cut == .medium {
            forms.insert(
                Form(rank: Rank.blanks - 2, least: min(5, count) + 1, most: count + 1) { rows in
                    var head = frame.opening("STEPS")
                    head.put(sight.heading(sight.runbook.zones.home), at: frame.text, .timeHome, to: frame.text + 17)
                    head.put(
                        sight.heading(sight.runbook.zones.other), at: frame.text + 18, .timeOther, to: frame.text + 35)
                    return [head] + next.lines(rows - 1, frame)
                }, at: 0)
        }
        return forms
    }

    /// The steps around what comes next, with groups folded unless they are under way.
    private static func list(_ sight: Sight, _ frame: Frame) -> Form {
        let steps = ordered(sight).filter { step in
            guard let parent = step.step.parent.flatMap({ sight.situation.steps[$0] }) else { return true }
            return parent.state == .running || parent.state == .failed
        }
        let heads = head(sight, frame)
        let all = ordered(sight)
        return Form(rank: Rank.last, least: heads.count + 3, most: heads.count + all.count) { rows in
            var lines = heads
            let room = rows - heads.count
            guard all.count > room else { return lines + all.map { line(.step($0.step.id), sight, frame) } }
            guard steps.count > room else { return lines + steps.map { line(.step($0.step.id), sight, frame) } }
            let first = steps.firstIndex { !$0.state.isEnded } ?? steps.count
            var start = max(0, min(first - room * 2 / 5, steps.count - room))
            var end = min(start + room, steps.count)
            let (above, below) = (start > 0, end < steps.count)
            if above { start += 1 }
            if below { end -= 1 }
            if above { lines.append(frame.more(start, "earlier")) }
            lines += steps[start..<max(start, end)].map { line(.step($0.step.id), sight, frame) }
            if below { lines.append(frame.more(steps.count - end, "later")) }
            return lines
        }
    }

    // MARK: Zoomed

    private static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let ended = sight.situation.steps.values.count { !$0.isGroup && $0.state.isEnded }
        let all = sight.situation.steps.values.count { !$0.isGroup }
        let arrow = Shape.arrow.text(sight.glyphs)
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
        zones.put(sight.heading(sight.runbook.zones.other), at: frame.text + 17, .timeOther, to: frame.text + 33)
        var title = frame.heading("TIMELINE", "\(ended) of \(all) ended, planned\(arrow)actual or forecast")
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
        if forecast?.isCritical == true, frame.sign > 0 { line.put("*", at: frame.sign - 1, .critical, to: frame.sign) }
        bars?.put(step, into: &line)
        let limit = TimelineBars.column(sight, frame).map { bars == nil ? frame.right : $0 - 1 } ?? frame.right
        if bars != nil, !TimelineBars.hasTimes(frame) {
            let title = frame.text + (step.step.parent == nil ? 0 : 2)
            let end = StepTail.putOverride(of: step, into: &line, before: limit + 1, title: title, sight) - 1
            line.put(name(step, sight), at: title, step.isDue ? .plain : .good, to: end)
            return line
        }
        // What has not begun is shown with its forecast, where that is known and another than the plan.
        var actual = step.life.startedAt ?? step.life.endedAt
        if step.state == .planned, let forecast, forecast.startIsKnown, let start = forecast.start,
            step.planned.map({ start - $0 >= .seconds(60) }) ?? !step.isGroup
        {
            actual = start
        }
        let zones = sight.runbook.zones
        line.put(
            sight.span(planned: step.planned, actual: actual, in: zones.home.zone), at: frame.text, .timeHome,
            to: frame.right)
        line.put(
            sight.span(planned: step.planned, actual: actual, in: zones.other.zone), at: frame.text + 17, .timeOther,
            to: frame.right)

        var depth = 0
        var parent = step.step.parent
        while let id = parent, depth < 3 {
            depth += 1
            parent = sight.runbook.steps[id]?.parent
        }
        let title = frame.text + 33 + depth * 2
        var end = limit
        if frame.isZoomed, frame.width >= 100, bars == nil {
            let phase = sight.runbook.phases[step.step.phase]?.title ?? step.step.phase
            line.put(phase, at: frame.right - 18, .waiting, to: frame.right)
            end = frame.right - 20
        }
        let (tail, role) = tail(step, sight, frame)
        if !tail.isEmpty, end - CellWidth.of(tail) > title + 10 { end = line.put(tail, endingAt: end, role) - 1 }
        end = StepTail.putOverride(of: step, into: &line, before: end + 1, title: title, sight) - 1
        line.put(name(step, sight), at: title, face.role == .waiting ? .good : step.isDue ? .plain : face.role, to: end)
        return line
    }

    private static func tail(_ step: StepFacts, _ sight: Sight, _ frame: Frame) -> (String, TextRole) {
        if frame.isZoomed || step.undone != nil { return StepTail.of(step, sight) }
        switch step.state {
        case .running: return StepTail.of(step, sight)
        case .planned:
            guard let gate = step.gate, gate.state != .open else { return step.isDue ? ("due", .act) : ("", .plain) }
            return ("\(gate.metCount)/\(gate.needs.count)", step.isDue ? .act : .waiting)
        default: return ("", .plain)
        }
    }

    /// The title; a group says how many of its steps have ended.
    private static func name(_ step: StepFacts, _ sight: Sight) -> String {
        guard step.isGroup, step.state == .running || step.state == .failed else { return step.step.title }
        let leaves = sight.runbook.leaves(of: step.step.id)
        let ended = leaves.count { sight.situation.steps[$0.id]?.state.isEnded ?? false }
        return "\(step.step.title), \(ended)/\(leaves.count)"
    }
}
