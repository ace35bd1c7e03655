import OrderedCollections
import WarRoomCore

/// What is known about servers and waves, claim by claim.
extension DetailPage {
    mutating func server(_ name: String) {
        guard let facts = sight.situation.servers[name] else { return add("SERVER", "\(name) is not known") }
        title(name, Face(facts))
        let plan = sight.runbook.servers[name]
        if plan == nil { add("SERVER", "not in the runbook: part of no count and no gate") }
        add("KIND", plan?.kind)
        add("WAVE", facts.wave)
        for (place, edge) in (sight.situation.restarts[name]?.edges ?? []).enumerated() {
            let face = Face(edge.state)
            add(place == 0 ? "AFTER" : "", face, "\(edge.after), \(face.word): \(edge.why)")
        }
        if sight.situation.restarts.isEmpty { add("AFTER", "restart order not configured") }
        add("ALSO", plan?.aliases.joined(separator: ", "))
        if let hold = sight.bridge.holds[name] {
            add(
                "HELD", Face(.off, "held", .off),
                "by \(hold.by) since \(sight.both(hold.since)), \(sight.age(hold.since)): \(hold.value)")
        }
        add("DETAIL", facts.detail)
        version(facts)
        boots(facts)
        add("SERVICE", at: facts.startedAt)
        add("READY", at: facts.readyAt)
        blank()
        let record = sight.bridge.servers[name]?.value
        axis("PATCH", record?.patch, facts.patch, Face.init)
        axis("REBOOT", record?.reboot, facts.reboot, Face.init)
        axis("VERIFY", record?.verify, facts.verify, Face.init)
        axis("REACH", record?.reach, facts.reach, Face.init)
        for (pool, member) in facts.pools {
            let title = sight.runbook.pools[pool]?.title ?? pool
            guard let claims = record?.pools[pool], !claims.isEmpty else {
                add("POOL", Face.unknown, "\(title): nobody has said")
                continue
            }
            add("POOL", title == pool ? pool : "\(title), \(pool)")
            axis("", claims, member, Face.init)
        }
        axis("ALERTS", record?.alerts, facts.alerts, Face.init)
        if sight.situation.isMutedUnawares(facts), let mute = sight.situation.mute {
            add(
                "", Face(.off, "", .off),
                "and yet \(mute.what), since \(sight.both(mute.openedAt)), \(sight.age(mute.openedAt))")
        }
    }

    private mutating func version(_ facts: ServerFacts) {
        guard let version = facts.version else { return }
        add("VERSION", "\(version.value), by \(version.claim.claimant)" + (version.isStale ? ", stale" : ""))
    }

    /// Each boot of this night, with who saw it; more than there should be are told so.
    private mutating func boots(_ facts: ServerFacts) {
        if facts.boots.isEmpty { add("BOOTED", at: facts.bootedAt) }
        for (place, boot) in facts.boots.enumerated() {
            add(place == 0 ? "BOOTED" : "", at: boot.at, "seen by \(boot.by)")
        }
        guard !facts.surplusBoots.isEmpty else { return }
        let expected = facts.bootsExpected.map { ", \($0) expected" } ?? ""
        add("BOOTS", Face(.need, "", .act), "\(facts.boots.count)\(expected)")
    }

    /// The claims on one axis: the one that is shown first, with what is to be doubted about it.
    private mutating func axis<Value>(
        _ word: String, _ claims: Claims<Value>?, _ shown: Shown<Value>?, _ face: (Value) -> Face
    ) {
        guard let shown else {
            add(word, Face.unsaid, "nobody has said")
            return
        }
        claim(word, shown.claim, face(shown.value).doubted(stale: shown.isStale, disputed: shown.isDisputed))
        if shown.isStale { add("", Face(.stale, "", .doubt), "stale: its source is silent, so it counts for nothing") }
        if shown.isDisputed { add("", Face(.divergence, "", .doubt), "disputed: met for no gate until a ruling") }
        for other in claims?.all ?? [] where other != shown.claim { claim("", other, face(other.value)) }
    }

    private func words(_ soak: SoakFacts) -> String {
        guard let ends = soak.ends else { return "\(soak.asked.written) without a gap: \(soak.gap ?? "")" }
        let left = soak.left(at: sight.now)
        return left == .zero
            ? "has run \(soak.asked.written) without a gap"
            : "\(soak.asked.written) without a gap at \(sight.both(ends)), in \(left.written)"
    }

    mutating func wave(_ id: String) {
        guard let group = ServerGroup.all(sight).first(where: { $0.subject == .wave(id) }) else { return }
        title(group.title, nil)
        let summary = group.summary(sight)
        for (place, axis) in summary.axes.enumerated() {
            guard let count = summary.count(axis) else { continue }
            add(place == 0 ? "COUNTS" : "", count.face, "\(count.done) of \(count.of) \(axis.head(sight.runbook))")
        }
        if let hold = sight.bridge.waveHolds[id] {
            add(
                "HELD", Face(.need, "", .act),
                "by \(hold.by) since \(sight.both(hold.at)), \(sight.age(hold.at)): \(hold.reason)")
        }
        if let facts = sight.situation.waves[id] {
            if let soak = sight.situation.soak(of: facts) { add("SOAK", words(soak)) }
            add("VERSION", facts.versionWords)
        }
        for (place, odd) in summary.odd.enumerated() {
            add(place == 0 ? "ODD" : "", odd.face, odd.text(sight))
        }
        for (place, server) in group.servers.enumerated() {
            let face = Face(server)
            add(place == 0 ? "SERVERS" : "", face, "\(server.name), \(face.word)")
        }
    }
}
