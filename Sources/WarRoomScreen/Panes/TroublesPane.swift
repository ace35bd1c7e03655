import OrderedCollections
import WarRoomCore

/// What is wrong with the night itself: the first rank under the sentence, all of it in the zoomed list.
enum TroublesPane {
    static let pane = Pane(
        name: "troubles",
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
        // The band or the strip under it tells the worst; the list of all is for those who have the room.
        if frame.isPrinted, !troubles.isEmpty {
            let lines = troubles.flatMap { wrapped($0, sight, frame) }
            return [Form(rank: Rank.looseEnds, least: lines.count) { _ in opened("TROUBLES", lines, frame) }]
        }
        guard !troubles.isEmpty, frame.hasHeadLine else { return [.none] }
        let head = frame.heading("TROUBLES", troubles.count == 1 ? "" : "\(troubles.count)")
        func form(_ rank: Int, _ least: Int) -> Form {
            Form(rank: rank, least: 1 + min(least, troubles.count), most: 1 + troubles.count) { rows in
                let shown = troubles.count <= rows - 1 ? troubles.count : max(rows - 2, 0)
                let hidden = troubles.count - shown
                return [head] + troubles.prefix(shown).map { line($0, sight, frame) }
                    + (hidden > 0 ? [frame.more(hidden)] : [])
            }
        }
        // In whole words, where there are rows to spare.
        let whole = troubles.flatMap { wrapped($0, sight, frame) }
        return
            (whole.count > troubles.count
            ? [Form(rank: Rank.rich + 1, least: 1 + whole.count) { _ in [head] + whole }] : [])
            + [form(Rank.gates - 1, 3), form(Rank.looseEnds - 2, 2), .none]
    }

    /// Lines with the section's word before the first of them.
    private static func opened(_ word: String, _ lines: [Line], _ frame: Frame) -> [Line] {
        var lines = lines
        lines[0].put(word, at: frame.gutter, .head, to: frame.sign)
        return lines
    }

    private static func wrapped(_ trouble: Trouble, _ sight: Sight, _ frame: Frame) -> [Line] {
        let face = Face(trouble)
        let age = trouble.since.map { sight.age($0) } ?? ""
        let room = frame.room - (age.isEmpty ? 0 : CellWidth.shown(age) + 2)
        return trouble.words(sight).wrapped(to: max(room, 8)).enumerated().map { place, words in
            var line = Line(.trouble(trouble.kind, trouble.subject))
            if place == 0 {
                line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
                line.put(age, endingAt: frame.right, .plain)
            }
            line.put(words, at: frame.text, face.proseRole, to: frame.right)
            return line
        }
    }

    private static func line(_ trouble: Trouble, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.trouble(trouble.kind, trouble.subject))
        let face = Face(trouble)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        let age = trouble.since.map { sight.age($0) } ?? ""
        let end = line.put(age, endingAt: frame.right, .plain) - (age.isEmpty ? 0 : 2)
        line.put(trouble.words(sight), at: frame.text, face.proseRole, to: end)
        return line
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
