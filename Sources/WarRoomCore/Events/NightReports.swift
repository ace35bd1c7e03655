package import OrderedCollections

/// A change in the life of the night itself (docs/contract.md, warroom.bridge).
package struct BridgeReport: Hashable, Sendable {
    /// Where the night stands; `amended`: the runbook has changed, and the night goes on by the new one.
    package enum State: String, Sendable, CaseIterable { case opened, live, closing, closed, amended }

    /// What the night has become.
    let state: State
    /// Of `opened`: `live` or `rehearsal`.
    package let mode: String?
    /// Of `opened` and `amended`: the SHA-256 of the runbook's text, in lower-case hex.
    package let runbook: String?
    /// Of `amended`: why.
    package let reason: String?
    /// Since when the hub was away, in bridge time, on an opening that is not the first (docs/contract.md, Sources).
    let awayFrom: Instant?
    /// How long steps took on earlier nights, by step, for those of which the runbook does not say. The hub says so
    /// with the first opening, so that every replay knows the same.
    let learned: OrderedDictionary<String, Duration>
    /// What the close leaves, a line each, as whoever closes the night has seen it; `nil` where that is not said.
    let with: [String]?

    /// A report to be sent; what is `nil` or empty is left out of its data.
    package init(
        state: State, mode: String? = nil, runbook: String? = nil, awayFrom: Instant? = nil,
        learned: OrderedDictionary<String, Duration> = [:], with: [String]? = nil, reason: String? = nil
    ) {
        self.reason = reason
        self.state = state
        self.mode = mode
        self.runbook = runbook
        self.awayFrom = awayFrom
        self.learned = learned
        self.with = with
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        var learned: OrderedDictionary<String, Duration> = [:]
        for member in fields.object["learned"]?.object?.members ?? [] {
            let longest = Int(Ranges.longestDuration.components.seconds)
            guard let seconds = member.value.int, seconds >= 0, seconds <= longest || !fields.isNew else {
                throw EventFault("'learned' must name steps with whole seconds")
            }
            learned[member.key] = .seconds(min(seconds, longest))
        }
        self.learned = learned
        with = try fields.texts("with")
        mode = try fields.text("mode")
        runbook = try fields.text("runbook")
        awayFrom = try fields.instant("awayFrom")
        reason = try fields.text("reason")
        guard state == .amended else { return }
        if runbook == nil { throw EventFault("'amended' needs 'runbook', the SHA-256 of its text") }
        if reason?.trimmed.isEmpty ?? true { throw EventFault("'amended' needs a 'reason'") }
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let mode { data["mode"] = .string(mode) }
        if let runbook { data["runbook"] = .string(runbook) }
        if let awayFrom { data["awayFrom"] = .instant(awayFrom) }
        if !learned.isEmpty {
            var steps = JSON.Object()
            for (id, duration) in learned { steps[id] = .number(Int(duration.components.seconds)) }
            data["learned"] = .object(steps)
        }
        if let with { data["with"] = .texts(with) }
        if let reason { data["reason"] = .string(reason) }
        return data
    }
}

/// What became of a step (docs/contract.md, warroom.step).
package struct StepReport: Hashable, Sendable {
    /// What can become of a step. `reset` takes back whatever was said of it.
    package enum State: String, Sendable, CaseIterable {
        case started, done, failed, skipped, workaround, reset
        case notApplicable = "not-applicable"

        /// Whether a note must say why.
        package var needsNote: Bool {
            switch self {
            case .failed, .skipped, .workaround, .notApplicable: true
            case .started, .done, .reset: false
            }
        }
    }

    /// What became of it.
    let state: State
    /// What there is to say about it; ``State/needsNote`` says where it cannot be left out.
    let note: String?

    /// A report to be sent; nothing is checked.
    package init(state: State, note: String? = nil) {
        self.state = state
        self.note = note
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        note = try fields.text("note")
        if state.needsNote, note?.trimmed.isEmpty ?? true {
            throw EventFault("'\(state.rawValue)' needs a 'note' that says why")
        }
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let note { data["note"] = .string(note) }
        return data
    }
}

/// What became of an alert (docs/contract.md, warroom.alert).
package struct AlertReport: Hashable, Sendable {
    /// Whether it is firing, or was and has been resolved.
    package enum State: String, Sendable, CaseIterable { case firing, resolved }

    /// Which of the two it is.
    let state: State
    /// The rule that fired, as the alerting tool calls it.
    let name: String?
    /// How bad it is, in the alerting tool's word.
    let severity: String?
    /// The server that it is about, by its name.
    let server: String?
    /// The biller that it is about.
    let biller: String?
    /// Whether it is a demo biller's.
    let demo: Bool
    /// What is wrong, in the alerting tool's words.
    let summary: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        name = try fields.text("name")
        severity = try fields.text("severity")
        server = try fields.text("server")
        biller = try fields.text("biller")
        demo = try fields.flag("demo") ?? false
        summary = try fields.text("summary")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let name { data["name"] = .string(name) }
        if let severity { data["severity"] = .string(severity) }
        if let server { data["server"] = .string(server) }
        if let biller { data["biller"] = .string(biller) }
        if demo { data["demo"] = .bool(true) }
        if let summary { data["summary"] = .string(summary) }
        return data
    }
}

