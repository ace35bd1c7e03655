import OrderedCollections

// What goes wrong with the servers of a wave while it is worked on.
extension Trouble {
    /// Servers that are worked on in a pool, servers that boot again, and the waves that are held.
    static func ofWaves(_ facts: SituationParts) -> [Trouble] {
        inPools(facts) + rebooted(facts) + held(facts.bridge)
    }

    private static func inPools(_ facts: SituationParts) -> [Trouble] {
        facts.estate.odd.workedInPool.sorted().compactMap { place in
            let server = facts.estate.servers.values[place]
            guard let work = server.workInPool else { return nil }
            let pools = work.pools.map { pool in
                let title = facts.estate.title(ofPool: pool.name)
                return pool.member == .draining ? "\(title) (draining)" : title
            }
            return Trouble(
                kind: .patchInPool, subject: server.name,
                text: "\(server.name) \(work.what) while it is in \(pools.together)", since: work.since.at)
        }
    }

    /// Of the first rank until the server has been verified since, or the hold of its wave has been lifted since.
    private static func rebooted(_ facts: SituationParts) -> [Trouble] {
        let bridge = facts.bridge
        return facts.estate.odd.rebooted.sorted().compactMap { place in
            let server = facts.estate.servers.values[place]
            guard let last = server.surplusBoots.last, let first = server.surplusBoots.first else { return nil }
            let times = server.boots.map { boot in
                let clock = bridge.runbook.zones.home.zone.local(boot.at)
                return "\(clock.day3) \(clock.clock)"
            }
            let isVerified =
                server.verify.map { $0.value == .passed && $0.counts && $0.claim.entry > last.entry } ?? false
            let isLifted = server.wave.flatMap { bridge.lifted[$0] }.map { $0 > last.entry } ?? false
            return Trouble(
                kind: .secondBoot, subject: server.name,
                text: "\(server.name) booted \(server.boots.count) times, \(server.bootsExpected ?? 1) expected: "
                    + times.joined(separator: ", "),
                since: first.at, rank: isVerified || isLifted ? 2 : 1)
        }
    }

    private static func held(_ bridge: Bridge) -> [Trouble] {
        bridge.waveHolds.map { wave, hold in
            Trouble(
                kind: .heldWave, subject: wave,
                text: "\(hold.words(wave, in: bridge.runbook)); \(bridge.runbook.lifters(of: wave)) lifts it",
                since: hold.at)
        }
    }

    /// While a wave is being patched its servers run different versions; when it is, they should not.
    static func versions(_ estate: EstateFacts) -> [Trouble] {
        estate.waves.values.compactMap { wave in
            guard !wave.counted.isEmpty, wave.installed == wave.counted.count, let versions = wave.versions,
                !versions.others.isEmpty, let words = wave.versionWords
            else { return nil }
            return Trouble(kind: .version, subject: wave.id, text: "wave \(wave.id): \(words)", since: nil)
        }
    }
}
