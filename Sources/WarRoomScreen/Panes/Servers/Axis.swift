import OrderedCollections
import WarRoomCore

/// One aspect of servers, as a column.
enum Axis: Hashable {
    case patch, reboot, verify, reach
    case pool(String)
    case alerts

    /// The columns of this runbook.
    static func all(_ runbook: Runbook) -> [Axis] {
        [.patch, .reboot, .verify, .reach] + runbook.pools.keys.map { .pool($0) } + [.alerts]
    }

    /// The column's head: what the number under it counts.
    func head(_ runbook: Runbook) -> String {
        switch self {
        case .patch: "patched"
        case .reboot: "rebooted"
        case .verify: "verified"
        case .reach: "reachable"
        case .pool(let name): runbook.pools[name]?.title ?? name
        case .alerts: "alerts"
        }
    }

    /// The column's head over words instead of numbers.
    func wordHead(_ runbook: Runbook) -> String {
        switch self {
        case .patch: "patch"
        case .reboot: "reboot"
        case .verify: "verify"
        case .reach: "reach"
        case .pool: head(runbook)
        case .alerts: "alerts"
        }
    }

    /// One server's look on this axis, and since when; `nil` where the axis does not concern it.
    func face(_ server: ServerFacts, _ situation: Situation) -> (face: Face, since: Instant?)? {
        func show<Value>(_ shown: Shown<Value>?, _ face: (Value) -> Face, _ none: Face) -> (Face, Instant?) {
            guard let shown else { return (none, nil) }
            return (face(shown.value).doubted(stale: shown.isStale, disputed: shown.isDisputed), shown.claim.since)
        }
        switch self {
        case .patch: return show(server.patch, Face.init, .unsaid)
        case .reboot: return show(server.reboot, Face.init, .unsaid)
        case .verify: return show(server.verify, Face.init, .unsaid)
        case .reach:
            // Where one of two reaches it, neither word is the truth.
            if server.reach?.isDisputed == true {
                return (Face(.divergence, "disputed", .doubt), server.reach?.claim.since)
            }
            return show(server.reach, Face.init, .unsaid)
        case .alerts:
            let shown = show(server.alerts, Face.init, .unknown)
            guard situation.isMutedUnawares(server), let mute = situation.mute else { return shown }
            return (show(server.alerts, { _ in Face(.off, "all muted", .off) }, .unknown).0, mute.openedAt)
        case .pool(let name):
            guard let pool = server.pools.first(where: { $0.name == name }) else { return nil }
            return show(pool.member, Face.init, .unknown)
        }
    }

    /// Whether a server is as the column's head says, on evidence that counts.
    func isAsked(_ server: ServerFacts, _ situation: Situation) -> Bool {
        switch self {
        case .patch: return server.patch?.value == .installed && server.patch?.counts == true
        case .reboot:
            return (server.reboot?.value == .up || server.reboot?.value == .notNeeded) && server.reboot?.counts == true
        case .verify: return server.verify?.value == .passed && server.verify?.counts == true
        case .reach: return server.reach?.value == .ok && server.reach?.counts == true
        case .alerts:
            return server.alerts?.value == .on && server.alerts?.counts == true && !situation.isMutedUnawares(server)
        case .pool(let name):
            guard let member = server.pools.first(where: { $0.name == name })?.member else { return false }
            return member.value == .in && member.counts
        }
    }

    /// What is said of an odd server on this axis: the word alone, or with the axis where the word is not enough.
    func phrase(_ face: Face, _ runbook: Runbook) -> String {
        if face.sign == .stale || face.sign == .divergence {
            return wordHead(runbook) + (face.sign == .stale ? " stale" : " disputed")
        }
        return switch self {
        case .patch: face.sign == .moving || face.sign == .pending ? face.word : "patch \(face.word)"
        case .reboot: face.sign == .moving ? face.word : face.sign == .pending ? "not rebooted" : "reboot \(face.word)"
        case .verify: face.sign == .pending ? "not verified" : "verify \(face.word)"
        case .reach: face.word
        case .alerts: face.sign == .off ? "alerts muted" : "alerts \(face.word)"
        case .pool: face.word + (face.sign == .off ? " of " : " in ") + head(runbook)
        }
    }
}
