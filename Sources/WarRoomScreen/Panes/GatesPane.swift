import OrderedCollections
import WarRoomCore

/// What must hold before steps may start, with the reason of each need.
enum GatesPane {
    static let pane = Pane(
        name: "gates",
        reads: Reads(facts: [.gates, .steps, .runbook]), forms: forms, items: items,
        head: ZoomedGates.head, rows: { sight, frame in { ZoomedGates.line($0, sight, frame) } },
        isTroubled: { sight in sight.situation.gates.values.contains { $0.state == .ready } })

    private static func items(_ sight: Sight) -> [Subject] {
        sight.situation.gates.values.flatMap { gate in
            [.gate(gate.gate.id)] + gate.needs.indices.map { .need(gate: gate.gate.id, place: $0) }
        }
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let gates = sight.situation.gates.values
        guard !gates.isEmpty else { return [.none] }
        // A gate whose steps have all ended holds nobody any more.
        let holding = Set(sight.situation.steps.values.filter { !$0.state.isEnded }.compactMap { $0.gate?.gate.id })
        let shown = gates.filter {
            $0.override != nil || $0.button == .approvedThere
                || $0.button == .approvedHere && holding.contains($0.gate.id)
                || $0.state != .open && holding.contains($0.gate.id)
        }
        let least = min(shown.count, frame.cut == .wide ? 3 : 2) + 1
        let all = Form(
            rank: frame.cut == .slim ? Rank.hints - 5 : Rank.gates, least: least,
            most: shown.count + 1
        ) { rows in
            [summary(sight, frame)] + list(shown, rows - 1, sight, frame)
        }
        guard frame.cut == .medium || frame.cut == .wide else { return [all, .none] }
        // Where there are rows to spare each gate says what it needs.
        let needs = Form(rank: Rank.rich - 1, least: 1 + shown.reduce(0) { $0 + 1 + $1.needs.count }) { _ in
            [summary(sight, frame)]
                + shown.flatMap { gate in
                    [short(gate, idRoom: idRoom(shown), tellsWhy: false, sight, frame)]
                        + gate.needs.indices.map { line(.need(gate: gate.gate.id, place: $0), sight, frame) }
                }
        }
        return (frame.cut == .wide && !shown.isEmpty ? [needs] : []) + [
            all, Form(rank: Rank.gates + 1, least: 1) { _ in [summary(sight, frame)] }, .none,
        ]
    }

    private static func summary(_ sight: Sight, _ frame: Frame) -> Line {
        let gates = sight.situation.gates.values
        let ready = gates.count { $0.state == .ready }
        let forced = gates.count { $0.override != nil }
        let text =
            "\(gates.count { $0.state == .open }) of \(gates.count) open" + (forced > 0 ? ", \(forced) overridden" : "")
            + (ready > 0 ? ", \(ready) to approve" : "")
        if frame.hasHeadLine { return frame.heading("GATES", text) }
        var line = frame.opening("GATES")
        if ready > 0 { line.put(.gateReady, .act, at: frame.sign, sight.glyphs) }
        line.put(text, at: frame.text, .plain, to: frame.right)
        return line
    }

    /// As many as there is room for, in the runbook's order. Those that are ready, or hold a due step, are kept before
    /// the others.
    private static func list(_ gates: [GateFacts], _ rows: Int, _ sight: Sight, _ frame: Frame) -> [Line] {
        var kept = gates
        if gates.count > rows {
            let due = Set(sight.situation.steps.values.filter(\.isDue).compactMap { $0.gate?.gate.id })
            let ranked = gates.enumerated().sorted { one, other in
                func rank(_ gate: GateFacts) -> Int { gate.state == .ready ? 0 : due.contains(gate.gate.id) ? 1 : 2 }
                return (rank(one.element), one.offset) < (rank(other.element), other.offset)
            }
            let chosen = Set(ranked.prefix(max(rows - 1, 0)).map(\.offset))
            kept = gates.enumerated().filter { chosen.contains($0.offset) }.map(\.element)
        }
        var lines = kept.map { short($0, idRoom: idRoom(kept), sight, frame) }
        if kept.count < gates.count { lines.append(frame.more(gates.count - kept.count, "more shut")) }
        return Array(lines.prefix(max(rows, 0)))
    }

    /// The cells of the longest title: all others are left for the reason.
    private static func idRoom(_ gates: [GateFacts]) -> Int {
        min(gates.map { CellWidth.shown($0.gate.title) }.max() ?? 0, 26) + 1
    }

    private static func short(_ gate: GateFacts, idRoom: Int, tellsWhy: Bool = true, _ sight: Sight, _ frame: Frame)
        -> Line
    {
        var line = Line(.gate(gate.gate.id))
        let face = Face(gate)
        line.put(face.sign, face.role == .plain ? .waiting : face.role, at: frame.sign, sight.glyphs)
        let count = gate.state == .shut ? "\(face.word) \(gate.metCount)/\(gate.needs.count)" : face.word
        let role: TextRole = gate.state == .ready || gate.override != nil ? .plain : .waiting
        let least = frame.text + min(CellWidth.shown(gate.gate.title), 12) + 2
        let reasons = (tellsWhy ? [why(gate, sight)] : []) + [count]
        let reason = reasons.first { frame.right - CellWidth.shown($0) >= frame.text + min(idRoom, 27) } ?? count
        let end = line.put(reason, endingAt: frame.right, role, from: least) - 2
        line.put(gate.gate.title, at: frame.text, .plain, to: end)
        return line
    }

    /// What is missing: the first need, or whose approval.
    private static func why(_ gate: GateFacts, _ sight: Sight) -> String {
        if gate.button == .approvedThere { return gate.button.word }
        if let words = gate.samePerson(in: sight.runbook) { return words }
        if let override = gate.override { return "by \(override.by): \(override.reason ?? "no reason given")" }
        if gate.state == .ready { return gate.missing.joined(separator: ", ") + " must approve" }
        return gate.firstUnmet?.why ?? gate.button.word
    }

    private static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(subject)
        switch subject {
        case .gate(let id):
            guard let gate = sight.situation.gates[id] else { return line }
            let face = Face(gate)
            line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
            let x = line.put(gate.gate.id, at: frame.text, .plain, to: frame.right)
            let words = "\(face.word) \(gate.metCount)/\(gate.needs.count)"
            let end = line.put(words, at: max(x + 2, frame.text + 22), face.role, to: frame.right)
            line.put(gate.gate.title, at: max(end + 2, frame.text + 36), .waiting, to: frame.right)
        case .need(let id, let place):
            guard let needs = sight.situation.gates[id]?.needs, needs.indices.contains(place) else { return line }
            let need = needs[place]
            let face = Face(need)
            line.put(face.sign, face.role, at: frame.text, sight.glyphs)
            var end = frame.right
            if let since = need.since {
                end = line.put(sight.age(since), endingAt: frame.right, .waiting, from: frame.text + 12) - 1
            }
            line.put(need.why, at: frame.text + 2, face.role, to: end)
        default: break
        }
        return line
    }
}

extension Face {
    /// A need is met by evidence, or it is not.
    init(_ need: NeedFacts) {
        self = need.isMet ? Face(.good, "met", .good) : Face(.pending, "not met", .plain)
    }
}
