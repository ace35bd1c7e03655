import OrderedCollections

/// What whoever takes over the night must know: what is open, off, silent or overridden, and what has changed.
package struct HandoverFacts: Sendable {
    /// One thing to know.
    package struct Item: Hashable, Sendable {
        /// The thing in one line, raw.
        package let text: String
        /// Since when it is so, in bridge time; `nil` where that says nothing.
        package let since: Instant?
        /// What kind of news it is.
        package let tone: FeedLine.Tone
    }

    /// Things of one kind, as they are read out together.
    package struct Section: Hashable, Sendable {
        /// One word, as screens have it in the gutter.
        package let word: String
        /// The things, in the order of the screens.
        package let items: [Item]
        /// What is said where there is no item.
        package let empty: String
    }

    /// All sections, in the order in which they are read out.
    package let sections: [Section]
    /// The number of the entry since which changes are told.
    let since: Int

    /// What follows from a situation. `since` is the number of the entry since which changes are told; `nil`: since the
    /// lead was last taken over.
    package init(_ situation: Situation, since given: Int? = nil) {
        let bridge = situation.bridge
        since = given ?? bridge.leadership.takenAt ?? 1
        sections = [
            Section(word: "LEAD", items: HandoverFacts.lead(bridge), empty: "nobody has the lead"),
            Section(word: "OPEN", items: HandoverFacts.steps(situation), empty: "no step is running, due or failed"),
            Section(word: "STILL OFF", items: HandoverFacts.looseEnds(situation), empty: "nothing is off"),
            Section(
                word: "HEARD", items: HandoverFacts.heard(situation), empty: "nothing that nobody has looked at"),
            Section(word: "REVIEWS", items: HandoverFacts.reviews(situation), empty: "no issue, and no team is silent"),
            Section(word: "OVERRIDES", items: HandoverFacts.overrides(situation), empty: "no gate is overridden"),
            Section(
                word: "WRONG", items: situation.troubles.map { Item(text: $0.text, since: $0.since, tone: .act) },
                empty: "nothing"),
            Section(
                word: "CHANGED", items: HandoverFacts.changes(bridge, since: since),
                empty: "nothing since entry \(since)"),
        ]
    }

    private static func lead(_ bridge: Bridge) -> [Item] {
        var items: [Item] = []
        if let lead = bridge.lead { items.append(Item(text: lead, since: nil, tone: .plain)) }
        if let user = bridge.leadership.offeredTo {
            items.append(Item(text: "offered to \(user), who has not accepted yet", since: nil, tone: .act))
        }
        for taken in bridge.leadership.takenBack {
            let from = taken.from.map { " from \($0)" } ?? ""
            items.append(
                Item(
                    text: "taken back\(from) by \(taken.by) without an offer: \(taken.reason)", since: taken.at,
                    tone: .act))
        }
        for (role, substitute) in bridge.substitutes {
            let words = substitute.isOffer ? "is asked to stand in" : "stands in"
            items.append(Item(text: "\(substitute.user) \(words) as \(role)", since: substitute.at, tone: .plain))
        }
        return items
    }

    private static func steps(_ situation: Situation) -> [Item] {
        let spoken = Spoken(situation.bridge)
        return situation.steps.values.filter { !$0.isGroup }.compactMap { facts -> Item? in
            let title = facts.step.title
            switch facts.state {
            case .running:
                return Item(
                    text: "\(title) is running, \(spoken.who(facts.owner).map { "by \($0)" } ?? Spoken.nobody)",
                    since: facts.life.startedAt, tone: .moving)
            case .failed:
                let note = facts.life.note.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
                return Item(text: "\(title) failed\(note)", since: facts.life.endedAt, tone: .bad)
            case .planned where facts.isDue:
                let gate = facts.gate?.obstacle.map { ", its gate \($0)" } ?? ""
                return Item(
                    text: "\(title) is due\(gate), \(spoken.who(facts.owner).map { "on \($0)" } ?? Spoken.nobody)",
                    since: facts.planned,
                    tone: .act)
            default: return nil
            }
        }
    }

    /// What is off; muted alerts are told as one, with the longest age.
    private static func looseEnds(_ situation: Situation) -> [Item] {
        let muted = situation.looseEnds.filter(\.id.isAlerts)
        var items: [Item] = []
        if let first = muted.map(\.openedAt).min() {
            let names = muted.compactMap(\.id.server)
            items.append(Item(text: "alerts muted: \(names.joined(separator: ", "))", since: first, tone: .off))
        }
        for end in situation.looseEnds where !end.id.isAlerts {
            let closing =
                end.closing.isEmpty
                ? "no step ends it" : "ends with \(end.closing.joined(separator: ", "))"
            items.append(
                Item(text: "\(end.what), \(closing)", since: end.openedAt, tone: end.closing.isEmpty ? .act : .off))
        }
        return items
    }

    /// What nobody has looked at: what was heard from outside, then the alerts that fire.
    private static func heard(_ situation: Situation) -> [Item] {
        let facts = situation.heard
        return facts.open.map { heard in
            Item(
                text: "\(heard.name), from \(heard.from) on \(situation.bridge.title(of: heard)): \(heard.text)",
                since: heard.at, tone: .act)
        }
            + facts.alerts.map { alert in
                Item(text: "\(alert.name) is firing, \(alert.words)", since: alert.since, tone: .act)
            }
    }

    /// Issues, and teams that have not answered, each with its board: two boards may have a team of one name.
    private static func reviews(_ situation: Situation) -> [Item] {
        situation.boards.values.flatMap { board in
            board.teams.values.flatMap { team -> [Item] in
                var items = team.checks.filter { $0.mark == .issues }.map { check in
                    let note = check.current?.note.map { ": \($0)" } ?? ""
                    return Item(
                        text: "\(board.title), \(team.title), \(check.title)\(note)", since: check.current?.at,
                        tone: .bad)
                }
                let silent = team.checks.filter { $0.mark == .noResponse }
                if !silent.isEmpty {
                    items.append(
                        Item(
                            text:
                                "\(board.title), \(team.title): no response to \(silent.count) of \(team.checks.count)",
                            since: silent.compactMap(\.current?.at).min(), tone: .act))
                }
                let proposed = team.checks.count(where: \.isProposedNoResponse)
                if proposed > 0 {
                    items.append(
                        Item(
                            text:
                                "\(board.title), \(team.title): \(proposed) of \(team.checks.count) not answered in "
                                + "time, nobody has confirmed it",
                            since: board.due, tone: .act))
                }
                return items
            }
        }
    }

    private static func overrides(_ situation: Situation) -> [Item] {
        situation.gates.values.compactMap { gate in
            guard let override = gate.override else { return nil }
            let reason = override.reason.map { ": \($0)" } ?? ""
            return Item(
                text: "gate \(gate.gate.id), by \(override.by) as \(override.role)\(reason)", since: override.at,
                tone: .act)
        }
    }

    private static func changes(_ bridge: Bridge, since: Int) -> [Item] {
        let lines = bridge.recent.filter { $0.entry > since }.map { line in
            Item(text: "\(line.entry) \(line.by): \(line.text)", since: line.receivedAt, tone: line.tone)
        }
        // Only the last entries are at hand.
        guard let first = bridge.recent.first?.entry, first > since + 1 else { return lines }
        let missing = "entries \(since + 1) to \(first - 1) are not listed here: warroom log --since \(since + 1)"
        return [Item(text: missing, since: nil, tone: .act)] + lines
    }
}
