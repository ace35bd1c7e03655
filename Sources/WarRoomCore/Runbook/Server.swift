extension Runbook {
    /// A balancer's group of servers. A server may be in several, and is back when it is in all of them.
    package struct Pool: Hashable, Sendable {
        /// The balancer's own name for it.
        package var name: String
        /// What it is called on screens.
        package var title: String
        /// The balancer that it lies in, by its name; `nil` where none is named.
        package var balancer: String?
        /// The fewest servers that may serve; `nil`: there is no such limit.
        package var minimum: Int?

        /// A pool as the runbook describes it.
        package init(name: String, title: String, balancer: String? = nil, minimum: Int? = nil) {
            self.name = name
            self.title = title
            self.balancer = balancer
            self.minimum = minimum
        }
    }

    /// One machine.
    package struct Server: Hashable, Sendable {
        /// Its exact name, by which everybody reports on it.
        package var name: String
        /// What it is, in the runbook's word: web, database, proxy.
        package var kind: String?
        /// The pools that it belongs to, by name.
        package var pools: [String]
        /// Servers that must be ready, not merely booted, before this one's services start.
        package var restartAfter: [String]
        /// Other names that tools use for it.
        package var aliases: [String]

        /// A server as the runbook describes it.
        package init(
            name: String, kind: String? = nil, pools: [String] = [], restartAfter: [String] = [],
            aliases: [String] = []
        ) {
            self.name = name
            self.kind = kind
            self.pools = pools
            self.restartAfter = restartAfter
            self.aliases = aliases
        }
    }

    /// Servers that are patched together.
    package struct Wave: Hashable, Sendable {
        /// What steps, needs and `@wave` call it.
        package var id: String
        /// Its servers by name, in the runbook's order.
        package var servers: [String]
        /// How often each of them boots on the night; more is a trouble.
        package var boots: Int
        /// How long its servers must have run without a gap before a gate with a need on it opens; `nil`: no time.
        package var soak: Duration?
        /// What holds the wave by itself.
        package var stopOn: [HoldReport.Cause]
        /// The roles that may lift such a hold.
        package var lift: [Role]

        /// A wave of servers.
        package init(
            id: String, servers: [String], boots: Int = 1, soak: Duration? = nil, stopOn: [HoldReport.Cause] = [],
            lift: [Role] = [.lead]
        ) {
            self.id = id
            self.servers = servers
            self.boots = boots
            self.soak = soak
            self.stopOn = stopOn
            self.lift = lift
        }
    }
}
