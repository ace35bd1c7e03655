import OrderedCollections
import WarRoomCore

/// The zoomed timeline: each step with what became of its time in both zones, and where there is room as bars.
enum ZoomedTimeline {
    /// Where the other zone's times stand, and the titles behind them.
    private static func other(_ frame: Frame) -> Int { frame.text + (frame.width >= 150 ? 18 : 17) }
    private static func title(_ frame: Frame) -> Int { frame.text + (frame.width >= 150 ? 36 : 33) }

    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let steps = sight.situation.steps.values.filter { !$0.isGroup }
        let running = steps.count { $0.state == .running }
        let note =
            "\(steps.count { $0.state.isEnded }) of \(steps.count) steps ended"
            + (running > 0 ? ", \(running) running" : "")
        let bars = TimelineBars(sight, frame)
        var line = frame.heading("TIMELINE", note)
        if let bars, let column = TimelineBars.column(sight, frame) {
            let end = line.pieces.last.map { $0.column + CellWidth.shown($0.text) + 3 } ?? column
            bars.legend(&line, at: max(column, end))
        }
        let zones = [(sight.runbook.zones.home, TextRole.timeHome), (sight.runbook.zones.other, .timeOther)]
        guard let bars, !TimelineBars.hasTimes(frame) else {
            var heads = Line()
            sight.putZoneHeads(into: &heads, home: frame.text, other: other(frame), right: title(frame) - 1)
            heads.put("step", at: title(frame), .waiting, to: frame.right)
            guard let bars else { return [line, heads] }
            var ribbon = bars.ribbon
            ribbon[0].pieces += heads.pieces
            let isDecided = !sight.situation.forecast.criticalPath.isEmpty
            if isDecided { ribbon[1].put("* decides the end", at: title(frame), .waiting, to: frame.right) }
            return [line] + ribbon
        }
        var ribbon = bars.ribbon
        for (place, zone) in zones.enumerated() {
            ribbon[place].put(zone.0.label, at: frame.text, zone.1, to: frame.text + 12)
        }
        return [line] + ribbon
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let bars = TimelineBars(sight, frame)
        return { line($0, sight, frame, bars) }
    }

    private static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame, _ bars: TimelineBars?) -> Line {
        var line = Line(subject)
        guard case .step(let id) = subject, let step = sight.situation.steps[id] else { return line }
        let face = Face(step)
        bars?.put(step, into: &line)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        let isCritical = sight.situation.forecast.steps[id]?.isCritical == true && !step.state.isEnded
        let isLoud = step.state == .running || isCritical
        let role: TextRole = isLoud ? .strong : face.role == .waiting ? .waiting : .plain
        let depth = depth(of: step, sight)
        let limit = TimelineBars.column(sight, frame).map { bars == nil ? frame.right : $0 - 1 } ?? frame.right
        let mark = isCritical ? "* " : ""
        if bars != nil, !TimelineBars.hasTimes(frame) {
            let title = frame.text + (step.step.parent == nil ? 0 : 2)
            let end = StepTail.putOverride(of: step, into: &line, before: limit + 1, title: title, sight) - 1
            line.put(mark + step.step.title, at: title, role, to: end)
            return line
        }
        let title = title(frame) + depth * 2
        times(step, withEnd: bars != nil, sight, frame, into: &line)
        var end = limit
        if bars == nil {
            if frame.width >= 100 {
                let phase = sight.runbook.phases[step.step.phase]?.title ?? step.step.phase
                line.put(phase, at: frame.right - 18, .waiting, to: frame.right)
                end = frame.right - 20
            }
            let (tail, tailRole) = StepTail.of(step, sight)
            // What the sign says, and what stands in place of the times, is not said twice.
            let isSaid = step.state == .planned ? !hasTime(step) : step.state == .done && step.undone == nil
            if !isSaid, !tail.isEmpty, end - CellWidth.of(tail) > title + 10 {
                let quiet: TextRole = tailRole == .good ? .waiting : tailRole
                end = line.put(tail, endingAt: end, quiet) - 1
            }
        }
        end = StepTail.putOverride(of: step, into: &line, before: end + 1, title: title, sight) - 1
        line.put(mark + name(step, sight), at: title, role, to: end)
        return line
    }

    // MARK: Times

    private static func hasTime(_ step: StepFacts) -> Bool {
        step.planned != nil || step.life.startedAt != nil || step.life.endedAt != nil
    }

    /// From start to end in both zones; where no time is known, what it waits for in words.
    private static func times(
        _ step: StepFacts, withEnd: Bool, _ sight: Sight, _ frame: Frame, into line: inout Line
    ) {
        let (home, other, right) = (frame.text, other(frame), title(frame) - (frame.width >= 150 ? 1 : 0))
        let life = step.life
        let forecast = sight.situation.forecast.steps[step.step.id]
        func put(_ start: Instant?, _ end: Instant?) {
            sight.putRan(from: start, to: end, into: &line, home: home, other: other, right: right)
        }
        if step.state == .running {
            put(life.startedAt, withEnd && forecast?.endIsKnown == true ? forecast?.end : nil)
        } else if life.startedAt != nil || life.endedAt != nil {
            let end = life.endedAt ?? life.startedAt
            put(life.startedAt == end ? nil : life.startedAt, end)
        } else if let forecast, forecast.startIsKnown, let start = forecast.start, step.planned != nil || withEnd {
            // What has not begun is shown with its forecast, where that is known, else with its plan.
            let end = forecast.endIsKnown && forecast.end != start ? forecast.end : nil
            put(end == nil ? nil : start, end ?? start)
        } else if let planned = step.time ?? step.planned {
            put(nil, planned)
        } else {
            let words = StepWhen.words(step, sight)
            let fitting = words.first { CellWidth.shown($0) < right - home } ?? words.last ?? ""
            line.put(fitting, at: home, .waiting, to: right)
        }
    }

    private static func depth(of step: StepFacts, _ sight: Sight) -> Int {
        var depth = 0
        var parent = step.step.parent
        while let id = parent, depth < 3 {
            depth += 1
            parent = sight.runbook.steps[id]?.parent
        }
        return depth
    }

    /// The title; a group says how many of its steps have ended.
    private static func name(_ step: StepFacts, _ sight: Sight) -> String {
        guard step.isGroup, step.state == .running || step.state == .failed else { return step.step.title }
        let leaves = sight.runbook.leaves(of: step.step.id)
        let ended = leaves.count { sight.situation.steps[$0.id]?.state.isEnded ?? false }
        return "\(step.step.title), \(ended)/\(leaves.count)"
    }
}
