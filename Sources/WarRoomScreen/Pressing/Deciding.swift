import OrderedCollections
import WarRoomCore

/// What the selected row asks of a person: a decision on a gate, a loose end, a divergence, a server, the whole night.
extension Press {
    mutating func openDecision() {
        switch subject {
        case .gate(let id), .need(let id, _): decide(gate: id)
        case .looseEnd(let id): decide(looseEnd: id)
        case .server(let name): decide(server: name)
        case .wave(let id) where sight.runbook.waves[id] != nil: decide(wave: id)
        case .trouble(let kind, let name): decide(trouble: kind, name)
        case .step(let id): decide(step: id)
        case .test(let id), .failure(let id, _), .run(let id, _): decide(test: id)
        case .heard(let number): look(at: number)
        case .alert(let fingerprint): look(at: fingerprint)
        case .handover: decideLead()
        case .team(let board, let team): openNewCheck(board, team)
        case .check(let path): openNewCheck(path.board, path.team)
        default:
            let isHere = Keymap.bindings.contains { $0.action == .decide && $0.panes.contains(view.focus) }
            if view.focus == ReviewsPane.pane.name { return say("nothing is selected: the arrows select a team") }
            if isHere, subject == nil { return say("nothing is selected: the arrows select a row of \(view.focus)") }
            let places = [GatesPane.pane, LooseEndsPane.pane, ServersPane.pane].map { Panes.called($0.name) }
            say("nothing to decide here: see \(places.joined(separator: ", "))")
        }
    }

    func choice(_ key: Character, _ face: Face, _ value: String, _ draft: Draft) -> Menu.Choice {
        .init(key: key, face: face, value: value, draft: draft)
    }

    mutating func open(_ title: String, _ facts: [Draft.Fact], _ choices: [Menu.Choice]) {
        view.menu = Menu(title: title, choices: choices, facts: facts)
    }

    // MARK: Gates

    mutating func decide(gate id: String) {
        guard let facts = sight.situation.gates[id] else { return say("the gate \(id) is not in the runbook") }
        let approvers = facts.gate.approvers
        let (claims, ruled) = rulings(on: id)
        guard !approvers.isEmpty || !ruled.isEmpty else {
            return say("gate \(id) has no approver: \(facts.obstacle.map { "it " + $0 } ?? "it is open")")
        }
        // The decision rests on what is seen now, however long the answer takes.
        let seen = sight.bridge.entry
        func draft(_ decision: ApprovalReport.Decision, _ verb: String, _ role: String) -> Draft {
            let report = ApprovalReport(decision: decision, role: role, seen: seen)
            var draft = Draft(
                id, .approval(report), asks: decision == .approved ? nil : .why(label: nil),
                words: "\(verb) gate \(id) as \(role)", verb: verb, follows: follows(decision, facts, as: role))
            draft.asked = "\(verb) gate \(id)"
            return draft
        }
        var choices: [Menu.Choice] = []
        // Where the verb's own keys are used up capitals follow, so that every role has a key.
        var capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[...]
        func add(_ keys: String, _ face: Face, _ verb: String, _ decision: ApprovalReport.Decision) {
            let more = capitals.prefix(max(approvers.count - keys.count, 0))
            capitals.removeFirst(more.count)
            for (key, role) in zip(keys + more, approvers) {
                let word = approvers.count > 1 ? "\(verb) as \(role)" : verb
                choices.append(
                    choice(
                        key, Face(face.sign, word, face.role), approvers.count > 1 ? word : verb,
                        draft(decision, verb, role)))
            }
        }
        if facts.firstUnmet == nil { add("abcde", Face(.good, "", .plain), "approve", .approved) }
        let approvals = choices.count
        add("rstuv", Face(.bad, "", .plain), "refuse", .refused)
        // Who has read what an approval opens may still refuse.
        for place in 0..<approvals {
            let refusal = choices[approvals + place].named("Refuse")
            choices[place].draft?.instead = [refusal]
        }
        if facts.firstUnmet != nil { add("oplmk", Face(.workaround, "", .plain), "override", .overridden) }
        open("\(facts.gate.title), gate \(id): \(Face(facts).word)", needs(of: facts) + claims, choices + ruled)
    }

    private func needs(of gate: GateFacts) -> [Draft.Fact] {
        let needs = gate.needs.map {
            Draft.Fact($0.words + ($0.isMet ? "" : ", \(DetailPage.on($0.owner))"), Face($0))
        }
        let approvals = gate.approvals.map { approval in
            Draft.Fact(
                "\(approval.decision.rawValue) by \(approval.by) as \(approval.role), \(sight.both(approval.at))",
                Face(approval.decision == .approved ? .good : .need, "", .plain))
        }
        return needs + approvals
    }

