import OrderedCollections

/// What the band says (docs/glossary.md, band). Each of its states has one function, which is silent where another has
/// to speak.
struct SentenceRule {
    let facts: SituationParts
    let boards: OrderedDictionary<String, BoardFacts>
    let looseEnds: [LooseEndFacts]
    let troubles: [Trouble]
    let divergences: [Divergence]
    let told: [HubTrouble]
    let spoken: Spoken
    /// The steps without children, in page order.
    let leaves: [StepFacts]
    /// Those of them that run.
    let running: [StepFacts]

    var bridge: Bridge { facts.bridge }
    var runbook: Runbook { facts.bridge.runbook }
    var steps: OrderedDictionary<String, StepFacts> { facts.steps }
    var now: Instant { facts.now }

    init(
        _ facts: SituationParts, boards: OrderedDictionary<String, BoardFacts>, looseEnds: [LooseEndFacts],
        troubles: [Trouble], divergences: [Divergence], told: [HubTrouble]
    ) {
        (self.facts, self.boards, self.looseEnds) = (facts, boards, looseEnds)
        (self.troubles, self.divergences, self.told) = (troubles, divergences, told)
        spoken = Spoken(facts.bridge)
        leaves = facts.steps.values.filter { !$0.isGroup }
        running = leaves.filter { $0.state == .running }
    }

    /// The sentence with its band: the first state that has something to say.
    func sentence() -> Sentence {
        if let unkept = unkept() ?? closed() ?? beforeLife() { return unkept }
        let matters = self.matters()
        let way = self.way(matters)
        return blocked(matters, way) ?? act(matters, way) ?? work(matters, way) ?? quiet(way)
    }

    // MARK: The five states

    /// Something failed, and the way on is shut by it.
    private func blocked(_ matters: [Matter], _ way: Way) -> Sentence? {
        guard let worst = way.needs ?? (isAtWork(way) ? nil : matters.first { $0.isFailure }), worst.isFailure else {
            return nil
        }
        return sentence(.blocked, worst, way, of: matters)
    }

    /// The way on needs a person.
    private func act(_ matters: [Matter], _ way: Way) -> Sentence? {
        if let needed = way.needs {
            // What is wrong for customers goes before a step that waits.
            let first = matters.first.flatMap {
                $0.rank == 1 && needed.rank != 1 && $0.subject != needed.subject ? $0 : nil
            }
            return sentence(.act, first ?? needed, way, of: matters)
        }
        guard !isAtWork(way) else { return nil }
        if let matter = matters.first { return sentence(.act, matter, way, of: matters) }
        return leaves.allSatisfy(\.state.isEnded) ? atTheEnd() : nil
    }

    /// Steps run; what needs a person beside them stands in the strip.
    private func work(_ matters: [Matter], _ way: Way) -> Sentence? {
        guard let words = WorkWords(self, way) else { return nil }
        let first = matters.first
        let strip = first?.strip(more: matters.count - 1)
        let next = way.next.map { next in words.next(next, self) } ?? ""
        let alone = words.forms(
            beside: first, more: max(matters.count - 1, 0), overrun: overrun, isAlone: true, next: next)
        let band = Band(
            state: .running, headlines: words.headlines, second: words.second(way.next, self),
            time: words.since.map { .since($0) },
            sentences: first == nil
                ? alone : words.forms(beside: nil, more: 0, overrun: overrun, isAlone: false, next: next),
            strip: strip, more: max(matters.count - 1, 0))
        return Sentence(
            forms: alone, on: first?.on ?? words.late,
            since: first?.since ?? words.since, subject: first?.subject ?? words.subject, band: band,
            changesAt: way.changesAt, wave: words.wave)
    }

    /// Nothing runs, and nobody is needed.
    private func quiet(_ way: Way) -> Sentence {
        let batch = closesNow
        func sentence(_ headlines: [Wording], _ forms: [Wording], second: Wording? = nil, until: Instant? = nil)
            -> Sentence
        {
            let band = Band(
                state: .quiet, headlines: headlines, second: second, time: until.map { .until($0) }, sentences: forms,
                strip: nil, more: 0)
            return Sentence(
                forms: forms, on: nil, since: nil, subject: way.next?.step.id,
                band: band, changesAt: way.changesAt)
        }
        guard let time = way.until else {
            return sentence(
                ["Nothing to do", "Quiet"], ["Nobody has to do anything.\(batch ?? "")", "Nobody has to do anything."])
        }
        // A wave that must run well for a while ends the quiet as well as a step's time.
        let next = way.next.flatMap { $0.planned == time ? $0 : nil }
        let doing = next.map { spoken.step(spoken.whole($0, steps).step).doing }
        let until: Wording = "Nobody has to do anything until \(doing.map { "\($0), at " } ?? "")\(time)."
        let approval = next.flatMap { approvalAhead(of: $0) }
        return sentence(
            ["Nothing to do until \(clock: time)", "Quiet until \(clock: time)"],
            [
                "\(until)\(batch ?? "")\(approval ?? "")\(overrun ?? "")", "\(until)\(batch ?? overrun ?? "")",
                "\(until)", "Nothing to do until \(clock: time).",
            ],
            second: next.map { "Then: \(spoken.step(spoken.whole($0, steps).step, isShort: true).doing)" }, until: time)
    }

    // MARK: What they share

    /// Whether work is under way.
    private func isAtWork(_ way: Way) -> Bool { !running.isEmpty || way.isBetween }

    /// The sentence that one matter is.
    func sentence(_ state: Band.State, _ matter: Matter, _ way: Way, of matters: [Matter]) -> Sentence {
        let held = held(by: matter, way)
        let name = held.map { held in
            (spoken.step(spoken.whole(held, steps).step, isShort: true), held.planned ?? steps[held.step.id]?.planned)
        }
        let all = Set((matters + [way.needs].compactMap { $0 }).map(\.subject))
        let more = all.subtracting([matter.subject]).count
        let forms = matter.forms(
            holding: name.map { (name: $0.0, planned: $0.1) }, more: more,
            tail: overrun ?? answersMissing(beside: matter) ?? "")
        return Sentence(
            forms: forms, usual: held == nil ? 0 : 1, on: matter.on, since: matter.since, subject: matter.subject,
            band: Band(
                state: state, headlines: matter.headlines, second: matter.second,
                time: matter.since.map { .since($0) }, sentences: forms, strip: nil, more: more),
            changesAt: way.changesAt)
    }

    /// Once every step has ended: which teams must answer, although something else comes first.
    private func answersMissing(beside matter: Matter) -> Wording? {
        guard leaves.allSatisfy(\.state.isEnded), let board = nextBoard, board.id != matter.subject else { return nil }
        return " \(words(on: board).must)."
    }

    /// That the night will end after its window.
    var overrun: Wording? {
        guard let over = facts.forecast.overrun, let closes = runbook.window.closes else { return nil }
        if now >= closes { return " The window closed \(age: closes) ago." }
        return " The night will end \(facts.forecast.end == nil ? "at least " : "")\(over.written) after its window."
    }

    /// That batch closes run, and nothing must be started beside them.
    private var closesNow: Wording? {
        guard let band = facts.batch.band(at: now), band.start <= now else { return nil }
        return " Batch closes run until \(band.end): start nothing before."
    }

    /// That somebody may approve what comes next already.
    private func approvalAhead(of next: StepFacts) -> Wording? {
        guard let gate = next.gate, gate.state == .ready else { return nil }
        return " \(gate.missing.compactMap { spoken.who($0) }.joined(separator: " and ")) may approve it already."
    }
}
