import OrderedCollections

/// Something switched off, pulled out, muted or rescheduled that must be undone back (S0-98), open now.
public struct LooseEndFacts: Hashable, Sendable {
    public let id: String
    /// What is off, in words.
    public let what: String
    public let openedAt: Instant
    /// The step, or the claimant, that opened it.
    public let openedBy: String
    /// The steps that close it, or `release` for a held server; empty: no closing step in the runbook (T-14, T-15).
    public let closing: [String]
    /// Whether a source watches it: then only that source closes it.
    public let isWatched: Bool

    /// All that are open, in the order of the screens: first those that nothing will close, then the oldest.
    static func open(
        in bridge: Bridge, estate: EstateFacts, lives: OrderedDictionary<String, StepFacts.Life>
    ) -> [LooseEndFacts] {
        let rule = LooseEndRule(bridge: bridge, estate: estate, lives: lives)
        // Of one age, in the order of the runbook: web2 before web10.
        return rule.open().enumerated().sorted { one, other in
            (one.element.closing.isEmpty ? 0 : 1, one.element.openedAt, one.offset)
                < (other.element.closing.isEmpty ? 0 : 1, other.element.openedAt, other.offset)
        }.map(\.element)
    }
}

/// One opens once, at the first of: the step that `opens` it started; a source reports off, out or muted. Where a source
/// watches it, only that source closes it; else its closing steps (CONTRACT 5, Loose ends).
private struct LooseEndRule {
    let bridge: Bridge
    let estate: EstateFacts
    let lives: OrderedDictionary<String, StepFacts.Life>

    private struct Opening {
        var at: Instant
        var by: String
    }

    func open() -> [LooseEndFacts] {
        var opened: OrderedDictionary<String, Opening> = [:]
        for step in bridge.runbook.steps.values {
            guard !step.opens.isEmpty, let life = lives[step.id], life.state != .skipped, life.state != .notApplicable,
                let at = life.startedAt ?? life.endedAt
            else { continue }
            for id in step.opens where opened[id].map({ at < $0.at }) ?? true {
                opened[id] = Opening(at: at, by: step.title)
            }
        }
        for (id, claims) in bridge.looseEnds {
            guard let claim = claims.latest, claim.value.state == .open else { continue }
            if opened[id].map({ claim.since < $0.at }) ?? true { opened[id] = Opening(at: claim.since, by: claim.by) }
        }
        for (server, hold) in bridge.holds {
            opened["hold/\(server)"] = Opening(at: hold.at, by: hold.by)
        }
        for server in estate.servers.values where server.isInRunbook {
            for axis in server.switches where axis.isOff && opened[axis.id] == nil {
                opened[axis.id] = Opening(at: axis.since, by: axis.by)
            }
        }
        return opened.compactMap { id, opening in
            facts(id, opening, closing: closing(id), watched: watched(id))
        }
    }

    private func facts(_ id: String, _ opening: Opening, closing: [String], watched: ServerFacts.Switch?) -> LooseEndFacts? {
        var opening = opening
        let ended = closing.compactMap { lives[$0] }.filter(\.state.satisfies).compactMap(\.endedAt)
        let closedBySteps = !closing.isEmpty && ended.count == closing.count ? ended.max() : nil
        if let said = bridge.looseEnds[id]?.latest, said.value.state != .open, said.at >= opening.at {
            // A person's word closes what no source watches; forgiven stays forgiven until it is opened again.
            if watched == nil || said.value.state == .forgiven && said.at >= (watched?.since ?? said.at) { return nil }
        }
        if let watched {
            if watched.isOff {
                // Off again after it had been closed: a new one, not the old one's age.
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
            id: id, what: watched?.what ?? LooseEndRule.words(id, in: bridge), openedAt: opening.at, openedBy: opening.by,
            closing: closing, isWatched: watched != nil)
    }

    /// What closes it: the runbook's steps, or a held server's release.
    private func closing(_ id: String) -> [String] {
        estate.lookup.closing[id] ?? (id.hasPrefix("hold/") ? ["release"] : [])
    }

    /// What sources say of the pool or the alerts that a loose end names.
    private func watched(_ id: String) -> ServerFacts.Switch? {
        guard let name = ServerFacts.Lookup.server(ofLooseEnd: id), let server = estate.servers[name], server.isInRunbook
        else { return nil }
        return server.switches.first { $0.id == id }
    }

    /// The words for one that no source watches: its name, made readable.
    private static func words(_ id: String, in bridge: Bridge) -> String {
        let parts = id.split(separator: "/").map(String.init)
        switch parts.first {
        case "hold" where parts.count == 2: return "\(parts[1]) held"
        case "alerts" where parts.count == 2: return "alerts muted, \(parts[1])"
        case "pool" where parts.count == 3:
            return "\(parts[1]) out of \(bridge.runbook.pools[parts[2]]?.title ?? parts[2])"
        default: return parts.joined(separator: " ")
        }
    }
}
