import OrderedCollections

/// How many servers of a wave are how far, axis by axis. A held server leaves the count openly.
package struct WaveFacts: Equatable, Sendable {
    /// The wave's id.
    package let id: String
    /// All its servers, in the runbook's order.
    package let servers: [ServerFacts]
    /// Those of them that count: all that are not held.
    package let counted: [ServerFacts]
    /// The version that most of those that count run, how many do, and who runs another; `nil` where nobody tells.
    let versions: (most: String, count: Int, others: [(server: String, version: String)])?

    /// How many have been patched, by fresh claims.
    package let installed: Int

    init(_ wave: Runbook.Wave, _ all: OrderedDictionary<String, ServerFacts>) {
        id = wave.id
        servers = wave.servers.compactMap { all[$0] }
        counted = servers.filter { !$0.isHeld }
        versions = WaveFacts.versions(of: counted)
        installed = counted.count { $0.patch?.value == .installed && $0.patch?.counts == true }
    }

    /// Whether all is the same: all else follows from the servers.
    package static func == (one: WaveFacts, other: WaveFacts) -> Bool {
        one.id == other.id && one.servers == other.servers
    }

    private static func versions(
        of counted: [ServerFacts]
    ) -> (most: String, count: Int, others: [(server: String, version: String)])? {
        let told = counted.compactMap { server in server.version.map { (server: server.name, version: $0.value) } }
        guard let first = told.first else { return nil }
        var counts: OrderedDictionary<String, Int> = [:]
        for one in told { counts[one.version, default: 0] += 1 }
        let most = counts.max { $0.value < $1.value }?.key ?? first.version
        return (most, counts[most] ?? 0, told.filter { $0.version != most })
    }

    /// How many of those that count are as asked; whether a claim is fresh is for the caller to ask.
    func count(_ isSo: (ServerFacts) -> Bool) -> Int { counted.count(where: isSo) }

    /// In words: "4 of 5 at 2.1, web3 at 2.0"; `nil` where nobody tells.
    package var versionWords: String? {
        guard let versions else { return nil }
        let others = versions.others.map { "\($0.server) at \($0.version)" }
        let most = "\(versions.count) of \(counted.count) at \(versions.most)"
        return others.isEmpty ? most : "\(most), \(others.listed())"
    }

    /// How many are as they should be on every axis, by fresh claims.
    package var confirmed: Int { count { $0.rollup == .confirmed } }
}
