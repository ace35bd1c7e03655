package import OrderedCollections

/// The axes of a server (V-03); a report names those that it knows.
package struct ServerReport: Hashable, Sendable {
    package enum Patch: String, Sendable, Codable, CaseIterable {
        case pending, running, installed, failed, skipped, excluded
    }
    package enum Reboot: String, Sendable, Codable, CaseIterable {
        case notNeeded = "not-needed"
        case pending, rebooting, up
    }
    package enum Verify: String, Sendable, Codable, CaseIterable { case none, passed, failed }
    package enum Reach: String, Sendable, Codable, CaseIterable { case ok, unreachable }
    package enum Membership: String, Sendable, Codable, CaseIterable {
        case `in`, draining, out, down, unknown
    }
    package enum Alerts: String, Sendable, Codable, CaseIterable { case on, muted }

    let patch: Patch?
    let reboot: Reboot?
    let bootedAt: Instant?
    /// When its services last started.
    let startedAt: Instant?
    /// When it last became ready for those that depend on it (S1-13).
    let readyAt: Instant?
    let verify: Verify?
    let reach: Reach?
    let pools: OrderedDictionary<String, Membership>
    let alerts: Alerts?
    package let mutedUntil: Instant?
    let detail: String?

    package init(
        patch: Patch? = nil, reboot: Reboot? = nil, bootedAt: Instant? = nil, startedAt: Instant? = nil,
        readyAt: Instant? = nil, verify: Verify? = nil, reach: Reach? = nil,
        pools: OrderedDictionary<String, Membership> = [:], alerts: Alerts? = nil, mutedUntil: Instant? = nil,
        detail: String? = nil
    ) {
        self.patch = patch
        self.reboot = reboot
        self.bootedAt = bootedAt
        self.startedAt = startedAt
        self.readyAt = readyAt
        self.verify = verify
        self.reach = reach
        self.pools = pools
        self.alerts = alerts
        self.mutedUntil = mutedUntil
        self.detail = detail
    }

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
            || verify != nil || reach != nil || alerts != nil || mutedUntil != nil || detail != nil || !pools.isEmpty
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
        if let detail { data["detail"] = .string(detail) }
        return data
    }
}
