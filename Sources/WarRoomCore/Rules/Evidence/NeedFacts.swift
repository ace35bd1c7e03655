/// One need held against what is known. Only positive, fresh evidence of this night meets it; else it says why not.
package struct NeedFacts: Hashable, Sendable {
    /// What is asked.
    package let need: Need
    /// Whether it is met.
    package let isMet: Bool
    /// What the need asks, or what is missing: "4 of 5 fully in pool: web4 is not in POOL".
    package let why: String
    /// Since when it is as it is, in bridge time; `nil`: nobody knows.
    package var since: Instant? { moment?.at }
    /// Who could make it true, as the runbook names the owner; `nil` where it is met, or nobody is named.
    package let owner: String?
    /// The number of the last entry that its evidence rests on; 0 where there is none.
    let entry: Int
    /// Since when, as the journal orders it.
    let moment: Moment?
    /// The fresh claim that says otherwise; `nil` where it is met, or simply not known.
    let against: Against?

    /// What is so instead, in a few words, where a fresh claim says otherwise: "web4 dropped out of the Inner".
    package var instead: String? { against?.what }

    /// One claimant's word against a need.
    struct Against: Hashable, Sendable {
        /// Whose word it is.
        let by: String
        /// Since when, in bridge time.
        let since: Instant
        /// The number of the entry that said so.
        let entry: Int
        /// The number of the entry since which it is said without a break.
        let sinceEntry: Int
        /// What is so instead, in words.
        let what: String

        /// Since when it is said, as the journal orders it.
        var moment: Moment { Moment(at: since, entry: sinceEntry) }

        init<Value>(_ claim: Claim<Value>, what: String) {
            (by, since, entry) = (claim.claimant, claim.since, claim.entry)
            (sinceEntry, self.what) = (claim.sinceEntry, what)
        }
    }
}
