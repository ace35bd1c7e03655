/// What somebody is about to say: an event before it has an id, a source and a time. Screens, commands and the hub
/// itself make all their events from this.
package struct Proposal: Hashable, Sendable {
    /// What it is about, by its id: a step, a server, a gate, …
    package var subject: String
    /// What it says.
    package var body: EventBody
    /// What it takes back; `nil` where it says something new.
    package var undoing: Undoing?

    /// The entry that an event takes back, and why.
    package struct Undoing: Hashable, Sendable {
        /// The number of the entry, from 1.
        package let entry: Int
        /// The reason, which becomes the undo's note.
        package let why: String

        /// The undoing of an entry, by its number, with the reason.
        package init(entry: Int, why: String) {
            self.entry = entry
            self.why = why
        }
    }

    /// A proposal that says something of a subject; `undoing` makes it an undo.
    package init(_ subject: String, _ body: EventBody, undoing: Undoing? = nil) {
        self.subject = subject
        self.body = body
        self.undoing = undoing
    }

    /// The event's object, as it is sent: a CloudEvents 1.0 JSON object (docs/contract.md, Events).
    package func event(id: String, source: String, time: Instant? = nil) -> JSON {
        var object = JSON.Object([
            "specversion": "1.0", "id": .string(id), "source": .string(source),
        ])
        for (key, value) in report { object[key] = value }
        if let time { object["time"] = .instant(time) }
        return .object(object)
    }

    /// The object that a source finds: type, subject and data alone. The hub adds the rest.
    package var finding: JSON {
        var object = JSON.Object()
        for (key, value) in report { object[key] = value }
        return .object(object)
    }

    private var report: [(String, JSON)] {
        var data = body.data
        if let undoing {
            data["undoes"] = .number(undoing.entry)
            data["note"] = .string(undoing.why)
        }
        return [("type", .string(body.type.rawValue)), ("subject", .string(subject)), ("data", .object(data))]
    }
}
