package import OrderedCollections

/// The plan of a night as its file gives it (CONTRACT 6): every name resolved, every time an instant. What the file
/// does not say is `nil` or empty here, never guessed.
package struct Runbook: Hashable, Sendable, Codable {
    package var id: String
    package var title: String
    /// The night's date as written, `2025-09-14`.
    package var date: String
    package var zones: Zones
    package var window: Window
    /// The approver roles that there are, where the file lists them: gates and access then name no others.
    package var approvers: [String]
    package var pools: OrderedDictionary<String, Pool>
    package var servers: OrderedDictionary<String, Server>
    package var waves: OrderedDictionary<String, Wave>
    package var tests: OrderedDictionary<String, TestPlan>
    package var pipelines: OrderedDictionary<String, Pipeline>
    package var channels: [String]
    package var boards: OrderedDictionary<String, Board>
    package var phases: OrderedDictionary<String, Phase>
    /// All steps in page order, groups before their children (T-09: page order is not time order).
    package var steps: OrderedDictionary<String, Step>
    package var gates: OrderedDictionary<String, Gate>
    package var batch: BatchPlan?
    package var metrics: OrderedDictionary<String, Metric>
    /// The times that the page gives in both zones, in page order.
    package var pairs: [TimePair]
    /// What the lint found missing, a kind at a time.
    package var holes: [Hole]
    package var sources: OrderedDictionary<String, SourcePlan>
    package var access: [Grant]
    package var socket: String?
    package var rehearsal: String?
    /// The file's SHA-256, lower-case hex: what entry 1 names.
    package var fingerprint: String

    /// The bridge's id (CONTRACT 2): `monthly-2025-09-14`.
    package var bridgeID: String { "\(id)-\(date)" }

    package init(id: String, title: String, date: String, zones: Zones) {
        self.id = id
        self.title = title
        self.date = date
        self.zones = zones
        window = Window()
        approvers = []
        pools = [:]
        servers = [:]
        waves = [:]
        tests = [:]
        pipelines = [:]
        channels = []
        boards = [:]
        phases = [:]
        steps = [:]
        gates = [:]
        metrics = [:]
        pairs = []
        holes = []
        sources = [:]
        access = []
        fingerprint = ""
    }

    /// The two zones, in the order in which every screen shows them.
    package struct Zones: Hashable, Sendable, Codable {
        package var home: LabelledZone
        package var other: LabelledZone

        package init(home: LabelledZone, other: LabelledZone) {
            self.home = home
            self.other = other
        }
    }

    /// A zone and the office's own word for it (T-01: the word may be wrong, the zone is not).
    package struct LabelledZone: Hashable, Sendable, Codable {
        package var label: String
        package var zone: Zone
        /// Other words of the page for it, by which written pairs of times are known: `Eastern`.
        var also: [String]

        package init(label: String, zone: Zone, also: [String] = []) {
            self.label = label
            self.zone = zone
            self.also = also
        }
    }

    /// When the night may begin and must end; the seed has no end (T-17).
    package struct Window: Hashable, Sendable, Codable {
        package var opens: Instant?
        package var closes: Instant?

        package init(opens: Instant? = nil, closes: Instant? = nil) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// A balancer's group of servers (S0-93).
    package struct Pool: Hashable, Sendable, Codable {
        package var name: String
        package var title: String
        /// The balancer that it lies in, where it has a name of its own.
        package var balancer: String?
        /// The fewest servers that may serve (N-11).
        package var minimum: Int?

        package init(name: String, title: String, balancer: String? = nil, minimum: Int? = nil) {
            self.name = name
            self.title = title
            self.balancer = balancer
            self.minimum = minimum
        }
    }

    package struct Server: Hashable, Sendable, Codable {
        package var name: String
        package var kind: String?
        package var pools: [String]
        /// Servers that must be ready before this one's services start (S1-13).
        package var restartAfter: [String]
        package var aliases: [String]

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

    /// Servers patched together.
    package struct Wave: Hashable, Sendable, Codable {
        package var id: String
        package var servers: [String]

        package init(id: String, servers: [String]) {
            self.id = id
            self.servers = servers
        }
    }

    /// A test run as planned.
    package struct TestPlan: Hashable, Sendable, Codable {
        var id: String
        package var title: String
        package var url: String?
        /// Steps that must be done before a result counts (CONTRACT 5, Test counts).
        package var after: [String]
        /// How many cases a whole run has, where that is known.
        package var expect: Int?

        package init(id: String, title: String, url: String? = nil, after: [String] = [], expect: Int? = nil) {
            self.id = id
            self.title = title
            self.url = url
            self.after = after
            self.expect = expect
        }
    }

    package struct Pipeline: Hashable, Sendable, Codable {
        package var id: String
        var title: String
        package var stages: [String]
        package var aliases: [String]

        package init(id: String, title: String, stages: [String] = [], aliases: [String] = []) {
            self.id = id
            self.title = title
            self.stages = stages
            self.aliases = aliases
        }
    }

    /// A review table.
    package struct Board: Hashable, Sendable, Codable {
        package var id: String
        package var title: String
        /// The role that marks it, where it is not each team itself.
        package var by: String?
        package var due: Instant?
        package var teams: OrderedDictionary<String, Team>

        package init(id: String, title: String, by: String? = nil, due: Instant? = nil) {
            self.id = id
            self.title = title
            self.by = by
            self.due = due
            teams = [:]
        }
    }

    package struct Team: Hashable, Sendable, Codable {
        package var id: String
        package var title: String
        /// The words of the page.
        package var says: String?
        package var checks: OrderedDictionary<String, Check>

        package init(id: String, title: String) {
            self.id = id
            self.title = title
            checks = [:]
        }
    }

    package struct Check: Hashable, Sendable, Codable {
        var id: String
        package var title: String
        /// The words of the page.
        package var says: String?
        /// What makes a mark re-check when it changes afterwards (N-04): step ids, or `@wave`.
        package var recheckAfter: [String]

        package init(id: String, title: String, says: String? = nil, recheckAfter: [String] = []) {
            self.id = id
            self.title = title
            self.says = says
            self.recheckAfter = recheckAfter
        }
    }

    package struct Phase: Hashable, Sendable, Codable {
        package var id: String
        package var title: String
        package var says: String?

        package init(id: String, title: String, says: String? = nil) {
            self.id = id
            self.title = title
            self.says = says
        }
    }

    /// One thing to do. A step with children is a group; its state is derived from theirs.
    package struct Step: Hashable, Sendable, Codable {
        package var id: String
        package var phase: String
        package var parent: String?
        package var children: [String]
        package var title: String
        /// The page's own words, shown in the detail view (T-06).
        package var says: String?
        /// The planned start.
        package var at: Instant?
        package var owner: String?
        package var wave: String?
        package var server: String?
        package var after: [String]
        package var gate: String?
        package var takes: Duration?
        package var backout: Duration?
        package var doneWhen: Need?
        /// Loose ends that starting this step opens, and that its being done closes (S0-98).
        package var opens: [LooseEndID]
        package var closes: [LooseEndID]
        package var tests: String?
        /// Text to post, by channel.
        package var messages: OrderedDictionary<String, String>
        package var tickets: [String]
        package var risk: String?
        package var links: [Link]
        package var evidence: [String]

        package init(id: String, phase: String, title: String) {
            self.id = id
            self.phase = phase
            self.title = title
            children = []
            after = []
            opens = []
            closes = []
            messages = [:]
            tickets = []
            links = []
            evidence = []
        }
    }

    package struct Link: Hashable, Sendable, Codable {
        package var title: String
        package var url: String?

        package init(title: String, url: String? = nil) {
            self.title = title
            self.url = url
        }
    }

    /// A condition, and who may approve, before the steps that name it may start.
    package struct Gate: Hashable, Sendable, Codable {
        package var id: String
        package var title: String
        package var says: String?
        package var needs: [Need]
        /// Roles that must approve, each by a different person; none: it opens by itself.
        package var approvers: [String]
        /// Whoever started one of these steps may not approve (story 6).
        package var fourEyes: [String]
        /// Where the real button is, `pipeline/stage`, if it is elsewhere.
        package var button: String?

        package init(
            id: String, title: String, needs: [Need] = [], approvers: [String] = [], fourEyes: [String] = [],
            button: String? = nil
        ) {
            self.id = id
            self.title = title
            self.needs = needs
            self.approvers = approvers
            self.fourEyes = fourEyes
            self.button = button
        }
    }

    /// The batch guard (N-12): times of day in the home zone, as written.
    package struct BatchPlan: Hashable, Sendable, Codable {
        package var guardBand: String?
        package var slot: String?
        var demo: [String]
        package var needsStep: String?
        /// Whom to engage when a slot was missed (S2-11), in the office's words.
        var engage: String?
        /// Checks that speak of batch closes: one marked with issues waits for the next slot, as a failed run does.
        package var checks: [String]

        package init(
            guardBand: String? = nil, slot: String? = nil, demo: [String] = [], needsStep: String? = nil,
            engage: String? = nil, checks: [String] = []
        ) {
            self.guardBand = guardBand
            self.slot = slot
            self.demo = demo
            self.needsStep = needsStep
            self.engage = engage
            self.checks = checks
        }
    }

    /// A long-term measure, words verbatim (T-33 to T-35).
    package struct Metric: Hashable, Sendable, Codable {
        var id: String
        package var goal: String
        package var metric: String?
        package var current: String?
        package var good: String?
        package var great: String?
        package var direction: String?

        package init(id: String, goal: String) {
            self.id = id
            self.goal = goal
        }
    }

    /// Who holds a role: user names, `%group` names.
    package struct Grant: Hashable, Sendable, Codable {
        package var role: Role
        package var members: [String]

        package init(role: Role, members: [String]) {
            self.role = role
            self.members = members
        }
    }
}
