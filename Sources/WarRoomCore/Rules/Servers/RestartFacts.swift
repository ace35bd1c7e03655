import OrderedCollections

/// Whether a server's services started after what they depend on was ready, from real times, server by server. A web
/// server must start when its database is ready, not merely booted.
package struct RestartFacts: Hashable, Sendable {
    /// Whether the order was kept, by the word of `status --json`.
    package enum State: String, Sendable, CaseIterable {
        case inOrder = "in order"
        /// It runs since before what it depends on was last ready: it must be restarted.
        case recycleNeeded = "recycle needed"
        /// A time is missing: never taken for in order.
        case unknown
    }

    /// The rule between a server and one that it depends on.
    package struct Edge: Hashable, Sendable {
        /// The server that it depends on, by name.
        package let after: String
        /// Whether the order was kept.
        package let state: State
        /// When the services of the dependent last started.
        let startedAt: Instant?
        /// When what it depends on was last ready, in bridge time; `nil`: nobody has said, whenever it booted.
        let readyAt: Instant?
        /// The same, or when that last booted where this is all that is known.
        let upAt: Instant?
        /// The reason in words, with both times in both zones where they are known.
        package let why: String
    }

    /// One for each server that it depends on, in the runbook's order.
    package let edges: [Edge]

    /// The edge that decides: one that needs a recycle, else an unknown one.
    package var worst: Edge? {
        edges.first { $0.state == .recycleNeeded } ?? edges.first { $0.state == .unknown } ?? edges.first
    }
    /// Whether the order was kept towards all that it depends on.
    package var state: State { worst?.state ?? .unknown }
    /// Since when a recycle is needed, in bridge time; `nil`: none is, or nobody knows since when.
    package var since: Instant? { state == .recycleNeeded ? worst?.upAt : nil }

    /// The servers for which the runbook names an order; the others are under no rule, which is not the same as in
    /// order.
    static func all(
        in bridge: Bridge, servers: OrderedDictionary<String, ServerFacts>
    ) -> OrderedDictionary<String, RestartFacts> {
        var all: OrderedDictionary<String, RestartFacts> = [:]
        for plan in bridge.runbook.servers.values where !plan.restartAfter.isEmpty {
            all[plan.name] = RestartFacts(plan.name, in: bridge, servers: servers)
        }
        return all
    }

    init?(_ name: String, in bridge: Bridge, servers: OrderedDictionary<String, ServerFacts>) {
        guard let server = servers[name], let plan = bridge.runbook.servers[name] else { return nil }
        edges = plan.restartAfter.map { Edge(server, after: $0, servers[$0], zones: bridge.runbook.zones) }
    }
}

extension RestartFacts.Edge {
    fileprivate init(_ server: ServerFacts, after name: String, _ first: ServerFacts?, zones: Runbook.Zones) {
        after = name
        // Services cannot have started before the machine did, and further updates mean further reboots: the last
        // counts.
        let started = [server.startedAt, server.bootedAt].compactMap { $0 }.max()
        let booted = first?.bootedAt
        let ready = first?.readyAt.flatMap { ready in booted.map { $0 <= ready } ?? true ? ready : nil }
        startedAt = started
        readyAt = ready
        upAt = ready ?? booted
        if server.reboot?.value == .rebooting {
            (state, why) = (.unknown, "it is rebooting")
        } else if first?.reboot?.value == .rebooting {
            // Whatever runs now was there before.
            (state, why) =
                started == nil ? (.unknown, "\(name) is rebooting") : (.recycleNeeded, "\(name) is rebooting")
        } else if let started, let ready {
            let times = "services started \(zones.both(started)), \(name) ready \(zones.both(ready))"
            if started <= ready {
                (state, why) = (.recycleNeeded, times)
            } else if server.isClockAhead {
                (state, why) = (.unknown, "its clock is ahead: it tells of a start that has not come")
            } else {
                (state, why) = (.inOrder, times)
            }
        } else if let started, let booted, started <= booted {
            let times = "services started \(zones.both(started)), \(name) booted \(zones.both(booted))"
            (state, why) = (.recycleNeeded, times)
        } else if started == nil {
            (state, why) = (.unknown, "when its services started is not known")
        } else {
            (state, why) = (.unknown, "when \(name) was ready is not known")
        }
    }
}

extension Runbook.Zones {
    /// An instant in both zones with its weekdays, `Sun 04:30 / Sun 14:00`.
    package func both(_ instant: Instant) -> String {
        let (home, other) = (home.zone.local(instant), other.zone.local(instant))
        return "\(home.day3) \(home.clock) / \(other.day3) \(other.clock)"
    }
}
