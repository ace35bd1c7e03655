import OrderedCollections

/// How many servers of a wave are how far, axis by axis. A held server leaves the count openly.
package struct WaveFacts: Sendable {
    /// The wave's id.
    package let id: String
    /// All its servers, in the runbook's order.
    package let servers: [ServerFacts]
    /// Those of them that count: all that are not held.
    package let counted: [ServerFacts]

    init(_ wave: Runbook.Wave, _ all: OrderedDictionary<String, ServerFacts>) {
        id = wave.id
        servers = wave.servers.compactMap { all[$0] }
        counted = servers.filter { !$0.isHeld }
    }

    /// How many of those that count are as asked; whether a claim is fresh is for the caller to ask.
    func count(_ isSo: (ServerFacts) -> Bool) -> Int { counted.count(where: isSo) }

    /// How many have been patched, by fresh claims.
    package var installed: Int { count { $0.patch?.value == .installed && $0.patch?.counts == true } }
    /// How many are as they should be on every axis, by fresh claims.
    package var confirmed: Int { count { $0.rollup == .confirmed } }
}
