import OrderedCollections
import WarRoomCore

/// Where claims disagree, a person rules, by name: the claims side by side with both times, a key for each value, a
/// reason, and a confirmation that tells them all once more.
extension Press {
    // MARK: Where it is seen

    mutating func decide(step id: String) {
        let (facts, choices) = rulings(on: id)
        if !choices.isEmpty {
            return open("Claims that disagree, \(sight.situation.steps[id]?.step.title ?? id)", facts, choices)
        }
        if let pair = sight.bridge.openPairs.first(where: { $0.step == id }) { return decide(pair: pair.id) }
        if sight.situation.steps[id]?.undone != nil { return decide(undone: id) }
        guard let gate = sight.situation.steps[id]?.gate else {
            return say("no gate stands before this step: s reports on it")
        }
        decide(gate: gate.gate.id)
    }

    mutating func decide(test id: String) {
        let (facts, choices) = rulings(on: id)
        guard choices.isEmpty else {
            let test = sight.situation.tests[id]
            let what = test?.state == .passed ? "passed after a retry" : "claims disagree"
            return open("\(test?.title ?? id), \(what)", facts, choices)
        }
        guard let test = sight.situation.tests[id] else { return say("\(CleanText.line(id)) is not in the runbook") }
        say("nothing to rule on \(test.title): \(test.why ?? test.word)")
    }

    mutating func decide(trouble kind: Trouble.Kind, _ name: String) {
        switch kind {
        case .unreachableYetServing, .patchInPool, .secondBoot: decide(server: name)
        case .heldWave: decide(wave: name)
        case .version: say("nothing to rule: it ends when the servers of the wave run one version")
        case .divergence, .clock: decide(divergence: name)
        case .unkept: say("nothing to rule: it ends when the journal can be written again; 'hub.log' says more")
        case .callers: say("nothing to rule: it ends when some of those who are connected leave")
        case .disk: say("nothing to rule: it ends when the journal's disk is as it should be")
        case .pair: decide(pair: name)
        case .unsigned:
            let role = Role(name)?.name ?? name
            say("nothing to rule: 'warroom sign --as \(CleanText.line(role))' signs the runbook")
        case .approvedThere: decide(gate: name)
        case .undone: decide(undone: name)
        case .heard: look(atAllOn: name)
        case .failed: say("nothing to rule: a new run ends it, or s says what comes of the step")
        case .outOfTurn: say("nothing to rule: it stays until the close, u takes the word back")
        case .pastGate:
            guard let gate = sight.situation.steps[name]?.gate else {
                return say("nothing to decide: Enter shows all of it")
            }
            decide(gate: gate.gate.id)
        case .capacity: say("nothing to rule: it ends when enough servers are back in the pool, Enter shows who serves")
        case .recycle: say("nothing to rule: it ends when the services of \(CleanText.line(name)) have started again")
        case .overrun: say("nothing to rule: it ends when the forecast does, Enter shows the step that causes it")
        case .missedSlot, .batchGuard: say("nothing to rule: it ends with the batch close or its step, Enter shows it")
        case .fourEyes: say("nothing to rule: it stays while the override does, Enter shows the gate")
        case .leadTakenBack: say("nothing to rule: it stays to the end of the night, H is the page of the lead")
        case .source where name == "runbook" && sight.runbook.sources[name] == nil:
            say("'warroom amend --reason TEXT' takes the runbook on disk, with --dry-run it shows what is different")
        case .source: say("nothing to rule: it ends when the source \(CleanText.line(name)) is heard again")
        case .hole: say("nothing to rule: it is mended in the runbook, Enter shows where")
        }
    }

    private mutating func decide(divergence id: String) {
        guard let divergence = sight.situation.divergences.first(where: { $0.id == id }) else {
            return say("\(CleanText.line(id)): the claims agree again")
        }
        let (facts, choices) = rulings([divergence])
        open("Claims that disagree, \(CleanText.line(id))", facts, choices)
    }

