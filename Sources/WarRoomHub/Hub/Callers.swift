import NIOCore
import WarRoomCore
import WarRoomSystem

/// How many may connect. One user cannot take the places of all, and something is left for sources and the journal.
struct Callers {
    /// How many connections one user may have.
    static let mostOfAUser = 256
    /// How long it is told that somebody was turned away.
    private static let memory = TimeAmount.seconds(10)

    private var last: (trouble: HubTrouble, at: NIODeadline)?

    /// What there is to tell.
    var trouble: HubTrouble? { last?.trouble }

    /// Why one more may not come; `nil`: it may. `isNew` says whether that has not been told yet.
    mutating func refusal(
        all: Int, ofUser count: Int, _ uid: UInt32, at now: Instant
    ) -> (reason: String, isNew: Bool)? {
        let reason: String
        if count >= Callers.mostOfAUser {
            reason = "user \(uid) has \(count) connections, and more are turned away"
        } else if all >= FileLimit.mostConnections {
            reason = "the hub has \(all) connections, and more are turned away"
        } else {
            return nil
        }
        let isNew = last?.trouble.text != reason
        last = (HubTrouble(.callers, since: isNew ? now : last?.trouble.since ?? now, text: reason), .now())
        return (reason, isNew)
    }

    /// Forgets what is over.
    mutating func forget(now: NIODeadline) {
        if let last, now - last.at > Callers.memory { self.last = nil }
    }
}
