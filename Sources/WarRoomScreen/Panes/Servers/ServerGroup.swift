import OrderedCollections
import WarRoomCore

/// Servers that are counted together: a wave, or those in no wave.
struct ServerGroup {
    let subject: Subject
    let title: String
    let servers: [ServerFacts]
    /// Those that count: all that are not held.
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

    /// An axis's count and face: the face of the worst server, or good where all are as asked.
    func count(_ axis: Axis, _ sight: Sight) -> (done: Int, of: Int, face: Face)? {
        var done = 0
        var of = 0
        var worst: (rank: Int, face: Face)?
        for server in counted {
            guard let (face, _) = axis.face(server, sight.situation) else { continue }
            of += 1
            if axis.isAsked(server, sight.situation) {
                done += 1
                continue
            }
            let rank = ServerGroup.rank(face.sign)
            if worst.map({ rank < $0.rank }) ?? true { worst = (rank, face) }
        }
        guard of > 0 else { return nil }
        guard let worst else { return (done, of, Face(.good, "", .good)) }
        var face = worst.face
        if face.sign == .off, done > 0 { face = Face(.need, "", .act) }
        if face.sign == .pending, done > 0 { face = Face(.moving, "", .moving) }
        return (done, of, face)
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
        let counts = axes.map { count($0, sight) }
        if let hold = hold(sight) {
            found.append(
                Odd(names: ["wave"], face: Face(.need, "held", .act), axis: 0, since: hold.at, subject: subject))
        }
        for server in servers {
            if server.isHeld {
                found.append(Odd(names: [server.name], face: Face(.off, "held", .off), axis: 0, since: nil))
                continue
            }
            guard let odd = worst(of: server, axes, counts, sight) else { continue }
            if let place = found.firstIndex(where: { $0.face == odd.face && odd.since == $0.since }) {
                found[place].names.append(server.name)
            } else {
                found.append(odd)
            }
        }
        return found.enumerated().sorted {
            (ServerGroup.rank($0.element.face.sign), $0.offset) < (ServerGroup.rank($1.element.face.sign), $1.offset)
        }.map(\.element)
    }

    /// What holds the wave; `nil`: nothing does.
    func hold(_ sight: Sight) -> WaveHold? {
        if case .wave(let id) = subject { sight.bridge.waveHolds[id] } else { nil }
    }

    private func worst(
        of server: ServerFacts, _ axes: [Axis], _ counts: [(done: Int, of: Int, face: Face)?], _ sight: Sight
    ) -> Odd? {
        if let reach = server.reach, reach.value == .unreachable, !reach.isDisputed {
            let face = Face.init(.unreachable as ServerReport.Reach)
            let doubted = face.doubted(stale: server.reach?.isStale ?? false, disputed: false)
            return Odd(
                names: [server.name], face: doubted, axis: axes.firstIndex(of: .reach) ?? 0,
                since: server.reach?.claim.since)
        }
        if let restart = sight.situation.restarts[server.name], restart.state == .recycleNeeded {
            let place = axes.firstIndex(of: .reboot) ?? 0
            return Odd(names: [server.name], face: Face(restart), axis: place, since: restart.since)
        }
        var odd: (rank: Int, odd: Odd)?
        for (place, axis) in axes.enumerated() {
            guard let count = counts[place], let (face, since) = axis.face(server, sight.situation),
                !axis.isAsked(server, sight.situation)
            else { continue }
            // Not every server has to be probed.
            if axis == .reach, face.sign == .pending { continue }
            let rank = ServerGroup.rank(face.sign)
            // What all servers lack alike is told by the count, and is odd only where it is bad.
            let isAlike =
                count.done == 0 && face.sign == count.face.sign
                && counted.allSatisfy { axis.face($0, sight.situation).map { $0.face.sign == face.sign } ?? true }
            let isOdd =
                face.sign == .bad
                || !isAlike && (rank <= 2 || face.sign == .moving || (count.done > 0 && count.done < count.of))
            guard isOdd, odd.map({ rank < $0.rank }) ?? true else { continue }
            let isOut = face.sign == .off
            let worded = Face(isOut ? .need : face.sign, axis.phrase(face, sight.runbook), isOut ? .act : face.role)
            odd = (rank, Odd(names: [server.name], face: worded, axis: place, since: isOut ? since : nil))
        }
        return odd?.odd
    }
}

/// Servers that stand out for one reason.
struct Odd {
    var names: [String]
    var face: Face
    var axis: Int
    var since: Instant?
    /// What it speaks of; `nil`: the first of the servers.
    var subject: Subject?

    /// `NAME out of POOL since 03:52, 39 min`; in less room how long only, then as many names as fit.
    func text(_ sight: Sight, room: Int = .max) -> String {
        func words(_ count: Int, _ tail: String) -> String {
            let left = names.count - count
            return names.prefix(count).joined(separator: ", ") + (left > 0 ? " and \(left) more " : " ") + face.word
                + tail
        }
        let age = since.map { " " + sight.age($0) } ?? ""
        let whole = since.map { " since \(sight.runbook.zones.home.zone.local($0).clock)," + age } ?? ""
        var text = words(names.count, whole)
        for count in stride(from: names.count, to: 0, by: -1) where CellWidth.shown(text) > room {
            text = words(count, age)
        }
        return text
    }
}
