/// A role's signature on a text of the runbook (docs/contract.md, warroom.signature).
struct Signature: Hashable, Sendable {
    /// The SHA-256 of the text that was signed.
    let fingerprint: String
    /// The role that signed.
    let role: Role
    /// Who signed.
    let by: String
    /// When, in bridge time.
    let at: Instant
    /// The number of the entry.
    let entry: Int
}
