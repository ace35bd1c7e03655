import OrderedCollections

/// How people and things of a night are called in a sentence: by what they are for, not by what the runbook's author
/// wrote into a row.
struct Spoken {
    /// What a step is called.
    struct Name: Hashable {
        /// What somebody must do: "patch web6-10", "start the smoke test".
        let order: String
        /// The same without a remark: "disable alerts" of "disable alerts (3 systems)".
        let head: String
        /// What is being done, as the subject of a sentence: "patching web6-10", "the smoke test".
        let doing: String
        /// Whether that is a verb: "patching".
        let isVerb: Bool

        init(order: String, head: String? = nil, doing: String, isVerb: Bool) {
            (self.order, self.head, self.doing, self.isVerb) = (order, head ?? order, doing, isVerb)
        }
    }

    let bridge: Bridge
    private var runbook: Runbook { bridge.runbook }
    private var names: PlanNames { bridge.index.names }

    init(_ bridge: Bridge) { self.bridge = bridge }

    // MARK: Who

    /// Who is meant by an owner, as people say it; `nil`: nobody is.
    func who(_ owner: String?) -> String? {
        guard let owner, !owner.isEmpty else { return nil }
        if let row = Runbook.TeamPath(owner), let team = runbook.team(row) { return team.title }
        return switch owner {
        case Role.monitoring.text: "Monitoring"
        case Role.lead.text: "the lead"
        default: owner
        }
    }

    /// "The owners must patch web6-10", or "Somebody must patch web6-10 (nobody is assigned)".
    func must(_ who: String?, _ order: Wording) -> Wording {
        guard let who else { return "Somebody must \(order) (\(Spoken.nobody))" }
        return "\(Spoken.line(who)) must \(order)"
    }

    /// Whom it is on, as a line begins. A user's name stays as it is.
    static func line(_ who: String) -> String {
        for word in ["the ", "nobody ", "whoever ", "wave ", "gate ", "source "] where who.hasPrefix(word) {
            return who.prefix(1).uppercased() + who.dropFirst()
        }
        return who
    }

    /// What stands where a name is missing.
    static let nobody = "nobody is assigned"

    // MARK: Things

    /// Server names as in a sentence, without what all begin with where `isShort`.
    func servers(_ all: [String], isShort: Bool = false) -> String {
        let names = isShort ? all.map { self.names.short($0) } : all
        return names.count <= 3 ? names.together : names.listed()
    }

    /// A wave by its servers, `web6-10`, or by its id.
    func wave(_ id: String, isShort: Bool = false) -> String {
        let name = names.wave(id)
        return isShort ? names.short(name) : name
    }

    func pool(_ name: String) -> String { "the \(runbook.pools[name]?.title ?? name)" }

    // MARK: Steps

    /// What a step is called: by what it does to a wave, by the run, the stage or the message that it is, else by its
    /// title.
    func step(_ step: Runbook.Step, isShort: Bool = false) -> Name {
        if let name = ofWave(step, isShort) ?? ofSwitch(step, isShort) { return name }
        let id = step.id.split(separator: "-").joined(separator: " ")
        if !step.messages.isEmpty, id.hasSuffix(" message") {
            return Name(order: "post the \(id)", doing: "the \(id)", isVerb: false)
        }
        if let need = step.doneWhen, need.subject == .pipeline,
            let slash = need.id.lastIndex(of: "/"), case let stage = need.id[need.id.index(after: slash)...],
            step.title.contains(stage), stage.count > 3
        {
            return Name(order: "start \(stage)", doing: String(stage), isVerb: false)
        }
        // What stands behind a comma is a remark: "Disable alerts, 3 systems".
        let parts = step.title.split(separator: ", ", maxSplits: 1)
        if let first = parts.first, let (order, doing) = Verbs.split(String(first)) {
            return Name(
                order: order + (parts.count > 1 ? " (\(parts[1]))" : ""), head: order, doing: doing, isVerb: true)
        }
        // A change is often called by what it is made on: "Web Servers failed" would be another thing.
        let what = step.tickets.isEmpty ? step.title : "the change \(step.title)"
        return Name(order: "start \(what)", doing: what, isVerb: false)
    }

    /// The group that a step begins, where nothing of it has begun: the step stands for the whole of it.
    func whole(_ facts: StepFacts, _ steps: OrderedDictionary<String, StepFacts>) -> StepFacts {
        guard facts.state == .planned, let parent = facts.step.parent.flatMap({ steps[$0] }), parent.state == .planned,
            parent.step.children.first == facts.step.id,
            !runbook.leaves(of: parent.step.id).contains(where: { steps[$0.id]?.heldWave != nil })
        else { return facts }
        return whole(parent, steps)
    }

