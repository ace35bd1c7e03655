import OrderedCollections

/// What somebody knows of a server, axis by axis (docs/contract.md, warroom.server). A report names those axes that it
/// knows, and says nothing of the rest.
package struct ServerReport: Hashable, Sendable {
    /// How far patching has come; `excluded`: the server is left out of it on purpose.
    package enum Patch: String, Sendable, CaseIterable {
        case pending, running, installed, failed, skipped, excluded
    }
    /// How far the reboot after patching has come; `up`: it has restarted.
    package enum Reboot: String, Sendable, CaseIterable {
        case notNeeded = "not-needed"
        case pending, rebooting, up
    }
    /// What the sanity checks after the reboot say; `none`: they have not run.
    package enum Verify: String, Sendable, CaseIterable { case none, passed, failed }

    /// Whether it answers.
    package enum Reach: String, Sendable, CaseIterable { case ok, unreachable }

    /// Where a balancer has it; `draining`: it takes no new work; `down`: it has fallen out, and nobody pulled it.
    package enum Membership: String, Sendable, CaseIterable {
        case `in`, draining, out, down, unknown
    }
    /// Whether its alerts reach anybody.
    package enum Alerts: String, Sendable, CaseIterable { case on, muted }

    /// How far patching has come.
    let patch: Patch?
    /// How far the reboot has come.
    let reboot: Reboot?
    /// When it last booted, in bridge time.
    let bootedAt: Instant?
    /// When its services last started, in bridge time.
    let startedAt: Instant?
    /// When it last became ready for those that depend on it, in bridge time: ready, not merely booted.
    let readyAt: Instant?
    /// What the sanity checks say.
    let verify: Verify?
    /// Whether it answers.
    let reach: Reach?
    /// Where the balancers have it, by pool; a pool that is not named is not spoken of.
    let pools: OrderedDictionary<String, Membership>
    /// Whether its alerts reach anybody.
    let alerts: Alerts?
    /// When its mute ends by itself, in bridge time.
    package let mutedUntil: Instant?
    /// The version that it runs, in its tool's words: of the system, or of what it is there for.
    let version: String?
    /// A remark in the sender's words.
    let detail: String?

    init(_ fields: Fields) throws(EventFault) {
        patch = try fields.word("patch", Patch.self)
        reboot = try fields.word("reboot", Reboot.self)
        bootedAt = try fields.instant("bootedAt")
        startedAt = try fields.instant("startedAt")
        readyAt = try fields.instant("readyAt")
        verify = try fields.word("verify", Verify.self)
        reach = try fields.word("reach", Reach.self)
        alerts = try fields.word("alerts", Alerts.self)
        mutedUntil = try fields.instant("mutedUntil")
        version = try fields.text("version")
        detail = try fields.text("detail")
        var pools: OrderedDictionary<String, Membership> = [:]
        if let given = fields.object["pools"], given != .null {
            guard let object = given.object else { throw EventFault("'pools' must be an object") }
            for member in object.members {
                pools[member.key] = try Fields(object).needWord(member.key, Membership.self)
            }
        }
        self.pools = pools
        let says =
            patch != nil || reboot != nil || bootedAt != nil || startedAt != nil || readyAt != nil
            || verify != nil || reach != nil || alerts != nil || mutedUntil != nil || version != nil || detail != nil
            || !pools.isEmpty
        if !says {
            throw EventFault("a server report names at least one of patch, reboot, verify, reach, pools, alerts")
        }
    }

    var data: JSON.Object {
        var data = JSON.Object()
        if let patch { data["patch"] = .string(patch.rawValue) }
        if let reboot { data["reboot"] = .string(reboot.rawValue) }
        if let bootedAt { data["bootedAt"] = .instant(bootedAt) }
        if let startedAt { data["startedAt"] = .instant(startedAt) }
        if let readyAt { data["readyAt"] = .instant(readyAt) }
        if let verify { data["verify"] = .string(verify.rawValue) }
        if let reach { data["reach"] = .string(reach.rawValue) }
        if !pools.isEmpty {
            var members = JSON.Object()
            for (pool, membership) in pools { members[pool] = .string(membership.rawValue) }
            data["pools"] = .object(members)
        }
        if let alerts { data["alerts"] = .string(alerts.rawValue) }
        if let mutedUntil { data["mutedUntil"] = .instant(mutedUntil) }
        if let version { data["version"] = .string(version) }
        if let detail { data["detail"] = .string(detail) }
        return data
    }
}
