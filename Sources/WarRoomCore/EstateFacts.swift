import OrderedCollections

/// All servers and waves, and the needs that rest on nothing else: what is worked out anew only where an entry has touched
/// it, because a night may have thousands of servers and an entry speaks of one.
struct EstateFacts: Sendable {
    private let entry: Int
    private let origin: String
    let lookup: ServerFacts.Lookup
    private(set) var servers: OrderedDictionary<String, ServerFacts>
    private(set) var waves: OrderedDictionary<String, WaveFacts>
    /// The restart order of the servers that the runbook names one for.
    private(set) var restarts: OrderedDictionary<String, RestartFacts> = [:]
    /// Needs on whole waves, as they were answered.
    var needs: [Need: NeedFacts]

    /// `earlier`: the same of an earlier entry of this night.
    init(_ bridge: Bridge, after earlier: EstateFacts?) {
        if let earlier, earlier.origin == bridge.origin, let touched = bridge.serversTouched(after: earlier.entry),
            touched.allSatisfy({ earlier.servers[$0] != nil })
        {
            self.init(bridge, earlier, touched: touched)
        } else {
            self.init(bridge)
        }
    }

    private init(_ bridge: Bridge) {
        entry = bridge.entry
        origin = bridge.origin
        lookup = ServerFacts.Lookup(bridge.runbook)
        needs = [:]
        let names = bridge.runbook.servers.keys
        servers = [:]
        servers.reserveCapacity(names.count)
        for name in names { servers[name] = ServerFacts(name, in: bridge, lookup) }
        for name in bridge.servers.keys.filter({ !names.contains($0) }).sorted() {
            servers[name] = ServerFacts(name, in: bridge, lookup)
        }
        waves = [:]
        for wave in bridge.runbook.waves.values { waves[wave.id] = WaveFacts(wave, servers) }
        restarts = RestartFacts.all(in: bridge, servers: servers)
    }

    private init(_ bridge: Bridge, _ earlier: EstateFacts, touched: Set<String>) {
        entry = bridge.entry
        origin = bridge.origin
        lookup = earlier.lookup
        servers = earlier.servers
        for name in touched { servers[name] = ServerFacts(name, in: bridge, lookup) }
        waves = earlier.waves
        needs = earlier.needs
        restarts = earlier.restarts
        // A server that others depend on may change them all; one that depends on others only itself.
        if touched.contains(where: { lookup.precedes.contains($0) }) {
            restarts = RestartFacts.all(in: bridge, servers: servers)
        } else {
            for name in touched where restarts[name] != nil { restarts[name] = RestartFacts(name, in: bridge, servers: servers) }
        }
        let changed = Set(touched.flatMap { earlier.lookup.waves[$0] ?? [] })
        for id in changed { waves[id] = bridge.runbook.waves[id].map { WaveFacts($0, servers) } }
        if !changed.isEmpty { needs = needs.filter { !changed.contains($0.key.id) } }
    }
}
