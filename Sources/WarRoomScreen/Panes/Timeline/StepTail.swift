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
        guard start - title >= 14 else {
            line.put(face.sign, face.role, at: end - 2, sight.glyphs)
            return end - 2
        }
        line.put(face, at: start, sight.glyphs, to: end - 1)
        return start
    }

    /// In a few words; of what is due, what holds it.
    static func of(_ step: StepFacts, _ sight: Sight) -> (String, TextRole) {
        if let undone = step.undone { return ("dropped out \(sight.age(undone.since))", .act) }
        if let failure = step.life.failure {
            let ago = step.life.endedAt.map { ", \(sight.age($0)) ago" } ?? ""
            return (failure.isEmpty || CellWidth.shown(failure) > 24 ? "failed\(ago)" : "\(failure)\(ago)", .bad)
        }
        if step.life.disputed != nil { return ("disputed", .doubt) }
        if step.state == .planned, step.heldWave != nil { return ("wave held", .act) }
        if step.state == .planned, let gate = step.gate, gate.button == .approvedThere {
            return ("approved there", .act)
        }
        switch step.state {
        case .running:
            guard let started = step.life.startedAt else { return ("running", .moving) }
            guard let takes = step.takes else { return (sight.age(started), .moving) }
            let share = sight.share(since: started, of: takes)
            return (share.words, share.isOver ? .act : .moving)
        case .planned: return planned(step, sight)
        case .failed: return ("failed", .bad)
        case .done: return ("", .plain)
        case .skipped, .workaround, .notApplicable: return (step.state.word, .off)
        }
    }

    private static func planned(_ step: StepFacts, _ sight: Sight) -> (String, TextRole) {
        if let gate = step.gate, gate.state != .open {
            if gate.state == .ready { return ("gate ready", .act) }
            let why = gate.firstUnmet?.instead ?? ""
            guard step.isDue else { return ("gate \(gate.metCount)/\(gate.needs.count)", .waiting) }
            return ("gate shut" + (why.isEmpty ? " \(gate.metCount)/\(gate.needs.count)" : ": \(why)"), .strong)
        }
        if step.isDue, let planned = step.planned {
            return ((step.waitsFor.isEmpty ? "due for " : "waits, due for ") + sight.age(planned), .strong)
        }
        if let time = step.time, sight.isAhead(time) { return (sight.left(time), .plain) }
        guard let first = step.waitsFor.first else { return ("can start", .plain) }
        let count = step.waitsFor.count
        return ("after " + (count > 1 ? "\(count) steps" : sight.runbook.steps[first]?.title ?? first), .waiting)
    }

    /// Shorter words.
    static func short(_ step: StepFacts, _ sight: Sight) -> [String] {
        if let undone = step.undone { return ["out \(sight.age(undone.since))", sight.age(undone.since)] }
        if step.life.failure != nil { return ["failed"] }
        if step.state == .running, let started = step.life.startedAt { return [sight.age(started)] }
        guard step.isDue else { return [] }
        if let gate = step.gate, gate.state == .shut {
            return ["gate shut \(gate.metCount)/\(gate.needs.count)", "shut"]
        }
        return step.planned.map { [sight.age($0)] } ?? []
    }
}
