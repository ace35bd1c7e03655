import OrderedCollections

/// One server as it is shown: each axis with its claim, and the rollup. It is a class, because it is large, never
/// changes, and stands in several places of a situation. An axis of which nobody has spoken is `nil`.
package final class ServerFacts: Equatable, Sendable {
    /// The worst thing about a server, worst first.
    package enum Rollup: Int, Sendable, Comparable, CaseIterable {
        case failed, doubt, off, moving, waiting, confirmed

        /// The worse comes first.
        package static func < (one: Rollup, other: Rollup) -> Bool { one.rawValue < other.rawValue }

        /// The word of `status --json`.
        package var word: String {
            switch self {
            case .failed: "failed"
            case .doubt: "unknown"
            case .off: "off"
            case .moving: "running"
            case .waiting: "waiting"
            case .confirmed: "confirmed"
            }
        }
    }

    /// Its exact name.
    package let name: String
    /// Whether the runbook names it; a server that it does not name is part of no count.
    package let isInRunbook: Bool
    /// The wave that it belongs to, by id; the first, where the runbook names several.
    package let wave: String?
    /// Whether it is held back from its wave.
    package let isHeld: Bool
    /// How far patching has come.
    package let patch: Shown<ServerReport.Patch>?
    /// How far the reboot has come.
    package let reboot: Shown<ServerReport.Reboot>?
    /// When it last booted, in bridge time.
    package let bootedAt: Instant?
    /// When its services last started, in bridge time.
    package let startedAt: Instant?
    /// When it last became ready for those that depend on it, in bridge time.
    package let readyAt: Instant?
    /// Whether one of these times was told before it had come: then the server's clock is ahead, and the time is taken
    /// to be when it was told.
    let isClockAhead: Bool
    /// What the sanity checks say.
    package let verify: Shown<ServerReport.Verify>?
    /// Whether it answers.
    package let reach: Shown<ServerReport.Reach>?
    /// Where it stands in each pool: first those that the runbook lists, in its order, then any other that was
    /// reported. `nil` where nobody has said.
    package let pools: [(name: String, member: Shown<ServerReport.Membership>?)]
    /// How many of them, from the first, the runbook lists.
    let listedPools: Int
    /// Whether its alerts reach anybody.
    package let alerts: Shown<ServerReport.Alerts>?
    /// The version that it runs.
    package let version: Shown<String>?
    /// How often it has booted on this night, oldest first.
    package let boots: [Boot]
    /// How often it should have at most; `nil`: it is in no wave, so that nobody has said.
    package let bootsExpected: Int?
    /// What is done to it while a pool has it; `nil`: nothing is.
    let workInPool: WorkInPool?
    /// The last remark on it, raw.
    package let detail: String?
    /// The worst of its axes in one word.
    package let rollup: Rollup
    /// What can be switched off about it and is watched, pool by pool, then its alerts.
    let switches: [Switch]
    /// The axes on which fresh claims disagree: `patch`, `pools/POOL`, …
    let disputes: [String]
    /// Whether it is in service: in every pool that the runbook lists for it, freshly, and not known to be unreachable.
    let isInService: Bool
    /// Whether nobody can be believed on that: it is not in service, and no fresh word says that it is out of it.
    let isServiceUnknown: Bool

    /// The boots that are more than it should have.
    package var surplusBoots: ArraySlice<Boot> { bootsExpected.map { boots.dropFirst(max($0, 0)) } ?? [] }

    /// The axes of which the last word is stale, by the names of `status --json`: `patch`, `pools/POOL`, …
    package var staleFields: [String] {
        let axes = [
            ("patch", patch?.isStale), ("reboot", reboot?.isStale), ("verify", verify?.isStale),
            ("reach", reach?.isStale), ("alerts", alerts?.isStale), ("version", version?.isStale),
        ]
        return axes.filter { $0.1 == true }.map(\.0)
            + pools.filter { $0.member?.isStale == true }.map { "pools/\($0.name)" }
    }

    /// Where the switch of a loose end stands among its own, by the loose end's number.
    func place(ofSwitch number: Int) -> Int? { switches.indices.first { switches[$0].number == number } }

    /// A pool or alerts as their source has them, by the name of the loose end that they become when they are off.
    struct Switch: Hashable, Sendable {
        let id: LooseEndID
        /// Its number where a step opens or closes it.
        let number: Int?
        let isOff: Bool
        let since: Moment
        let by: String
        let what: String
    }

    init(_ name: String, in bridge: Bridge, _ index: PlanIndex) {
        let plan = bridge.runbook.servers[name]
        let record = bridge.servers[name]?.value ?? ServerRecord()
        func authority(_ field: String) -> String? { index.authority(field) }
        self.name = name
        isInRunbook = plan != nil
        wave = index.waves[name]?.first
        isHeld = bridge.holds[name] != nil
        patch = bridge.shown(record.patch, ruledOn: name, "patch", authority: authority("patch")) {
            $0 != .running && $0 != .pending
        }
        reboot = bridge.shown(record.reboot, ruledOn: name, "reboot", authority: authority("reboot")) {
            $0 == .up || $0 == .notNeeded
        }
        var isAhead = false
        func time(_ claims: Claims<Instant>) -> Instant? {
            guard let shown = bridge.shown(claims, of: name, "reboot", authority: authority("reboot")) else {
                return nil
            }
            guard shown.value > shown.claim.at + .seconds(60) else { return shown.value }
            isAhead = true
            return shown.claim.at
        }
        bootedAt = time(record.bootedAt)
        startedAt = time(record.startedAt)
        readyAt = time(record.readyAt)
        isClockAhead = isAhead
        verify = bridge.shown(record.verify, ruledOn: name, "verify", authority: authority("verify")) { $0 != .none }
        reach = bridge.shown(record.reach, ruledOn: name, "reach", authority: authority("reach"))
        let known = plan?.pools ?? []
        let others = record.pools.keys.filter { !known.contains($0) }.sorted()
        pools = (known + others).map { pool in
            (
                pool,
                record.pools[pool].flatMap {
                    bridge.shown($0, ruledOn: name, "pools/\(pool)", authority: authority("pools"))
                }
            )
        }
        listedPools = known.count
        version = bridge.shown(record.version, of: name, "version", authority: authority("version"))
        boots = record.boots
        bootsExpected = wave.flatMap { bridge.runbook.waves[$0]?.boots }
        workInPool = WorkInPool(patch: patch, reboot: reboot, verify: verify, pools: pools, boots: boots)
        alerts = bridge.shown(record.alerts, ruledOn: name, "alerts", authority: authority("alerts"))
        detail = record.detail.latest.flatMap { record.hasChanged(since: $0) ? nil : $0.value }
        rollup = ServerFacts.rollup(
            patch: patch, reboot: reboot, verify: verify, reach: reach, pools: pools.map(\.member), alerts: alerts)
        switches = ServerFacts.switches(name, pools: pools, alerts: alerts, index)
        let axes = [
            ("patch", patch?.isDisputed), ("reboot", reboot?.isDisputed), ("verify", verify?.isDisputed),
            ("reach", reach?.isDisputed), ("alerts", alerts?.isDisputed),
        ]
        disputes =
            axes.filter { $0.1 == true }.map(\.0)
            + pools.filter { $0.member?.isDisputed == true }.map { "pools/\($0.name)" }
        let listed = pools.prefix(known.count)
        let isReachable = reach.map { $0.value == .ok && $0.counts } ?? true
        isInService =
            !listed.isEmpty && isReachable
            && listed.allSatisfy { $0.member?.value == .in && $0.member?.counts == true }
        let isKnownOut =
            (reach.map { $0.value == .unreachable && $0.counts } ?? false)
            || listed.contains { $0.member.map { $0.counts && $0.value != .in && $0.value != .unknown } ?? false }
        isServiceUnknown = !listed.isEmpty && !isInService && !isKnownOut
    }

    /// Whether all is the same; the same reference spares the comparison. What follows from the other parts alone is
    /// not compared.
    package static func == (one: ServerFacts, other: ServerFacts) -> Bool {
        if one === other { return true }
        let isSame =
            one.name == other.name && one.isInRunbook == other.isInRunbook && one.wave == other.wave
            && one.isHeld == other.isHeld && one.patch == other.patch && one.reboot == other.reboot
            && one.bootedAt == other.bootedAt && one.startedAt == other.startedAt && one.readyAt == other.readyAt
            && one.isClockAhead == other.isClockAhead && one.verify == other.verify && one.reach == other.reach
        return isSame && one.alerts == other.alerts && one.version == other.version && one.boots == other.boots
            && one.bootsExpected == other.bootsExpected && one.detail == other.detail
            && one.listedPools == other.listedPools && one.pools.elementsEqual(other.pools, by: ==)
    }

    /// What can be switched off about a server and is watched. `down` is not off: nobody pulled it.
    private static func switches(
        _ name: String, pools: [(name: String, member: Shown<ServerReport.Membership>?)],
        alerts: Shown<ServerReport.Alerts>?, _ index: PlanIndex
    ) -> [Switch] {
        var all: [Switch] = []
        func add<Value>(_ id: LooseEndID, isOff: Bool, _ claim: Claim<Value>, _ what: String) {
            all.append(
                Switch(
                    id: id, number: index.looseEnds.numbers[id], isOff: isOff, since: claim.moment, by: claim.claimant,
                    what: what))
        }
        for (pool, member) in pools {
            guard let member, member.value == .out || member.value == .in || member.value == .draining else { continue }
            let title = index.runbook.pools[pool]?.title ?? pool
            add(.pool(server: name, pool: pool), isOff: member.value != .in, member.claim, "\(name) out of \(title)")
        }
        if let alerts { add(.alerts(name), isOff: alerts.value == .muted, alerts.claim, "alerts muted, \(name)") }
        return all
    }

    private static func rollup(
        patch: Shown<ServerReport.Patch>?, reboot: Shown<ServerReport.Reboot>?, verify: Shown<ServerReport.Verify>?,
        reach: Shown<ServerReport.Reach>?, pools: [Shown<ServerReport.Membership>?], alerts: Shown<ServerReport.Alerts>?
    ) -> Rollup {
        if patch?.value == .failed || verify?.value == .failed || reach?.value == .unreachable
            || pools.contains(where: { $0?.value == .down })
        {
            return .failed
        }
        let doubtful =
            [patch?.counts, reboot?.counts, verify?.counts, reach?.counts, alerts?.counts]
            + pools.map { $0?.counts }
        if doubtful.contains(false) || pools.contains(where: { $0?.value == .unknown }) { return .doubt }
        if patch?.value == .running || reboot?.value == .rebooting || pools.contains(where: { $0?.value == .draining })
        {
            return .moving
        }
        if alerts?.value == .muted || pools.contains(where: { $0?.value == .out }) { return .off }
        let patched = patch?.value == .installed || patch?.value == .excluded
        let up = reboot?.value == .up || reboot?.value == .notNeeded
        let serving = pools.allSatisfy { $0?.value == .in }
        return patched && up && verify?.value == .passed && serving && alerts?.value == .on ? .confirmed : .waiting
    }
}

extension ServerRecord {
    /// Whether whoever made a remark has said something new of the server since: then the remark is of what was.
    fileprivate func hasChanged(since detail: Claim<String>) -> Bool {
        func isNew<Value>(_ claims: Claims<Value>) -> Bool {
            claims.of(detail.claimant).map { $0.sinceEntry > detail.entry } ?? false
        }
        return isNew(patch) || isNew(reboot) || isNew(verify) || isNew(reach) || isNew(alerts)
            || pools.values.contains(where: isNew)
    }
}
