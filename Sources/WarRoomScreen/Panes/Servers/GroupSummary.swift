import OrderedCollections
import WarRoomCore

/// What is counted of a group of servers, axis by axis, and who of them stands out.
struct GroupSummary {
    /// How many of how many are as asked, with the face of the worst server, or good where all are.
    struct Count {
        let done: Int
        let of: Int
        let face: Face
        /// Whether none is as asked, and all have the sign of that face.
        let isAlike: Bool

        /// The numbers themselves are loud only where somebody is needed, and faint where nothing has begun.
        var numberRole: TextRole {
            switch face.role {
            case .act, .bad, .doubt, .waiting: face.role
            default: .plain
            }
        }
    }

    /// What holds the wave; `nil`: nothing does.
    let hold: WaveHold?
    let axes: [Axis]
    private let counts: [Count?]
    private(set) var odd: [Odd] = []
    /// Whether something is wrong with one of them.
    let isTroubled: Bool

    init(_ group: ServerGroup, _ sight: Sight) {
        hold = group.hold(sight)
        axes = Axis.all(sight.runbook)
        isTroubled = group.servers.contains { $0.rollup == .failed || $0.rollup == .doubt }
        counts = axes.map { GroupSummary.count($0, in: group, sight) }
        odd = oddOnes(of: group, sight)
    }

    /// The count of an axis; `nil` where it concerns none of them.
    func count(_ axis: Axis) -> Count? { axes.firstIndex(of: axis).flatMap { counts[$0] } }

    private static func count(_ axis: Axis, in group: ServerGroup, _ sight: Sight) -> Count? {
        var done = 0
        var of = 0
        var worst: (rank: Int, face: Face)?
        var isAlike = true
        for server in group.counted {
            if axis.isAsked(server, sight.situation) {
                (done, of) = (done + 1, of + 1)
                continue
            }
            guard let (face, _) = axis.face(server, sight.situation) else { continue }
            of += 1
            let rank = ServerGroup.rank(face.sign)
            if let worst, worst.face.sign != face.sign { isAlike = false }
            if worst.map({ rank < $0.rank }) ?? true { worst = (rank, face) }
        }
        guard of > 0 else { return nil }
        guard let worst else { return Count(done: done, of: of, face: Face(.good, "", .good), isAlike: false) }
        var face = worst.face
        if face.sign == .off, done > 0 { face = Face(.need, "", .act) }
        if face.sign == .pending, done > 0 { face = Face(.moving, "", .moving) }
        return Count(done: done, of: of, face: face, isAlike: isAlike && done == 0)
    }

    /// The servers that are not as the others, each with its worst thing, alike ones together.
    private func oddOnes(of group: ServerGroup, _ sight: Sight) -> [Odd] {
        var found: [Odd] = []
        if let hold {
            found.append(
                Odd(names: ["wave"], face: Face(.need, "held", .act), axis: 0, since: hold.at, subject: group.subject))
        }
        for server in group.servers {
            if server.isHeld {
                found.append(
                    Odd(names: [server.name], face: Face(.off, "held back", .off), axis: 0, since: nil, isHold: true))
                continue
            }
            guard let odd = worst(of: server, sight) else { continue }
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

    private func worst(of server: ServerFacts, _ sight: Sight) -> Odd? {
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
            guard let count = counts[place], !axis.isAsked(server, sight.situation),
                let (face, since) = axis.face(server, sight.situation)
            else { continue }
            // Not every server has to be probed.
            if axis == .reach, face.sign == .pending { continue }
            let rank = ServerGroup.rank(face.sign)
            // What all servers lack alike is told by the count, and is odd only where it is bad.
            let isAlike = count.isAlike && face.sign == count.face.sign
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

/// A summary with what it rests on.
private struct KnownSummary: Sendable {
    struct Basis: Equatable {
        let hold: WaveHold?
        let mute: LooseEndFacts?
        let restarts: OrderedDictionary<String, RestartFacts>
        let runbook: String
    }

    let servers: [ServerFacts]
    let basis: Basis
    let summary: GroupSummary
}

extension ServerGroup {
    /// What is counted of it. An entry speaks of one server, and a night may have thousands: a group of which none has
    /// changed is not counted again.
    func summary(_ sight: Sight) -> GroupSummary {
        guard let recall = sight.recall else { return GroupSummary(self, sight) }
        let basis = KnownSummary.Basis(
            hold: hold(sight), mute: sight.situation.mute, restarts: sight.situation.restarts,
            runbook: sight.runbook.fingerprint)
        let last: KnownSummary? = recall[subject]
        if let last, last.basis == basis, last.servers.elementsEqual(servers, by: ===) { return last.summary }
        let known = KnownSummary(servers: servers, basis: basis, summary: GroupSummary(self, sight))
        recall[subject] = known
        return known.summary
    }

    fileprivate func hold(_ sight: Sight) -> WaveHold? {
        guard case .wave(let id) = subject else { return nil }
        return sight.bridge.waveHolds[id]
    }
}
