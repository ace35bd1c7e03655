import WarRoomCore

/// What following the hash chain found.
package enum Verdict: Hashable, Sendable {
    /// The chain is whole: how many entries it has, and the last one's hash.
    case whole(entries: Int, head: String)
    /// The chain is broken at an entry, and how.
    case broken(entry: Int, reason: String)

    /// Follows the chain of a journal from entry 1. Throws where it cannot be read.
    package init(following journal: some Journal) throws {
        var head = Entry.hashBeforeFirst
        var last = 0
        var lastTime: Instant?
        var fault: Verdict?
        try journal.read(from: 1) { record in
            if record.number != last + 1 {
                fault = .broken(entry: last + 1, reason: "the entry is missing; the next one there is \(record.number)")
            } else if Chain.hash(after: head, unhashedLine: record.unhashedLine) != record.hash {
                fault = .broken(entry: record.number, reason: "its content does not fit its hash")
            } else if let lastTime, record.receivedAt < lastTime {
                fault = .broken(entry: record.number, reason: "it was received before the entry in front of it")
            }
            head = record.hash
            last = record.number
            lastTime = record.receivedAt
            return fault == nil
        }
        self = fault ?? .whole(entries: last, head: head)
    }
}
