import OrderedCollections

/// A wave that stops by itself: what the hub enters, when an entry has shown it (docs/contract.md, warroom.hold).
package struct StopFacts: Sendable {
    /// The wave, by id.
    package let wave: String
    /// What stops it.
    let cause: HoldReport.Cause
    /// That in words.
    let reason: String

    /// The event that holds the wave, as the hub proposes it to itself.
    package var proposal: Proposal {
        Proposal(WaveHold.subject(wave), .hold(HoldReport(state: .held, reason: reason, cause: cause)))
    }
}

extension Bridge {
    /// The waves that stop by what the entries after one have shown. What was so when a hold was lifted stops nothing
    /// again: whoever lifted it knew.
    package func stops(after entry: Int) -> [StopFacts] {
        guard state != .closed else { return [] }
        let index = index
        var names: OrderedDictionary<String, [String]> = [:]
        // Mostly one server of thousands.
        for name in serversTouched(after: entry) ?? Set(servers.keys) {
            for wave in index.waves[name] ?? [] where waveHolds[wave] == nil { names[wave, default: []].append(name) }
        }
        return names.compactMap { id, names in runbook.waves[id].flatMap { stop($0, names.sorted()) } }
    }

    private func stop(_ wave: Runbook.Wave, _ names: [String]) -> StopFacts? {
        let since = lifted[wave.id] ?? 0
        if names.contains(where: { servers[$0]?.value.boots.count ?? 0 > wave.boots }), let boots = surplus(wave, since)
        {
            return StopFacts(wave: wave.id, cause: .secondBoot, reason: boots)
        }
        for name in names where wave.stopOn.contains(.patchInPool) {
            let server = ServerFacts(name, in: self, index)
            guard let work = server.workInPool, work.since.entry > since else { continue }
            let pools = work.pools.map { "the \(runbook.pools[$0.name]?.title ?? $0.name)" }
            return StopFacts(
                wave: wave.id, cause: .patchInPool,
                reason: "\(name) \(work.what) while it is in \(pools.together)")
        }
        for name in names where wave.stopOn.contains(.alert) {
            guard let alert = firing(on: name), alert.sinceEntry > since else { continue }
            return StopFacts(
                wave: wave.id, cause: .alert, reason: "the alert \(alert.value.name ?? "on it") fires on \(name)")
        }
        return nil
    }

    /// The boots that stop a wave: the first that is one too many, where the runbook says so, else two within an hour.
    private func surplus(_ wave: Runbook.Wave, _ since: Int) -> String? {
        let all = wave.servers.flatMap { name in
            (servers[name]?.value.boots.dropFirst(max(wave.boots, 0)) ?? []).map { (name: name, boot: $0) }
        }.sorted { $0.boot.at < $1.boot.at }
        guard let last = all.last(where: { $0.boot.entry > since }) else { return nil }
        if wave.stopOn.contains(.secondBoot) {
            let count = servers[last.name]?.value.boots.count ?? 0
            return "\(last.name) booted \(count) times, \(wave.boots) expected"
        }
        let pairs = Array(zip(all, all.dropFirst())).last { one, other in
            other.boot.at <= one.boot.at + .seconds(3600) && max(one.boot.entry, other.boot.entry) > since
        }
        guard let (one, other) = pairs else { return nil }
        let names = one.name == other.name ? one.name : "\(one.name) and \(other.name)"
        return "\(names) booted twice more than expected within an hour"
    }
}
