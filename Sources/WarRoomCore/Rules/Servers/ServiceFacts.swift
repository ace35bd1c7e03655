import OrderedCollections

/// How many of the servers that the runbook puts into pools are in service: in every one of them, freshly, and not
/// known to be unreachable. A held server is in no count.
package struct ServiceFacts: Hashable, Sendable {
    /// How many are in service.
    package let inService: Int
    /// How many the runbook puts into any pool, held ones left out.
    package let of: Int
    /// Whether anybody has reported on a pool; before that nobody knows, and none in service says nothing.
    package let isKnown: Bool
    /// Whether more serve by the last word of their sources, which are silent or disagree: then the count is in doubt.
    package let isInDoubt: Bool

    /// How many more may be in service, because no fresh word says whether they are.
    package let unknown: Int

    init(_ estate: EstateFacts, pools: OrderedDictionary<String, PoolFacts>) {
        (of, inService) = (estate.service.of, estate.service.confirmed)
        isInDoubt = estate.service.serving > estate.service.confirmed
        unknown = estate.service.unknown
        isKnown = pools.values.contains { $0.entry > 0 }
    }
}

/// The pools, and the servers of all of them.
struct PoolsInService: Equatable {
    let both: (pools: OrderedDictionary<String, PoolFacts>, service: ServiceFacts)

    init(_ pools: OrderedDictionary<String, PoolFacts>, _ service: ServiceFacts) { both = (pools, service) }

    static func == (one: PoolsInService, other: PoolsInService) -> Bool { one.both == other.both }
}
