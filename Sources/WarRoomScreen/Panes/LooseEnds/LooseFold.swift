import OrderedCollections
import WarRoomCore

/// Open loose ends, with those of one kind put together so that a row has room for them.
struct LooseFold {
    /// Why somebody is needed for it.
    enum Need: Hashable {
        /// No step of the runbook closes it.
        case noStep
        /// Its closing steps have ended, and it is open all the same.
        case stillOpen
        /// Its closing step should have started.
        case overdue

        var words: String {
            switch self {
            case .noStep: "no step ends it"
            case .stillOpen: "its step is over"
            case .overdue: "overdue"
            }
        }
    }

    /// Ends of one kind that are closed alike or were opened together, the oldest first.
    struct Group {
        var ends: [LooseEndFacts]
        let need: Need?

        var first: LooseEndFacts { ends[0] }
        var face: Face { need.map { Face(.need, $0.words, .act) } ?? Face(.off, "open", .off) }
    }

    /// Those that need somebody first, then the oldest.
    let groups: [Group]
    let count: Int

    init(_ sight: Sight) {
        let ends = sight.situation.looseEnds
        count = ends.count
        var groups: [Group] = []
        for end in ends {
            let need = LooseFold.need(of: end, sight)
            if let place = groups.firstIndex(where: {
                $0.need == need && LooseFold.isAlike($0.first, end, sight)
            }) {
                groups[place].ends.append(end)
            } else {
                groups.append(Group(ends: [end], need: need))
            }
        }
        self.groups = groups.filter { $0.need != nil } + groups.filter { $0.need == nil }
    }

    /// Why somebody is needed; `nil` where its closing step is still to come.
    static func need(of end: LooseEndFacts, _ sight: Sight) -> Need? {
        // Whoever holds a server knows that it is out, and releases it.
        if let server = end.id.server, sight.situation.servers[server]?.isHeld == true { return nil }
        let closing = end.closing.compactMap { sight.situation.steps[$0] }
        if end.closing.isEmpty { return .noStep }
        if closing.allSatisfy(\.state.isEnded) { return .stillOpen }
        guard let planned = closing.compactMap(\.planned).max() else { return nil }
        return sight.isPast(planned) ? .overdue : nil
    }

    /// Whether two are of one kind, which the first part of a name tells, and are closed by the same steps or equally
    /// old, to the minute.
    private static func isAlike(_ one: LooseEndFacts, _ other: LooseEndFacts, _ sight: Sight) -> Bool {
        func minutes(_ end: LooseEndFacts) -> Int { sight.count(since: end.openedAt, by: 60) }
        guard one.id.kind == other.id.kind else { return false }
        if one.closing == other.closing { return true }
        return !one.closing.isEmpty && !other.closing.isEmpty && minutes(one) == minutes(other)
    }

    /// What a group is, with how many where they are several.
    static func title(_ group: Group, isShort: Bool, _ sight: Sight) -> String {
        let count = group.ends.count
        let times = " " + Shape.times.text(sight.glyphs) + String(count)
        let ids = group.ends.map(\.id)
        switch group.first.id {
        case .alerts where count > 1:
            // Alerts that are muted wave by wave are told apart by the wave.
            let waves = Set(ids.map { $0.server.flatMap { sight.situation.servers[$0]?.wave } })
            if waves.count == 1, let wave = waves.first ?? nil { return "alerts \(wave)" + times }
            return (isShort ? "alerts" : "alerts muted") + times
        case .pool(let server, let pool):
            if count == 1 { return isShort ? server + " out" : group.first.what }
            if ids.allSatisfy({ $0.server == server }) { return "\(server) out of \(count) pools" }
            if isShort { return "pools" + times }
            let isOne = ids.allSatisfy { if case .pool(_, pool) = $0 { true } else { false } }
            return "out of " + (isOne ? sight.runbook.pools[pool]?.title ?? pool : "pools") + times
        case .alerts, .hold, .other:
            if count > 1 { return group.first.id.kind + times }
            return isShort ? group.first.id.kind : group.first.what
        }
    }

    /// The steps that close a group, by title.
    static func closing(_ group: Group, _ sight: Sight) -> String {
        var titles: OrderedSet<String> = []
        for id in group.ends.flatMap(\.closing) { titles.append(sight.runbook.steps[id]?.title ?? id) }
        guard let first = titles.first else { return "no step ends it" }
        return titles.count > 1 ? "\(first), \(titles.count - 1) more" : first
    }

    /// `no step ends 2, the step of 1 is over`: what they lack, worst first.
    var needs: [String] {
        func count(_ need: Need) -> Int { groups.filter { $0.need == need }.reduce(0) { $0 + $1.ends.count } }
        return [Need.noStep, .stillOpen, .overdue].filter { count($0) > 0 }.map { need in
            switch need {
            case .noStep: "no step ends \(count(need))"
            case .stillOpen: "the step of \(count(need)) is over"
            case .overdue: "\(count(need)) overdue"
            }
        }
    }
}
