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
    let isAfterClose: Bool
    package let event: Event
    /// Lower-case hex SHA-256 of the previous hash, a newline and ``unhashedLine``.
    let hash: String

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
    var at: Instant { Clock.effective(time: event.time, receivedAt: receivedAt).time }

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
