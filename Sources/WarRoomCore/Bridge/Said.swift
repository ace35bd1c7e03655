import OrderedCollections

/// The last word of a person on one thing, and what it replaced: an undo gives that back, and an undo of the undo takes
/// it again. Every entry stays, and no actual time is edited.
package struct Said: Hashable, Sendable {
    /// The number of the entry that spoke last, an undo included: the only one on its subject that can be undone.
    package internal(set) var entry: Int
    /// The number of the entry that said it first; an undo repeats its words as taken back.
    package let first: Int
    /// Who said it.
    package let by: String
    /// The type of event with which it was said.
    package let type: EventType
    /// What it was said of, by its id or name.
    package let subject: String
    /// Its event's `data` as JSON text: the words of a person, kept because the journal is not at hand.
    let data: String
    /// What was said, in a few words, raw: whoever shows them cleans them.
    package let words: String
    var step: StepLife?
    var hold: Claim<String>?
    var waveHold: WaveHold?
    var ruling: Claim<RulingReport>?
    var claimant: String
    var looseEnd: Claim<LooseEndReport>?
    var message: Claim<MessageReport>?
    var check: String?
    var looked: Looked?
    var state: BridgeReport.State

    /// Whether it is taken back as things stand, so that an undo brings it again.
    package internal(set) var isUndone = false

    init(_ entry: Entry, words: String, state: BridgeReport.State) {
        self.entry = entry.number
        first = entry.number
        by = entry.by
        type = entry.event.type
        subject = entry.event.subject
        data = entry.event.json["data"]?.line ?? "{}"
        self.words = words
        claimant = entry.event.source
        self.state = state
    }

    /// What an undo of it sends: the same again, as `warroom undo` does; `nil` where the words that were kept are no
    /// report, which the hub never lets happen.
    package func undo(why: String) -> Proposal? {
        let object = (try? JSON(parsing: data))?.object ?? JSON.Object()
        guard let body = try? EventBody(type, data: object) else { return nil }
        return Proposal(subject, body, undoing: .init(entry: entry, why: why))
    }

    /// What two words of people must share so that one can replace the other.
    package struct Thing: Hashable, Sendable {
        let type: EventType
        let subject: String

        /// The thing that an event of this type and subject speaks of.
        package init(_ type: EventType, _ subject: String) {
            self.type = type
            self.subject = subject
        }
    }

    /// What an event speaks of; `nil` where it cannot be undone, because nothing that it replaced could come back.
    static func thing(_ event: Event) -> Thing? {
        switch event.body {
        case .step, .review, .check, .hold, .approval, .message, .looseEnd, .ruling, .looked:
            return Thing(event.type, event.subject)
        case .bridge(let report):
            let isClosing = report.state == .closing || report.state == .closed
            return isClosing ? Thing(.bridge, "") : nil
        // Each thing that was heard stands for itself, by its entry: `Bridge.thing(of:)`.
        case .heard, .server, .tests, .pipeline, .batch, .alert, .lead, .substitute, .signature, .note, .source,
            .clock, .refusal:
            return nil
        }
    }
}

extension Bridge {
    /// What an event speaks of; `entry` is its number, where it has one.
    func thing(of event: Event, entry: Int? = nil) -> Said.Thing? {
        guard case .heard = event.body else { return Said.thing(event) }
        // A second caller takes nothing back of the first, whatever both are about.
        guard let undone = event.undoes else { return Said.Thing(.heard, Heard.name(entry ?? 0)) }
        let meant = said.first { thing, last in
            thing.type == .heard && last.entry == undone && last.subject == event.subject
        }
        return meant?.key ?? Said.Thing(.heard, "")
    }
}

extension Bridge {
    /// What a person has said last of some things, each by type and subject; `nil` where nobody has said anything of
    /// them.
    package func lastSaid(_ things: [Said.Thing]) -> Said? {
        things.compactMap { said[$0] }.max { $0.entry < $1.entry }
    }

    /// What a person has said last, of one type and of subjects that are meant.
    package func lastSaid(of type: EventType, _ isMeant: (String) -> Bool) -> Said? {
        said.values.filter { $0.type == type && isMeant($0.subject) }.max { $0.entry < $1.entry }
    }

    /// The word of a person that an entry is the last of, the entry of an undo included.
    package func said(by entry: Int) -> Said? { said.values.first { $0.entry == entry } }
}
