import OrderedCollections
import WarRoomCore

/// What is wrong with the night itself: the first rank under the sentence, all of it in the zoomed list.
enum TroublesPane {
    static let pane = Pane(
        name: "troubles",
        slot: { $0 == .wide ? Slot(-1) : Slot(0, order: -1, joinsNext: true) },
        reads: Reads(facts: [.troubles, .sentence, .heard, .servers, .runbook]),
        forms: forms, items: { $0.unlooked + $0.situation.troubles.map { .trouble($0.kind, $0.subject) } },
        head: ZoomedTroubles.head, rows: ZoomedTroubles.rows, empty: "nothing is wrong",
        isTroubled: { !first($0).isEmpty })

    /// Those of the first rank. What is wrong with a source stands beside the source, holes of the runbook matter
    /// before the night, and who took the lead is told to those who ask.
    private static func first(_ sight: Sight) -> [Trouble] {
        // The step that the sentence says is undone is told already.
        sight.situation.troubles.filter { trouble in
            switch trouble.kind {
            case .hole, .leadTakenBack: false
            case .source: sight.runbook.sources[trouble.subject] == nil
            case .undone, .failed: trouble.subject != sight.situation.sentence.subject
            default: true
            }
        }
    }

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let troubles = first(sight)
        guard !troubles.isEmpty else { return [.none] }
        func rows(_ rank: Int, _ count: Int) -> Form {
            Form(rank: rank, least: count) { lines(troubles, $0, sight, frame) }
        }
        return (troubles.count > 1 ? [rows(Rank.sentence - 1, 2)] : []) + [rows(Rank.looseEnds, 1), .none]
    }

    private static func lines(_ troubles: [Trouble], _ rows: Int, _ sight: Sight, _ frame: Frame) -> [Line] {
        troubles.prefix(rows).enumerated().map { place, trouble in
            let subject = Subject.trouble(trouble.kind, trouble.subject)
            var line = place == 0 ? frame.opening("WRONG", subject) : Line(subject)
            line.put(.need, .act, at: frame.sign, sight.glyphs)
            var tail = trouble.since.map { sight.age($0) } ?? ""
            let hidden = troubles.count - rows
            if place == rows - 1, hidden > 0 { tail += (tail.isEmpty ? "" : "  ") + "\(hidden) more" }
            var end = frame.right
            if !tail.isEmpty, frame.right - frame.text > 30 { end = line.put(tail, endingAt: end, .act) - 2 }
            line.put(trouble.words(sight), at: frame.text, .act, to: end)
            return line
        }
    }
}

extension Sight {
    /// What nobody has looked at: what was heard from outside, then the alerts that fire.
    fileprivate var unlooked: [Subject] {
        situation.heard.open.map { .heard($0.entry) } + situation.heard.alerts.map { .alert($0.fingerprint) }
    }
}

extension Trouble {
    /// What is wrong, with the pools' titles where a server serves in some.
    func words(_ sight: Sight) -> String {
        guard kind == .unreachableYetServing, let server = sight.situation.servers[subject] else { return text }
        let pools = server.pools.filter { $0.member?.value == .in }.map {
            sight.runbook.pools[$0.name]?.title ?? $0.name
        }
        return pools.isEmpty ? text : "\(subject) is unreachable yet serving in \(pools.joined(separator: ", "))"
    }
}

extension Face {
    /// What is wrong: somebody is needed, a source is in doubt, or the runbook has a hole.
    init(_ trouble: Trouble) {
        self =
            switch trouble.kind {
            case .source: Face(.stale, "in doubt", .doubt)
            case .hole: Face(.unknown, "hole", .doubt)
            case .leadTakenBack: Face(.workaround, "taken back", .act)
            case .unkept: Face(.bad, "not kept", .bad)
            case .disk, .callers: Face(.stale, "hub", .doubt)
            case .divergence, .clock: Face(.divergence, "disputed", .doubt)
            case .failed: Face(.bad, "failed", .bad)
            case .fourEyes: Face(.bad, "same person", .bad)
            case .version: Face(.divergence, "differ", .doubt)
            case .unreachableYetServing, .patchInPool, .secondBoot, .heldWave, .undone, .capacity, .heard, .pair,
                .unsigned, .pastGate, .outOfTurn, .approvedThere, .recycle, .overrun, .missedSlot, .batchGuard:
                Face(.need, "wrong", .act)
            }
    }
}
