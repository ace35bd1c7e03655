import OrderedCollections

// Before the night counts, when nothing can be kept, and when all is done.
extension SentenceRule {
    func unkept() -> Sentence? {
        guard let unkept = told.first(where: { $0.kind == .unkept }) else { return nil }
        let who = "whoever looks after the hub"
        let what: Wording = "Nothing can be kept for \(age: unkept.since): \(unkept.text)"
        return single(
            .blocked, headlines: ["Nothing can be kept"], on: who, since: unkept.since, usual: 1,
            forms: [
                "\(what). Whoever looks after the hub must mend it; what is reported until then is not taken.",
                "\(what). Whoever looks after the hub must mend it.",
                "Nothing can be kept: whoever looks after the hub must mend it.",
            ])
    }

    func closed() -> Sentence? {
        guard bridge.state == .closed else { return nil }
        let summary = bridge.closed?.summary
        return single(
            .quiet, headlines: ["The night is closed", "Closed"], on: nil, since: nil,
            forms: summary.map { ["The night is closed, \($0).", "The night is closed."] } ?? ["The night is closed."])
    }

    /// A ruling, a signature, the lead's word: without them no step can start.
    func beforeLife() -> Sentence? {
        let open = bridge.openPairs
        if let first = open.first {
            let lead = bridge.lead
            let title = runbook.steps[first.step].map { spoken.step($0).doing } ?? first.step
            let count = open.count == 1 ? "1 step time" : "\(open.count) step times"
            let order: Wording = "settle \(count) before the night can start"
            return single(
                .act, headlines: ["Settle \(count)"], on: lead, since: bridge.openedAt, subject: first.id, usual: 1,
                forms: [
                    "\(spoken.must(lead, order)); the first is \(title): \(first.mismatch ?? "its two times differ").",
                    open.count == 1
                        ? "\(spoken.must(lead, order)): \(title)."
                        : "\(spoken.must(lead, order)); the first is \(title).",
                    "\(spoken.must(lead, order)).", "\(spoken.must(lead, "settle \(count)")).",
                ])
        }
        guard bridge.awaitsLive else { return nil }
        if let signature = signature(before: "the night can start") { return signature }
        let live: Wording = "Not live yet: \(spoken.must(bridge.lead, "go live").lowered)."
        let first = leaves.filter { $0.state == .planned && $0.time != nil }.min { $0.time! < $1.time! }
        let then: Wording =
            first.map { first in
                let name = spoken.step(first.step)
                let starts: Wording =
                    spoken.who(first.owner).map { "\($0) starts \(name.doing)" } ?? "\(name.doing) starts"
                let planned = first.time!
                return planned <= now
                    ? " Then \(starts), \(late: planned)." : " Then \(starts), at \(planned)."
            } ?? ""
        return single(
            .act, headlines: ["Go live"], on: bridge.lead, since: bridge.openedAt, forms: ["\(live)\(then)", live])
    }

    /// That somebody must sign the runbook before something can start.
    func signature(before what: Wording, subject: String? = nil) -> Sentence? {
        let missing = bridge.missingSignatures
        guard !missing.isEmpty else { return nil }
        let who = missing.map { spoken.who($0.name) ?? $0.name }.joined(separator: " and ")
        let text: Wording = bridge.amendment == nil ? "the runbook" : "the amended runbook"
        return single(
            .act, headlines: ["Sign \(text)"], on: who, since: bridge.amendment?.at ?? bridge.openedAt,
            subject: subject,
            forms: ["\(spoken.must(who, "sign \(text) before \(what)")).", "\(spoken.must(who, "sign \(text)"))."])
    }

    /// Every step has ended: then teams must answer, what is off must be ended, and the lead closes the night.
    func atTheEnd() -> Sentence {
        let end = leaves.compactMap(\.life.endedAt).max()
        if let board = nextBoard {
            let pending = boards.values.count { $0.checks.contains(where: \.isPending) }
            return answers(to: board, others: pending - 1, since: end)
        }
        if let worst = looseEnds.first { return stillOff(worst) }
        return single(
            .act, headlines: ["Close the night"], on: bridge.lead, since: end,
            forms: [
                "All steps are done, and nothing is off. \(spoken.must(bridge.lead, "close the night")).",
                "\(spoken.must(bridge.lead, "close the night")).",
            ])
    }

    /// The board that is due first of those on which an answer is wanted.
    var nextBoard: BoardFacts? {
        let pending = boards.values.filter { $0.checks.contains(where: \.isPending) }
        return pending.min { $0.due ?? .distantFuture < $1.due ?? .distantFuture }
    }

    /// Who must answer how many checks of a board, by when.
    func words(on board: BoardFacts) -> (who: String, checks: String, must: Wording) {
        let open = board.checks.count(where: \.isPending)
        let checks = open == 1 ? "1 more check" : "\(open) more checks"
        let teams = board.teams.values.filter { $0.checks.contains(where: \.isPending) }.map(\.title)
        let who = teams.count > 3 ? board.title : teams.together
        let by: Wording = board.due.map { due in due > now ? " by \(due)" : ", \(late: due)" } ?? ""
        return (who, checks, "\(spoken.must(who, "answer \(checks)"))\(by)")
    }

    private func answers(to board: BoardFacts, others: Int, since: Instant?) -> Sentence {
        let (who, checks, must) = words(on: board)
        let more: Wording =
            others == 0 ? "" : others == 1 ? " 1 more board is open." : " \(others) more boards are open."
        return single(
            .act, headlines: ["\(who): answer \(checks)", "Answer \(checks)"], on: who, since: since, subject: board.id,
            forms: [
                "All steps are done. \(must); the night stays open until then.\(more)",
                "All steps are done. \(must).\(more)", "\(must).", "\(spoken.must(who, "answer \(checks)")).",
            ])
    }

    private func stillOff(_ end: LooseEndFacts) -> Sentence {
        let words = spoken.looseEnd(end)
        let isOff: Wording = "\(words.what) \(words.isOff), now \(age: end.openedAt)"
        let closer = end.closing.first.flatMap { steps[$0] }
        let must = spoken.must(spoken.who(closer?.owner), "\(words.order)")
        let more: Wording =
            looseEnds.count == 1
            ? "" : looseEnds.count == 2 ? " 1 more thing is off." : " \(looseEnds.count - 1) more things are off."
        return single(
            .act, headlines: ["End \(words.kind)"], on: spoken.who(closer?.owner), since: end.openedAt,
            subject: end.id.text,
            forms: [
                "Work is finished, but \(isOff). \(must).\(more)", "\(isOff.capitalized). \(must).", "\(must).",
            ])
    }

    /// A sentence of one thing; what is on nobody says so.
    private func single(
        _ state: Band.State, headlines: [Wording], on: String?, since: Instant?, subject: String? = nil, usual: Int = 0,
        forms: [Wording]
    ) -> Sentence {
        let needed = state == .quiet ? nil : on ?? Spoken.nobody
        let more = troubles.prefix { $0.rank == 1 }.count { $0.kind != .unkept && $0.subject != subject }
        let band = Band(
            state: state, headlines: headlines, second: needed.map { Wording(stringLiteral: Spoken.line($0)) },
            time: since.map { .since($0) }, sentences: forms, strip: nil, more: more)
        return Sentence(
            forms: forms, usual: usual, on: needed, since: since, subject: subject, band: band, changesAt: nil)
    }
}