    private func ofWave(_ step: Runbook.Step, _ isShort: Bool) -> Name? {
        func name(_ verb: String, _ doing: String, _ wave: String) -> Name {
            let wave = self.wave(wave, isShort: isShort)
            return Name(order: "\(verb) \(wave)", doing: "\(doing) \(wave)", isVerb: true)
        }
        if let need = step.doneWhen, need.subject == .wave {
            switch (need.predicate, need.value) {
            case (.patch, _): return name("patch", "patching", need.id)
            case (.verify, _): return name("check", "checking", need.id)
            case (.reboot, _): return name("reboot", "rebooting", need.id)
            default: break
            }
        }
        guard let wave = step.wave, !step.children.isEmpty,
            runbook.leaves(of: step.id).contains(where: { $0.doneWhen?.predicate == .patch })
        else { return nil }
        return name("patch", "patching", wave)
    }

    /// A step that pulls servers out of a pool, puts them back, or mutes them.
    private func ofSwitch(_ step: Runbook.Step, _ isShort: Bool) -> Name? {
        let (ends, isOn) = step.closes.isEmpty ? (step.opens, false) : (step.closes, true)
        guard let first = ends.first, let server = first.server, runbook.servers[server] != nil,
            ends.allSatisfy({ $0 == first.naming($0.server ?? "") })
        else { return nil }
        let servers = ends.compactMap(\.server)
        let wave = runbook.waves.values.first { $0.servers.elementsEqual(servers) }
        let what = wave.map { self.wave($0.id, isShort: isShort) } ?? self.servers(servers, isShort: isShort)
        switch first {
        case .pool(_, let pool):
            return isOn
                ? Name(
                    order: "put \(what) back in \(self.pool(pool))",
                    doing: "putting \(what) back in \(self.pool(pool))",
                    isVerb: true)
                : Name(
                    order: "pull \(what) out of \(self.pool(pool))",
                    doing: "pulling \(what) out of \(self.pool(pool))", isVerb: true)
        case .alerts:
            let word = isOn ? "on" : "off"
            return Name(
                order: "turn alerts \(word) for \(what)", doing: "turning alerts \(word) for \(what)", isVerb: true)
        case .hold, .other: return nil
        }
    }

    // MARK: What is off

    /// Something that is off, by what it is and where, as "Probe for Shop"; what it is alone; that it is still off; and
    /// how to end it. Its opener's title gives the spelling, and says whether it is in maintenance.
    func looseEnd(_ end: LooseEndFacts) -> (what: String, kind: String, isOff: String, order: String) {
        switch end.id {
        case .pool(let server, let pool):
            return (server, server, "is still out of \(self.pool(pool))", "put it back")
        case .hold(let server): return (server, server, "is still held back", "release it")
        case .alerts(let name): return ("the alerts of \(name)", "the alerts", "are still muted", "turn them on")
        case .other(let text):
            let ids = end.id.parts
            guard !ids.isEmpty else { return (text, text, "is still off", "end it") }
            let parts = ids.map { spelled($0, as: end.openedBy) }
            let (kind, isMany) = (parts[0], ids[0].hasSuffix("s") && !ids[0].hasSuffix("ss"))
            let (verb, it) = isMany ? ("are", "them") : ("is", "it")
            // "jobs/rescheduled" says what was done to them.
            if ids.count == 2, ids[1].hasSuffix("ed") {
                return (kind, kind, "\(verb) still \(ids[1])", "put \(it) back")
            }
            let isPaused = end.openedBy.lowercased().contains("\(kind.lowercased()) maintenance")
            let what = parts.count > 1 ? "\(kind) for \(parts[1...].joined(separator: ", "))" : kind
            return (what, kind, "\(verb) still \(isPaused ? "paused" : "off")", "end \(it)")
        }
    }

    /// `the-shop` as a title spells it, "The Shop".
    private func spelled(_ id: String, as title: String) -> String {
        let words = id.split(separator: "-").joined(separator: " ")
        let (lower, small) = (title.lowercased(), words.lowercased())
        guard let found = lower.firstRange(of: small), lower.count == title.count else {
            return words.prefix(1).uppercased() + words.dropFirst()
        }
        let start = title.index(
            title.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: found.lowerBound))
        return String(title[start...].prefix(small.count))
    }
}
