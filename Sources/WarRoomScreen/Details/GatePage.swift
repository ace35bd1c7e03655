import OrderedCollections
import WarRoomCore

/// The page of a gate: what must hold, what proves it and for how long it has been true, then who decides.
extension DetailPage {
    mutating func gatePage(_ id: String) {
        guard let gate = sight.situation.gates[id] else { return add("GATE", "\(id) is not in the runbook") }
        headline(gate)
        needs(gate)
        decide(gate)
        blank()
        let held = sight.situation.steps.values.filter { $0.gate?.gate.id == id && !$0.isGroup }
        for (place, step) in held.enumerated() {
            let face = Face(step)
            let planned = step.planned.map { ", planned \(sight.both($0))" } ?? ""
            add(place == 0 ? "BEFORE" : "", face, "\(step.step.title), \(face.word)\(planned)")
        }
        add("SAYS", gate.gate.says)
    }

    /// Its name large, and beside it what it waits for and what it opens.
    private mutating func headline(_ gate: GateFacts) {
        let face = Face(gate)
        let words = "gate \(face.word), \(gate.metCount) of \(gate.needs.count) needs are met"
        let opens = sight.situation.steps.values.filter {
            $0.gate?.gate.id == gate.gate.id && !$0.isGroup && !$0.state.isEnded
        }.map(\.step.title)
        let facts = [
            gate.gate.title, opens.isEmpty ? "nothing waits for it any more" : "opens: " + opens.listed(upTo: 2),
        ]
        let isBeside = frame.width >= 110
        let column = isBeside ? frame.width / 2 + 4 : frame.gutter
        let end = isBeside ? column - 2 : frame.right
        // A hyphen parts the words of an id, but not a number from the one before it.
        let parts = gate.gate.id.split(separator: "-")
        let name = parts.dropFirst().reduce(String(parts.first ?? "")) { name, part in
            name + (part.first?.isNumber == true ? "-" : " ") + part
        }
        var rows = Headline.lines(name, at: frame.gutter, to: end, glyphs)
        var beside: [Line] = []
        var line = Line()
        line.put(face.sign, face.role, at: column, glyphs)
        line.put(words, at: column + 2, .strong, to: frame.right)
        beside.append(line)
        for fact in facts where !fact.isEmpty {
            var line = Line()
            line.put(fact, at: column, .plain, to: frame.right)
            beside.append(line)
        }
        if isBeside {
            while rows.count < beside.count { rows.append(Line()) }
            for place in beside.indices { rows[place].pieces += beside[place].pieces }
        } else {
            rows += beside
        }
        for row in rows + [Line()] { add(row) }
    }

    // MARK: Needs

    private struct Columns {
        let proof: Int?
        let home: Int
        let other: Int
        let age: Int
        let right: Int

        init(_ content: Int, _ frame: Frame) {
            right = frame.right
            age = right - 10
            other = age - (frame.width >= 110 ? 16 : 11)
            home = other - (frame.width >= 110 ? 18 : 11)
            // What is asked and what proves it stand near each other.
            proof = frame.width >= 110 ? content + min((home - content) * 5 / 9, 64) : nil
        }

        /// Where the needs' own words end.
        var end: Int { (proof ?? home) - 2 }
    }

    /// Each need with its proof, since when in both zones, and for how long it has been true.
    private mutating func needs(_ gate: GateFacts) {
        let columns = Columns(content, frame)
        var head = row("NEEDS")
        head.put("what", at: content, .waiting, to: columns.end)
        if let proof = columns.proof { head.put("proof", at: proof, .waiting, to: columns.home - 1) }
        sight.putZoneHeads(into: &head, home: columns.home, other: columns.other, right: columns.age - 1)
        head.put("true for", endingAt: columns.right, .waiting)
        add(head)
        if gate.needs.isEmpty { add("", "no needs: only its approval opens it", .waiting) }
        for need in gate.needs {
            let face = Face(need)
            let owner = need.isMet ? "" : ", \(Self.on(need.owner))"
            for (place, part) in (need.words + owner).wrapped(to: max(columns.end - content - 2, 8)).enumerated() {
                var line = row()
                if place == 0 {
                    line.put(need.isMet ? face.sign : .need, need.isMet ? face.role : .act, at: content, glyphs)
                    if let proof = columns.proof {
                        line.put(sight.proof(of: need.need), at: proof, .plain, to: columns.home - 1)
                    }
                    if let since = need.since {
                        line.put(sight.home(since), at: columns.home, .timeHome, to: columns.other - 1)
                        line.put(sight.other(since), at: columns.other, .timeOther, to: columns.age - 1)
                        let age = need.isMet ? sight.age(since) : "not true"
                        line.put(age, endingAt: columns.right, need.isMet ? .plain : .waiting)
                    }
                }
                line.put(part, at: content + 2, .plain, to: columns.end)
                add(line)
            }
        }
        blank()
    }