    /// A step that was done and is no longer. Its source may be wrong, or the thing may stay as it is; else only work
    /// helps.
    private mutating func decide(undone id: String) {
        guard let step = sight.situation.steps[id], let undone = step.undone else {
            return say("\(id) is as it should be again")
        }
        let facts = [
            Draft.Fact(
                "\(undone.what), says \(undone.by), since \(sight.both(undone.since)), \(sight.age(undone.since))",
                Face(.need, "", .act))
        ]
        let again = sight.situation.looseEnds.filter { end in
            end.isWatched && end.closing.contains(id) && step.life.endedAt.map { end.openedAt > $0 } ?? false
        }
        var choices = zip("123456789", again).map { key, end in
            choice(
                key, Face(.workaround, "forgive \(CleanText.line(end.id.text))", .plain), "forgive \(end.id.text)",
                forgiving(end.id, facts))
        }
        if choices.isEmpty, step.step.doneWhen != nil, let person = sight.bridge.steps[id]?.person,
            person.state == .done || person.state == .workaround
        {
            let said = Draft.Fact(
                "\(person.state.rawValue), says \(person.by), since \(sight.both(person.at)), \(sight.age(person.at))",
                Face(.divergence, "", .doubt))
            let draft = ruling("\(id)/state", person.state.rawValue, as: person.by, facts + [said])
            choices = [
                choice(
                    "1", Face(.divergence, "rule state: \(person.state.rawValue), as \(person.by) says", .plain),
                    "rule state \(person.state.rawValue)", draft)
            ]
        }
        guard !choices.isEmpty else {
            return say(
                "nothing to rule: \(step.step.title) is done again when \(CleanText.line(undone.by)) says so, s "
                    + "reports on it"
            )
        }
        open("Dropped out, \(step.step.title)", facts, choices)
    }

    /// A written pair of times: what each half comes to.
    private mutating func decide(pair id: String) {
        guard let pair = sight.bridge.pairs.first(where: { $0.pair.id == id })?.pair else {
            return say("\(CleanText.line(id)) is not in the runbook")
        }
        let title = sight.runbook.steps[pair.step]?.title ?? pair.step
        let facts = [
            Draft.Fact("the page says \(pair.text)"),
            .init(pair.mismatch ?? "its times are one", Face(.need, "", .act)),
        ]
        let choices = zip("123", pair.choices).compactMap { key, one -> Menu.Choice? in
            guard let instant = pair.instant(one) else { return nil }
            let draft = Draft(
                id, .ruling(RulingReport(value: one.rawValue, reason: "")), asks: .why(label: nil),
                words: "rule \(id) \(one.rawValue)",
                follows: facts + [
                    .init("\(title) is planned for \(sight.both(instant))", Face(.divergence, "", .plain))
                ])
            return choice(
                key, Face(.divergence, "rule \(one.rawValue): \(sight.both(instant))", .plain), "rule \(one.rawValue)",
                draft)
        }
        guard !choices.isEmpty else { return say("\(id) needs no ruling: its times are one") }
        open("A time of the page, \(title)", facts, choices)
    }

    // MARK: The rulings

    /// The claims about one thing side by side, and a ruling for each value.
    func rulings(on subject: String) -> ([Draft.Fact], [Menu.Choice]) {
        rulings(sight.situation.divergences.filter { $0.subject == subject })
    }

    private func rulings(_ divergences: [Divergence]) -> ([Draft.Fact], [Menu.Choice]) {
        var facts: [Draft.Fact] = []
        var choices: [Menu.Choice] = []
        var keys = Array("123456789")[...]
        for divergence in divergences {
            let claims = claims(of: divergence)
            facts += claims
            for value in divergence.values {
                guard let key = keys.popFirst() else { continue }
                let sayers = divergence.sides.filter { $0.value == value }.map { CleanText.line($0.claimant) }.joined(
                    separator: ", ")
                let word = "rule \(divergence.field) \(value)"
                choices.append(
                    choice(
                        key, Face(.divergence, "rule \(divergence.field): \(value), as \(sayers) says", .plain), word,
                        ruling(divergence.id, value, as: sayers, claims)))
            }
        }
        return (facts, choices)
    }

    /// The claims: who says what, since when.
    private func claims(of divergence: Divergence) -> [Draft.Fact] {
        divergence.sides.map { side in
            let since = side.since.map { ", since \(sight.both($0)), \(sight.age($0))" } ?? ""
            return Draft.Fact(
                "\(divergence.field): \(side.value), says \(CleanText.line(side.claimant))\(since)",
                Face(.divergence, "", .doubt))
        }
    }

    private func ruling(_ id: String, _ value: String, as sayers: String, _ claims: [Draft.Fact]) -> Draft {
        Draft(
            id, .ruling(RulingReport(value: value, reason: "")), asks: .why(label: nil),
            words: "rule \(CleanText.line(id)) \(value)",
            follows: claims + [
                .init("\(value) counts, as \(sayers) says", Face(.divergence, "", .plain)),
                .init("until one of the claims changes: then it is open again"),
            ])
    }
}
