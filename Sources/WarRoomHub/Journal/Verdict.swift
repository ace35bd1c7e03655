import WarRoomCore
import WarRoomDigest

/// What holding a journal against its own hashes found.
package enum Verdict: Hashable, Sendable {
    /// The chain is whole: how many entries it has, and the last one's hash.
    case whole(entries: Int, head: String)
    /// The chain is broken at an entry, and how.
    case broken(entry: Int, reason: String)
    /// Every entry is whole, and something beside them is not: a runbook's text, an index, a page.
    case damaged(reason: String)

    /// Follows the chain of a journal from entry 1, and holds against it what else the journal keeps: each entry's
    /// subject, and the runbooks' texts. Throws where it cannot be read at all.
    package init(following journal: some Journal) throws {
        var chain = Follower()
        do {
            try journal.read(from: 1) { chain.follows($0) }
        } catch let fault as JournalFault {
            // An entry that cannot be read is a broken chain; in front of the first there is none.
            self = .broken(entry: chain.last + 1, reason: fault.sentence)
            return
        } catch  where chain.last > 0 {
            self = .broken(entry: chain.last + 1, reason: JournalFault(reading: "", error).sentence)
            return
        }
        if let fault = chain.fault {
            self = fault
        } else if let reason = try Verdict.faultOfTexts(chain.texts, in: journal) {
            self = .damaged(reason: reason)
        } else {
            self = .whole(entries: chain.last, head: chain.head)
        }
    }

    /// Why a text of the runbook is not the one that an entry names; `nil` where each is.
    private static func faultOfTexts(_ texts: [(fingerprint: String, entry: Int)], in journal: some Journal) throws
        -> String?
    {
        for (fingerprint, entry) in texts {
            let fault = try journal.faultOfRunbook(fingerprint)
            if let fault { return "entry \(entry) names a runbook, and \(fault)" }
        }
        return nil
    }

    /// The way along the chain, entry by entry.
    private struct Follower {
        var head = Entry.hashBeforeFirst
        var last = 0
        private var lastTime: Instant?
        private(set) var fault: Verdict?
        /// The runbooks that entries name, each with the first that does.
        private(set) var texts: [(fingerprint: String, entry: Int)] = []

        /// Takes the next entry; returns whether the chain is whole up to it.
        mutating func follows(_ record: Record) -> Bool {
            if let reason = reason(against: record) {
                fault = reason
                return false
            }
            (head, last, lastTime) = (record.hash, record.number, record.receivedAt)
            return true
        }

        private mutating func reason(against record: Record) -> Verdict? {
            if record.number != last + 1 {
                return .broken(entry: last + 1, reason: "the entry is missing; the next one there is \(record.number)")
            }
            if Chain.hash(after: head, unhashedLine: record.unhashedLine) != record.hash {
                return .broken(entry: record.number, reason: "its content does not fit its hash")
            }
            if let lastTime, record.receivedAt < lastTime {
                return .broken(entry: record.number, reason: "it was received before the entry in front of it")
            }
            guard let event = try? record.entry.event else {
                return .broken(entry: record.number, reason: "it holds what is no event")
            }
            if !event.subject.utf8.elementsEqual(record.subject.utf8) {
                return .broken(
                    entry: record.number, reason: "its history is kept under another subject than its event's")
            }
            if let named = event.goesBy, !texts.contains(where: { $0.fingerprint == named }) {
                texts.append((named, record.number))
            }
            return nil
        }
    }
}

extension Journal {
    /// Why the text that is kept under a runbook's fingerprint cannot be gone by, as the end of a sentence; `nil` where
    /// it is the one. Throws where it cannot be read.
    package func faultOfRunbook(_ fingerprint: String) throws -> String? {
        guard let text = try runbook(fingerprint) else {
            return "the journal does not hold the text that it names: use a whole copy of the journal"
        }
        return SHA256.hex(of: text.utf8) == fingerprint
            ? nil : "the text that the journal holds is not the one that it names: use a whole copy of the journal"
    }
}
