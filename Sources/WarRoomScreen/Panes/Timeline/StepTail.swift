import OrderedCollections
import WarRoomCore

/// What stands at the end of a step's row.
enum StepTail {
    /// Says that its gate, or that of a step of the group, was opened against its needs, which stays to the end of the
    /// night: with its word where the title has room beside it, else as the sign alone. Returns where it starts.
    static func putOverride(of step: StepFacts, into line: inout Line, before end: Int, title: Int, _ sight: Sight)
        -> Int
    {
        let leaves =
            step.isGroup ? sight.runbook.leaves(of: step.step.id).compactMap { sight.situation.steps[$0.id] } : [step]
        guard let gate = leaves.lazy.compactMap(\.gate).first(where: { $0.override != nil }) else { return end }
        let face = Face(gate)
        let start = end - CellWidth.of(face.word) - 3
        guard start - title >= 16 else {
            line.put(face.sign, face.role, at: end - 2, sight.glyphs)
            return end - 2
        }
        line.put(face, at: start, sight.glyphs, to: end - 1)
        return start
    }

    static func of(_ step: StepFacts, _ sight: Sight) -> (String, TextRole) {
        if let undone = step.undone { return ("undone \(sight.age(undone.since))", .act) }
        if step.life.failure != nil { return ("failed", .bad) }
        if step.life.disputed != nil { return ("disputed", .doubt) }
        if step.state == .planned, step.heldWave != nil { return ("wave held", .act) }
        if step.state == .planned, let gate = step.gate, gate.button == .approvedThere {
            return ("approved there", .act)
        }
        switch step.state {
        case .running:
            guard let started = step.life.startedAt else { return ("running", .moving) }
            guard let takes = step.takes else { return ("for " + sight.age(started), .moving) }
            let share = sight.share(since: started, of: takes)
            return (share.words, share.isOver ? .act : .moving)
        case .planned:
            if let gate = step.gate, gate.state != .open {
                if gate.state == .ready { return ("gate ready", .act) }
                return ("gate shut \(gate.metCount)/\(gate.needs.count)", step.isDue ? .act : .waiting)
            }
            if step.isDue, let planned = step.planned {
                return ((step.waitsFor.isEmpty ? "due for " : "waits for ") + sight.age(planned), .act)
            }
            if let time = step.time, sight.isAhead(time) {
                return (sight.left(time), .waiting)
            }
            guard let first = step.waitsFor.first else { return ("ready", .plain) }
            let count = step.waitsFor.count
            return ("after " + (count > 1 ? "\(count) steps" : sight.runbook.steps[first]?.title ?? first), .waiting)
        case .failed: return ("failed", .bad)
        case .done, .skipped, .workaround, .notApplicable: return (step.state.word, .good)
        }
    }
}
