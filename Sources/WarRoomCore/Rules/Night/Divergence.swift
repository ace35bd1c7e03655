import OrderedCollections

/// One fact on which claims disagree (docs/contract.md, Claims). They stand side by side, and meet no need of a gate
/// until a person rules, by name. The ruling lapses when a claim changes.
package struct Divergence: Hashable, Sendable {
    /// What one claimant says.
    package struct Side: Hashable, Sendable {
        /// Whose word it is: an event's source, a step, a hold, or the runbook.
        package let claimant: String
        /// Who sent it; empty where nobody did.
        let by: String
        /// What is said, which a ruling can name.
        package let value: String
        /// Since when it is said, in bridge time; `nil`: it is the plan's word, and has no time.
        package let since: Instant?
        /// The number of the entry that said so; 0: it is the plan's word.
        let entry: Int
        /// The entry since which it is said without a break: a word that is only repeated changes nothing.
        let sinceEntry: Int

        init(claimant: String, by: String, value: String, since: Instant?, entry: Int, sinceEntry: Int? = nil) {
            (self.claimant, self.by, self.value, self.since) = (claimant, by, value, since)
            (self.entry, self.sinceEntry) = (entry, sinceEntry ?? entry)
        }
    }

    /// What `warroom rule` names: `web1/patch`.
    package let id: String
    /// The server, step, test run or gate that it is about.
    package let subject: String
    /// What about it: `patch`, `pools/POOL`, `state`, `result`, `button`.
    package let field: String
    /// The claims side by side, two or more.
    package let sides: [Side]

    /// What a ruling can say, each value once.
    package var values: [String] {
        var all: [String] = []
        for side in sides where !all.contains(side.value) { all.append(side.value) }
        return all
    }
    /// Since when they disagree, in bridge time: since the last of them says what it says. `nil`: nobody knows.
    package var since: Instant? { sides.compactMap(\.since).max() }
    /// All sides in one line.
    package var text: String { sides.map { "\($0.claimant) says \($0.value)" }.joined(separator: ", ") }

    /// A ruling holds until one of the claims changes.
    func isSettled(by ruling: Claim<RulingReport>?) -> Bool {
        guard let ruling, values.contains(ruling.value.value) else { return false }
        return sides.allSatisfy { $0.sinceEntry < ruling.entry }
    }

    /// The axes on which claims disagree, servers in the runbook's order.
    static func axes(_ facts: SituationParts) -> [Divergence] {
        facts.estate.odd.disputed.sorted().flatMap { place in
            let server = facts.servers.values[place]
            return server.disputes.map { field in
                Divergence(
                    id: "\(server.name)/\(field)", subject: server.name, field: field,
                    sides: facts.bridge.sides(of: server.name, field))
            }
        }
    }
}

extension Bridge {
    /// What each claimant says of a server's axis.
    fileprivate func sides(of server: String, _ field: String) -> [Divergence.Side] {
        guard let record = servers[server]?.value else { return [] }
        func sides<Value: RawRepresentable<String>>(_ claims: Claims<Value>?) -> [Divergence.Side] {
            (claims?.all ?? []).map { Divergence.Side($0) }
        }
        switch field {
        case "patch": return sides(record.patch)
        case "reboot": return sides(record.reboot)
        case "verify": return sides(record.verify)
        case "reach": return sides(record.reach)
        case "alerts": return sides(record.alerts)
        default: return sides(record.pools[String(field.dropFirst("pools/".count))])
        }
    }
}
