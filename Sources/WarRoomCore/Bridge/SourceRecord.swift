package import OrderedCollections

/// The hub's word on a source.
package struct SourceRecord: Hashable, Sendable {
    /// How well it is heard.
    package var state: SourceReport.State
    /// Why, in words, or the last refusal of one of its events.
    package var reason: String?
    /// When it last gave a good answer, in bridge time.
    package var lastGood: Instant?
    /// Since when it is in this state.
    package var since: Instant
    /// How many of its events were refused.
    package var refused: Int
    /// The subjects, or axes of a subject (`web1/reach`), on which its last word is stale, and the entry that said so.
    package var stale: OrderedDictionary<String, Int> = [:]
    /// Whether it is current, and yet there is something about it that the hub has told.
    package var isPartly = false

    /// Whether it is not current, and heard all the same on what is not stale.
    package var isInPart = false

    /// Whether its word on a subject counts; `axis` is the subject's axis as a divergence names it.
    func isHeard(on subject: String, axis: String?) -> Bool {
        guard state == .current || isInPart else { return false }
        guard !stale.isEmpty else { return true }
        return stale[subject] == nil && axis.flatMap { stale[$0] } == nil
    }
}
