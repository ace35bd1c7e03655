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
        case .step, .review, .check, .hold, .approval, .message, .looseEnd, .ruling: return "\(event.type) \(event.subject)"
        case .bridge(let report) where report.state == .closing || report.state == .closed: return event.type
        default: return nil
        }
    }
}

extension Bridge {
    /// Keeps what a person's word is about to replace.
    mutating func remember(_ entry: Entry) {
        guard entry.via == nil, entry.event.undoes == nil, let key = Said.key(entry.event) else { return }
        let subject = entry.event.subject
        var last = Said(entry, runbook: runbook, state: state)
        var earlier: Instant?
        switch entry.event.body {
        case .step:
            last.step = steps[subject]?.person
            earlier = last.step?.at
        case .hold: last.hold = holds[subject]
        case .ruling: last.ruling = rulings[subject]
        case .looseEnd:
            last.looseEnd = looseEnds[subject]?.of(entry.event.source)
            earlier = last.looseEnd?.at
        case .message:
            last.message = messages[subject]?.of(entry.event.source)
            earlier = last.message?.at
        case .check: last.check = Runbook.CheckPath(subject).flatMap { addedChecks[$0] }
        default: break
        }
        // What happened before the last word is history and changes nothing.
        if let earlier, entry.at < earlier { return }
        said[key] = last
    }

    /// Takes back what an entry said, or what an undo took back.
    mutating func takeBack(_ entry: Entry) {
        guard let undone = entry.event.undoes, let key = Said.key(entry.event), var last = said[key], last.entry == undone
        else { return }
        let (subject, number) = (entry.event.subject, entry.number)
        switch entry.event.body {
        case .step:
            swap(&steps[subject, default: StepRecord()].person, &last.step)
            steps[subject]?.changed = number
        case .hold:
            swap(&holds[subject], &last.hold)
            touch(subject, entry)
        case .ruling:
            swap(&rulings[subject], &last.ruling)
            serversChanged = number
        case .looseEnd: last.looseEnd = looseEnds[subject, default: .init()].replace(of: last.claimant, with: last.looseEnd)
        case .message: last.message = messages[subject, default: .init()].replace(of: last.claimant, with: last.message)
        case .check:
            guard let path = Runbook.CheckPath(subject) else { break }
            swap(&addedChecks[path], &last.check)
            reviewsChanged = number
        case .review:
            reviewsChanged = number
            for path in Array(reviews.keys) where path.text == subject || path.text.hasPrefix(subject + "/") {
                reviews[path]?.takeBack(last, by: number)
            }
        case .approval:
            for place in approvals[subject, default: []].indices {
                approvals[subject]![place].takeBack(last, by: number)
            }
        case .bridge: swap(&state, &last.state)
        default: break
        }
        last.entry = number
        last.isUndone.toggle()
        said[key] = last
    }

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

    /// Why an undo may not be taken; `nil` where it may.
    func refusalOfUndo(_ event: Event, from sender: Sender) -> String? {
        guard let undone = event.undoes else { return nil }
        let subject = CleanText.line(event.subject)
        guard let key = Said.key(event) else { return "an entry of type \(event.type) is not undone: say anew how it is" }
        guard via(of: event, from: sender) == nil else { return "only what a person has said is undone; a tool reports anew" }
        guard said[key]?.entry == undone else {
            return "entry \(undone) is not the last word of a person on '\(subject)', it cannot be undone"
        }
        guard case .approval(let report) = event.body else { return nil }
        let taken = approvals[event.subject]?.first { $0.entry == said[key]?.first }
        return taken?.role == report.role ? nil : "entry \(undone) was said as '\(taken?.role ?? "")', undo it as that role"
    }

    /// Whether an undo takes an approval away, which a lead may do; giving one is the approver's.
    func takesApprovalAway(_ event: Event) -> Bool {
        guard case .approval = event.body, let undone = event.undoes, let last = Said.key(event).flatMap({ said[$0] }),
            last.entry == undone, !last.isUndone
        else { return false }
        return approvals[event.subject]?.contains { $0.entry == last.first && $0.decision != .refused } ?? false
    }
}

extension ReviewRecord {
    /// Takes back what was said, or brings it again.
    fileprivate mutating func takeBack(_ said: Said, by number: Int) {
        for place in marks.indices where marks[place].entry == said.first {
            marks[place].undoneBy = said.isUndone ? nil : number
        }
    }
}

extension Approval {
    fileprivate mutating func takeBack(_ said: Said, by number: Int) {
        if entry == said.first { undoneBy = said.isUndone ? nil : number }
    }
}
