import OrderedCollections

/// Something that is switched off, pulled out, muted or rescheduled now, and must be undone back: what a step switches
/// off, a later one must switch back on.
package struct LooseEndFacts: Hashable, Sendable {
    /// What it is called.
    package let id: LooseEndID
    /// What is off, in words.
    package let what: String
    /// Since when it is open, in bridge time.
    package var openedAt: Instant { opened.at }
    /// Since when it is open, as the journal orders it.
    let opened: Moment
    /// The title of the step, or the claimant, that opened it.
    package let openedBy: String
    /// The steps that close it, by id, or `release` for a held server. Empty: no step of the runbook closes it, and
    /// somebody will forget it.
    package let closing: [String]
    /// Whether a source watches it; then only that source closes it.
    package let isWatched: Bool
    /// Whether it mutes the alerts of a whole system, under which no server's alerts reach anybody: it bears a name
    /// that no server has.
    fileprivate let isMute: Bool

    /// All that are open, in the order of the screens: first those that nothing will close, then the oldest.
    static func open(
        in bridge: Bridge, estate: EstateFacts, lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [LooseEndFacts] {
        var rule = LooseEndRule(bridge: bridge, estate: estate, lives: lives)
        // Of one age, in the order of the runbook: web2 before web10.
        let all = rule.open()
        let keys = all.indices.map { (all[$0].closing.isEmpty ? 0 : 1, all[$0].openedAt, $0) }
        return keys.sorted { $0 < $1 }.map { all[$0.2] }
    }
}

extension [LooseEndFacts] {
    /// The mute of a whole system among them; `nil`: none is on.
    var mute: LooseEndFacts? { first(where: \.isMute) }
}

/// What is open (docs/contract.md, Loose ends). A loose end opens once: when the step that `opens` it starts, or when a
/// source reports it off, out or muted, whichever is first. Where a source watches it, only that source closes it; else
/// its closing steps do.
private struct LooseEndRule {
    let bridge: Bridge
    let estate: EstateFacts
    /// When each step was done, by place; `nil` where it is not.
    private let doneAt: [Moment?]
    /// When each step that is not left out began, by place.
    private let begunAt: [Moment?]
    /// Those that steps open or close, by number; the others by id.
    private var named: [Opening?]
    private var others: OrderedDictionary<LooseEndID, Opening> = [:]

    private struct Opening {
        var at: Moment
        var by: String
    }

    private var index: LooseEndIndex { estate.index.looseEnds }

    init(bridge: Bridge, estate: EstateFacts, lives: OrderedDictionary<String, StepFacts.Life>) {
        self.bridge = bridge
        self.estate = estate
        doneAt = lives.values.map { $0.state.satisfies ? $0.ended : nil }
        begunAt = lives.values.map {
            $0.state == .skipped || $0.state == .notApplicable ? nil : $0.began ?? $0.ended
        }
        named = Array(repeating: nil, count: estate.index.looseEnds.all.count)
    }

    mutating func open() -> [LooseEndFacts] {
        for step in estate.index.steps where !step.opens.isEmpty {
            guard let at = begunAt[step.place] else { continue }
            for number in step.opens where named[number].map({ at < $0.at }) ?? true {
                named[number] = Opening(at: at, by: step.step.title)
            }
        }
        for (id, claims) in bridge.looseEnds {
            guard let claim = claims.latest, claim.value.state == .open else { continue }
            let number = index.numbers[id]
            let last = number.map { named[$0] } ?? others[id]
            if last.map({ claim.moment < $0.at }) ?? true { set(id, number, Opening(at: claim.moment, by: claim.by)) }
        }
        for (server, hold) in bridge.holds {
            let id = LooseEndID.hold(server: server)
            set(id, index.numbers[id], Opening(at: hold.moment, by: hold.by))
        }
        for place in estate.odd.off.sorted() {
            for axis in estate.servers.values[place].switches where axis.isOff {
                let isOpen = axis.number.map { named[$0] != nil } ?? (others[axis.id] != nil)
                if !isOpen { set(axis.id, axis.number, Opening(at: axis.since, by: axis.by)) }
            }
        }
        var found: [LooseEndFacts] = []
        for number in named.indices {
            guard named[number] != nil, !isBack(number), let opening = named[number] else { continue }
            let watched = index.all[number].server.flatMap { place in
                let server = estate.servers.values[place]
                return server.place(ofSwitch: number).map { server.switches[$0] }
            }
            if let facts = facts(index.all[number], opening, watched) { found.append(facts) }
        }
        for (id, opening) in others {
            if let facts = facts(LooseEndIndex.Named(id: id, server: nil), opening, watched(id)) { found.append(facts) }
        }
        return found
    }

    private mutating func set(_ id: LooseEndID, _ number: Int?, _ opening: Opening) {
        if let number { named[number] = opening } else { others[id] = opening }
    }

    private func facts(
        _ end: LooseEndIndex.Named, _ opening: Opening, _ watched: ServerFacts.Switch?
    ) -> LooseEndFacts? {
        let id = end.id
        var opening = opening
        let closedBySteps = done(end.closers)
        if let said = bridge.looseEnds[id]?.latest, said.value.state != .open,
            Moment(at: said.at, entry: said.entry) >= opening.at
        {
            // A person's word closes what no source watches; forgiven stays forgiven until it is opened again.
            if watched == nil
                || said.value.state == .forgiven
                    && watched.map({ Moment(at: said.at, entry: said.entry) >= $0.since }) ?? true
            {
                return nil
            }
        }
        if let watched {
            if watched.isOff {
                // It is off again after it had been closed: a new loose end, with an age of its own.
                if let closedBySteps, closedBySteps <= watched.since {
                    opening = Opening(at: watched.since, by: watched.by)
                }
            } else if watched.since > opening.at || closedBySteps != nil {
                return nil
            }
        } else if let closedBySteps, closedBySteps >= opening.at {
            return nil
        }
        return LooseEndFacts(
            id: id, what: watched?.what ?? LooseEndRule.words(id, in: bridge), opened: opening.at,
            openedBy: opening.by,
            closing: end.closing.isEmpty && id.kind == "hold" ? ["release"] : end.closing, isWatched: watched != nil,
            isMute: id.isAlerts && id.server.flatMap { estate.servers[$0] } == nil)
    }

    /// Whether it is seen on again and its closing steps are done: so it is with most of a long night.
    private func isBack(_ number: Int) -> Bool {
        guard let place = index.all[number].server, done(index.all[number].closers) != nil else { return false }
        let server = estate.servers.values[place]
        return server.place(ofSwitch: number).map { !server.switches[$0].isOff } ?? false
    }

    /// When the last of the closing steps was done; `nil` while one is not, or where there is none.
    private func done(_ closers: [Int]) -> Moment? {
        var last: Moment?
        for place in closers {
            guard let at = doneAt[place] else { return nil }
            last = max(last ?? at, at)
        }
        return last
    }

    /// What sources say of the pool or the alerts behind a loose end that no step names.
    private func watched(_ id: LooseEndID) -> ServerFacts.Switch? {
        guard let name = id.server, let server = estate.servers[name], server.isInRunbook else {
            return nil
        }
        return server.switches.first { $0.id == id }
    }

    /// The words for one that no source watches: its name, made readable.
    private static func words(_ id: LooseEndID, in bridge: Bridge) -> String {
        switch id {
        case .hold(let server): "\(server) held"
        case .alerts(let name): "alerts muted, \(name)"
        case .pool(let server, let pool): "\(server) out of \(bridge.runbook.pools[pool]?.title ?? pool)"
        case .other: id.words
        }
    }
}
