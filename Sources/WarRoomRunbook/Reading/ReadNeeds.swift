internal import OrderedCollections
internal import WarRoomCore

// Gates, and the conditions that gates and steps are written with.
extension Reading {
    mutating func readGates() {
        for pair in root.at("gates")?.pairs ?? [] {
            var gate = Runbook.Gate(id: pair.key, title: title(of: pair.value, id: pair.key))
            gate.says = prose(pair.value.at("says"))
            for written in pair.value.items("needs") {
                guard let need = need(written, mayBeShort: false) else { continue }
                gate.needs.append(need)
                addWaits(of: .gate(pair.key), on: need, at: written.place)
            }
            for item in pair.value.items("approvers") {
                guard let name = item.text else { continue }
                checkApprover(name, at: item.place)
                gate.approvers.append(name)
            }
            gate.fourEyes = known(pair.value.items("four_eyes"), .step)
            if let button = pair.value.at("button") {
                gate.button = button.text.flatMap { stage($0, at: button.place) }
            }
            runbook.gates[pair.key] = gate
        }
    }

    /// One condition. A step's `done_when` may leave out the predicate where only one makes sense.
    mutating func need(_ written: Written, mayBeShort: Bool) -> Need? {
        let subjects = written.pairs.filter { Need.Subject(rawValue: $0.key) != nil }
        guard let first = subjects.first, let subject = Need.Subject(rawValue: first.key), subjects.count == 1 else {
            let all = Need.Subject.allCases.map(\.rawValue).joined(separator: ", ")
            let found = subjects.isEmpty ? "none is here" : "here are \(subjects.map(\.key).joined(separator: " and "))"
            if written.isSection { fault(.need, at: written.place, "a condition has one subject of \(all); \(found)") }
            return nil
        }
        guard let id = id(of: subject, first.value) else { return nil }
        guard let (predicate, value) = predicate(of: subject, written, mayBeShort: mayBeShort) else { return nil }
        let but = written.at("but").map { left($0.items, outOf: subject, id, at: $0.place) } ?? []
        return Need(subject, id, predicate, value, but: but)
    }

    private mutating func id(of subject: Need.Subject, _ written: Written) -> String? {
        switch subject {
        case .step: return known(written, .step)
        case .phase: return known(written, .phase)
        case .wave: return known(written, .wave)
        case .server: return known(written, .server)
        case .pool: return known(written, .pool)
        case .tests: return known(written, .test)
        case .board: return known(written, .board)
        case .pipeline: return written.text.flatMap { stage($0, at: written.place) }
        case .looseEnds: return written.text.map { _ in "" }
        }
    }

    // MARK: Predicates

    /// The words that `is` takes, the usual one first.
    private static func states(of subject: Need.Subject) -> [String] {
        switch subject {
        case .step, .phase: ["done"]
        case .tests: ["passed"]
        case .board: ["ok"]
        case .looseEnds: ["none"]
        case .pipeline: ["succeeded"] + PipelineReport.State.allCases.map(\.rawValue).filter { $0 != "succeeded" }
        case .pool: ["in"] + NeedWords.pools.filter { $0 != "in" }
        case .wave, .server: ServerFacts.Rollup.allCases.map(\.word).reversed()
        }
    }

    private mutating func predicate(
        of subject: Need.Subject, _ written: Written, mayBeShort: Bool
    ) -> (Need.Predicate, String)? {
        let onServers = subject == .wave || subject == .server || subject == .pool
        let given = written.pairs.filter { Need.Predicate(rawValue: $0.key) != nil }
        let states = Reading.states(of: subject)
        if subject == .looseEnds, given.isEmpty { return (.is, "none") }
        guard let pair = given.first, let predicate = Need.Predicate(rawValue: pair.key), given.count == 1 else {
            if given.isEmpty, mayBeShort, !onServers { return (.is, states[0]) }
            let advice =
                onServers ? "write one of is, patch, reboot, verify, reach, pools, alerts" : "write is: \(states[0])"
            let found = given.isEmpty ? "none is here" : "here are \(given.map(\.key).joined(separator: " and "))"
            fault(.need, at: written.place, "a condition has one predicate; \(found): \(advice)")
            return nil
        }
        guard let value = pair.value.text else { return nil }
        guard predicate == .is else {
            if onServers { return (predicate, value) }
            fault(.need, at: pair.place, "\(subject.rawValue) has no '\(pair.key)': write is: \(states[0])")
            return nil
        }
        guard states.contains(value) else {
            let near = Spelling.hint(value, among: states)
            let all = ": write \(states.count == 1 ? states[0] : "one of \(states.joined(separator: ", "))")"
            fault(.need, at: pair.value.place, "\(subject.rawValue) is never '\(value)'\(near.isEmpty ? all : near)")
            return nil
        }
        // A pool has no state of its own. That it is "in" means that its servers are in it.
        return subject == .pool ? (.pools, value) : (.is, value)
    }

    // MARK: What is left out

    /// The ids that `but` leaves out, as the rules count them: steps without steps of their own, servers, rows, loose
    /// ends.
    private mutating func left(
        _ items: [Written], outOf subject: Need.Subject, _ id: String, at place: RunbookPlace
    ) -> [String] {
        switch subject {
        case .phase, .step: return steps(items, leftOutOf: subject, id)
        case .wave: return servers(items, leftOutOf: "the wave '\(id)'", runbook.waves[id]?.servers ?? [])
        case .pool:
            let members = runbook.servers.values.filter { $0.pools.contains(id) }.map(\.name)
            return servers(items, leftOutOf: "the pool '\(id)'", members)
        case .board:
            for item in items { if let text = item.text { checkRow("\(id)/\(text)", at: item.place) } }
            return items.compactMap(\.text)
        case .looseEnds: return looseEnds(items).map(\.text)
        case .server, .tests, .pipeline:
            fault(.need, at: place, "nothing can be left out of \(subject.rawValue): take 'but' away")
            return []
        }
    }

    private mutating func steps(_ items: [Written], leftOutOf subject: Need.Subject, _ id: String) -> [String] {
        let all =
            subject == .step
            ? runbook.leaves(of: id).map(\.id) : runbook.steps.values.filter { $0.phase == id }.map(\.id)
        let inside = Set(all)
        var left: OrderedSet<String> = []
        for item in items {
            guard let step = known(item, .step) else { continue }
            let leaves = runbook.leaves(of: step).map(\.id)
            guard leaves.allSatisfy({ inside.contains($0) }) else {
                fault(
                    .need, at: item.place,
                    "'\(step)' is not in the \(subject.rawValue) '\(id)': it need not be left out")
                continue
            }
            left.append(contentsOf: leaves)
        }
        return Array(left)
    }

    private mutating func servers(_ items: [Written], leftOutOf whole: String, _ members: [String]) -> [String] {
        let inside = Set(members)
        var left: OrderedSet<String> = []
        for item in items {
            guard let text = item.text else { continue }
            for server in servers(text, at: item.place) {
                if inside.contains(server) {
                    left.append(server)
                } else {
                    fault(.need, at: item.place, "'\(server)' is not in \(whole): it need not be left out")
                }
            }
        }
        return Array(left)
    }
}
