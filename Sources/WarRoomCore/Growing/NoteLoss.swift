import OrderedCollections

extension Bridge {
    /// The steps that evidence alone has ended and that an entry may undo: few, and mostly none.
    private func stepsAtRisk(_ entry: Entry) -> [String] {
        func doneBy(_ isMeant: (Need) -> Bool) -> [String] {
            runbook.steps.values.filter { step in
                step.doneWhen.map(isMeant) ?? false && (steps[step.id]?.person.map { $0.state == .reset } ?? true)
            }.map(\.id)
        }
        switch entry.event.body {
        case .server(let report):
            let name = runbook.serverName(for: entry.event.subject) ?? entry.event.subject
            guard let record = servers[name]?.value else { return [] }
            let gone = record.worsened(by: report, from: entry.event.source)
            if gone.isEmpty { return [] }
            return doneBy { need in
                guard gone.contains(where: { $0.predicate == need.predicate && $0.value == need.value }) else {
                    return false
                }
                switch need.subject {
                case .wave: return runbook.waves[need.id]?.servers.contains(name) ?? false
                case .server: return need.id == name
                case .pool: return runbook.servers[name] != nil && record.pools[need.id] != nil
                default: return false
                }
            }
        case .tests(let report) where report.state == .failed || report.state == .interrupted:
            guard tests[entry.event.subject]?.latest?.value.state == .passed else { return [] }
            return doneBy { $0.subject == .tests && $0.id == entry.event.subject }
        case .pipeline(let report) where report.state == .failed || report.state == .canceled:
            guard pipelines[entry.event.subject]?.latest?.value.state == .succeeded else { return [] }
            return doneBy { $0.subject == .pipeline && $0.id == entry.event.subject }
        case .tests, .pipeline, .bridge, .step, .review, .check, .hold, .approval, .batch, .alert, .message, .looseEnd,
            .ruling, .lead, .substitute, .heard, .looked, .signature, .note, .source, .clock, .refusal:
            return []
        }
    }

    /// The lives of these steps before the entry; nearly every entry risks none.
    func risked(by entry: Entry) -> [String: StepFacts.Life] {
        let ids = stepsAtRisk(entry)
        guard !ids.isEmpty else { return [:] }
        return lives(of: ids, now: entry.receivedAt).filter { $0.value.state == .done && $0.value.undone == nil }
    }

    /// Keeps the times of the steps that were done by evidence before an entry, and are not after it.
    mutating func noteLoss(of risked: [String: StepFacts.Life], by entry: Entry) {
        let now = lives(of: Array(risked.keys), now: entry.receivedAt)
        for (id, life) in risked where now[id]?.state != .done || now[id]?.undone != nil {
            steps[id, default: StepRecord()].lost = Lost(
                at: entry.at, by: entry.event.source, entry: entry.number, began: life.began,
                ended: life.ended)
        }
    }

    /// The lives of some steps. Where all of them rest on a few servers alone, as after nearly every such entry, only
    /// these servers are asked. A step that closes a loose end, or is done by a run that must come after other steps,
    /// needs the whole night.
    private func lives(of ids: [String], now: Instant) -> [String: StepFacts.Life] {
        let asked = ids.compactMap { runbook.steps[$0] }
        let isSimple = asked.allSatisfy { step in
            guard let subject = step.doneWhen?.subject else { return false }
            return step.closes.isEmpty && step.children.isEmpty
                && (subject == .wave || subject == .server || subject == .pool)
        }
        var lives: [String: StepFacts.Life] = [:]
        guard isSimple else {
            let all = Situation(self, now: now).steps
            for id in ids { lives[id] = all[id]?.life }
            return lives
        }
        var evidence = evidence(on: asked.compactMap(\.doneWhen))
        for id in ids { lives[id] = evidence.life(of: id) }
        return lives
    }

    /// The evidence of the servers that some needs are on, and of no other.
    private func evidence(on needs: [Need]) -> Evidence {
        let index = index
        var facts: OrderedDictionary<String, ServerFacts> = [:]
        var waves: OrderedDictionary<String, WaveFacts> = [:]
        func take(_ name: String) { if facts[name] == nil { facts[name] = ServerFacts(name, in: self, index) } }
        for need in needs {
            switch need.subject {
            case .wave:
                guard let wave = runbook.waves[need.id] else { continue }
                wave.servers.forEach(take)
                waves[wave.id] = WaveFacts(wave, facts)
            case .pool:
                for server in runbook.servers.values
                where server.pools.contains(need.id) || servers[server.name]?.value.pools[need.id] != nil {
                    take(server.name)
                }
            default: take(need.id)
            }
        }
        return Evidence(self, index: index, servers: facts, waves: waves)
    }
}

extension ServerRecord {
    /// The values that a claimant had said and now takes back by saying something else.
    fileprivate func worsened(by report: ServerReport, from claimant: String) -> [(
        predicate: Need.Predicate, value: String
    )] {
        var gone: [(predicate: Need.Predicate, value: String)] = []
        func compare<Value: RawRepresentable<String>>(
            _ predicate: Need.Predicate, _ claims: Claims<Value>?, _ new: Value?
        ) {
            guard let new, let last = claims?.of(claimant)?.value, last != new else { return }
            gone.append((predicate, last.rawValue))
        }
        compare(.patch, patch, report.patch)
        compare(.reboot, reboot, report.reboot)
        compare(.verify, verify, report.verify)
        compare(.reach, reach, report.reach)
        compare(.alerts, alerts, report.alerts)
        for (pool, membership) in report.pools { compare(.pools, pools[pool], membership) }
        return gone.filter { !["pending", "running", "rebooting", "unknown"].contains($0.value) }
    }
}
