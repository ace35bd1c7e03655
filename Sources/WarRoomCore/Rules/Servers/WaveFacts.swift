import OrderedCollections

/// A wave's k of n, axis by axis; a held server leaves n openly.
package struct WaveFacts: Sendable {
    package let id: String
    /// All its servers, in the runbook's order.
    package let servers: [ServerFacts]
    /// Those that count: not held.
    package let counted: [ServerFacts]

    init(_ wave: Runbook.Wave, _ all: OrderedDictionary<String, ServerFacts>) {
        id = wave.id
        servers = wave.servers.compactMap { all[$0] }
        counted = servers.filter { !$0.isHeld }
    }

    /// How many of those that count are as asked, freshly.
    func count(_ isSo: (ServerFacts) -> Bool) -> Int { counted.count(where: isSo) }

    package var installed: Int { count { $0.patch?.value == .installed && $0.patch?.counts == true } }
    package var up: Int {
        count { ($0.reboot?.value == .up || $0.reboot?.value == .notNeeded) && $0.reboot?.counts == true }
    }
    package var confirmed: Int { count { $0.rollup == .confirmed } }
}
