/// The hub's word on a source.
package struct SourceRecord: Hashable, Sendable, Codable {
    package var state: SourceReport.State
    package var reason: String?
    package var lastGood: Instant?
    /// Since when it is in this state.
    package var since: Instant
    /// How many of its events were refused.
    package var refused: Int
}
