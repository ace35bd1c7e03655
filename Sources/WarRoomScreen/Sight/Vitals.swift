package import WarRoomCore

/// What the hub's socket tells beside the bridge itself; never journalled.
package struct Vitals: Sendable, Hashable {
    /// For each source the bridge time of its last good answer.
    package var confirmed: [String: Instant]
    /// `nil` while beats arrive.
    package var hubSilentSince: Instant?
    /// `live`, `rehearsal` or `replay`.
    package var mode: String
    /// Who we are for the hub.
    package var user: String
    /// Presenter, viewer.
    package var isReadOnly: Bool
    /// Events sent and not answered yet.
    package var unacknowledged: Int

    package init(
        confirmed: [String: Instant] = [:], hubSilentSince: Instant? = nil, mode: String = "live", user: String = "",
        isReadOnly: Bool = false, unacknowledged: Int = 0
    ) {
        self.confirmed = confirmed
        self.hubSilentSince = hubSilentSince
        self.mode = mode
        self.user = user
        self.isReadOnly = isReadOnly
        self.unacknowledged = unacknowledged
    }

    /// Whether only the sources' ages may differ.
    func isSameButForAges(as other: Vitals) -> Bool {
        var other = other
        other.confirmed = confirmed
        return self == other
    }
}
