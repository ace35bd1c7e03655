/// What a source or a person reports: a CloudEvents 1.0 object (docs/contract.md, Events).
package struct Event: Hashable, Sendable {
    /// The longest line that a client may send, in bytes, its newline left out (docs/contract.md, The socket).
    package static let longestLine = 65_536

    /// What its source calls it; (``source``, ``id``) is taken once.
    package let id: String
    /// Whose word it is (CloudEvents `source`): the claimant.
    package let source: String
    /// What kind of thing it says.
    package let type: EventType
    /// What it is about, by its id or name.
    package private(set) var subject: String
    /// When it happened, in bridge time as the sender has it; `nil` where the sender does not say.
    package let time: Instant?
    /// The number of the entry that this event takes back; `nil` where it is no undo.
    package let undoes: Int?
    /// What it says, read from its `data`.
    package let body: EventBody
    /// The whole object as it came, unknown fields included: what the journal keeps.
    package private(set) var json: JSON

    /// Reads an event object. Throws ``EventFault`` with the reason: an unknown type, a missing field, a wrong value.
    /// A value outside its range, which an older hub has taken, is brought to the end of the range (``Ranges``).
    package init(_ json: JSON) throws(EventFault) { try self.init(json, isNew: false) }

    /// Reads an event object that comes from outside. Throws ``EventFault`` as ``init(_:)`` does, and where a value is
    /// outside its range.
    package init(admitting json: JSON) throws(EventFault) {
        if let fault = Ranges.fault(in: json) { throw EventFault(fault) }
        try self.init(json, isNew: true)
    }

    private init(_ json: JSON, isNew: Bool) throws(EventFault) {
        guard let object = json.object else { throw EventFault("an event is a JSON object") }
        guard object["specversion"] == .string("1.0") else { throw EventFault("'specversion' must be \"1.0\"") }
        id = try Event.name("id", in: object)
        source = try Event.name("source", in: object)
        let word = try Event.name("type", in: object)
        guard let type = EventType(rawValue: word) else {
            throw EventFault("the type '\(CleanText.quoted(word))' is unknown")
        }
        self.type = type
        subject = try Event.name("subject", in: object)
        time = try Fields(object, isNew: isNew).instant("time")
        let fields = Fields(object["data"]?.object ?? JSON.Object(), isNew: isNew)
        undoes = try fields.entry("undoes") ?? object["undoes"]?.int
        if isNew, let undoes, !Ranges.entries.contains(undoes) {
            throw EventFault("'undoes' must be \(Ranges.asked(Ranges.entries))")
        }
        if undoes != nil, try fields.text("note")?.isEmpty ?? true {
            throw EventFault("an undo needs a 'note' that says why")
        }
        body = try EventBody(type, fields)
        self.json = json
    }

    /// The SHA-256 of the runbook by which the night goes from this event on; `nil`: it amends nothing.
    package var amendsTo: String? {
        guard undoes == nil, case .bridge(let report) = body, report.state == .amended else { return nil }
        return report.runbook
    }

    /// The SHA-256 of the runbook by which the night goes at an opening, or from an amendment on; `nil` for all else.
    package var goesBy: String? {
        guard undoes == nil, case .bridge(let report) = body, report.state == .opened || report.state == .amended
        else { return nil }
        return report.runbook
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
    /// A JSON text, so that members are written plainly: `["state": "added"]`.
    package init(stringLiteral value: String) { self = .string(value) }
}

/// Why an event is refused, in words for its sender.
package struct EventFault: Error, Hashable, Sendable {
    /// The reason in one sentence, or half a one, without a full stop.
    package let reason: String
    /// A fault with this reason.
    init(_ reason: String) { self.reason = reason }
}
