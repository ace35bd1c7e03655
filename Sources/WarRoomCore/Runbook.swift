public import OrderedCollections

/// The plan of a night as its file gives it (CONTRACT 6): every name resolved, every time an instant. What the file
/// does not say is `nil` or empty here, never guessed.
public struct Runbook: Hashable, Sendable, Codable {
    public var id: String
    public var title: String
    /// The night's date as written, `2025-09-14`.
    public var date: String
    public var zones: Zones
    public var window: Window
    /// The approver roles that there are, where the file lists them: gates and access then name no others.
    public var approvers: [String]
    public var pools: OrderedDictionary<String, Pool>
    public var servers: OrderedDictionary<String, Server>
    public var waves: OrderedDictionary<String, Wave>
    public var tests: OrderedDictionary<String, TestPlan>
    public var pipelines: OrderedDictionary<String, Pipeline>
    public var channels: [String]
    public var boards: OrderedDictionary<String, Board>
    public var phases: OrderedDictionary<String, Phase>
    /// All steps in page order, groups before their children (T-09: page order is not time order).
    public var steps: OrderedDictionary<String, Step>
    public var gates: OrderedDictionary<String, Gate>
    public var batch: BatchPlan?
    public var metrics: OrderedDictionary<String, Metric>
    /// The times that the page gives in both zones, in page order.
    public var pairs: [TimePair]
    /// What the lint found missing, a kind at a time.
    public var holes: [Hole]
    public var sources: OrderedDictionary<String, SourcePlan>
    public var access: [Grant]
    public var socket: String?
    public var rehearsal: String?
    /// The file's SHA-256, lower-case hex: what entry 1 names.
    public var fingerprint: String

    /// The bridge's id (CONTRACT 2): `monthly-2025-09-14`.
    public var bridgeID: String { "\(id)-\(date)" }

    public init(id: String, title: String, date: String, zones: Zones) {
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
    public struct Zones: Hashable, Sendable, Codable {
        public var home: LabelledZone
        public var other: LabelledZone

        public init(home: LabelledZone, other: LabelledZone) {
            self.home = home
            self.other = other
        }
    }

    /// A zone and the office's own word for it (T-01: the word may be wrong, the zone is not).
    public struct LabelledZone: Hashable, Sendable, Codable {
        public var label: String
        public var zone: Zone
        /// Other words of the page for it, by which written pairs of times are known: `Eastern`.
        public var also: [String]

        public init(label: String, zone: Zone, also: [String] = []) {
            self.label = label
            self.zone = zone
            self.also = also
        }
    }

    /// When the night may begin and must end; the seed has no end (T-17).
    public struct Window: Hashable, Sendable, Codable {
        public var opens: Instant?
        public var closes: Instant?

        public init(opens: Instant? = nil, closes: Instant? = nil) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// A balancer's group of servers (S0-93).
    public struct Pool: Hashable, Sendable, Codable {
        public var name: String
        public var title: String
        /// The balancer that it lies in, where it has a name of its own.
        public var balancer: String?
        /// The fewest servers that may serve (N-11).
        public var minimum: Int?

        public init(name: String, title: String, balancer: String? = nil, minimum: Int? = nil) {
            self.name = name
            self.title = title
            self.balancer = balancer
            self.minimum = minimum
        }
    }

    public struct Server: Hashable, Sendable, Codable {
        public var name: String
        public var kind: String?
        public var pools: [String]
        /// Servers that must be ready before this one's services start (S1-13).
        public var restartAfter: [String]
        public var aliases: [String]

        public init(
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
    public struct Wave: Hashable, Sendable, Codable {
        public var id: String
        public var servers: [String]

        public init(id: String, servers: [String]) {
            self.id = id
            self.servers = servers
        }
    }

    /// A test run as planned.
    public struct TestPlan: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        public var url: String?
        /// Steps that must be done before a result counts (CONTRACT 5, Test counts).
        public var after: [String]
        /// How many cases a whole run has, where that is known.
        public var expect: Int?

        public init(id: String, title: String, url: String? = nil, after: [String] = [], expect: Int? = nil) {
            self.id = id
            self.title = title
            self.url = url
            self.after = after
            self.expect = expect
        }
    }

    public struct Pipeline: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        public var stages: [String]
        public var aliases: [String]

        public init(id: String, title: String, stages: [String] = [], aliases: [String] = []) {
            self.id = id
            self.title = title
            self.stages = stages
            self.aliases = aliases
        }
    }

    /// A review table.
    public struct Board: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        /// The role that marks it, where it is not each team itself.
        public var by: String?
        public var due: Instant?
        public var teams: OrderedDictionary<String, Team>

        public init(id: String, title: String, by: String? = nil, due: Instant? = nil) {
            self.id = id
            self.title = title
            self.by = by
            self.due = due
            teams = [:]
        }
    }

    public struct Team: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        /// The words of the page.
        public var says: String?
        public var checks: OrderedDictionary<String, Check>

        public init(id: String, title: String) {
            self.id = id
            self.title = title
            checks = [:]
        }
    }

