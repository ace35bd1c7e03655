import OrderedCollections

/// Something that is wrong with the night itself, beside what each pane shows of its own.
public struct Trouble: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A server that cannot be reached serves all the same: of the first rank.
        case unreachableYetServing = "unreachable-yet-serving"
        /// A tool started a step while its gate was shut.
        case pastGate = "past-gate"
        /// Servers that run since before what they depend on was ready.
        case recycle = "recycle-needed"
        /// The night will end after its window, or has not ended in it.
        case overrun
        /// A slot of the batch closes went by while one was failed.
        case missedSlot = "missed-slot"
        /// A wave lies in the time of the batch closes, and nothing keeps them away.
        case batchGuard = "batch-guard"
        /// A source is not heard.
        case source
    }

    public let kind: Kind
    public let subject: String
    public let text: String
    public let since: Instant?

    /// All that is wrong, worst first.
    static func all(
        in bridge: Bridge, servers: OrderedDictionary<String, ServerFacts>,
        restarts: OrderedDictionary<String, RestartFacts>, forecast: ForecastFacts, batch: BatchFacts,
        now: Instant
    ) -> [Trouble] {
        unreachable(servers) + pastGates(bridge) + overrun(forecast, bridge, now) + recycles(restarts)
            + self.batch(batch, bridge) + sources(bridge)
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
