package import WarRoomCore

/// An entry as the journal keeps it: its parts, canonical and ready for the line.
package struct Record: Hashable, Sendable {
    package let number: Int
    package let receivedAt: Instant
    package let by: String
    package let via: Entry.Via?
    /// Taken after the night was closed.
    package let isAfterClose: Bool
    package let subject: String
    /// The event's canonical JSON text.
    package let event: String
    package let hash: String

    package init(
        number: Int, receivedAt: Instant, by: String, via: Entry.Via?, isAfterClose: Bool = false, subject: String,
        event: String, hash: String
    ) {
        self.number = number
        self.receivedAt = receivedAt
        self.by = by
        self.via = via
        self.isAfterClose = isAfterClose
        self.subject = subject
        self.event = event
        self.hash = hash
    }

    /// The entry's line without its hash, from which the hash is made.
    package var unhashedLine: [UInt8] {
        Entry.unhashedLine(
            number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isAfterClose, eventText: event)
    }

    /// The entry's whole line.
    package var line: [UInt8] { Entry.line(unhashed: unhashedLine, hash: hash) }
}

extension Record {
    /// The record as an entry. Throws ``JSONFault`` or ``EventFault`` where the journal holds what is no event.
    var entry: Entry {
        get throws {
            Entry(
                number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isAfterClose,
                event: try Event(try JSON(parsing: event)), hash: hash)
        }
    }
}
