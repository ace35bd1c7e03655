/// The hub's last word on a source.
package struct SourceRecord: Hashable, Sendable, Codable {
    /// How well it is heard.
    package var state: SourceReport.State
    /// Why it is not current, in words; of a current one what of it was last refused.
    package var reason: String?
    /// When it last gave a good answer, in bridge time, as far as entries say.
    package var lastGood: Instant?
    /// Since when it is in this state, in bridge time.
    package var since: Instant
    /// How many of its events the hub has refused on this night.
    package var refused: Int
}
