import OrderedCollections

/// How long a wave has run without a gap since its last boot, against what the runbook asks (docs/contract.md, The
/// runbook).
package struct SoakFacts: Hashable, Sendable {
    /// How long it must run.
    package let asked: Duration
    /// Since when all of it runs without a gap; `nil` where a server of it does not.
    let since: Moment?
    /// What is in the way, in words; `nil`: nothing is, only time.
    package let gap: String?

    /// When it has run long enough, in bridge time, if nothing comes between; `nil` where a server does not run.
    package var ends: Instant? { since.map { $0.at + asked } }

    /// How long it must run yet; all of it where a server does not run.
    package func left(at now: Instant) -> Duration { ends.map { max($0 - now, .zero) } ?? asked }
}

extension Bridge {
    /// How a wave soaks; `nil` where the runbook does not ask for it.
    func soak(of wave: WaveFacts) -> SoakFacts? {
        guard let asked = runbook.waves[wave.id]?.soak else { return nil }
        guard !wave.counted.isEmpty else { return SoakFacts(asked: asked, since: nil, gap: "nobody is counted") }
        var since: Moment?
        for server in wave.counted {
            guard let from = soaking[server.name] else {
                return SoakFacts(asked: asked, since: nil, gap: "\(server.name) \(gap(in: server) ?? "is new")")
            }
            since = max(since ?? from, from)
        }
        return SoakFacts(asked: asked, since: since, gap: nil)
    }

    /// Why a server does not count as running well, in words about it; `nil`: it does, by positive, fresh evidence.
    func gap(in server: ServerFacts) -> String? {
        func gap<Value: RawRepresentable<String>>(
            _ axis: String, _ shown: Shown<Value>?, isNeeded: Bool = false, _ isWell: (Value) -> Bool
        ) -> String? {
            guard let shown else { return isNeeded ? "\(axis) is unknown" : nil }
            if shown.isStale { return "\(axis) is stale" }
            if shown.isDisputed { return "\(axis) is disputed" }
            return isWell(shown.value) ? nil : "\(axis) is \(shown.value.rawValue)"
        }
        let own =
            gap("patch", server.patch) { $0 != .running && $0 != .failed }
            ?? gap("reboot", server.reboot) { $0 == .up || $0 == .notNeeded }
            ?? gap("verify", server.verify, isNeeded: true) { $0 == .passed }
            ?? gap("reach", server.reach) { $0 == .ok } ?? gap("alerts", server.alerts) { _ in true }
        if let own { return own }
        for (pool, member) in server.pools.prefix(server.listedPools) {
            if let gap = gap(runbook.pools[pool]?.title ?? pool, member, isNeeded: true, { $0 == .in }) { return gap }
        }
        return firing(on: server.name).map { "has the alert \($0.value.name ?? "firing") firing" }
    }

    /// An alert that fires on a server; a demo biller's is none.
    func firing(on server: String) -> Claim<AlertReport>? {
        alerts.values.lazy.compactMap(\.latest).first { claim in
            claim.value.state == .firing && !claim.value.demo
                && claim.value.server.map { runbook.serverName(for: $0) ?? $0 } == server
        }
    }
}

extension Situation {
    /// How a wave soaks; `nil` where the runbook does not ask for it.
    package func soak(of wave: WaveFacts) -> SoakFacts? { bridge.soak(of: wave) }
}

extension GateFacts {
    /// What a gate needs besides of the waves that its needs are on: that they have soaked.
    static func soaks(
        _ gate: Runbook.Gate, in bridge: Bridge, _ waves: OrderedDictionary<String, WaveFacts>, now: Instant
    ) -> [NeedFacts] {
        gate.waves.compactMap { id in waves[id].flatMap { soaked($0, in: bridge, now: now) } }
    }

    /// And that they are not held, which comes first: nothing else matters until it is lifted.
    static func holds(_ gate: Runbook.Gate, in bridge: Bridge) -> [NeedFacts] {
        bridge.waveHolds.isEmpty ? [] : gate.waves.compactMap { held($0, in: bridge) }
    }

    private static func held(_ wave: String, in bridge: Bridge) -> NeedFacts? {
        guard let hold = bridge.waveHolds[wave] else { return nil }
        return NeedFacts(
            need: Need(.wave, wave, .is, "not held"), isMet: false, why: hold.words(wave, in: bridge.runbook),
            owner: bridge.runbook.lifters(of: wave), entry: hold.entry,
            moment: Moment(at: hold.at, entry: hold.entry), against: nil)
    }

    private static func soaked(_ wave: WaveFacts, in bridge: Bridge, now: Instant) -> NeedFacts? {
        guard let soak = bridge.soak(of: wave) else { return nil }
        let isMet = soak.ends.map { $0 <= now } ?? false
        let zone = bridge.runbook.zones.home.zone
        func clock(_ instant: Instant) -> String { "\(zone.local(instant).day3) \(zone.local(instant).clock)" }
        let why: String
        if let since = soak.since, let ends = soak.ends {
            why =
                "\(wave.id) runs without a gap since \(clock(since.at))"
                + (isMet ? "" : ", \(soak.asked.written) of it at \(clock(ends))")
        } else {
            why = "\(wave.id) must run \(soak.asked.written) without a gap: \(soak.gap ?? "")"
        }
        let last = wave.counted.compactMap { bridge.soaking[$0.name]?.entry }.max() ?? 0
        return NeedFacts(
            need: Need(.wave, wave.id, .is, "\(soak.asked.notation) without a gap"), isMet: isMet, why: why, owner: nil,
            entry: last, moment: soak.since, against: nil)
    }
}

extension Runbook.Gate {
    /// The waves that its needs are on, by id, each once.
    fileprivate var waves: OrderedSet<String> { OrderedSet(needs.filter { $0.subject == .wave }.map(\.id)) }
}
