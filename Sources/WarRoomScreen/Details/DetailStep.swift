import OrderedCollections
import WarRoomCore

/// What is known about steps and the gates before them.
extension DetailPage {
    mutating func step(_ id: String) {
        guard let facts = sight.situation.steps[id] else { return add("STEP", "\(id) is not in the runbook") }
        let step = facts.step
        title(step.title, Face(facts))
        add("SAYS", step.says)
        add("STEP", "\(id), \(sight.runbook.phases[step.phase]?.title ?? step.phase)")
        add("PLANNED", at: facts.time)
        add("STARTED", at: facts.life.startedAt)
        add("ENDED", at: facts.life.endedAt)
        let forecast = sight.situation.forecast.steps[id]
        if !facts.state.isEnded, let forecast, let start = forecast.start, let end = forecast.end {
            let words =
                forecast.endIsKnown
                ? "\(sight.both(start)) to \(sight.both(end))"
                : "not before \(sight.both(start)): a duration is unknown"
            add("FORECAST", words + (forecast.isCritical ? ", on the critical path" : ""))
        }
        add(
            "TAKES",
            forecast?.takes.map { $0.written + (forecast?.isLearned == true ? ", the median of earlier nights" : "") }
                ?? (facts.isGroup ? nil : "unknown"))
        add(
            "BACK OUT",
            step.backout.map { backout in
                backout.written + (forecast?.pointOfNoReturn.map { ", begun by \(sight.both($0)) at the latest" } ?? "")
            })
        if let undone = facts.undone {
            add(
                "DROPPED", Face(.need, "", .act),
                "\(undone.what), by \(undone.by), since \(sight.both(undone.since)), \(sight.age(undone.since))")
        }
        if let failure = facts.life.failure { add("FAILED", Face(.bad, "", .bad), failure) }
        if let disputed = facts.life.disputed { add("DISPUTED", Face(.divergence, "", .doubt), disputed) }
        add("BY", facts.life.by)
        add("NOTE", facts.life.note)
        add("OWNER", facts.owner ?? Self.nobody)
        for (place, id) in step.after.enumerated() {
            guard let before = sight.situation.steps[id] else { continue }
            let face = Face(before)
            add(place == 0 ? "AFTER" : "", face, "\(before.step.title), \(face.word)")
        }
        let children = step.children.compactMap { sight.situation.steps[$0] }
        for (place, child) in children.enumerated() {
            let face = Face(child)
            add(place == 0 ? "STEPS" : "", face, "\(child.step.title), \(face.word)")
        }
        if let gate = facts.gate { needs(of: gate) }
        add("OPENS", step.opens.map(\.text).joined(separator: ", "))
        add("CLOSES", step.closes.map(\.text).joined(separator: ", "))
        for (place, message) in step.messages.elements.enumerated() {
            let claim = sight.bridge.messages["\(id)/\(message.key)"]?.latest
            let state = claim.map { ", \($0.value.state.rawValue) \(sight.both($0.at))" } ?? ", not posted"
            add(place == 0 ? "POSTS" : "", "\(message.key)\(state): \(message.value)")
        }
        add("RISK", step.risk)
        add("TICKETS", step.tickets.joined(separator: ", "))
        add("EVIDENCE", step.evidence.joined(separator: "; "))
        for (place, link) in step.links.enumerated() {
            add(place == 0 ? "LINKS" : "", link.title + (link.url.map { " " + $0 } ?? ""))
        }
        claims(of: id)
    }

    /// Who says what about the step: people, tools and evidence that disagree are seen to disagree.
    private mutating func claims(of id: String) {
        guard let record = sight.bridge.steps[id] else { return }
        var first = true
        func tell(_ page: inout DetailPage, _ life: StepLife, _ who: String) {
            var note = life.note.map { $0.isEmpty ? "" : ", \($0)" } ?? ""
            if let why = life.pastGate { note += ", past a shut gate: \(why)" }
            page.add(
                first ? "CLAIMS" : "",
                "\(who): \(life.state.rawValue) at \(page.sight.both(life.at)), entry \(life.entry)\(note)")
            first = false
        }
        if let person = record.person { tell(&self, person, "\(person.by), person") }
        for (source, life) in record.tools.sorted(by: { $0.key < $1.key }) { tell(&self, life, "\(source), tool") }
    }

    /// A gate under another subject: the trouble with it.
    mutating func gate(_ id: String) {
        guard let gate = sight.situation.gates[id] else { return add("GATE", "\(id) is not in the runbook") }
        title("\(gate.gate.id): \(gate.gate.title)", Face(gate))
        needs(of: gate)
    }

    /// A gate's needs with their reasons, and its approvals.
    private mutating func needs(of gate: GateFacts) {
        let face = Face(gate)
        add("GATE", face, "\(gate.gate.id), \(face.word), \(gate.metCount) of \(gate.needs.count) needs met")
        for need in gate.needs {
            let since = need.since.map { ", since \(sight.both($0)), \(sight.age($0))" } ?? ""
            let owner = need.isMet ? "" : ", \(Self.on(need.owner))"
            add("", need.isMet ? Face(need) : Face(.need, "", .act), need.words + since + owner)
        }
        decision(gate, word: "")
    }

    mutating func phase(_ id: String) {
        guard let phase = sight.runbook.phases[id] else { return }
        title(phase.title, nil)
        add("SAYS", phase.says)
    }

    /// On whom something is, in words behind a comma.
    static func on(_ owner: String?) -> String { owner.map { "on \($0)" } ?? nobody }

    static let nobody = "nobody is assigned"
}
