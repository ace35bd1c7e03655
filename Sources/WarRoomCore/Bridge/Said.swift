import OrderedCollections

/// The last word of a person on one thing, and what it replaced: an undo gives that back, and an undo of the undo takes it
/// again. Every entry stays, and no actual time is edited.
package struct Said: Hashable, Sendable, Codable {
    /// What was said last, an undo included: the only entry on its subject that can be undone.
    package internal(set) var entry: Int
    /// The entry that said it first, and what it said: an undo says the same again as taken back.
    package let first: Int
    package let by: String
    package let type: String
    package let subject: String
    /// Its event's `data` as JSON text: the words of a person, kept because the journal is not at hand.
    let data: String
    /// In a few words, raw.
    package let words: String
    var step: StepLife?
    var hold: Claim<String>?
    var ruling: Claim<RulingReport>?
    var claimant: String
    var looseEnd: Claim<LooseEndReport>?
    var message: Claim<MessageReport>?
    var check: String?
    var state: BridgeReport.State

    /// Whether it is taken back as things stand, so that an undo brings it again.
    package internal(set) var isUndone = false

    init(_ entry: Entry, runbook: Runbook, state: BridgeReport.State) {
        self.entry = entry.number
        first = entry.number
        by = entry.by
        type = entry.event.type
        subject = entry.event.subject
        data = entry.event.json["data"]?.line ?? "{}"
        words = FeedLine(entry, runbook: runbook).text
        claimant = entry.event.source
        self.state = state
    }

    /// What an undo of it sends: the same again, as `warroom undo` does.
    package func undo(why: String) -> JSON.Object {
        var object = (try? JSON(parsing: data))?.object ?? JSON.Object()
        object["undoes"] = .number(entry)
        object["note"] = .string(why)
        return object
    }

    /// What two words of people must share so that one can replace the other: type and subject; `nil` where an event
    /// cannot be undone, because nothing that it replaced could come back.
    static func key(_ event: Event) -> String? {
        switch event.body {
        case .step, .review, .check, .hold, .approval, .message, .looseEnd, .ruling:
            return "\(event.type) \(event.subject)"
        case .bridge(let report) where report.state == .closing || report.state == .closed: return event.type
        default: return nil
        }
    }
}

extension Bridge {
    /// What a person has said last of some things, each by type and subject; `nil` where nobody has said anything of them.
    package func lastSaid(_ things: [(type: String, subject: String)]) -> Said? {
        things.compactMap { said["\($0.type) \($0.subject)"] }.max { $0.entry < $1.entry }
    }

    /// What a person has said last, of one type and of subjects that are meant.
    package func lastSaid(of type: String, _ isMeant: (String) -> Bool) -> Said? {
        said.values.filter { $0.type == type && isMeant($0.subject) }.max { $0.entry < $1.entry }
    }

    /// The word of a person that an entry is the last of, the entry of an undo included.
    package func said(by entry: Int) -> Said? { said.values.first { $0.entry == entry } }
}
