import OrderedCollections

/// One balancer's pool: how many of the servers that the runbook puts into it serve, how many of these can be believed,
/// and what an approval would leave.
package struct PoolFacts: Hashable, Sendable {
    /// What would be left if the servers that a gate's steps take out were out.
    package struct Leaving: Hashable, Sendable {
        /// The gate, by id.
        package let gate: String
        /// The wave that its steps take out, by id.
        package let wave: String
        /// How many would still be in service.
        package let left: Int
        /// How many more would be left, for all that is known.
        package let unknown: Int
    }

    /// The pool as the runbook has it.
    package let pool: Runbook.Pool
    /// How many servers the runbook puts into it, held ones left out.
    package let of: Int
    /// How many are in it by anybody's last word.
    package let serving: Int
    /// How many are in service: in every pool that the runbook lists for them, freshly, and not known to be
    /// unreachable.
    package let confirmed: Int
    /// How many more may be in service, because no fresh word says whether they are.
    package let unknown: Int
    /// What would be left, for each gate whose steps take a wave out of the pool and have not begun.
    package let leaving: [Leaving]
    /// The last entry on which the count rests.
    let entry: Int

    /// Whether fewer are in service than the runbook allows, whatever the silent ones would say; before anybody has
    /// reported on the pool nobody knows.
    package var isShort: Bool { entry > 0 && pool.minimum.map { confirmed + unknown < $0 } ?? false }
    /// Whether it is not known if as many are in service as the runbook asks for.
    package var isUnknown: Bool { entry > 0 && !isShort && pool.minimum.map { confirmed < $0 } ?? false }

    static func all(
        in bridge: Bridge, estate: EstateFacts, lives: OrderedDictionary<String, StepFacts.Life>
    ) -> OrderedDictionary<String, PoolFacts> {
        let runbook = bridge.runbook
        guard !runbook.pools.isEmpty else { return [:] }
        let taken = takenOut(estate.index, lives)
        return runbook.pools.mapValues { pool in
            let tally = estate.tallies[pool.name] ?? PoolTally()
            let leaving = taken.compactMap { gate, wave -> Leaving? in
                let out = estate.waves[wave]?.counted.filter { $0.isListed(in: pool.name) } ?? []
                return out.isEmpty
                    ? nil
                    : Leaving(
                        gate: gate, wave: wave, left: tally.confirmed - out.count(where: \.isInService),
                        unknown: tally.unknown - out.count(where: \.isServiceUnknown))
            }
            return PoolFacts(
                pool: pool, of: tally.of, serving: tally.serving, confirmed: tally.confirmed,
                unknown: tally.unknown, leaving: leaving, entry: tally.entry)
        }
    }

    /// The gates whose steps take a wave out of its pools, as long as none of them has begun.
    private static func takenOut(
        _ index: PlanIndex, _ lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [(gate: String, wave: String)] {
        var all: OrderedDictionary<String, String> = [:]
        for step in index.steps where !step.isGroup {
            guard let gate = step.gate, all[gate] == nil, lives.values[step.place].state == .planned,
                let wave = step.waveOut
            else { continue }
            all[gate] = wave
        }
        return all.map { ($0.key, $0.value) }
    }
}

/// What the servers of one pool come to, counted on as entries touch them.
struct PoolTally: Sendable {
    var of = 0
    var serving = 0
    var confirmed = 0
    var unknown = 0
    /// The last entry behind any of them.
    var entry = 0

    mutating func count(_ server: ServerFacts, in pool: String, by sign: Int) {
        of += sign
        if server.serves(in: pool) { serving += sign }
        if server.isInService { confirmed += sign }
        if server.isServiceUnknown { unknown += sign }
        if sign > 0 { entry = max(entry, server.entry(in: pool)) }
    }
}

extension ServerFacts {
    /// Whether the runbook puts it into a pool.
    fileprivate func isListed(in pool: String) -> Bool { pools.prefix(listedPools).contains { $0.name == pool } }

    /// The entry behind its place in a pool; 0 where nobody has said.
    func entry(in pool: String) -> Int { pools.first { $0.name == pool }?.member?.claim.entry ?? 0 }

    /// Whether it is in a pool by anybody's last word.
    func serves(in pool: String) -> Bool { pools.contains { $0.name == pool && $0.member?.value == .in } }
}

extension GateFacts {
    /// What must stay in service when a gate's steps take their wave out, as needs of the gate.
    static func capacity(_ gate: String, _ pools: OrderedDictionary<String, PoolFacts>) -> [NeedFacts] {
        pools.values.compactMap { facts in
            guard let minimum = facts.pool.minimum, let leaving = facts.leaving.first(where: { $0.gate == gate }) else {
                return nil
            }
            let isUnknown = leaving.left < minimum && leaving.left + leaving.unknown >= minimum
            let count = isUnknown ? "unknown how many, \(leaving.left) for certain," : "\(leaving.left)"
            let why = "\(facts.pool.title): \(count) in service with \(leaving.wave) out, minimum \(minimum)"
            return NeedFacts(
                need: Need(.pool, facts.pool.name, .is, "minimum \(minimum)"), isMet: leaving.left >= minimum, why: why,
                owner: nil, entry: facts.entry, moment: nil, against: nil)
        }
    }
}
