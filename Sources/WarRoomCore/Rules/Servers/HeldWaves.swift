import OrderedCollections

extension WaveHold {
    /// Who holds a wave since when and why, and who may lift it, as the end of a sentence.
    func words(_ wave: String, in runbook: Runbook) -> String {
        let since = runbook.zones.home.zone.local(at)
        return "wave \(wave) is held by \(by) since \(since.day3) \(since.clock), \(reason)"
    }
}

extension Runbook {
    /// The roles that may lift a hold of a wave, in words.
    func lifters(of wave: String) -> String {
        (waves[wave]?.lift ?? [.lead]).map { role in
            if case .approver(let name) = role { name } else { role.text }
        }.joined(separator: ", ")
    }
}

extension PlanIndex {
    /// The steps that may not start while waves are held, by place, each with the wave: those that work on it, and all
    /// that comes after one of them or has a gate with a need on it.
    func held(by holds: OrderedDictionary<String, WaveHold>) -> [Int: String] {
        guard !holds.isEmpty else { return [:] }
        var held: [Int: String] = [:]
        for wave in holds.keys {
            var behind = Set(steps.filter { works($0, on: wave) }.map(\.place))
            var isGrowing = true
            while isGrowing {
                isGrowing = false
                for place in steps.indices where !behind.contains(place) {
                    guard before[place].contains(where: behind.contains) else { continue }
                    behind.insert(place)
                    isGrowing = true
                }
            }
            for place in behind where held[place] == nil { held[place] = wave }
        }
        return held
    }

    private func works(_ step: PlannedStep, on wave: String) -> Bool {
        guard !step.isGroup, let servers = runbook.waves[wave]?.servers else { return false }
        if step.step.wave == wave || step.waveOut == wave { return true }
        if let server = step.step.server, servers.contains(server) { return true }
        if let need = step.step.doneWhen {
            if need.subject == .wave, need.id == wave { return true }
            if need.subject == .server, servers.contains(need.id) { return true }
        }
        let gate = step.gate.flatMap { runbook.gates[$0] }
        return gate?.needs.contains { $0.subject == .wave && $0.id == wave } ?? false
    }
}