    public struct Check: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        /// The words of the page.
        public var says: String?
        /// What makes a mark re-check when it changes afterwards (N-04): step ids, or `@wave`.
        public var recheckAfter: [String]

        public init(id: String, title: String, says: String? = nil, recheckAfter: [String] = []) {
            self.id = id
            self.title = title
            self.says = says
            self.recheckAfter = recheckAfter
        }
    }

    public struct Phase: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        public var says: String?

        public init(id: String, title: String, says: String? = nil) {
            self.id = id
            self.title = title
            self.says = says
        }
    }

    /// One thing to do. A step with children is a group; its state is derived from theirs.
    public struct Step: Hashable, Sendable, Codable {
        public var id: String
        public var phase: String
        public var parent: String?
        public var children: [String]
        public var title: String
        /// The page's own words, shown in the detail view (T-06).
        public var says: String?
        /// The planned start.
        public var at: Instant?
        public var owner: String?
        public var wave: String?
        public var server: String?
        public var after: [String]
        public var gate: String?
        public var takes: Duration?
        public var backout: Duration?
        public var doneWhen: Need?
        /// Loose ends that starting this step opens, and that its being done closes (S0-98).
        public var opens: [String]
        public var closes: [String]
        public var tests: String?
        /// Text to post, by channel.
        public var messages: OrderedDictionary<String, String>
        public var tickets: [String]
        public var risk: String?
        public var links: [Link]
        public var evidence: [String]

        public init(id: String, phase: String, title: String) {
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

    public struct Link: Hashable, Sendable, Codable {
        public var title: String
        public var url: String?

        public init(title: String, url: String? = nil) {
            self.title = title
            self.url = url
        }
    }

    /// A condition, and who may approve, before the steps that name it may start.
    public struct Gate: Hashable, Sendable, Codable {
        public var id: String
        public var title: String
        public var says: String?
        public var needs: [Need]
        /// Roles that must approve, each by a different person; none: it opens by itself.
        public var approvers: [String]
        /// Whoever started one of these steps may not approve (story 6).
        public var fourEyes: [String]
        /// Where the real button is, `pipeline/stage`, if it is elsewhere.
        public var button: String?

        public init(
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
    public struct BatchPlan: Hashable, Sendable, Codable {
        public var guardBand: String?
        public var slot: String?
        public var demo: [String]
        public var needsStep: String?
        /// Whom to engage when a slot was missed (S2-11), in the office's words.
        public var engage: String?
        /// Checks that speak of batch closes: one marked with issues waits for the next slot, as a failed run does.
        public var checks: [String]

        public init(
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
    public struct Metric: Hashable, Sendable, Codable {
        public var id: String
        public var goal: String
        public var metric: String?
        public var current: String?
        public var good: String?
        public var great: String?
        public var direction: String?

        public init(id: String, goal: String) {
            self.id = id
            self.goal = goal
        }
    }

    /// Who holds a role: user names, `%group` names.
    public struct Grant: Hashable, Sendable, Codable {
        public var role: Role
        public var members: [String]

        public init(role: Role, members: [String]) {
            self.role = role
            self.members = members
        }
    }
}

/// One condition on one subject (CONTRACT 6, `needs` and `done_when`).
public struct Need: Hashable, Sendable, Codable {
    public enum Subject: String, Sendable, Codable, CaseIterable {
        case step, phase, wave, server, pool, tests, pipeline, board, looseEnds
    }

    /// What is asked of the subject; `is` speaks of its state as a whole.
    public enum Predicate: String, Sendable, Codable, CaseIterable {
        case `is`, patch, reboot, verify, reach, pools, alerts
    }

    public var subject: Subject
    /// The subject's id; empty for loose ends.
    public var id: String
    public var predicate: Predicate
    public var value: String
    /// Ids left out of the count.
    public var but: [String]

    public init(_ subject: Subject, _ id: String, _ predicate: Predicate = .is, _ value: String, but: [String] = []) {
        self.subject = subject
        self.id = id
        self.predicate = predicate
        self.value = value
        self.but = but
    }
}
