package import WarRoomCore

/// Events on their way to the hub, until it has answered. An event keeps its id when it is sent again after a lost
/// connection, and the hub takes the same id once, so nothing is lost and nothing is doubled.
package struct Outbox: Sendable {
    /// What waits for its answer, in the order of sending.
    package private(set) var waiting: [(id: String, event: JSON)] = []

    /// An empty outbox.
    package init() {}

    /// Adds an event of a person; returns the object to send.
    package mutating func add(_ proposal: Proposal, user: String) -> JSON {
        let id = EventID.next(user: user)
        let event = proposal.event(id: id, source: EventID.source(of: user))
        waiting.append((id, event))
        return event
    }

    /// Takes the answer to an id; returns whether that was one of these.
    package mutating func take(_ id: String?) -> Bool {
        guard let place = waiting.firstIndex(where: { $0.id == id }) else { return false }
        waiting.remove(at: place)
        return true
    }

    /// Gives up all that waits, and returns how many these were.
    package mutating func giveUp() -> Int {
        defer { waiting = [] }
        return waiting.count
    }
}
