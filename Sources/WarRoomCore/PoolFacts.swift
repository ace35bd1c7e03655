import OrderedCollections

/// One balancer's pool (N-11): how many of the servers that the runbook puts into it serve, how many of these can be
/// believed, and what an approval would leave.
public struct PoolFacts: Sendable {
    /// What would be left if the servers that a gate's steps take out were out.
    public struct Leaving: Hashable, Sendable {
        public let gate: String
        public let wave: String
        public let left: Int
    }

    public let pool: Runbook.Pool
    /// How many servers the runbook puts into it, the held ones left out.
    public let of: Int
    /// How many are in it by anybody's last word.
    public let serving: Int
    /// How many are in service: in every pool that the runbook lists for them, freshly, and not known to be unreachable.
    public let confirmed: Int
    /// For each gate whose steps take a wave out of it, and have not yet begun.
    public let leaving: [Leaving]
    /// The last entry on which the count rests.
    let entry: Int

    /// Whether fewer are in service than the runbook allows; before anybody has reported on the pool nobody knows.
    public var isShort: Bool { entry > 0 && pool.minimum.map { confirmed < $0 } ?? false }

    static func all(
        in bridge: Bridge, servers: OrderedDictionary<String, ServerFacts>, lives: OrderedDictionary<String, StepFacts.Life>
    ) -> OrderedDictionary<String, PoolFacts> {
        let runbook = bridge.runbook
        guard !runbook.pools.isEmpty else { return [:] }
        var listed: [String: [ServerFacts]] = [:]
        for server in servers.values where server.isInRunbook && !server.isHeld {
            for name in runbook.servers[server.name]?.pools ?? [] { listed[name, default: []].append(server) }
        }
        let taken = takenOut(in: runbook, lives)
        return runbook.pools.mapValues { pool in
            let members = listed[pool.name] ?? []
            let inService = members.filter(\.isInService)
            let leaving = taken.compactMap { gate, wave -> Leaving? in
                let out = Set(runbook.waves[wave]?.servers ?? [])
                guard members.contains(where: { out.contains($0.name) }) else { return nil }
                return Leaving(gate: gate, wave: wave, left: inService.count { !out.contains($0.name) })
            }
            let entries = members.flatMap { server in
                server.pools.filter { $0.name == pool.name }.compactMap { $0.member?.claim.entry }
            }
            return PoolFacts(
                pool: pool, of: members.count, serving: members.count { $0.serves(in: pool.name) },
                confirmed: inService.count, leaving: leaving, entry: entries.max() ?? 0)
        }
    }

    /// The gates whose steps take a wave out of its pools, as long as none of them has begun.
    private static func takenOut(
        in runbook: Runbook, _ lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [(gate: String, wave: String)] {
        var all: OrderedDictionary<String, String> = [:]
        for step in runbook.steps.values where step.children.isEmpty {
            guard lives[step.id]?.state == .planned, let gate = runbook.gate(of: step)?.id, all[gate] == nil,
                let wave = runbook.waveTakenOut(by: step)
            else { continue }
            all[gate] = wave
        }
        return all.map { ($0.key, $0.value) }
    }
}

extension Runbook {
    /// The wave that a step takes out of service: it patches or restarts it, or pulls it out of a pool.
    func waveTakenOut(by step: Step) -> String? {
        if let need = step.doneWhen, need.subject == .wave, need.predicate == .patch || need.predicate == .reboot {
            return need.id
        }
        guard let opened = step.opens.first(where: { $0.hasPrefix("pool/") }) else { return nil }
        let parts = opened.split(separator: "/", maxSplits: 2).map(String.init)
        return waves.values.first { $0.servers.contains(parts[1]) }?.id
    }
}

extension ServerFacts {
    /// Whether it is in a pool by anybody's last word.
    func serves(in pool: String) -> Bool { pools.contains { $0.name == pool && $0.member?.value == .in } }
}

extension GateFacts {
    /// What must stay in service when a gate's steps take their wave out, as needs of the gate.
    static func capacity(_ gate: String, _ pools: OrderedDictionary<String, PoolFacts>) -> [NeedFacts] {
        pools.values.compactMap { facts in
            guard let minimum = facts.pool.minimum, let leaving = facts.leaving.first(where: { $0.gate == gate }) else { return nil }
            let why = "\(facts.pool.title): \(leaving.left) in service with \(leaving.wave) out, minimum \(minimum)"
            return NeedFacts(
                need: Need(.pool, facts.pool.name, .is, "minimum \(minimum)"), isMet: leaving.left >= minimum, why: why,
                since: nil, owner: nil, entry: facts.entry, against: nil)
        }
    }
}
