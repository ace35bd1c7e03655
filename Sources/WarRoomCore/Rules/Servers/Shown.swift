import OrderedCollections

/// A fact as it is shown: whose claim it is, and how far it can be trusted.
package struct Shown<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The claim that was chosen.
    package let claim: Claim<Value>
    /// Whether the claimant's source has fallen silent: then this is the last good value, and counts for nothing.
    package let isStale: Bool
    /// Whether another fresh claim says something else, and nobody has ruled.
    package let isDisputed: Bool

    /// What that claim says.
    package var value: Value { claim.value }
    /// Whether a gate or a count may rest on it.
    package var counts: Bool { !isStale && !isDisputed }
}

extension Bridge {
    /// Chooses the claim that is shown (docs/contract.md, Claims): the authority's if it has spoken, else fresh before
    /// stale, then probe before tool before person, then the latest. `hasEnded` says which values cannot go stale
    /// (docs/contract.md, Time). `nil`: there is no claim.
    func shown<Value>(
        _ claims: Claims<Value>, of subject: String, _ axis: String, authority: String?,
        hasEnded: (Value) -> Bool = { _ in false }
    ) -> Shown<Value>? {
        guard !claims.isEmpty else { return nil }
        func stale(_ claim: Claim<Value>) -> Bool {
            !hasEnded(claim.value) && !isHeard(claim, on: subject, axis: "\(subject)/\(axis)")
        }
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

    /// The same for a fact on which a person may rule: where claims disagree, a ruling says whose word holds, until one
    /// of them changes.
    func shown<Value: RawRepresentable<String>>(
        _ claims: Claims<Value>, ruledOn subject: String, _ axis: String, authority: String?,
        hasEnded: (Value) -> Bool = { _ in false }
    ) -> Shown<Value>? {
        guard let shown = shown(claims, of: subject, axis, authority: authority, hasEnded: hasEnded) else { return nil }
        let id = "\(subject)/\(axis)"
        guard shown.isDisputed, let ruling = rulings[id], claims.all.allSatisfy({ $0.entry < ruling.entry }),
            let claim = claims.all.first(where: { $0.value.rawValue == ruling.value.value })
        else { return shown }
        let isStale = !hasEnded(claim.value) && !isHeard(claim, on: subject, axis: id)
        return Shown(claim: claim, isStale: isStale, isDisputed: false)
    }

    /// Whether a claimant is being heard on a subject: a configured source must be current, and its word on the subject
    /// fresh; all others have no limit to exceed. A file may name a claimant of its own, which is still heard through
    /// the source that reads the file.
    func isHeard<Value>(_ claim: Claim<Value>, on subject: String, axis: String? = nil) -> Bool {
        let source = runbook.sources[claim.by] != nil ? claim.by : claim.claimant
        guard runbook.sources[source] != nil else { return true }
        return sources[source]?.isHeard(on: subject, axis: axis) ?? false
    }
}

extension Bridge {
    /// Whether a pipeline's word counts: what has ended stays true when its source falls silent.
    func isHeardOrEnded(_ claim: Claim<PipelineReport>, on subject: String) -> Bool {
        switch claim.value.state {
        case .succeeded, .failed, .canceled: true
        case .waiting, .running: isHeard(claim, on: subject)
        }
    }
}
