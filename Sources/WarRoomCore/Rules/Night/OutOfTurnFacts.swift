import OrderedCollections

// What a person may not say past a shut gate, and what needs a note because its turn has not come.
extension Situation {
    /// Why a person's word on a step is refused, whatever the reason: a gate is in the way, its own, or one before a
    /// step that must be done first. `nil`: none is.
    package func gateInTheWay(of id: String, _ state: StepReport.State) -> String? {
        guard begins(id, state), let facts = steps[id] else { return nil }
        if let wave = facts.heldWave, let hold = bridge.waveHolds[wave] {
            return
                "\(hold.words(wave, in: runbook)); \(runbook.lifters(of: wave)) lifts it (warroom release wave/\(wave))"
        }
        if let obstacle = facts.gate?.obstacle, let gate = facts.gate?.gate.id { return "gate \(gate) \(obstacle)" }
        if state != .started {
            // A group that is ended speaks of its steps.
            for leaf in runbook.leaves(of: id) where leaf.id != id {
                guard let facts = steps[leaf.id], facts.state == .planned, let gate = facts.gate,
                    let obstacle = gate.obstacle
                else { continue }
                return "gate \(gate.gate.id) \(obstacle)"
            }
        }
        var seen: Set<String> = []
        return gateBefore(facts, &seen)
    }

    private func gateBefore(_ facts: StepFacts, _ seen: inout Set<String>) -> String? {
        for id in facts.waitsFor where seen.insert(id).inserted {
            for leaf in [id] + runbook.leaves(of: id).map(\.id).filter({ $0 != id }) {
                guard let before = steps[leaf], before.state == .planned else { continue }
                if let gate = before.gate, let obstacle = gate.obstacle {
                    return "gate \(gate.gate.id) \(obstacle); \(before.step.title) is behind it"
                }
                if let found = gateBefore(before, &seen) { return found }
            }
        }
        return nil
    }

    /// Whether a person's word begins a step's work, or tells of work whose beginning nobody told.
    private func begins(_ id: String, _ state: StepReport.State) -> Bool {
        switch state {
        case .started: true
        case .done, .workaround: bridge.steps[id]?.person?.state != .started
        case .failed, .skipped, .notApplicable, .reset: false
        }
    }

    /// What is not so yet when a person reports on a step, in words; `nil`: its turn has come. `at`: when it was.
    package func outOfTurn(_ state: StepReport.State, of id: String, at: Instant) -> String? {
        guard begins(id, state), let facts = steps[id] else { return nil }
        guard state == .started ? facts.state != .running : facts.state == .planned || facts.isGroup else { return nil }
        var words: [String] = []
        if let time = facts.time, at < time { words.append("its time is \(runbook.zones.both(time))") }
        if let first = facts.waitsFor.first, let before = steps[first] {
            let more = facts.waitsFor.count > 1 ? ", and \(facts.waitsFor.count - 1) more before it" : ""
            words.append("\(before.step.title) is \(before.life.obstacle(in: runbook.zones.home.zone))\(more)")
        }
        let closes = facts.step.closes
        if !closes.isEmpty, closes.allSatisfy({ !wasOpened($0) }) {
            words.append("nothing of what it closes is off yet: \(closes.map(\.text).listed())")
        }
        if state != .started, facts.isGroup {
            let leaves = runbook.leaves(of: id)
            let open = leaves.filter { !(steps[$0.id]?.state.isEnded ?? false) }
            if !open.isEmpty {
                words.append(
                    "it passes over \(open.count) of its \(leaves.count) steps, which stay as they are: "
                        + open.map(\.title).listed())
            }
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// Whether a loose end is open, or has been: what a source has on again was off before.
    private func wasOpened(_ id: LooseEndID) -> Bool {
        if looseEnds.contains(where: { $0.id == id }) || bridge.looseEnds[id] != nil { return true }
        let index = bridge.index
        guard let named = index.looseEnds.numbers[id].map({ index.looseEnds.all[$0] }) else { return false }
        // Of what no step opens nobody knows whether it was off, where its source has it on.
        guard !named.openers.isEmpty else { return named.server != nil }
        return named.openers.contains { place in
            let state = steps[index.steps[place].step.id]?.state
            return state != .planned && state != .skipped && state != .notApplicable
        }
    }

    /// What is not so yet when a person marks a check, or a whole row, in words; `nil`: its turn has come.
    package func outOfTurn(_ mark: ReviewReport.Mark, on subject: String) -> String? {
        guard let row = Runbook.TeamPath(of: subject), let board = boards[row.board] else { return nil }
        switch mark {
        case .noResponse:
            guard let due = board.due, now < due else { return nil }
            return "\(board.title) is due \(runbook.zones.both(due))"
        case .ok:
            guard let check = board.teams[row.team]?.checks.first(where: { $0.path.text == subject }),
                !check.recheckAfter.isEmpty, check.recheckAfter.allSatisfy({ !hasHappened($0) })
            else { return nil }
            let names = check.recheckAfter.map { steps[$0]?.step.title ?? $0 }
            return "nothing of what it looks at has happened yet: \(names.listed())"
        case .issues, .pending: return nil
        }
    }

    /// Whether a step has ended, or the servers of a wave (`@ID`) have been worked on.
    private func hasHappened(_ subject: String) -> Bool {
        guard subject.hasPrefix("@") else { return steps[subject]?.state.isEnded ?? true }
        guard let wave = waves[String(subject.dropFirst())] else { return true }
        let opens = runbook.window.opens ?? .distantPast
        return wave.servers.contains { server in
            if let patch = server.patch?.value, patch != .pending { return true }
            if let reboot = server.reboot?.value, reboot == .rebooting || reboot == .up { return true }
            return server.bootedAt.map { $0 >= opens } ?? false
        }
    }
}
