import OrderedCollections
import WarRoomCore

/// One aspect of servers, as a column.
enum Axis: Hashable {
    case patch, reboot, verify
    case pool(String)
    case alerts

    /// The columns of this runbook.
    static func all(_ runbook: Runbook) -> [Axis] {
        [.patch, .reboot, .verify] + runbook.pools.keys.map { .pool($0) } + [.alerts]
    }

    /// The column's head: what the number under it counts.
    func head(_ runbook: Runbook) -> String {
        switch self {
        case .patch: "installed"
        case .reboot: "back up"
        case .verify: "verified"
        case .pool(let name): runbook.pools[name]?.title ?? name
        case .alerts: "alerts on"
        }
    }

    /// The column's head over words instead of numbers.
    func wordHead(_ runbook: Runbook) -> String {
        switch self {
        case .patch: "patch"
        case .reboot: "reboot"
        case .verify: "verify"
        case .pool: head(runbook)
        case .alerts: "alerts"
        }
    }

    /// One server's look on this axis, and since when; `nil` where the axis does not concern it.
    func look(_ server: ServerFacts) -> (look: Look, since: Instant?)? {
        func show<Value>(_ shown: Shown<Value>?, _ look: (Value) -> Look, _ none: Look) -> (Look, Instant?) {
            guard let shown else { return (none, nil) }
            return (look(shown.value).doubted(stale: shown.isStale, disputed: shown.isDisputed), shown.claim.since)
        }
        switch self {
        case .patch: return show(server.patch, Look.init, .unsaid)
        case .reboot: return show(server.reboot, Look.init, .unsaid)
        case .verify: return show(server.verify, Look.init, .unsaid)
        case .alerts: return show(server.alerts, Look.init, .unknown)
        case .pool(let name):
            guard let pool = server.pools.first(where: { $0.name == name }) else { return nil }
            return show(pool.member, Look.init, .unknown)
        }
    }

    /// Whether a server is as the column's head says, on evidence that counts.
    func isAsked(_ server: ServerFacts) -> Bool {
        switch self {
        case .patch: return server.patch?.value == .installed && server.patch?.counts == true
        case .reboot:
            return (server.reboot?.value == .up || server.reboot?.value == .notNeeded) && server.reboot?.counts == true
        case .verify: return server.verify?.value == .passed && server.verify?.counts == true
        case .alerts: return server.alerts?.value == .on && server.alerts?.counts == true
        case .pool(let name):
            guard let member = server.pools.first(where: { $0.name == name })?.member else { return false }
            return member.value == .in && member.counts
        }
    }

    /// What an odd server is said to be on this axis: the word alone, or with the axis where the word is not enough.
    func phrase(_ look: Look, _ runbook: Runbook) -> String {
        if look.sign == .stale || look.sign == .divergence {
            return wordHead(runbook) + (look.sign == .stale ? " stale" : " disputed")
        }
        return switch self {
        case .patch: look.sign == .moving || look.sign == .pending ? look.word : "patch \(look.word)"
        case .reboot: look.sign == .moving ? look.word : look.sign == .pending ? "not rebooted" : "reboot \(look.word)"
        case .verify: look.sign == .pending ? "not verified" : "verify \(look.word)"
        case .alerts: look.sign == .off ? "alerts muted" : "alerts \(look.word)"
        case .pool: look.word + (look.sign == .off ? " of " : " in ") + head(runbook)
        }
    }
}

/// Servers that are counted together: a wave, or those in no wave.
struct ServerGroup {
    let subject: Subject
    let title: String
    let servers: [ServerFacts]
    /// Those that count: not held.
    let counted: [ServerFacts]

    /// The groups in the order of the runbook; the one of servers in no wave is last and has an empty id.
    static func all(_ sight: Sight) -> [ServerGroup] {
        let situation = sight.situation
        var groups = situation.waves.values.map {
            ServerGroup(subject: .wave($0.id), title: $0.id, servers: $0.servers, counted: $0.counted)
        }
        let rest = situation.servers.values.filter { $0.wave == nil }
        if !rest.isEmpty {
            groups.append(
                ServerGroup(
                    subject: .wave(""), title: groups.isEmpty ? "servers" : "others", servers: rest,
                    counted: rest.filter { $0.isInRunbook && !$0.isHeld }))
        }
        return groups
    }

