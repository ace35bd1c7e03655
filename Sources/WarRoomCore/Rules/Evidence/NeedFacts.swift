/// One need held against what is known. Only positive, fresh evidence of this night meets it; else it says why not.
package struct NeedFacts: Hashable, Sendable {
    /// What is asked.
    package let need: Need
    /// Whether it is met.
    package let isMet: Bool
    /// What the need asks, or what is missing: "4 of 5 fully in pool: web4 is not in POOL".
    package let why: String
    /// Since when it is as it is, in bridge time; `nil`: nobody knows.
    package let since: Instant?
    /// Who could make it true, as the runbook names the owner; `nil` where it is met, or nobody is named.
    package let owner: String?
    /// The number of the last entry that its evidence rests on; 0 where there is none.
    let entry: Int
    /// The fresh claim that says otherwise; `nil` where it is met, or simply not known.
    let against: Against?

    /// One claimant's word against a need.
    struct Against: Hashable, Sendable {
        /// Whose word it is.
        let by: String
        /// Since when, in bridge time.
        let since: Instant
        /// The number of the entry that said so.
        let entry: Int
        /// What is so instead, in words.
        let what: String
    }
}
