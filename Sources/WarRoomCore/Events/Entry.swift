/// An event with its number in the journal.
package struct Entry: Hashable, Sendable {
    /// How the event came in, which decides whose claim it is (docs/contract.md, Claims).
    package enum Via: String, Sendable, Hashable {
        /// A configured source.
        case source
        /// A tool that reports on the socket.
        case feeder
        /// The hub itself.
        case hub
    }

    /// From 1, without gaps.
    package let number: Int
    /// When the hub took it, in bridge time; it never decreases from one entry to the next.
    package let receivedAt: Instant
    /// Who sent it: a user, the id of a source, or `hub`.
    package let by: String
    /// Whose word it is; `nil`: a person's. A replay needs to ask nobody who was in which group that night
    /// (docs/contract.md, Entries and their hash).
    package let via: Via?
    /// Whether it was taken after the night was closed (docs/contract.md, Live and close); the hash covers this too.
    let isAfterClose: Bool
    /// The event as it came, but for an alias in its subject, which is the runbook's own name here.
    package let event: Event
    /// Lower-case hex SHA-256 of the previous hash, a newline and ``unhashedLine``.
    let hash: String

    /// An entry of these parts; nothing is checked.
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

    /// When the event happened, in bridge time, as all rules use it: never after the entry was received
    /// (docs/contract.md, Time).
    var at: Instant { Clock.effective(time: event.time, receivedAt: receivedAt).time }

    /// The entry's line without its hash, as UTF-8: what the hash is taken of (docs/contract.md, Entries and their
    /// hash). `eventText` is the event's canonical JSON.
    package static func unhashedLine(
        number: Int, receivedAt: Instant, by: String, via: Via?, isAfterClose: Bool = false, eventText: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(eventText.utf8.count + 256)
        bytes.append(contentsOf: "{\"entry\":".utf8)
        bytes.append(contentsOf: String(number).utf8)
        bytes.append(contentsOf: ",\"receivedAt\":\"".utf8)
        bytes.append(contentsOf: receivedAt.rfc3339.utf8)
        bytes.append(contentsOf: "\",\"by\":".utf8)
        JSON.write(by, to: &bytes)
        if let via {
            bytes.append(contentsOf: ",\"via\":\"".utf8)
            bytes.append(contentsOf: via.rawValue.utf8)
            bytes.append(UInt8(ascii: "\""))
        }
        if isAfterClose { bytes.append(contentsOf: ",\"afterClose\":true".utf8) }
        bytes.append(contentsOf: ",\"event\":".utf8)
        bytes.append(contentsOf: eventText.utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// The whole line, as UTF-8: an unhashed line with its hash.
    package static func line(unhashed: [UInt8], hash: String) -> [UInt8] {
        var bytes = unhashed
        bytes.removeLast()
        bytes.append(contentsOf: ",\"hash\":\"\(hash)\"}".utf8)
        return bytes
    }

    /// The hash before the first entry: 64 zeros.
    package static let hashBeforeFirst = String(repeating: "0", count: 64)

    /// Reads an entry from its object. Throws ``EventFault`` where it is none.
    package init(_ json: JSON) throws(EventFault) {
        guard let number = json["entry"]?.int, let receivedAt = json["receivedAt"]?.instant,
            let by = json["by"]?.text, let event = json["event"], let hash = json["hash"]?.text
        else { throw EventFault("not an entry") }
        self.init(
            number: number, receivedAt: receivedAt, by: by, via: json["via"]?.text.flatMap(Via.init(rawValue:)),
            isAfterClose: json["afterClose"] == .bool(true), event: try Event(event), hash: hash)
    }
}
