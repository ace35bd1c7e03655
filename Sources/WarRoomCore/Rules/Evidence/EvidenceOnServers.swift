import OrderedCollections

extension Evidence {
    /// A need on servers: how many are as asked, and the odd ones by name.
    func axis(_ members: [ServerFacts], _ need: Need, pool: String? = nil) -> NeedFacts {
        // Of a thousand odd ones three are named.
        var odd: [String] = []
        var oddCount = 0
        var since: Instant?
        for server in members {
            guard let shortfall = shortfall(of: server, need, pool: pool) else { continue }
            oddCount += 1
            if odd.count < 3 { odd.append("\(server.name) \(shortfall.text)") }
            if let from = shortfall.since { since = max(since ?? from, from) }
        }
        let evidence = members.flatMap { self.evidence(of: $0, need.predicate, pool: pool) }
        let last = evidence.map(\.entry).max() ?? 0
        let asked = need.predicate == .pools ? (pool ?? "every pool") : need.predicate.rawValue
        if members.isEmpty { return answer(need, false, "\(need.id): nobody is counted", nil, owner: owner(of: need)) }
        if oddCount == 0, need.predicate == .alerts, need.value == "on", let mute = looseEnds.mute {
            return answer(need, false, "\(asked) by their source, and yet \(mute.what)", mute.opened, entry: last)
        }
        if oddCount == 0 {
            let all = "\(members.count) of \(members.count) \(need.value): \(asked)"
            return answer(need, true, all, evidence.map(\.since).max(), entry: last)
        }
        let good = members.count - oddCount
        let head =
            need.predicate == .pools
            ? "\(good) of \(members.count) \(need.value == "in" ? "in" : "out of") all pools"
            : "\(good) of \(members.count) \(asked) \(need.value)"
        let against = self.against(need, members, pool: pool)
        return answer(
            need, false, "\(head): \(odd.listed(of: oddCount))", since.map { Moment(at: $0, entry: last) },
            owner: owner(of: need, server: against?.server, pool: against?.pool),
            entry: last, against: against?.claim)
    }

    private func title(ofPool name: String) -> String { runbook.pools[name]?.title ?? name }

    /// Since when a server's axis is as it is shown, and the entry behind that.
    private func evidence(
        of server: ServerFacts, _ predicate: Need.Predicate, pool: String?
    ) -> [(since: Moment, entry: Int)] {
        func of<Value>(_ shown: Shown<Value>?) -> [(since: Moment, entry: Int)] {
            shown.map { [($0.claim.moment, $0.claim.entry)] } ?? []
        }
        return switch predicate {
        case .patch: of(server.patch)
        case .reboot: of(server.reboot)
        case .verify: of(server.verify)
        case .reach: of(server.reach)
        case .alerts: of(server.alerts)
        case .pools: server.pools.filter { pool == nil || $0.name == pool }.flatMap { of($0.member) }
        case .is: []
        }
    }

    /// What a server lacks to be as asked, and since when; its words are put together only where they are shown.
    private struct Shortfall {
        let words: [String]
        let since: Instant?

        init(_ words: String..., since: Instant?) {
            self.words = words
            self.since = since
        }

        var text: String { words.joined(separator: " ") }
    }

    /// What a server lacks; `nil` when it is as asked.
    private func shortfall(of server: ServerFacts, _ need: Need, pool: String?) -> Shortfall? {
        func judge<Value: RawRepresentable<String>>(_ shown: Shown<Value>?, _ isSo: (Value) -> Bool) -> Shortfall? {
            guard let shown else { return Shortfall("unknown", since: nil) }
            if shown.isStale { return Shortfall("is stale", since: shown.claim.at) }
            if shown.isDisputed { return Shortfall("is disputed", since: shown.claim.at) }
            return isSo(shown.value) ? nil : Shortfall("is", shown.value.rawValue, since: shown.claim.since)
        }
        switch need.predicate {
        case .patch: return judge(server.patch) { $0.rawValue == need.value }
        case .reboot:
            return judge(server.reboot) { $0.rawValue == need.value || need.value == "up" && $0 == .notNeeded }
        case .verify: return judge(server.verify) { $0.rawValue == need.value }
        case .reach: return judge(server.reach) { $0.rawValue == need.value }
        case .alerts: return judge(server.alerts) { $0.rawValue == need.value }
        case .pools:
            if server.pools.isEmpty { return Shortfall("is in no pool", since: nil) }
            for (name, member) in server.pools where pool == nil || name == pool {
                guard let odd = judge(member, { $0.rawValue == need.value }) else { continue }
                let isOut = need.value == "in" && member?.counts == true
                return isOut
                    ? Shortfall("is not in the", title(ofPool: name), since: odd.since)
                    : Shortfall(
                        member?.counts == true && member?.value == .in ? "is in the" : "\(odd.text) in the",
                        title(ofPool: name), since: odd.since)
            }
            return nil
        case .is: return server.rollup.word == need.value ? nil : Shortfall("is", server.rollup.word, since: nil)
        }
    }
}
