/// A runbook taken in the night in place of the one before it (docs/contract.md, warroom.bridge).
package struct Amendment: Hashable, Sendable {
    /// Who took it.
    let by: String
    /// When, in bridge time.
    package let at: Instant
    /// The number of the entry that took it.
    package let entry: Int
    /// Why.
    let reason: String
}
