import OrderedCollections

// All that needs a person, whatever else goes on: troubles of the first rank, then what is of the second.
extension SentenceRule {
    /// Worst first, one for each subject.
    func matters() -> [Matter] {
        var all: [Matter] = []
        var seen: Set<String> = []
        func add(_ matter: Matter) {
            if seen.insert(matter.subject ?? "").inserted { all.append(matter) }
        }
        let first = troubles.prefix { $0.rank == 1 }
        var undone = self.undone()
        var together: Set<Trouble.Kind> = []
        for trouble in first {
            if trouble.kind == .undone {
                undone.forEach(add)
                undone = []
            }
            if trouble.kind == .patchInPool || trouble.kind == .unreachableYetServing {
                // Many servers in one plight are told together.
                guard together.insert(trouble.kind).inserted else { continue }
                let alike = first.filter { $0.kind == trouble.kind }
                if alike.count > 1 {
                    add(self.together(alike))
                    continue
                }
            }
            if var matter = matter(trouble) {
                matter.rank = 1
                add(matter)
            }
        }
        for step in leaves where step.state == .failed && step.life.failure == nil {
            // Whoever said that it failed has said what comes of it, unless something waits for it.
            let matter = failed(step)
            if leaves.contains(where: { $0.state == .planned && holds(matter, $0) }) { add(matter) }
        }
        for divergence in divergences where divergence.field != "button" { add(disputed(divergence)) }
        for role in bridge.missingSignatures where bridge.amendment != nil && !bridge.unsignedSteps.isEmpty {
            add(unsigned(role))
        }
        silent().forEach(add)
        heard().forEach(add)
        batch().forEach(add)
        if let offer = bridge.leadership.offer { add(offered(offer)) }
        return all
    }

    private func matter(_ trouble: Trouble) -> Matter? {
        /// What the trouble's own words say, and who must do what.
        func plain(
            _ who: String?, _ order: String, _ headline: String, _ cause: Matter.Cause = .other, isFailure: Bool = false
        ) -> Matter {
            let isLasting = [.unreachableYetServing, .patchInPool].contains(trouble.kind)
            let age: Wording = trouble.since.map { isLasting ? ", for \(age: $0)" : "" } ?? ""
            return Matter(
                what: "\(Spoken.line(trouble.text))\(age)", brief: "\(Spoken.line(trouble.text))",
                must: spoken.must(who, "\(order)"), headlines: [Wording(stringLiteral: headline)], who: person(who),
                since: trouble.since, subject: trouble.subject, cause: cause, isFailure: isFailure)
        }
        let name = bridge.index.names.short(trouble.subject)
        switch trouble.kind {
        case .unkept: return nil
        case .undone: return nil
        case .failed: return steps[trouble.subject].map { failed($0) }
        case .unreachableYetServing:
            return plain(nil, "take it out, or bring it back", "Take \(name) out", .server(trouble.subject))
        case .patchInPool: return plain(nil, "pull it out", "Pull \(name) out", .server(trouble.subject))
        case .secondBoot:
            return plain("the lead", "say whether it goes on", "Look after \(name)", .server(trouble.subject))
        case .heldWave: return held(trouble)
        case .capacity:
            let title = runbook.pools[trouble.subject]?.title ?? trouble.subject
            return plain(nil, "put servers back", "Put servers back in \(title)")
        case .heard: return plain(monitoring, "look at it", "Look at what was heard")
        case .pastGate: return plain("the lead", "stop it, or override the gate", "Stop it, or override")
        case .approvedThere: return plain("the lead", "say which holds", "Decide on gate \(trouble.subject)")
        case .recycle: return plain(nil, "restart what depends on it", "Restart what needs \(name)")
        case .missedSlot: return missed(trouble)
        case .batchGuard:
            let guardStep = runbook.batch?.needsStep.flatMap { steps[$0] }
            let order = guardStep.map { spoken.step($0.step).order } ?? "keep them clear"
            var matter = plain(spoken.who(guardStep?.owner), order, "Keep batch closes clear")
            matter.subject = guardStep?.step.id ?? trouble.subject
            return matter
        default: return plain("the lead", "decide", "Decide on \(name)")
        }
    }

    /// Several servers in one plight.
    private func together(_ troubles: [Trouble]) -> Matter {
        let names = troubles.map(\.subject)
        let (all, short) = (spoken.servers(names), spoken.servers(names, isShort: true))
        let since = troubles.compactMap(\.since).min()
        let isWork = troubles.first?.kind == .patchInPool
        let age: Wording = since.map { ", for \(age: $0)" } ?? ""
        let verb = isWork ? "Pull" : "Take"
        let plight = isWork ? "worked on while pools have them" : "unreachable, and still get customers"
        var matter = Matter(
            what: "\(all) are \(plight)\(age)",
            must: spoken.must(nil, isWork ? "pull them out" : "take them out, or bring them back"),
            headlines: ["\(verb) \(short) out", "\(verb) \(names.count) servers out"],
            who: nil, since: since, subject: names.first, cause: names.first.map { .server($0) } ?? .other)
        matter.rank = 1
        return matter
    }

