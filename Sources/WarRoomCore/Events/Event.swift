/// What a source or a person reports: a CloudEvents 1.0 object (CONTRACT 5).
package struct Event: Hashable, Sendable {
    /// The longest line on the socket, in bytes (CONTRACT 4).
    package static let longestLine = 65_536

    package let id: String
    package let source: String
    package let type: EventType
    package private(set) var subject: String
    /// When it happened, as the sender says.
    let time: Instant?
    /// The entry that this event takes back, if it is an undo.
    let undoes: Int?
    package let body: EventBody
    /// The whole object as it came, unknown fields included: what the journal keeps.
    package private(set) var json: JSON

    /// Reads an event object. Throws ``EventFault`` with the reason: an unknown type, a missing field, a wrong value.
    package init(_ json: JSON) throws(EventFault) {
        guard let object = json.object else { throw EventFault("an event is a JSON object") }
        guard object["specversion"] == .string("1.0") else { throw EventFault("'specversion' must be \"1.0\"") }
        id = try Event.name("id", in: object)
        source = try Event.name("source", in: object)
        let word = try Event.name("type", in: object)
        guard let type = EventType(rawValue: word) else {
            throw EventFault("the type '\(CleanText.line(word))' is unknown")
        }
        self.type = type
        subject = try Event.name("subject", in: object)
        switch object["time"] {
        case .none, .null: time = nil
        case .some(let value):
            guard let instant = value.instant else { throw EventFault("'time' must be an RFC 3339 time") }
            time = instant
        }
        let data = object["data"]?.object ?? JSON.Object()
        let fields = Fields(data)
        undoes = try fields.int("undoes") ?? object["undoes"]?.int
        if undoes != nil, try fields.text("note")?.isEmpty ?? true {
            throw EventFault("an undo needs a 'note' that says why")
        }
        body = try EventBody(type, data: data)
        self.json = json
    }

    /// The same event about another subject: where an alias stood, the runbook's own name.
    package func about(_ subject: String) -> Event {
        guard subject != self.subject, case .object(var object) = json else { return self }
        object["subject"] = .string(subject)
        var event = self
        (event.subject, event.json) = (subject, .object(object))
        return event
    }

    private static func name(_ key: String, in object: JSON.Object) throws(EventFault) -> String {
        guard let value = object[key] else { throw EventFault("'\(key)' is missing") }
        guard let text = value.text, !text.isEmpty else { throw EventFault("'\(key)' must be a text") }
        return text
    }
}

extension JSON: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
}

/// Why an event is refused, in words for its sender.
package struct EventFault: Error, Hashable, Sendable {
    package let reason: String
    init(_ reason: String) { self.reason = reason }
}
