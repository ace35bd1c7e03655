import OrderedCollections
import WarRoomCore

/// When a step begins that has no time, in words: what has to be true before.
enum StepWhen {
    /// From the longest words to the shortest.
    static func words(_ step: StepFacts, _ sight: Sight) -> [String] {
        if let gate = step.gate, gate.state == .shut, let need = gate.firstUnmet {
            let words = StepWhen.words(need.need, sight)
            return words + ["when its gate opens"]
        }
        if let gate = step.gate, gate.state == .ready { return ["when it is approved"] }
        guard let first = step.waitsFor.first else { return ["no time is given", "any time"] }
        let title = sight.runbook.steps[first]?.title ?? first
        let count = step.waitsFor.count
        return count > 1 ? ["after \(count) steps"] : ["after \(title)"]
    }

    private static func words(_ need: Need, _ sight: Sight) -> [String] {
        let runbook = sight.runbook
        switch need.subject {
        case .phase:
            let title = runbook.phases[need.id]?.title ?? need.id
            let isPlural = title.hasSuffix("s")
            return ["when \(title.first?.lowercased() ?? "")\(title.dropFirst()) \(isPlural ? "are" : "is") done"]
        case .tests: return ["when \(runbook.tests[need.id]?.title ?? need.id) has passed"]
        case .step: return ["when \(runbook.steps[need.id]?.title ?? need.id) is done"]
        case .wave: return ["when \(sight.title(ofWave: need.id)) is ready"]
        case .server: return ["when \(sight.shortName(need.id)) is ready"]
        case .board: return ["when \(runbook.boards[need.id]?.title ?? need.id) has answered", "after the reviews"]
        case .looseEnds: return ["when nothing is switched off"]
        case .pool, .pipeline: return []
        }
    }

    /// Where the times of a list stand, and the title behind them.
    struct Columns {
        let home: Int
        let other: Int
        let title: Int
    }

    /// Puts when a step ran, runs or is planned into both zones' columns; where no time is known the columns say when
    /// in words. Returns where the title begins: behind its column only where a span goes over midnight.
    @discardableResult
    static func put(
        _ step: StepFacts, into line: inout Line, _ columns: Columns, isShort: Bool, _ sight: Sight
    ) -> Int {
        let room = columns.title - columns.home - 1
        if let start = step.life.startedAt ?? step.life.endedAt, step.state != .planned {
            let end = step.state == .running ? nil : step.life.endedAt ?? start
            // What took no minute has no length to be told.
            guard isShort || end.map({ $0 - start < .seconds(60) && $0 >= start }) ?? false else {
                let right = columns.title - 1
                return sight.putRan(
                    from: start, to: end, into: &line, home: columns.home, other: columns.other, right: right) + 1
            }
            line.put(sight.home(start), at: columns.home, .timeHome, to: columns.other)
            line.put(sight.other(start), at: columns.other, .timeOther, to: columns.title)
        } else if let time = step.time {
            line.put(sight.home(time), at: columns.home, .timeHome, to: columns.other)
            line.put(sight.other(time), at: columns.other, .timeOther, to: columns.title)
        } else {
            let words = words(step, sight)
            line.put(
                words.first { CellWidth.shown($0) <= room } ?? words.last ?? "", at: columns.home, .waiting,
                to: columns.title - 1)
        }
        return columns.title
    }
}
