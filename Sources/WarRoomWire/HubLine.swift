package import WarRoomCore

/// A line from the hub, understood (CONTRACT 4).
package enum HubLine: Sendable {
    case hello(Hello)
    /// One part of the bridge; ``Attachment`` puts the parts together.
    case bridge(BridgePart)
    case entry(Entry)
    case beat(Beat)
    case answer(Answer)
    case history(subject: String, entries: [Entry])
    case status(JSON)
    /// The hub ends the connection, and says why.
    case cut(reason: String)
    /// An object of a kind that this program does not know: later hubs may say more.
    case other(JSON)

    /// Understands a line; throws ``JSONFault`` or ``EventFault`` where it is none.
    package init(_ line: some Collection<UInt8>) throws {
        let json = try JSON(parsing: line)
        if json["ok"] != nil {
            self = .answer(
                Answer(
                    id: json["id"]?.text, ok: json["ok"]?.bool ?? false, entry: json["entry"]?.int,
                    error: json["error"]?.text))
        } else if json["event"] != nil {
            self = .entry(try Entry(json))
        } else if let beat = json["beat"], let now = beat["now"]?.instant {
            self = .beat(Beat(now: now, entry: beat["entry"]?.int ?? 0, confirmed: HubLine.instants(beat["confirmed"])))
        } else if let hello = json["hello"], let now = hello["now"]?.instant {
            self = .hello(
                Hello(
                    protocolVersion: hello["protocol"]?.int ?? 0, bridge: hello["bridge"]?.text ?? "",
                    mode: hello["mode"]?.text ?? "", now: now, speed: HubLine.double(hello["speed"]) ?? 1,
                    entry: hello["entry"]?.int ?? 0, user: hello["user"]?.text,
                    roles: hello["roles"]?.array?.compactMap(\.text) ?? [],
                    confirmed: HubLine.instants(hello["confirmed"])))
        } else if let part = json["bridge"], let tokens = part["tokens"]?.array {
            self = .bridge(
                BridgePart(
                    format: part["format"]?.int ?? 0, part: part["part"]?.int ?? 1, of: part["of"]?.int ?? 1,
                    tokens: tokens,
                    entry: json["entry"]?.int ?? 0))
        } else if let history = json["history"] {
            let entries = history["entries"]?.array?.compactMap { try? Entry($0) } ?? []
            self = .history(subject: history["subject"]?.text ?? "", entries: entries)
        } else if let status = json["status"] {
            self = .status(status)
        } else if let reason = json["cut"]?.text {
            self = .cut(reason: reason)
        } else {
            self = .other(json)
        }
    }

    private static func instants(_ json: JSON?) -> [String: Instant] {
        var instants: [String: Instant] = [:]
        for member in json?.object?.members ?? [] { instants[member.key] = member.value.instant }
        return instants
    }

    private static func double(_ json: JSON?) -> Double? {
        if case .number(let written)? = json { Double(written) } else { nil }
    }
}

/// The hub's greeting to a subscriber.
package struct Hello: Hashable, Sendable {
    package let protocolVersion: Int
    package let bridge: String
    package let mode: String
    /// Bridge time.
    package let now: Instant
    package let speed: Double
    package let entry: Int
    /// Who the kernel says we are.
    package let user: String?
    /// What we may do, as `access` writes it.
    package let roles: [String]
    /// Bridge time of each source's last good answer.
    package let confirmed: [String: Instant]
}

/// One part of the bridge as it stands.
package struct BridgePart: Hashable, Sendable {
    package let format: Int
    /// From 1.
    package let part: Int
    package let of: Int
    package let tokens: [JSON]
    package let entry: Int
}

/// The hub's pulse, once a second, never journalled.
package struct Beat: Hashable, Sendable {
    package let now: Instant
    package let entry: Int
    /// Sources that were heard since the last beat.
    package let confirmed: [String: Instant]
}

/// The answer to one line that was sent.
package struct Answer: Hashable, Sendable {
    package let id: String?
    package let ok: Bool
    package let entry: Int?
    package let error: String?
}
