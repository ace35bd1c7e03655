import OrderedCollections

/// How near to the fact a claimant stands (CONTRACT 5, Claims): where claims meet, probe before tool before person.
package enum Standing: String, Hashable, Sendable, Codable {
    case probe, tool, person

    /// Lower comes first.
    var rank: Int {
        switch self {
        case .probe: 0
        case .tool: 1
        case .person: 2
        }
    }
}

/// One fact as one claimant has it (rule 8).
package struct Claim<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    /// The event's source.
    package let claimant: String
    package let standing: Standing
    /// The user, or the source, that sent it.
    package let by: String
    package let value: Value
    /// The event's effective time.
    package let at: Instant
    /// Since when this claimant says so without a break.
    package let since: Instant
    package let entry: Int

    package init(claimant: String, standing: Standing, by: String, value: Value, at: Instant, since: Instant, entry: Int) {
        self.claimant = claimant
        self.standing = standing
        self.by = by
        self.value = value
        self.at = at
        self.since = since
        self.entry = entry
    }
}

/// A word on how far something has come. Two of one age are not ordered by which came in first: what has ended holds
/// against what is under way, and of two ends the worse, so that no order of arrival turns anything green (P-07).
protocol Progress {
    /// Of one age the higher holds.
    var weight: Int { get }
}

extension TestsReport: Progress {
    var weight: Int {
        switch state {
        case .running: 0
        case .passed: 1
        case .interrupted: 2
        case .failed: 3
        }
    }
}

extension PipelineReport: Progress {
    var weight: Int {
        switch state {
        case .waiting: 0
        case .running: 1
        case .succeeded: 2
        case .canceled: 3
        case .failed: 4
        }
    }
}

extension BatchReport: Progress {
    var weight: Int {
        switch state {
        case .waiting: 0
        case .running: 1
        case .closed: 2
        case .failed: 3
        }
    }
}

/// What all claimants say about one fact, each its latest word.
package struct Claims<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    package private(set) var all: [Claim<Value>] = []

    package init() {}

    package var isEmpty: Bool { all.isEmpty }

    /// Whether a word is news, and not history: this claimant has said nothing later (CONTRACT 3), nor something of the same
    /// time that holds against it.
    func isNews(_ value: Value, from entry: Entry) -> Bool {
        guard let last = of(entry.event.source) else { return true }
        // Whoever gives no time speaks of now: then the later entry is the later word.
        guard entry.at == last.at, entry.event.time != nil else { return entry.at >= last.at }
        return Claims.weight(value) >= Claims.weight(last.value)
    }

    /// Takes a claim, unless it is history: that changes nothing.
    package mutating func take(_ value: Value, from entry: Entry, standing: Standing) {
        guard isNews(value, from: entry) else { return }
        let claimant = entry.event.source
        guard let place = all.firstIndex(where: { $0.claimant == claimant }) else {
            all.append(Claim(
                claimant: claimant, standing: standing, by: entry.by, value: value, at: entry.at, since: entry.at,
                entry: entry.number))
            return
        }
        let last = all[place]
        all[place] = Claim(
            claimant: claimant, standing: standing, by: entry.by, value: value, at: entry.at,
            since: last.value == value ? last.since : entry.at, entry: entry.number)
    }

    /// What one claimant says.
    func of(_ claimant: String) -> Claim<Value>? { all.first { $0.claimant == claimant } }

    /// Puts another claim, or none, in the place of a claimant's; returns the one that was there.
    mutating func replace(of claimant: String, with claim: Claim<Value>?) -> Claim<Value>? {
        let last = of(claimant)
        all.removeAll { $0.claimant == claimant }
        if let claim { all.append(claim) }
        return last
    }

    /// The latest claim by effective time; of one age what has come further, then the later entry.
    package var latest: Claim<Value>? {
        all.max { one, other in
            guard one.at == other.at else { return one.at < other.at }
            return (Claims.weight(one.value), one.entry) < (Claims.weight(other.value), other.entry)
        }
    }

    private static func weight(_ value: Value) -> Int { (value as? any Progress)?.weight ?? 0 }
}

/// A fact as it is shown: whose claim, and how far to trust it.
package struct Shown<Value: Hashable & Sendable & Codable>: Hashable, Sendable {
    package let claim: Claim<Value>
    /// The claimant's source has gone silent: the last good value, which counts for nothing.
    package let isStale: Bool
    /// Another fresh claim says something else.
    package let isDisputed: Bool

    package var value: Value { claim.value }
    /// Whether a gate or a count may rest on it.
    package var counts: Bool { !isStale && !isDisputed }
}

extension Bridge {
    /// Chooses the claim that is shown: the authority's if it has spoken, else probe before tool before person, fresh
    /// before stale, the latest last (CONTRACT 5). `hasEnded` says which values cannot go stale (CONTRACT 3).
    func shown<Value>(
        _ claims: Claims<Value>, authority: String?, hasEnded: (Value) -> Bool = { _ in false }
    ) -> Shown<Value>? {
        guard !claims.isEmpty else { return nil }
        func stale(_ claim: Claim<Value>) -> Bool { !hasEnded(claim.value) && !isHeard(claim) }
        func rank(_ claim: Claim<Value>) -> (Int, Int, Int) {
            (stale(claim) ? 1 : 0, claim.claimant == authority ? 0 : 1, claim.standing.rank)
        }
        let chosen: Claim<Value>
        if let authority, let claim = claims.all.first(where: { $0.claimant == authority }) {
            chosen = claim
        } else {
            chosen = claims.all.min { one, other in
                let (left, right) = (rank(one), rank(other))
                return left == right ? (one.at, one.entry) > (other.at, other.entry) : left < right
            }!
        }
        let disputed = claims.all.contains { $0.value != chosen.value && !stale($0) }
        return Shown(claim: chosen, isStale: stale(chosen), isDisputed: disputed)
    }

    /// The same for a fact on which a person may rule: where claims disagree, a ruling says whose word holds, until one of
    /// them changes (CONTRACT 5).
    func shown<Value: RawRepresentable<String>>(
        _ claims: Claims<Value>, authority: String?, ruledBy id: String, hasEnded: (Value) -> Bool = { _ in false }
    ) -> Shown<Value>? {
        guard let shown = shown(claims, authority: authority, hasEnded: hasEnded) else { return nil }
        guard shown.isDisputed, let ruling = rulings[id], claims.all.allSatisfy({ $0.entry < ruling.entry }),
            let claim = claims.all.first(where: { $0.value.rawValue == ruling.value.value })
        else { return shown }
        return Shown(claim: claim, isStale: !hasEnded(claim.value) && !isHeard(claim), isDisputed: false)
    }

    /// Whether a claimant is being heard: a configured source must be current, others have no limit to break. A file may
    /// name a claimant of its own; it is still heard through the source that reads the file.
    func isHeard<Value>(_ claim: Claim<Value>) -> Bool {
        let source = runbook.sources[claim.by] != nil ? claim.by : claim.claimant
        guard runbook.sources[source] != nil else { return true }
        return sources[source]?.state == .current
    }
}

extension Bridge {
    /// Whether a pipeline's word counts: what has ended stays true when its source falls silent (CONTRACT 3).
    func isHeardOrEnded(_ claim: Claim<PipelineReport>) -> Bool {
        switch claim.value.state {
        case .succeeded, .failed, .canceled: true
        case .waiting, .running: isHeard(claim)
        }
    }
}