/// What became of a message that a step posts (docs/contract.md, warroom.message).
package struct MessageReport: Hashable, Sendable {
    /// How far it has come; `unknown`: whether it was posted cannot be told.
    package enum State: String, Sendable, CaseIterable { case drafted, posting, posted, failed, unknown }

    /// How far it has come.
    package let state: State
    /// The text that was posted, as its sender has it.
    let text: String?

    /// A report to be sent; a text that is `nil` is left out of its data.
    package init(state: State, text: String? = nil) {
        self.state = state
        self.text = text
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        text = try fields.text("text")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let text { data["text"] = .string(text) }
        return data
    }
}

/// What became of a loose end (docs/contract.md, warroom.looseend).
package struct LooseEndReport: Hashable, Sendable {
    /// Whether it is open, closed, or the lead lets it stay.
    package enum State: String, Sendable, CaseIterable { case open, closed, forgiven }

    /// Which of these it is.
    package let state: State
    /// What is off, in words.
    let what: String?
    /// Why; `forgiven` needs one.
    let note: String?

    /// A report to be sent; what is `nil` is left out of its data.
    package init(state: State, what: String? = nil, note: String? = nil) {
        self.state = state
        self.what = what
        self.note = note
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        what = try fields.text("what")
        note = try fields.text("note")
        if state == .forgiven, note?.trimmed.isEmpty ?? true {
            throw EventFault("'forgiven' needs a 'note' that says why")
        }
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let what { data["what"] = .string(what) }
        if let note { data["note"] = .string(note) }
        return data
    }
}

/// The hub's word on one of its sources, when its state changes (docs/contract.md, warroom.source).
package struct SourceReport: Hashable, Sendable {
    /// How well a source is heard (docs/glossary.md, source).
    package enum State: String, Sendable, CaseIterable {
        case current, stale, unreadable
        case neverSeen = "never-seen"
    }

    /// The state that it has come to.
    package let state: State
    /// Why it is not current, or not heard on all that it speaks of, in words.
    package let reason: String?
    /// When it last gave a good answer, in bridge time.
    package let lastGood: Instant?
    /// The subjects whose word has gone stale since the last report, or one axis of a subject (`web1/reach`).
    package let stale: [String]
    /// The same of what is fresh again.
    package let fresh: [String]

    /// Whether it cannot be read as a whole, and is heard all the same on what is not stale.
    package let isInPart: Bool

    /// How many subjects a report names at most; more are named in further reports.
    package static let mostSubjects = 500

    /// A report to be made; what is `nil` or empty is left out of its data.
    package init(
        state: State, reason: String? = nil, lastGood: Instant? = nil, stale: [String] = [], fresh: [String] = [],
        isInPart: Bool = false
    ) {
        self.state = state
        self.reason = reason
        self.lastGood = lastGood
        self.stale = stale
        self.fresh = fresh
        self.isInPart = isInPart
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
        lastGood = try fields.instant("lastGood")
        stale = try fields.texts("stale") ?? []
        fresh = try fields.texts("fresh") ?? []
        isInPart = try fields.flag("inPart") ?? false
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let reason { data["reason"] = .string(reason) }
        if let lastGood { data["lastGood"] = .instant(lastGood) }
        if !stale.isEmpty { data["stale"] = .texts(stale) }
        if !fresh.isEmpty { data["fresh"] = .texts(fresh) }
        if isInPart { data["inPart"] = .bool(true) }
        return data
    }
}

/// What the hub refused, and whom (docs/contract.md, warroom.refusal).
package struct RefusalReport: Hashable, Sendable {
    /// The user, or the id of the source, that was refused.
    let who: String
    /// What was to be entered: its type and its subject.
    let what: String
    /// The reason, as its sender was told.
    let why: String
    /// How many more of that user's events were refused without an entry of their own.
    let more: Int?

    /// A report to be made; `more` is left out of its data where it is `nil`.
    package init(who: String, what: String, why: String, more: Int? = nil) {
        self.who = who
        self.what = what
        self.why = why
        self.more = more
    }

    init(_ fields: Fields) throws(EventFault) {
        who = try fields.need("who")
        what = try fields.need("what")
        why = try fields.need("why")
        more = try fields.count("more")
    }

    var data: JSON.Object {
        var data = JSON.Object(["who": .string(who), "what": .string(what), "why": .string(why)])
        if let more { data["more"] = .number(more) }
        return data
    }
}
