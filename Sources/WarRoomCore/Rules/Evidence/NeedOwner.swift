import OrderedCollections

/// Who can make a need true: the owner of the step that would, else the role whose word it is.
extension Evidence {
    /// `server` and `pool`: the first that is not as asked, where the need is on servers.
    func owner(of need: Need, server: String? = nil, pool: String? = nil) -> String? {
        if need.subject == .board {
            if let by = runbook.boards[need.id]?.by { return by }
            let teams =
                boards[need.id]?.teams.values.filter { $0.checks.contains { $0.mark != .ok } }.map(\.title) ?? []
            return teams.isEmpty ? nil : teams.prefix(3).joined(separator: ", ")
        }
        for planned in index.steps where makes(need, planned, server: server, pool: pool) {
            if let owner = planned.owner { return owner }
        }
        return nil
    }

    /// Whether a step's end makes a need true.
    private func makes(_ need: Need, _ planned: PlannedStep, server: String?, pool: String?) -> Bool {
        switch need.subject {
        case .tests:
            return planned.step.tests == need.id
                || planned.step.doneWhen.map { $0.subject == .tests && $0.id == need.id } ?? false
        case .pipeline: return planned.step.doneWhen.map { $0.subject == .pipeline && $0.id == need.id } ?? false
        case .wave, .server, .pool:
            if let server, need.predicate == .pools, let pool {
                return planned.step.closes.contains(.pool(server: server, pool: pool))
            }
            if let server, need.predicate == .alerts { return planned.step.closes.contains(.alerts(server)) }
            return planned.step.doneWhen.map {
                $0.subject == need.subject && $0.id == need.id && $0.predicate == need.predicate
            } ?? false
        case .looseEnds: return looseEnds.first.map { planned.step.closes.contains($0.id) } ?? false
        case .step, .phase, .board: return false
        }
    }

    /// What a server does that was not asked for.
    private func said(_ predicate: Need.Predicate, _ value: String, pool: String?) -> String {
        let title = pool.map { "the \(runbook.pools[$0]?.title ?? $0)" } ?? ""
        return switch (predicate, value) {
        case (.pools, "out"), (.pools, "down"): "dropped out of \(title)"
        case (.pools, _): "is \(value) in \(title)"
        case (.reboot, "rebooting"): "is rebooting"
        case (.reboot, "pending"): "waits for its reboot"
        case (.verify, "failed"): "failed its checks"
        case (.verify, _): "is not checked"
        case (.patch, "running"): "is being patched"
        case (.patch, "failed"): "failed to be patched"
        case (.patch, "pending"): "is not patched"
        case (.alerts, _): "has its alerts muted"
        default: "is \(value)"
        }
    }

    /// The latest fresh claim that says otherwise than a need on servers asks: what is only unknown or stale says
    /// nothing.
    func against(
        _ need: Need, _ members: [ServerFacts], pool: String?
    ) -> (claim: NeedFacts.Against, server: String, pool: String?)? {
        var all: [(claim: NeedFacts.Against, server: String, pool: String?)] = []
        for server in members {
            func judge<Value: RawRepresentable<String>>(
                _ shown: Shown<Value>?, _ pool: String? = nil, also: String? = nil
            ) {
                guard let shown, shown.counts, shown.value.rawValue != need.value, shown.value.rawValue != also else {
                    return
                }
                let what = "\(server.name) \(said(need.predicate, shown.value.rawValue, pool: pool))"
                all.append((NeedFacts.Against(shown.claim, what: what), server.name, pool))
            }
            switch need.predicate {
            case .patch: judge(server.patch)
            case .reboot: judge(server.reboot, also: need.value == "up" ? "not-needed" : nil)
            case .verify: judge(server.verify)
            case .reach: judge(server.reach)
            case .alerts: judge(server.alerts)
            case .pools: for (name, member) in server.pools where pool == nil || name == pool { judge(member, name) }
            case .is: continue
            }
        }
        return all.max { $0.claim.moment < $1.claim.moment }
    }
}
