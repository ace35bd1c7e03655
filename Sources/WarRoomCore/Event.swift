/// What a source or a person reports: a CloudEvents 1.0 object (CONTRACT 5).
package struct Event: Hashable, Sendable {
    /// The longest line on the socket, in bytes (CONTRACT 4).
    package static let longestLine = 65_536

    package let id: String
    package let source: String
    package let type: String
    package let subject: String
    /// When it happened, as the sender says.
    package let time: Instant?
    /// The entry that this event takes back, if it is an undo.
    package let undoes: Int?
    package let body: EventBody
    /// The whole object as it came, unknown fields included: what the journal keeps.
    package let json: JSON

    /// Reads an event object. Throws ``EventFault`` with the reason: an unknown type, a missing field, a wrong value.
    package init(_ json: JSON) throws(EventFault) {
        guard let object = json.object else { throw EventFault("an event is a JSON object") }
        guard object["specversion"] == .string("1.0") else { throw EventFault("'specversion' must be \"1.0\"") }
        id = try Event.name("id", in: object)
        source = try Event.name("source", in: object)
        type = try Event.name("type", in: object)
        subject = try Event.name("subject", in: object)
        switch object["time"] {
        case .none, .null: time = nil
        case .some(let value):
            guard let instant = value.instant else { throw EventFault("'time' must be an RFC 3339 time") }
            time = instant
        }
        let fields = Fields(object["data"]?.object ?? JSON.Object())
        undoes = try fields.int("undoes") ?? object["undoes"]?.int
        if undoes != nil, try fields.text("note")?.isEmpty ?? true {
            throw EventFault("an undo needs a 'note' that says why")
        }
        body = try EventBody(type: type, fields: fields)
        self.json = json
    }

    private static func name(_ key: String, in object: JSON.Object) throws(EventFault) -> String {
        guard let value = object[key] else { throw EventFault("'\(key)' is missing") }
        guard let text = value.text, !text.isEmpty else { throw EventFault("'\(key)' must be a text") }
        return text
    }

    /// Builds an event for sending.
    package static func make(
        id: String, source: String, type: String, subject: String, time: Instant? = nil, data: JSON.Object
    ) -> JSON {
        var object = JSON.Object([
            "specversion": "1.0", "id": .string(id), "source": .string(source), "type": .string(type),
            "subject": .string(subject), "data": .object(data),
        ])
        if let time { object["time"] = .instant(time) }
        return .object(object)
    }
}

extension JSON: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
}

/// Why an event is refused, in words for its sender.
package struct EventFault: Error, Hashable, Sendable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// An event with its number in the journal.
package struct Entry: Hashable, Sendable {
    /// How the event came in; this decides whose claim it is (CONTRACT 5, Claims).
    package enum Via: String, Sendable, Hashable, Codable {
        /// A configured source.
        case source
        /// A tool that reports on the socket.
        case feeder
        /// The hub itself.
        case hub
    }

    /// From 1, without gaps.
    package let number: Int
    /// Bridge time; never decreases from one entry to the next.
    package let receivedAt: Instant
    /// The user, or the id of the source.
    package let by: String
    /// `nil`: a person. An addition to CONTRACT 4, so that replay knows whose claim an entry is without asking the
    /// system who was in which group that night.
    package let via: Via?
    /// Taken after the night was closed (CONTRACT 7); an addition to CONTRACT 4 as well, and covered by the hash.
    package let isAfterClose: Bool
    package let event: Event
    /// Lower-case hex SHA-256 of the previous hash, a newline and ``unhashedLine``.
    package let hash: String

    package init(
        number: Int, receivedAt: Instant, by: String, via: Via?, isAfterClose: Bool = false, event: Event, hash: String
    ) {
        self.number = number
        self.receivedAt = receivedAt
        self.by = by
        self.via = via
        self.isAfterClose = isAfterClose
        self.event = event
        self.hash = hash
    }

    /// Event time as all rules use it: never after the entry was received (CONTRACT 3).
    package var at: Instant { Clock.effective(time: event.time, receivedAt: receivedAt).time }

    /// The entry's line without its hash: what the hash is taken of (CONTRACT 4). `eventText` is the event's canonical
    /// JSON.
    package static func unhashedLine(
        number: Int, receivedAt: Instant, by: String, via: Via?, isAfterClose: Bool = false, eventText: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(eventText.utf8.count + 256)
        bytes.append(contentsOf: "{\"entry\":\(number),\"receivedAt\":\"".utf8)
        bytes.append(contentsOf: receivedAt.rfc3339.utf8)
        bytes.append(contentsOf: "\",\"by\":".utf8)
        JSON.write(by, to: &bytes)
        if let via { bytes.append(contentsOf: ",\"via\":\"\(via.rawValue)\"".utf8) }
        if isAfterClose { bytes.append(contentsOf: ",\"afterClose\":true".utf8) }
        bytes.append(contentsOf: ",\"event\":".utf8)
        bytes.append(contentsOf: eventText.utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// The whole line: an unhashed line with its hash.
    package static func line(unhashed: [UInt8], hash: String) -> [UInt8] {
        var bytes = unhashed
        bytes.removeLast()
        bytes.append(contentsOf: ",\"hash\":\"\(hash)\"}".utf8)
        return bytes
    }

    /// The hash before the first entry: 64 zeros.
    package static let hashBeforeFirst = String(repeating: "0", count: 64)

    /// Reads an entry from its object; throws ``EventFault`` where it is none.
    package init(_ json: JSON) throws(EventFault) {
        guard let number = json["entry"]?.int, let receivedAt = json["receivedAt"]?.instant,
            let by = json["by"]?.text, let event = json["event"], let hash = json["hash"]?.text
        else { throw EventFault("not an entry") }
        self.init(
            number: number, receivedAt: receivedAt, by: by, via: json["via"]?.text.flatMap(Via.init(rawValue:)),
            isAfterClose: json["afterClose"] == .bool(true), event: try Event(event), hash: hash)
    }
}
