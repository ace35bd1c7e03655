import OrderedCollections
import WarRoomCore

/// What is known about loose ends and troubles.
extension DetailPage {
    mutating func looseEnd(_ id: String) {
        guard let end = sight.situation.looseEnds.first(where: { $0.id == id }) else {
            return title("\(id) is not open", Face(.good, "closed", .good))
        }
        let group = LooseFold.Group(ends: [end], need: LooseFold.need(of: end, sight))
        title(end.what, group.face)
        add("NAME", id)
        add("OPENED", at: end.openedAt)
        add("BY", end.openedBy)
        add("WATCHED", end.isWatched ? "a source says what it is: only that closes it" : "by nobody: its closing step closes it")
        if end.closing.isEmpty { add("CLOSES", Face(.need, "", .act), "NO CLOSING STEP in the runbook: the night cannot close without a ruling on it") }
        for (place, id) in end.closing.enumerated() {
            guard let step = sight.situation.steps[id] else { continue }
            let face = Face(step)
            let time = step.planned.map { ", planned \(sight.both($0))" } ?? ""
            add(place == 0 ? "CLOSES" : "", face, "\(step.step.title), \(face.word)\(time), on \(step.owner ?? Self.nobody)")
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
        case .unreachableYetServing, .recycle: server(subject)
        case .pastGate, .batchGuard: step(subject)
        case .missedSlot: batch("")
        case .overrun:
            if let cause = sight.situation.forecast.cause { step(cause) }
        case .source: source(subject)
        }
    }
}

extension Subject {
    /// Whose entries tell its history: what an event about it names, and for a loose end all that opens, closes or watches it.
    func historySubjects(_ sight: Sight) -> [String] {
        guard case .looseEnd(let id) = self else { return eventSubject.map { [$0] } ?? [] }
        var subjects: OrderedSet<String> = [id]
        for step in sight.runbook.steps.values where step.opens.contains(id) || step.closes.contains(id) { subjects.append(step.id) }
        let parts = id.split(separator: "/").map(String.init)
        if parts.count > 1, let server = sight.runbook.serverName(for: parts[1]) { subjects.append(server) }
        return Array(subjects)
    }
}
