/// One need held against what is known: met only by positive, fresh evidence of this night; otherwise why not, in
/// words.
package struct NeedFacts: Hashable, Sendable {
    package let need: Need
    package let isMet: Bool
    /// What the need asks, or what is missing: "4 of 5 fully in pool: web4 is not in POOL".
    package let why: String
    /// Since when it is as it is, where that is known.
    package let since: Instant?
    /// Who could make it true: an owner, where the runbook names one.
    package let owner: String?
    /// The last entry that its evidence rests on; 0 where there is none.
    let entry: Int
    /// The fresh claim that says otherwise; `nil` where it is met, or simply not known.
    let against: Against?

    /// One claimant's word against a need.
    struct Against: Hashable, Sendable {
        let by: String
        let since: Instant
        let entry: Int
        let what: String
    }
}