    // MARK: Who decides

    private mutating func decide(_ gate: GateFacts) {
        decision(gate, word: "DECIDE")
        if !sight.vitals.isReadOnly, !gate.gate.approvers.isEmpty { add("", "a decides, and asks before it sends") }
    }

    /// What was decided and what is missing.
    mutating func decision(_ gate: GateFacts, word first: String) {
        var word = first
        func next() -> String {
            defer { word = "" }
            return word
        }
        for role in gate.missing { add(next(), Face(.gateReady, "", .act), "approval of \(role) is missing") }
        for approval in gate.approvals {
            let reason = approval.reason.map { ", \($0)" } ?? ""
            let face = Face(
                approval.decision == .approved ? .good : .need, "", approval.decision == .approved ? .good : .act)
            add(
                next(), face,
                "\(approval.decision.rawValue) by \(approval.by) as \(approval.role), \(sight.both(approval.at)), "
                    + "entry \(approval.entry)\(reason)")
        }
        if let button = gate.gate.button {
            let word = gate.button == .agreed ? "pressed there too" : "nobody has pressed it yet"
            let words = gate.button.word.isEmpty ? word : gate.button.word
            let isAsked = gate.button == .approvedThere
            add(next(), Face(isAsked ? .need : .pending, "", isAsked ? .act : .waiting), "button \(button): \(words)")
        }
        if let words = gate.samePerson(in: sight.runbook) { add(next(), Face(.bad, "", .bad), words) }
        if !gate.gate.fourEyes.isEmpty {
            let steps = gate.gate.fourEyes.map { sight.runbook.steps[$0]?.title ?? $0 }
            add(next(), Face(.need, "", .waiting), "not by who started \(steps.joined(separator: ", "))")
        }
        if gate.gate.approvers.isEmpty { add(next(), "nobody approves it: it opens when its needs are met", .waiting) }
    }
}

extension NeedFacts {
    /// What is asked or missing, with the name of what it is asked of.
    var words: String {
        switch need.subject {
        case .wave, .pool, .server: why.contains(need.id) ? why : "\(need.id): \(why)"
        default: why
        }
    }
}

extension Sight {
    /// Who says what a need asks, in a few words: `pools, probe, 5 of 5`.
    func proof(of need: Need) -> String {
        switch need.subject {
        case .tests:
            guard let test = situation.tests[need.id], let claim = test.claim else { return "nobody has reported" }
            return "\(claim.claimant), \(claim.standing.rawValue), \(test.run) of \(test.total.map(String.init) ?? "?")"
        case .pipeline:
            guard let stage = situation.stages[need.id], let claim = stage.claim else { return "nobody has reported" }
            return "\(claim.claimant), \(claim.standing.rawValue)"
        case .step:
            guard let life = situation.steps[need.id]?.life else { return "" }
            return life.by.map { "\($0), \(life.state.rawValue)" } ?? "nobody has said"
        case .wave:
            let servers = situation.waves[need.id]?.counted ?? []
            return proof(by: servers, need)
        case .server: return proof(by: situation.servers[need.id].map { [$0] } ?? [], need)
        case .pool: return proof(by: situation.servers.values.filter { $0.pools.contains { $0.name == need.id } }, need)
        case .phase, .board, .looseEnds: return "of this journal"
        }
    }

    private func proof(by servers: [ServerFacts], _ need: Need) -> String {
        var claimants: OrderedSet<String> = []
        func take<Value>(_ shown: Shown<Value>?) {
            if let claim = shown?.claim { claimants.append("\(claim.claimant), \(claim.standing.rawValue)") }
        }
        for server in servers {
            switch need.predicate {
            case .patch: take(server.patch)
            case .verify: take(server.verify)
            case .reach: take(server.reach)
            case .alerts: take(server.alerts)
            case .pools: for pool in server.pools { take(pool.member) }
            default: take(server.reboot)
            }
        }
        guard let first = claimants.first else { return "nobody has reported" }
        return first + (claimants.count > 1 ? " and \(claimants.count - 1) more" : ", \(servers.count) servers")
    }
}
