package import WarRoomCore

/// What a client may ask of a hub, each as the line to send (docs/contract.md, Requests).
package enum Requests {
    /// The bridge and everything after it, or with `from` the entries from that number on. `role` can only lessen what
    /// the connection may do.
    package static func subscribe(from: Int? = nil, as role: String? = nil) -> JSON {
        var options = JSON.Object()
        if let from { options["from"] = .number(from) }
        if let role { options["as"] = .string(role) }
        return .object(["subscribe": .object(options)])
    }

    /// The document of `status --json`, now or as of a bridge time.
    package static func status(at time: Instant? = nil) -> JSON { .object(["status": .object(moment(time))]) }

    /// The bridge lines once, now or as of a bridge time, without a subscription.
    package static func bridge(at time: Instant? = nil) -> JSON { .object(["bridge": .object(moment(time))]) }

    /// The last entries on a subject, oldest first; with `before` those before that entry. `limit` counts entries, at
    /// most 500.
    package static func history(subject: String, before: Int? = nil, limit: Int = 50) -> JSON {
        var options = JSON.Object(["subject": .string(subject), "limit": .number(limit)])
        if let before { options["before"] = .number(before) }
        return .object(["history": .object(options)])
    }

    /// Ends the hub in order.
    package static let stop = JSON.object(["stop": .object(JSON.Object())])

    /// Where the hub's state folder lies.
    package static let whereabouts = JSON.object(["whereabouts": .object(JSON.Object())])

    private static func moment(_ time: Instant?) -> JSON.Object {
        var options = JSON.Object()
        if let time { options["at"] = .instant(time) }
        return options
    }
}
