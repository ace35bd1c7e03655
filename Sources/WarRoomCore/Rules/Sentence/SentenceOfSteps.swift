// What is to be said of a step that waits for somebody.
extension SentenceRule {
    /// A step that somebody must start.
    func start(_ step: StepFacts) -> Matter {
        let meant = spoken.whole(step, steps)
        let (name, short) = (spoken.step(meant.step), spoken.step(meant.step, isShort: true))
        let who = spoken.who(meant.owner ?? step.owner)
        let late = late(step)
        return Matter(
            what: nil, must: spoken.must(who, "\(name.order)\(late)"), headlines: headlines(name.head, short.head),
            who: who, since: [step.planned, turn(of: step)].compactMap { $0 }.max(), subject: step.step.id,
            cause: .step(step.step.id))
    }

    /// A step whose gate waits for an approval alone.
    func approve(_ step: StepFacts, _ gate: GateFacts) -> Matter {
        let short = spoken.step(spoken.whole(step, steps).step, isShort: true)
        let who = gate.missing.compactMap { spoken.who($0) }.joined(separator: " and ")
        let late = late(step)
        let since = [step.planned, turn(of: step)] + gate.needs.map(\.since)
        return Matter(
            what: "Everything for \(short.doing) is in place", brief: nil,
            must: spoken.must(who, "approve it\(late)"), headlines: ["Approve \(short.doing)"], who: who,
            since: since.compactMap { $0 }.max(), subject: step.step.id)
    }

    /// A step that is not as it was signed.
    func unsigned(_ step: StepFacts) -> Matter? {
        let missing = bridge.missingSignatures
        guard !missing.isEmpty else { return nil }
        let who = missing.map { spoken.who($0.name) ?? $0.name }.joined(separator: " and ")
        let name = spoken.step(step.step, isShort: true)
        let text = bridge.amendment == nil ? "the runbook" : "the amended runbook"
        return Matter(
            what: nil, must: spoken.must(who, "sign \(text) before \(name.doing) can start"),
            headlines: ["Sign \(text)", "Sign it"], who: who, since: bridge.amendment?.at ?? bridge.openedAt,
            subject: step.step.id)
    }

    /// A need of a step's gate that no open step makes true.
    func need(_ need: NeedFacts, of step: StepFacts) -> Matter {
        let name = spoken.step(spoken.whole(step, steps).step, isShort: true)
        let who = spoken.who(need.owner)
        let since = [step.planned, turn(of: step), need.since].compactMap { $0 }.max()
        if need.need.subject == .looseEnds, let first = looseEnds.first {
            let words = spoken.looseEnd(first)
            let isOne = looseEnds.count == 1
            let others = isOne ? "" : " and \(looseEnds.count - 1) more"
            let isLast = leaves.allSatisfy { $0.state.isEnded || $0 === step }
            let order = isOne ? "have it ended, or leave it as it is" : "have them ended, or leave them as they are"
            return Matter(
                what: isLast
                    ? "All steps but \(name.doing) are done" : ("\(name.doing) cannot start" as Wording).capitalized,
                must: "It waits for \(words.kind)\(others): the lead must \(order)",
                headlines: ["End \(words.kind)\(others), or leave it", "End \(words.kind), or leave it"],
                who: bridge.lead,
                since: first.openedAt, subject: step.step.id)
        }
        return Matter(
            what: "\(need.why.prefix(1).uppercased() + need.why.dropFirst())",
            must: spoken.must(who, need.need.subject == .tests ? "have it run again" : "see to it"),
            headlines: ["Open the way for \(name.doing)", "Free \(name.doing)"], who: who, since: since,
            subject: step.step.id + "/gate")
    }

    /// How late it is; of one without a time for how long it has been its turn.
    private func late(_ step: StepFacts) -> Wording {
        if let planned = step.planned { return ", \(late: planned)" }
        return turn(of: step).map { ", ready for \(age: $0)" } ?? ""
    }

    /// Orders as headlines begin.
    func headlines(_ order: String, _ short: String) -> [Wording] {
        let all = order == short ? [short] : [order, short]
        return all.map { Wording(stringLiteral: $0.prefix(1).uppercased() + $0.dropFirst()) }
    }
}
