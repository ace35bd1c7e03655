import OrderedCollections

/// Something that is wrong with the night itself, beside what each pane shows of its own.
public struct Trouble: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A server that cannot be reached serves all the same: of the first rank.
        case unreachableYetServing = "unreachable-yet-serving"
        /// A time of the page does not fit its other half, and nobody has ruled which holds.
        case pair
        /// A tool started a step while its gate was shut.
        case pastGate = "past-gate"
        /// A source is not heard.
        case source
        /// The runbook lacks something, by the lint's code.
        case hole
    }

    public let kind: Kind
    public let subject: String
    public let text: String
    public let since: Instant?

    /// All that is wrong, worst first.
    static func all(
        in bridge: Bridge, servers: OrderedDictionary<String, ServerFacts>
    ) -> [Trouble] {
        unreachable(servers) + pairs(bridge) + pastGates(bridge) + sources(bridge) + holes(bridge)
    }

    private static func pairs(_ bridge: Bridge) -> [Trouble] {
        bridge.openPairs.map { pair in
            let title = bridge.runbook.steps[pair.step]?.title ?? pair.step
            return Trouble(
                kind: .pair, subject: pair.id, text: "\(pair.mismatch ?? ""): \(title) needs a ruling", since: bridge.openedAt)
        }
    }

    /// Pairs have troubles of their own, one each.
    private static func holes(_ bridge: Bridge) -> [Trouble] {
        bridge.runbook.holes.filter { $0.code != "PAIR" }.map {
            Trouble(kind: .hole, subject: $0.code, text: $0.text, since: nil)
        }
    }

    private static func unreachable(_ servers: OrderedDictionary<String, ServerFacts>) -> [Trouble] {
        servers.values.compactMap { server in
            guard let reach = server.reach, reach.value == .unreachable else { return nil }
            let serving = server.pools.filter { $0.member?.value == .in }.map(\.name)
            guard !serving.isEmpty else { return nil }
            return Trouble(
                kind: .unreachableYetServing, subject: server.name,
                text: "\(server.name) is unreachable yet serving in \(serving.joined(separator: ", "))",
                since: reach.claim.since)
        }
    }

    private static func pastGates(_ bridge: Bridge) -> [Trouble] {
        bridge.steps.flatMap { id, record in
            record.tools.values.compactMap { life in
                guard let why = life.pastGate else { return nil }
                return Trouble(
                    kind: .pastGate, subject: id,
                    text: "\(bridge.runbook.steps[id]?.title ?? id) was started by \(life.by) past a shut gate: \(why)",
                    since: life.startedAt ?? life.at)
            }
        }
    }

    private static func sources(_ bridge: Bridge) -> [Trouble] {
        bridge.sources.compactMap { id, record in
            guard record.state == .stale || record.state == .unreadable else { return nil }
            return Trouble(
                kind: .source, subject: id,
                text: "source \(id) is \(record.state.rawValue): \(record.reason ?? "no reason known")",
                since: record.since)
        }
    }
}