    private func follows(_ decision: ApprovalReport.Decision, _ gate: GateFacts, as role: String) -> [Draft.Fact] {
        let held = sight.situation.steps.values.filter {
            $0.gate?.gate.id == gate.gate.id && !$0.isGroup && !$0.state.isEnded
        }
        let user = sight.vitals.user.isEmpty ? "" : ", you are \(CleanText.line(sight.vitals.user))"
        var facts: [Draft.Fact] = [.init(role + user, label: "You decide as")]
        func starts() {
            facts += held.prefix(3).map { step in
                let planned = step.planned.map { ", planned \(sight.both($0))" } ?? ""
                return .init("\(step.step.title)\(planned)", label: "Then can start")
            }
            if held.count > 3 { facts.append(.init("and \(held.count - 3) more steps", label: "Then can start")) }
        }
        switch decision {
        case .approved:
            let others = gate.missing.count > 1
            let once = "once every role has approved: \(gate.missing.joined(separator: ", "))"
            facts.append(.init(others ? once : "now", label: "It opens"))
            starts()
            if let button = gate.gate.button, sight.bridge.pipelines[button]?.latest?.value.state == .waiting {
                facts.append(
                    .init("the button of \(CleanText.line(button)): nobody has pressed it yet", label: "Also needed"))
            }
        case .refused:
            facts.append(.init("shut until that role approves", Face(.gateShut, "", .plain), label: "It stays"))
            facts += held.prefix(3).map { .init($0.step.title, label: "Cannot start") }
        case .overridden:
            facts += gate.needs.filter { !$0.isMet }.map {
                .init($0.why, Face(.need, "", .act), label: "Although not met")
            }
            starts()
            facts.append(.init("on every screen and in the report to the end", label: "The override stays"))
        }
        return facts
    }

    // MARK: Loose ends

    mutating func decide(looseEnd id: LooseEndID) {
        guard let end = sight.situation.looseEnds.first(where: { $0.id == id }) else {
            return say("\(id.text) is not open any more")
        }
        if case .hold(let server) = id { return decide(server: server) }
        var facts: [Draft.Fact] = [
            .init(
                "\(end.what), since \(sight.both(end.openedAt)), \(sight.age(end.openedAt)), by \(end.openedBy)",
                Face(.off, "", .off))
        ]
        let steps = end.closing.map { sight.runbook.steps[$0]?.title ?? $0 }
        facts.append(
            steps.isEmpty
                ? .init("no step ends it", Face(.need, "", .act))
                : .init("would close with \(steps.joined(separator: ", "))"))
        open(
            "Loose end \(CleanText.line(id.text))", facts,
            [choice("f", Face(.workaround, "forgive", .plain), "forgive", forgiving(id, facts))])
    }

    /// What forgives a loose end, with what is known of it.
    func forgiving(_ id: LooseEndID, _ facts: [Draft.Fact]) -> Draft {
        Draft(
            id.text, .looseEnd(LooseEndReport(state: .forgiven)), asks: .why(label: nil),
            words: "forgive \(CleanText.line(id.text))", verb: "forgive",
            follows: facts + [.init("it stays as it is, leaves the list, and is in the report with your name")])
    }

    // MARK: Servers

    mutating func decide(server name: String) {
        let (facts, choices) = rulings(on: name)
        guard let server = sight.situation.servers[name], server.isInRunbook else {
            guard !choices.isEmpty else {
                return say("\(CleanText.line(name)) is not in the runbook: nothing to decide")
            }
            return open("Server \(CleanText.line(name)), not in the runbook", facts, choices)
        }
        open("Server \(name)", facts, [hold(server)] + choices)
    }

    private func hold(_ server: ServerFacts) -> Menu.Choice {
        let wave = server.wave.flatMap { sight.situation.waves[$0] }
        func draft(_ state: HoldReport.State, _ verb: String, _ facts: [Draft.Fact]) -> Draft {
            Draft(
                server.name, .hold(HoldReport(state: state)), asks: state == .held ? .why(label: nil) : nil,
                words: "\(verb) \(server.name)", verb: verb, follows: facts)
        }
        guard !server.isHeld else {
            let count =
                wave.map { "wave \($0.id) counts \($0.counted.count + 1) of \($0.servers.count) again" }
                ?? "it counts again"
            return choice("r", Face(.good, "release", .plain), "release", draft(.released, "release", [.init(count)]))
        }
        let serving = server.pools.filter { $0.member?.value == .in }.map {
            sight.runbook.pools[$0.name]?.title ?? $0.name
        }
        let pools =
            serving.isEmpty
            ? Draft.Fact("it is in no pool")
            : .init("it must be out of every pool, and is in \(serving.joined(separator: ", "))", Face(.need, "", .act))
        let count =
            wave.map { "wave \($0.id) counts \($0.counted.count - 1) of \($0.servers.count), \(server.name) held" }
            ?? "it is in no wave"
        return choice(
            "h", Face(.off, "hold", .plain), "hold",
            draft(
                .held, "hold",
                [.init(count), pools, .init("it is a loose end until it is released", Face(.off, "", .off))]))
    }

    // MARK: The night

    mutating func openClose() {
        let bridge = sight.bridge
        guard bridge.state != .closed else { return say("the night is closed already") }
        let obstacles = sight.situation.closing.obstacles
        guard obstacles.isEmpty else {
            let facts = obstacles.map { Draft.Fact($0.text, Face(.need, "", .act)) }
            return open(
                "The night cannot be closed, \(obstacles.count) in the way", facts,
                [.init(key: "n", face: Face(.pending, "go back", .plain), value: "no")])
        }
        let with = sight.situation.closesWith
        let left = with.map { Draft.Fact("it closes with \($0)", Face(.need, "", .act)) }
        let draft = Draft(
            bridge.id, .bridge(BridgeReport(state: .closed, with: with)),
            words: "close the night", verb: "close",
            follows: left + [.init("the night has ended; what comes later is marked \"after the close\"")])
        pursue(draft)
    }
}
