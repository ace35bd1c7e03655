/// One need held against what is known: met only by positive, fresh evidence of this night; otherwise why not, in
/// words.
package struct NeedFacts: Hashable, Sendable {
    package let need: Need
    package let isMet: Bool
    /// What the need asks, or what is missing: "4 of 5 fully in pool: web4 is not in POOL".
    package let why: String
    /// Since when it is as it is, where that is known.
    package var since: Instant? { moment?.at }
    /// Who could make it true: an owner, where the runbook names one.
    package let owner: String?
    /// The last entry that its evidence rests on; 0 where there is none.
    let entry: Int
    /// Since when, as the journal orders it.
    let moment: Moment?
    /// The fresh claim that says otherwise; `nil` where it is met, or simply not known.
    let against: Against?

    /// One claimant's word against a need.
    struct Against: Hashable, Sendable {
        let by: String
        let since: Instant
        let entry: Int
        /// The entry since which it is said without a break.
        let sinceEntry: Int
        let what: String

        /// Since when it is said, as the journal orders it.
        var moment: Moment { Moment(at: since, entry: sinceEntry) }

        init<Value>(_ claim: Claim<Value>, what: String) {
            (by, since, entry) = (claim.claimant, claim.since, claim.entry)
            (sinceEntry, self.what) = (claim.sinceEntry, what)
        }
    }
}
