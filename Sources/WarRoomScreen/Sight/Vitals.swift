package import WarRoomCore

/// What the hub's socket tells beside the bridge itself. It is never journalled.
package struct Vitals: Sendable, Hashable {
    /// For each source the bridge time of its last good answer.
    var confirmed: [String: Instant]
    /// Bridge time of the hub's last word; `nil` while beats arrive.
    package var hubSilentSince: Instant?
    /// What the night is: `live`, `rehearsal` or `replay`.
    package var mode: String
    /// Who we are for the hub.
    package var user: String
    /// Whether nothing can be written from here: a presenter, a viewer.
    package var isReadOnly: Bool
    /// How many events are sent and not answered yet.
    var unacknowledged: Int

    /// Vitals from their parts; without any, those of a hub that is heard.
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
