package import OrderedCollections

/// The plan of a night as its file gives it (docs/contract.md, The runbook): every name resolved, every time an
/// instant. What the file does not say is `nil` or empty here, never guessed.
package struct Runbook: Hashable, Sendable {
    /// What the night's kind is called; with the date it makes ``bridgeID``.
    package var id: String
    /// What the night is called on every screen.
    package var title: String
    /// The night's date as written, `2025-09-14`.
    package var date: String
    /// The two zones in which every time is shown.
    package var zones: Zones
    /// When the night may begin and must have ended.
    package var window: Window
    /// The approver roles, where the file lists them: then gates and access name no others.
    package var approvers: [String]
    /// Groups of servers behind a balancer, by the balancer's own names.
    package var pools: OrderedDictionary<String, Pool>
    /// All servers by name, in the file's order.
    package var servers: OrderedDictionary<String, Server>
    /// Servers that are patched together, by the wave's id.
    package var waves: OrderedDictionary<String, Wave>
    /// Test runs by id.
    package var tests: OrderedDictionary<String, TestPlan>
    /// Pipelines by the tool's own names.
    package var pipelines: OrderedDictionary<String, Pipeline>
    /// The channels that messages go to, verbatim.
    package var channels: [String]
    /// Review tables by id.
    package var boards: OrderedDictionary<String, Board>
    /// Sections by id, in page order.
    package var phases: OrderedDictionary<String, Phase>
    /// All steps by id in page order, groups before their children. Page order is not time order: a test of 02:00 may
    /// stand below the changes of 05:00.
    package var steps: OrderedDictionary<String, Step>
    /// Gates by id.
    package var gates: OrderedDictionary<String, Gate>
    /// When batch closes run; `nil`: the night has none to mind.
    package var batch: BatchPlan?
    /// Long-term measures by id.
    package var metrics: OrderedDictionary<String, Metric>
    /// The times that the page gives in both zones, in page order.
    package var pairs: [TimePair]
    /// What the lint found missing, one of a kind.
    package var holes: [Hole]
    /// What is watched, by id.
    package var sources: OrderedDictionary<String, SourcePlan>
    /// Who holds which role; where nobody holds any, only whoever started the hub may do more than look.
    package var access: [Grant]
    /// The roles whose signature the runbook's text needs before the night is live; none: it needs none.
    package var sign: [Role]
    /// Where the hub listens in place of its usual path, as it is written.
    package var socket: String?
    /// The path of the rehearsal's script, as it is written.
    package var rehearsal: String?
    /// The SHA-256 of the file's text, in lower-case hex: what entry 1 names.
    package var fingerprint: String

    /// The id of the bridge (docs/contract.md, Where the hub is): `monthly-2025-09-14`.
    package var bridgeID: String { "\(id)-\(date)" }

    /// A runbook with nothing in it yet; its reader fills in the rest.
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
        sign = []
        fingerprint = ""
    }

    /// The two zones, in the order in which every screen shows them.
    package struct Zones: Hashable, Sendable {
        /// The zone in which times are written.
        package var home: LabelledZone
        /// The zone that is shown beside it.
        package var other: LabelledZone

        /// The two zones of a night.
        package init(home: LabelledZone, other: LabelledZone) {
            self.home = home
            self.other = other
        }
    }

    /// A zone and the office's own word for it. The word may be wrong, "EST" in September, and the zone is not.
    package struct LabelledZone: Hashable, Sendable {
        /// The office's word, as it heads a column and stands in times such as `Mon 09:00 IST`.
        package var label: String
        /// The zone itself, with its rules.
        package var zone: Zone
        /// Other words of the page for it, by which written pairs of times are known: `Eastern`.
        var also: [String]

        /// A zone with the office's word for it, and other words of the page.
        package init(label: String, zone: Zone, also: [String] = []) {
            self.label = label
            self.zone = zone
            self.also = also
        }
    }

    /// When the night may begin and must have ended. Either may be open: many a page names no end.
    package struct Window: Hashable, Sendable {
        /// When it opens: nothing that ran before counts for this night.
        package var opens: Instant?
        /// When it closes: the forecast is held against it.
        package var closes: Instant?

        /// A window; what is `nil` is open.
        package init(opens: Instant? = nil, closes: Instant? = nil) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// A long-term measure in the office's own words: they are prose, may disagree with each other, and "not available"
    /// is not 0.
    package struct Metric: Hashable, Sendable {
        /// What the file calls it.
        var id: String
        /// What is to get better.
        package var goal: String
        /// What is measured.
        package var metric: String?
        /// How it is now.
        package var current: String?
        /// What would be good.
        package var good: String?
        /// What would be great.
        package var great: String?
        /// Which way is better.
        package var direction: String?

        /// A measure with its goal; its reader fills in the rest.
        package init(id: String, goal: String) {
            self.id = id
            self.goal = goal
        }
    }

    /// Who holds a role, as `access` says (docs/contract.md, Roles).
    package struct Grant: Hashable, Sendable {
        /// The role that is held.
        package var role: Role
        /// Who holds it: user names, and names of groups with `%` in front.
        package var members: [String]

        /// The members of a role.
        package init(role: Role, members: [String]) {
            self.role = role
            self.members = members
        }
    }
}
