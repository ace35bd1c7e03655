internal import OrderedCollections
internal import WarRoomCore

// Gates that nothing leads through.
extension Lint {
    mutating func findGates() {
        let named = Set(runbook.steps.values.compactMap(\.gate))
        for pair in root.at("gates")?.pairs ?? [] {
            guard let gate = runbook.gates[pair.key] else { continue }
            if !named.contains(gate.id) { hole(.unusedGate, at: pair.place, "no step names the gate '\(gate.id)'") }
            let behind = stepsBehind(gate: gate.id)
            for (need, written) in zip(gate.needs, pair.value.items("needs")) {
                guard let why = obstacle(need, behind: behind) else { continue }
                hole(.gateStuck, at: written.place, "the gate '\(gate.id)' can never be met: \(why)")
            }
            findApprovers(of: gate, written: pair.value.items("approvers"))
        }
    }

    /// Why a need of a gate cannot become true: there is nothing in it, or all that would make it true is behind the
    /// gate. Where steps wait by `after`, groups and phases it is a circle, which is a fault and not a hole.
    private func obstacle(_ need: Need, behind: Set<String>) -> String? {
        if let nothing = emptiness(of: need) { return nothing }
        switch need.subject {
        case .wave, .server, .pool:
            if need.predicate == .pools, need.value == "in" {
                return stuck(ends(in: need), behind)
            }
            if need.predicate == .alerts, need.value == "on" {
                return stuck(servers(of: need).map { .alerts($0) }, behind)
            }
            let makers = leaves.filter { step in
                step.doneWhen.map { ($0.subject, $0.id, $0.predicate) == (need.subject, need.id, need.predicate) }
                    ?? false
            }
            return waiting(makers.map(\.id), behind)
        case .tests:
            if let late = runbook.tests[need.id]?.after.first(where: { behind.contains($0) }) {
                return "its results count only after '\(late)', which waits for this gate"
            }
            return waiting(leaves.filter { $0.tests == need.id }.map(\.id), behind)
        case .pipeline:
            return waiting(
                leaves.filter { $0.doneWhen?.subject == .pipeline && $0.doneWhen?.id == need.id }.map(\.id), behind)
        case .looseEnds:
            return stuck(openers.keys.filter { !need.but.contains($0.text) }, behind)
        case .step, .phase, .board: return nil
        }
    }

    /// Why the makers of a need cannot make it true: all of them wait for the gate.
    private func waiting(_ makers: [String], _ behind: Set<String>) -> String? {
        guard let first = makers.first, makers.allSatisfy({ behind.contains($0) }) else { return nil }
        return "'\(first)' brings it about, and waits for this gate"
    }

    /// Why things cannot be on again: they are switched off before the gate, and on only behind it.
    private func stuck(_ ends: [LooseEndID], _ behind: Set<String>) -> String? {
        for end in ends {
            guard let opening = openers[end], let closing = closers[end], let first = closing.first,
                opening.contains(where: { !behind.contains($0) }), closing.allSatisfy({ behind.contains($0) })
            else { continue }
            return "'\(first)' closes \(end.text), and waits for this gate"
        }
        return nil
    }

    private func servers(of need: Need) -> [String] {
        let all: [String] =
            switch need.subject {
            case .wave: runbook.waves[need.id]?.servers ?? []
            case .server: [need.id]
            case .pool: runbook.servers.values.filter { $0.pools.contains(need.id) }.map(\.name)
            default: []
            }
        return all.filter { !need.but.contains($0) }
    }

    private func ends(in need: Need) -> [LooseEndID] {
        servers(of: need).flatMap { server -> [LooseEndID] in
            let pools = need.subject == .pool ? [need.id] : runbook.servers[server]?.pools ?? []
            return pools.map { .pool(server: server, pool: $0) }
        }
    }

    private func emptiness(of need: Need) -> String? {
        switch need.subject {
        case .wave, .pool:
            if servers(of: need).isEmpty {
                return "the \(need.subject.rawValue) '\(need.id)' has no server that counts"
            }
            fallthrough
        case .server:
            guard need.predicate == .pools,
                let server = servers(of: need).first(where: { runbook.servers[$0]?.pools.isEmpty ?? true })
            else { return nil }
            return "'\(server)' is in no pool"
        case .phase:
            return leaves.contains { $0.phase == need.id } ? nil : "the phase '\(need.id)' has no step"
        case .board:
            return runbook.boards[need.id]?.teams.isEmpty ?? true ? "the board '\(need.id)' has no row" : nil
        case .step, .tests, .pipeline, .looseEnds: return nil
        }
    }

    // MARK: Approvers

    /// Finds roles that nobody holds, and gates with fewer people than approvals. Without `access` nobody is named, and
    /// nothing is asked.
    private mutating func findApprovers(of gate: Runbook.Gate, written: [Written]) {
        guard !runbook.access.isEmpty else { return }
        func members(_ role: String) -> [String] {
            runbook.access.filter { $0.role == .approver(role) }.flatMap(\.members)
        }
        var people: Set<String> = []
        for (role, item) in zip(gate.approvers, written) {
            let holders = members(role)
            if holders.isEmpty {
                hole(
                    .gateStuck, at: item.place,
                    "the gate '\(gate.id)' can never be approved: access gives 'approver: \(role)' to nobody")
            }
            people.formUnion(holders)
        }
        // A group may have any number of members.
        guard let first = written.first, !people.isEmpty, people.count < gate.approvers.count,
            !people.contains(where: { $0.hasPrefix("%") })
        else { return }
        hole(
            .gateStuck, at: first.place,
            "the gate '\(gate.id)' can never be approved: \(gate.approvers.count) different people must, and access "
                + "names \(Lint.list(people.sorted()))")
    }
}