    /// An axis's count and look: the worst thing about any server wins, all as asked is good.
    func count(_ axis: Axis) -> (done: Int, of: Int, look: Look)? {
        var done = 0
        var of = 0
        var worst: (rank: Int, look: Look)?
        for server in counted {
            guard let (look, _) = axis.look(server) else { continue }
            of += 1
            if axis.isAsked(server) {
                done += 1
                continue
            }
            let rank = ServerGroup.rank(look.sign)
            if worst.map({ rank < $0.rank }) ?? true { worst = (rank, look) }
        }
        guard of > 0 else { return nil }
        guard let worst else { return (done, of, Look(.good, "", .good)) }
        var look = worst.look
        if look.sign == .off, done > 0 { look = Look(.need, "", .act) }
        if look.sign == .pending, done > 0 { look = Look(.moving, "", .moving) }
        return (done, of, look)
    }

    /// Which sign stands for a group, worst first.
    static func rank(_ sign: Sign) -> Int {
        switch sign {
        case .bad: 0
        case .divergence: 1
        case .stale: 2
        case .unknown: 3
        case .need: 4
        case .moving: 5
        case .off: 6
        case .skipped, .notApplicable: 7
        default: 8
        }
    }

    /// The servers that are not as the others, each with its worst thing, alike ones together.
    func odd(_ axes: [Axis], _ sight: Sight) -> [Odd] {
        var found: [Odd] = []
        let counts = axes.map { count($0) }
        for server in servers {
            if server.isHeld {
                found.append(Odd(names: [server.name], look: Look(.off, "held", .off), axis: 0, since: nil))
                continue
            }
            guard let odd = worst(of: server, axes, counts, sight) else { continue }
            if let place = found.firstIndex(where: { $0.look == odd.look && odd.since == $0.since }) {
                found[place].names.append(server.name)
            } else {
                found.append(odd)
            }
        }
        return found.enumerated().sorted {
            (ServerGroup.rank($0.element.look.sign), $0.offset) < (ServerGroup.rank($1.element.look.sign), $1.offset)
        }.map(\.element)
    }

    private func worst(
        of server: ServerFacts, _ axes: [Axis], _ counts: [(done: Int, of: Int, look: Look)?], _ sight: Sight
    ) -> Odd? {
        if server.reach?.value == .unreachable {
            let look = Look.init(.unreachable as ServerReport.Reach)
            return Odd(names: [server.name], look: look, axis: 0, since: server.reach?.claim.since)
        }
        var odd: (rank: Int, odd: Odd)?
        for (place, axis) in axes.enumerated() {
            guard let count = counts[place], let (look, since) = axis.look(server), !axis.isAsked(server) else { continue }
            let rank = ServerGroup.rank(look.sign)
            // What all lack alike is not odd, the count tells it; unless it is bad.
            let isAlike = count.done == 0 && look.sign == count.look.sign
                && counted.allSatisfy { axis.look($0).map { $0.look.sign == look.sign } ?? true }
            let isOdd = look.sign == .bad || !isAlike && (rank <= 2 || look.sign == .moving || (count.done > 0 && count.done < count.of))
            guard isOdd, odd.map({ rank < $0.rank }) ?? true else { continue }
            let isOut = look.sign == .off
            let worded = Look(isOut ? .need : look.sign, axis.phrase(look, sight.runbook), isOut ? .act : look.role)
            odd = (rank, Odd(names: [server.name], look: worded, axis: place, since: isOut ? since : nil))
        }
        return odd?.odd
    }
}

/// Servers that stand out for one reason.
struct Odd {
    var names: [String]
    var look: Look
    var axis: Int
    var since: Instant?

    /// `NAME out of POOL since 03:52, 39 min`.
    func text(_ sight: Sight) -> String {
        let base = names.joined(separator: ", ") + " " + look.word
        guard let since else { return base }
        return base + " since \(sight.runbook.zones.home.zone.local(since).clock), \(sight.age(since))"
    }
}
