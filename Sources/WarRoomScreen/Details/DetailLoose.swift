import OrderedCollections
import WarRoomCore

/// What is known about loose ends and troubles.
extension DetailPage {
    mutating func looseEnd(_ id: LooseEndID) {
        guard let end = sight.situation.looseEnds.first(where: { $0.id == id }) else {
            return title("\(id.text) is not open", Face(.good, "closed", .good))
        }
        let group = LooseFold.Group(ends: [end], need: LooseFold.need(of: end, sight))
        title(end.what, group.face)
        add("NAME", id.text)
        add("OPENED", at: end.openedAt)
        add("BY", end.openedBy)
        add(
            "WATCHED",
            end.isWatched ? "a source says what it is: only that closes it" : "by nobody: its closing step closes it")
        if end.closing.isEmpty {
            add(
                "CLOSES", Face(.need, "", .act),
                "no step ends it: the night cannot close without a ruling on it")
        }
        for (place, id) in end.closing.enumerated() {
            guard let step = sight.situation.steps[id] else { continue }
            let face = Face(step)
            let time = step.planned.map { ", planned \(sight.both($0))" } ?? ""
            add(
                place == 0 ? "CLOSES" : "", face,
                "\(step.step.title), \(face.word)\(time), \(Self.on(step.owner))")
        }
        let alike = LooseFold(sight).groups.first { $0.ends.contains(end) }?.ends.filter { $0.id != id } ?? []
        for (place, other) in alike.enumerated() {
            add(place == 0 ? "ALIKE" : "", Face(.off, "", .off), "\(other.what), \(sight.age(other.openedAt))")
        }
    }

    mutating func trouble(_ kind: Trouble.Kind, _ subject: String) {
        if let trouble = sight.situation.troubles.first(where: { $0.kind == kind && $0.subject == subject }) {
            title(trouble.words(sight), Face(Face(trouble).sign, "", Face(trouble).role))
            add("SINCE", at: trouble.since)
        } else {
            title("\(subject): no trouble any more", Face(.good, "good", .good))
        }
        blank()
        switch kind {
        case .unreachableYetServing, .patchInPool, .secondBoot, .recycle: server(subject)
        case .heldWave, .version: wave(subject)
        case .pastGate, .undone, .failed, .batchGuard: step(subject)
        case .outOfTurn: if sight.runbook.steps[subject] != nil { step(subject) }
        case .capacity: pool(subject)
        case .approvedThere, .fourEyes: gate(subject)
        case .divergence, .clock: divergence(subject)
        case .missedSlot: batch("")
        case .heard: crowd(subject)
        case .overrun:
            if let cause = sight.situation.forecast.cause { step(cause) }
        case .source: source(subject)
        case .pair: pair(subject)
        case .unsigned, .unkept, .disk, .callers: break  // Its one line is all of it.
        case .hole: hole(subject)
        case .leadTakenBack: handover()
        }
    }

    /// All that was told of one subject, and what it was.
    private mutating func crowd(_ subject: String) {
        for (place, heard) in sight.situation.heard.all.filter({ $0.subject == subject }).enumerated() {
            let was = heard.looked.map { "; it was: \($0.was)" } ?? ""
            add(
                place == 0 ? "HEARD" : "", Face(heard),
                "\(heard.name), \(sight.both(heard.at)), \(sight.age(heard.at)) ago, from \(heard.from): "
                    + "\(heard.text)\(was)")
        }
    }

    /// Who serves in a pool, and what an approval would leave.
    private mutating func pool(_ name: String) {
        guard let facts = sight.situation.pools[name] else { return }
        add(
            "POOL",
            "\(facts.pool.title): \(facts.serving) serve, \(facts.confirmed) of \(facts.of) in service"
                + (facts.unknown > 0 ? ", \(facts.unknown) unknown" : ""))
        add("MINIMUM", facts.pool.minimum.map { "\($0)" })
        for leaving in facts.leaving { add("LEAVES", "\(leaving.left) with \(leaving.wave) out, gate \(leaving.gate)") }
    }

    /// The claims side by side.
    private mutating func divergence(_ id: String) {
        guard let facts = sight.situation.divergences.first(where: { $0.id == id }) else { return }
        for (place, side) in facts.sides.enumerated() {
            let since = side.since.map { ", since \(sight.both($0))" } ?? ""
            add(place == 0 ? "CLAIMS" : "", Face(.divergence, "", .doubt), "\(side.claimant): \(side.value)\(since)")
        }
        add("RULE", "warroom rule '\(id)' \(facts.values.joined(separator: "|")) --reason TEXT")
    }
}

extension DetailPage {
    /// A written pair of times: what the page says, what each choice comes to, and the ruling.
    private mutating func pair(_ id: String) {
        guard let facts = sight.bridge.pairs.first(where: { $0.pair.id == id }) else { return }
        add("PAGE", facts.pair.text)
        add("WRONG", facts.pair.mismatch)
        for (place, choice) in facts.pair.choices.enumerated() {
            guard let instant = facts.pair.instant(choice) else { continue }
            add(place == 0 ? "RULE" : "", "\(choice.rawValue): \(sight.both(instant))")
        }
        if let ruling = facts.ruling {
            add("RULED", "\(ruling.value.value) by \(ruling.by), \(sight.both(ruling.at)): \(ruling.value.reason)")
        }
        blank()
        step(facts.pair.step)
    }

    /// Holes of one kind: where the first is, and how to see all.
    private mutating func hole(_ code: String) {
        guard let hole = sight.runbook.holes.first(where: { $0.code == code }) else { return }
        add("CODE", "\(code), \(hole.count) in all")
        add("FIRST", "line \(hole.line), column \(hole.column) of the runbook")
        add("ALL", "warroom check RUNBOOK lists them")
    }
}

extension Subject {
    /// The subjects whose entries tell its history: what an event about it names, and for a loose end all that opens,
    /// closes or watches it.
    func historySubjects(_ sight: Sight) -> [String] {
        if case .alert(let fingerprint) = self { return [fingerprint, "alert/\(fingerprint)"] }
        guard case .looseEnd(let id) = self else { return eventSubject.map { [$0] } ?? [] }
        var subjects: OrderedSet<String> = [id.text]
        for step in sight.runbook.steps.values where step.opens.contains(id) || step.closes.contains(id) {
            subjects.append(step.id)
        }
        if let name = id.name, let server = sight.runbook.serverName(for: name) { subjects.append(server) }
        return Array(subjects)
    }
}
