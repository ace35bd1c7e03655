import OrderedCollections

/// All servers and waves, and what rests on nothing else. It is worked out anew only where an entry has touched it,
/// because a night may have thousands of servers and an entry speaks of one.
struct EstateFacts: Sendable {
    private let entry: Int
    private let origin: String
    let index: PlanIndex
    private(set) var servers: OrderedDictionary<String, ServerFacts> = [:]
    private(set) var waves: OrderedDictionary<String, WaveFacts> = [:]
    /// The restart order of the servers that the runbook names one for.
    private(set) var restarts: OrderedDictionary<String, RestartFacts> = [:]
    /// Who serves in each pool of the runbook's.
    private(set) var tallies: [String: PoolTally] = [:]
    /// The servers of all pools together, each once.
    private(set) var service = PoolTally()
    private(set) var odd = OddServers()
    /// Needs on whole waves, as they were answered.
    var needs: [Need: NeedFacts] = [:]
    /// Whether any server is not as in the situation from which this was made.
    private(set) var hasChanged = true
    /// Whether anything that can be off of one is not.
    private(set) var switchesChanged = true
    /// The waves of those that are not; `nil`: any may be.
    private(set) var changedWaves: Set<String>?

    /// `earlier`: the same of an earlier entry of this night.
    init(_ bridge: Bridge, _ index: PlanIndex, after earlier: EstateFacts?) {
        if let earlier, earlier.origin == bridge.origin, let touched = bridge.serversTouched(after: earlier.entry),
            touched.allSatisfy({ earlier.servers[$0] != nil })
        {
            self = earlier.touched(touched, bridge)
        } else {
            self.init(bridge, index)
            if let earlier, servers == earlier.servers, restarts == earlier.restarts {
                (servers, waves) = (earlier.servers, earlier.waves)
                (hasChanged, switchesChanged, changedWaves) = (false, false, [])
            }
        }
    }

    private init(_ bridge: Bridge, _ index: PlanIndex) {
        entry = bridge.entry
        origin = bridge.origin
        self.index = index
        let names = bridge.runbook.servers.keys
        servers.reserveCapacity(names.count)
        for name in names { servers[name] = ServerFacts(name, in: bridge, index) }
        for name in bridge.servers.keys.filter({ !names.contains($0) }).sorted() {
            servers[name] = ServerFacts(name, in: bridge, index)
        }
        for wave in bridge.runbook.waves.values { waves[wave.id] = WaveFacts(wave, servers) }
        restarts = RestartFacts.all(in: bridge, servers: servers)
        for (place, server) in servers.values.enumerated() {
            odd.note(server, at: place)
            count(server, by: 1)
        }
    }

    private mutating func count(_ server: ServerFacts, by sign: Int) {
        let pools = server.countedPools
        for pool in pools { tallies[pool, default: PoolTally()].count(server, in: pool, by: sign) }
        guard !pools.isEmpty else { return }
        service.of += sign
        if server.isInService { service.confirmed += sign }
        if server.isServiceUnknown { service.unknown += sign }
        if pools.allSatisfy(server.serves) { service.serving += sign }
    }

    private init(_ bridge: Bridge, copying earlier: EstateFacts) {
        entry = bridge.entry
        origin = bridge.origin
        index = earlier.index
        (servers, waves, restarts, needs) = (earlier.servers, earlier.waves, earlier.restarts, earlier.needs)
        (tallies, service, odd) = (earlier.tallies, earlier.service, earlier.odd)
    }

    private func touched(_ touched: Set<String>, _ bridge: Bridge) -> EstateFacts {
        var now = EstateFacts(bridge, copying: self)
        var names: [String] = []
        var isSwitched = false
        for name in touched {
            guard let place = now.servers.index(forKey: name) else { continue }
            let server = ServerFacts(name, in: bridge, index)
            // Who holds it is told by the needs alone.
            if !needs.isEmpty {
                for wave in index.waves[name] ?? [] { now.forget(needsOn: wave) }
            }
            guard server != now.servers.values[place] else { continue }
            names.append(name)
            isSwitched = isSwitched || !server.isSwitched(as: now.servers.values[place])
            now.replace(now.servers.values[place], with: server, at: place)
        }
        now.switchesChanged = isSwitched
        (now.hasChanged, now.changedWaves) = (!names.isEmpty, Set(names.flatMap { index.waves[$0] ?? [] }))
        // A server that others depend on may change them all; one that depends on others only itself.
        if names.contains(where: { index.precedes.contains($0) }) {
            now.restarts = RestartFacts.all(in: bridge, servers: now.servers)
        } else if !restarts.isEmpty {
            for name in names where restarts[name] != nil {
                now.restarts[name] = RestartFacts(name, in: bridge, servers: now.servers)
            }
        }
        for id in now.changedWaves ?? [] { now.waves[id] = bridge.runbook.waves[id].map { WaveFacts($0, now.servers) } }
        return now
    }

    /// What a pool is called in a sentence.
    func title(ofPool name: String) -> String { "the \(index.runbook.pools[name]?.title ?? name)" }

    private mutating func forget(needsOn wave: String) {
        for need in needs.keys where need.id == wave { needs[need] = nil }
    }

    private mutating func replace(_ last: ServerFacts, with server: ServerFacts, at place: Int) {
        servers.values[place] = server
        odd.note(server, at: place)
        count(last, by: -1)
        count(server, by: 1)
        // A word that was the last one, and is taken back.
        let counted = server.countedPools
        for pool in last.countedPools {
            let (was, stays) = (last.entry(in: pool), counted.contains(pool) ? server.entry(in: pool) : 0)
            guard stays < was, tallies[pool]?.entry == was else { continue }
            tallies[pool]?.entry =
                servers.values.filter { $0.countedPools.contains(pool) }.map { $0.entry(in: pool) }.max() ?? 0
        }
    }
}

extension ServerFacts {
    /// Whether all that can be off of it is as before, by the same words.
    fileprivate func isSwitched(as last: ServerFacts) -> Bool {
        isHeld == last.isHeld && alerts == last.alerts && pools.elementsEqual(last.pools, by: ==)
    }

    /// The pools in whose count it is: those that the runbook lists for it; a held server is in none.
    fileprivate var countedPools: [String] { isInRunbook && !isHeld ? pools.prefix(listedPools).map(\.name) : [] }
}

/// The servers, by place, that rules look for: mostly few.
struct OddServers: Sendable {
    /// The runbook's servers that a source has out of a pool, or muted.
    private(set) var off: Set<Int> = []
    /// Those in a pool that the runbook does not list for them.
    private(set) var strangers: Set<Int> = []
    /// Those on which fresh claims disagree.
    private(set) var disputed: Set<Int> = []
    /// Those that are worked on while a pool has them.
    private(set) var workedInPool: Set<Int> = []
    /// Those that have booted more often than they should.
    private(set) var rebooted: Set<Int> = []
    /// Those that do not answer.
    private(set) var unreachable: Set<Int> = []

    mutating func note(_ server: ServerFacts, at place: Int) {
        func keep(_ isOdd: Bool, in set: inout Set<Int>) {
            if isOdd { set.insert(place) } else { set.remove(place) }
        }
        keep(server.isInRunbook && server.switches.contains(where: \.isOff), in: &off)
        keep(server.pools.count > server.listedPools, in: &strangers)
        keep(!server.disputes.isEmpty, in: &disputed)
        keep(server.workInPool != nil, in: &workedInPool)
        keep(!server.surplusBoots.isEmpty, in: &rebooted)
        keep(server.reach?.value == .unreachable, in: &unreachable)
    }
}