    // MARK: Steps

    /// The steps that were done, and are no longer true; the same servers out of several pools are told once.
    private func undone() -> [Matter] {
        let all = leaves.filter { $0.undone != nil }.sorted { $0.undone!.since < $1.undone!.since }
        var told: [[String]] = []
        return all.compactMap { step in
            let names = out(of: step).compactMap(\.id.server)
            guard !names.isEmpty else { return undone(step, []) }
            guard !told.contains(names) else { return nil }
            told.append(names)
            return undone(step, all.filter { $0 !== step && out(of: $0).compactMap(\.id.server) == names })
        }
    }

    /// What a step had put back into a pool, and is out again.
    private func out(of step: StepFacts) -> [LooseEndFacts] {
        guard !step.step.closes.isEmpty else { return [] }
        return looseEnds.filter { end in
            end.isWatched && end.id.kind == "pool" && end.closing.contains(step.step.id)
                && step.life.ended.map { end.opened > $0 } ?? false
        }
    }

    private func undone(_ step: StepFacts, _ others: [StepFacts]) -> Matter? {
        guard let undone = step.undone else { return nil }
        let who = spoken.who(step.owner)
        let age: Wording = " \(age: undone.since) ago"
        let lasting: Wording = ", for \(age: undone.since)"
        let out = out(of: step)
        guard case .pool(_, let pool)? = out.first?.id else {
            let name = spoken.step(step.step)
            return Matter(
                what: "\(Spoken.line(undone.what))\(lasting)", must: spoken.must(who, "\(name.order) again"),
                headlines: headlines("\(name.order) again", "\(spoken.step(step.step, isShort: true).order) again"),
                who: who, since: undone.since, subject: step.step.id, cause: .step(step.step.id))
        }
        let names = out.compactMap(\.id.server)
        let it = names.count == 1 ? "it" : "them"
        let titles =
            [spoken.pool(pool)]
            + others.compactMap { other in
                if case .pool(_, let pool)? = self.out(of: other).first?.id { spoken.pool(pool) } else { nil }
            }
        let title = titles.together
        let short = spoken.servers(names, isShort: true)
        return Matter(
            what: "\(spoken.servers(names)) dropped out of \(title)\(age)",
            brief: "\(spoken.servers(names)) dropped out\(age)", must: spoken.must(who, "put \(it) back"),
            headlines: [
                "Put \(spoken.servers(names)) back in \(title)", "Put \(short) back in \(title)", "Put \(short) back",
            ], who: who, since: undone.since, subject: step.step.id, cause: .step(step.step.id))
    }

    /// A step that failed, by a run, a stage, a tool or a person.
    private func failed(_ step: StepFacts) -> Matter {
        let (name, short) = (spoken.step(step.step), spoken.step(step.step, isShort: true))
        let who = spoken.who(step.owner)
        let ended = step.life.endedAt
        let run = step.step.doneWhen.flatMap { $0.subject == .tests ? $0.id : nil } ?? step.step.tests
        let age: Wording = ended.map { " \(age: $0) ago" } ?? ""
        let doing: Wording = "\(name.doing)"
        if let test = run.flatMap({ facts.tests[$0] }), test.state == .failed || test.state == .interrupted,
            step.life.failure != nil
        {
            let count = "\(test.report?.failed ?? 0) of \(test.total.map(String.init) ?? "?")"
            let cases = (test.report?.failures ?? []).map { SentenceRule.spokenCase($0.name) }
            let names =
                cases.isEmpty ? "" : ": " + cases.listed(upTo: 2, of: max(cases.count, test.report?.failed ?? 0))
            let what: Wording =
                test.state == .failed
                ? "\(doing.capitalized) failed (\(count)\(names))"
                : "\(doing.capitalized) was interrupted at \(test.run) of \(test.total.map(String.init) ?? "?")"
            return Matter(
                what: what,
                brief: test.state == .failed ? "\(doing.capitalized) failed (\(count))" : nil,
                must: spoken.must(who, "rerun it clean"), mends: who.map { "\($0) reruns it clean" },
                headlines: [
                    test.state == .failed
                        ? "\(doing.capitalized) failed, \(count) tests" : "\(doing.capitalized) was interrupted",
                    "\(doing.capitalized) failed",
                ], who: who, since: ended, subject: step.step.id, cause: .step(step.step.id), isFailure: true)
        }
        let why = (step.life.failure ?? step.life.note).map { $0.isEmpty ? "" : ": \($0)" } ?? ""
        return Matter(
            what: "\(doing.capitalized) failed\(age)\(why)", brief: "\(doing.capitalized) failed\(age)",
            must: spoken.must(who, "do it again, or say what comes of it"),
            headlines: [
                "\(doing.capitalized) failed", ("\(short.doing)" as Wording).capitalized + " failed",
            ], who: who, since: ended, subject: step.step.id, cause: .step(step.step.id), isFailure: true)
    }

