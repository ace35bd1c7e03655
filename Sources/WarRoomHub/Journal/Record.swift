package import WarRoomCore

/// An entry as the journal keeps it: its parts, canonical and ready for the line.
package struct Record: Hashable, Sendable {
    /// Its number, from 1 without gaps.
    package let number: Int
    /// Bridge time at which the hub took it.
    package let receivedAt: Instant
    /// Who sent it: a user, the id of a source, or `hub`.
    package let by: String
    /// Whose word it is; `nil`: a person's.
    package let via: Entry.Via?
    /// Whether it was taken after the night was closed.
    let isAfterClose: Bool
    /// What the event is about, by which a history is found.
    let subject: String
    /// The event's canonical JSON text.
    package let event: String
    /// Its hash, as ``Chain`` makes it: 64 hex digits.
    package let hash: String

    /// A record from its parts.
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

    /// The entry's line without its hash and without a newline, from which the hash is made.
    var unhashedLine: [UInt8] {
        Entry.unhashedLine(
            number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isAfterClose, eventText: event)
    }

    /// The entry's whole line, as `log --json` prints it, without a newline.
    var line: [UInt8] { Entry.line(unhashed: unhashedLine, hash: hash) }
}

extension Record {
    /// The record as an entry. Throws ``JournalFault`` where the journal holds what is no event.
    var entry: Entry {
        get throws(JournalFault) {
            let read: Event
            do { read = try Event(try JSON(parsing: event)) } catch {
                let reason = (error as? EventFault)?.reason ?? "\(error)"
                throw JournalFault("entry \(number) holds what is no event: \(CleanText.line(reason))")
            }
            return Entry(
                number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isAfterClose, event: read,
                hash: hash)
        }
    }
}
