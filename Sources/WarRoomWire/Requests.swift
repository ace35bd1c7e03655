package import WarRoomCore

/// What a client may ask of a hub.
package enum Requests {
    /// The bridge, or with `from` the entries from that number, and everything after; `role` can only lessen what the
    /// connection may do.
    package static func subscribe(from: Int? = nil, as role: String? = nil) -> JSON {
        var options = JSON.Object()
        if let from { options["from"] = .number(from) }
        if let role { options["as"] = .string(role) }
        return .object(["subscribe": .object(options)])
    }

    /// The document of CONTRACT 8, now or as of a time.
    package static func status(at time: Instant? = nil) -> JSON { .object(["status": .object(moment(time))]) }

    /// The bridge lines once, now or as of a time, without a subscription. An addition to CONTRACT 4.
    package static func bridge(at time: Instant? = nil) -> JSON { .object(["bridge": .object(moment(time))]) }

    /// The last entries on a subject, before an entry if one is given.
    package static func history(subject: String, before: Int? = nil, limit: Int = 50) -> JSON {
        var options = JSON.Object(["subject": .string(subject), "limit": .number(limit)])
        if let before { options["before"] = .number(before) }
        return .object(["history": .object(options)])
    }

    /// Ends the hub in order. An addition to CONTRACT 4, for `warroom stop`.
    package static let stop = JSON.object(["stop": .object(JSON.Object())])

    /// Where the hub's state folder lies. An addition to CONTRACT 4, for `warroom verify`.
    package static let whereabouts = JSON.object(["whereabouts": .object(JSON.Object())])

    private static func moment(_ time: Instant?) -> JSON.Object {
        var options = JSON.Object()
        if let time { options["at"] = .instant(time) }
        return options
    }
}