    /// A case as it is read aloud: `Shop.Pay` has a blank.
    static func spokenCase(_ name: String) -> String {
        var text = ""
        let characters = Array(name)
        for (place, character) in characters.enumerated() {
            let isBetween =
                character == "." && place > 0 && place + 1 < characters.count && characters[place - 1].isLetter
                && characters[place + 1].isLetter
            text.append(isBetween ? " " : character)
        }
        return text
    }

    /// Who that is: the lead by name.
    private func person(_ who: String?) -> String? { who == "the lead" ? bridge.lead : who }

    // MARK: Waves and servers

    private func held(_ trouble: Trouble) -> Matter? {
        guard let hold = bridge.waveHolds[trouble.subject] else { return nil }
        let who = runbook.lifters(of: trouble.subject)
        let name = spoken.wave(trouble.subject)
        let isByRule = hold.cause != nil
        let brief: Wording =
            isByRule ? "\(name) was stopped \(age: hold.at) ago" : "\(name) is held for \(age: hold.at)"
        return Matter(
            what: isByRule
                ? "\(brief): \(hold.reason)" : "\(name) is held by \(hold.by) for \(age: hold.at): \(hold.reason)",
            brief: brief,
            must: spoken.must(spoken.who(who), "say when it goes on"),
            headlines: headlines(
                "let \(name) go on, or not", "let \(spoken.wave(trouble.subject, isShort: true)) go on, or not"),
            who: person(spoken.who(who)), since: hold.at, subject: trouble.subject, cause: .wave(trouble.subject),
            isFailure: hold.cause != nil)
    }

    /// Claims that disagree: the lead decides.
    private func disputed(_ divergence: Divergence) -> Matter {
        if let test = facts.tests[divergence.subject], test.disagreement == nil, let flaky = test.report?.flaky {
            let cases = flaky == 1 ? "1 test was" : "\(flaky) tests were"
            return Matter(
                what: "\(test.title) passed only when \(cases) tried again", brief: nil,
                must: spoken.must("the lead", "say whether it counts"), headlines: ["Say whether \(test.title) counts"],
                who: bridge.lead, since: divergence.since, subject: divergence.subject, cause: .tests(test.id))
        }
        let isServer = runbook.servers[divergence.subject] != nil
        let name =
            isServer
            ? divergence.subject
            : runbook.steps[divergence.subject].map { spoken.step($0).doing }
                ?? runbook.title(ofSubject: divergence.subject)
        var words: [String] = []
        for side in divergence.sides {
            let said = divergence.field == "reach" && side.value == "ok" ? "up" : side.value
            let isAgain = words.first?.hasPrefix("one source says ") ?? false
            let claimant = claimant(of: side)
            words.append("\(isAgain && claimant == "one source" ? "one" : claimant) says \(said)")
        }
        let subject: Wording = isServer ? "\(name)" : ("\(name)" as Wording).capitalized
        let short = bridge.index.names.short(name)
        let cause: Matter.Cause =
            isServer
            ? .server(divergence.subject)
            : facts.tests[divergence.subject] != nil ? .tests(divergence.subject) : .step(divergence.subject)
        return Matter(
            what: "\(subject) is disputed: \(words.joined(separator: ", "))", brief: "\(subject) is disputed",
            must: spoken.must("the lead", "decide"),
            headlines: headlines("decide on \(name)", "decide on \(short)"), who: bridge.lead, since: divergence.since,
            subject: divergence.subject, cause: cause)
    }

    private func claimant(of side: Divergence.Side) -> String {
        if side.claimant.hasPrefix("step ") || side.entry == 0 && side.claimant == "runbook" { return "the plan" }
        if runbook.sources[side.claimant] != nil || side.by == side.claimant { return "one source" }
        return side.claimant
    }

    // MARK: Others

    private func unsigned(_ role: Role) -> Matter {
        let who = spoken.who(role.name)
        return Matter(
            what: nil, must: spoken.must(who, "sign the amended runbook"), headlines: ["Sign the amended runbook"],
            who: who, since: bridge.amendment?.at, subject: role.text)
    }

    /// Teams that have not answered in time.
    private func silent() -> [Matter] {
        boards.values.compactMap { board in
            let teams = board.teams.values.filter { $0.checks.contains(where: \.isProposedNoResponse) }
            guard !teams.isEmpty, let due = board.due else { return nil }
            let count = teams.count == 1 ? teams[0].title : "\(teams.count) teams"
            let names = teams.count == 1 ? "" : " (\(teams.map(\.title).listed()))"
            let have = teams.count == 1 ? "has" : "have"
            return Matter(
                what: "\(count)\(names) \(have) not answered, \(late: due)", brief: "\(count) \(have) not answered",
                must: spoken.must(monitoring, "ask again, or mark no response"),
                headlines: ["Ask \(count) again", "Ask again"], who: monitoring, since: due, subject: board.id)
        }
    }

    /// What was heard from outside, and alerts that fire, at which nobody has looked.
    private func heard() -> [Matter] {
        let (open, alerts) = (facts.heard.open, facts.heard.alerts)
        var all: [Matter] = []
        if let first = alerts.first {
            let more = alerts.count == 1 ? "An alert fires" : "\(alerts.count) alerts fire"
            let it = alerts.count == 1 ? "it" : "them"
            all.append(
                Matter(
                    what: "\(more), and nobody has looked for \(age: first.since): \(first.words)",
                    brief: "\(more): \(first.words)", must: spoken.must(monitoring, "look at \(it)"),
                    headlines: [alerts.count == 1 ? "Look at the alert" : "Look at \(alerts.count) alerts"],
                    who: monitoring, since: first.since, subject: first.name))
        }
        if let first = open.first, let last = open.last {
            let crowded = facts.heard.crowded.keys
            guard open.contains(where: { !crowded.contains($0.subject) }) else { return all }
            let count = open.count == 1 ? "1 thing was" : "\(open.count) things were"
            all.append(
                Matter(
                    what: "\(count) heard, and nobody has looked for \(age: first.at): \(CleanText.line(last.text))",
                    brief: "\(count) heard", must: spoken.must(monitoring, "look at it"),
                    headlines: ["Look at what was heard"], who: monitoring, since: first.at, subject: first.name))
        }
        return all
    }

    /// Batch closes that failed, and for which no rerun began in the next slot.
    private func missed(_ trouble: Trouble) -> Matter? {
        guard let missed = facts.batch.missed else { return nil }
        let count = missed.failed.count == 1 ? "1 batch close failed" : "\(missed.failed.count) batch closes failed"
        let order = missed.engage.map { "engage \($0)" } ?? "see to it"
        return Matter(
            what: "\(count), and the slot at \(missed.slot) was missed", brief: "\(count)",
            must: spoken.must(batchOwner, "\(order)"), headlines: headlines(order, order), who: batchOwner,
            since: trouble.since, subject: trouble.subject)
    }

    /// Batch closes that failed, for which the next slot is.
    private func batch() -> [Matter] {
        let failed = facts.batch.runs.filter { $0.fate == .failed && !$0.isDemo && !$0.isReplaced }
        guard facts.batch.missed == nil, let slot = facts.batch.nextSlot, let first = failed.first else { return [] }
        let count = failed.count == 1 ? "1 batch close failed" : "\(failed.count) batch closes failed"
        let it = failed.count == 1 ? "it" : "them"
        return [
            Matter(
                what: Wording(stringLiteral: count), brief: nil,
                must: spoken.must(batchOwner, "rerun \(it) in the slot at \(slot), in \(left: slot)"),
                headlines: ["Rerun \(failed.count == 1 ? "the batch close" : "\(failed.count) batch closes")"],
                who: batchOwner, since: first.at, subject: first.id)
        ]
    }

    private func offered(_ offer: Leadership.Offer) -> Matter {
        Matter(
            what: "\(offer.by) offered the lead to \(offer.user) \(age: offer.at) ago", brief: nil,
            must: spoken.must(offer.user, "accept it"), headlines: ["Accept the lead"], who: offer.user,
            since: offer.at, subject: "lead/\(offer.user)")
    }

    /// Who watches boards and alerts, where the runbook has somebody for it.
    private var monitoring: String? {
        let isGiven =
            runbook.access.contains { $0.role == .monitoring } || runbook.boards.values.contains { $0.by != nil }
        return isGiven ? spoken.who(Role.monitoring.text) : nil
    }

    /// The team whose check speaks of batch closes.
    private var batchOwner: String? {
        runbook.batch?.checks.first.flatMap { Runbook.TeamPath(of: $0) }.flatMap { runbook.team($0)?.title }
    }
}
