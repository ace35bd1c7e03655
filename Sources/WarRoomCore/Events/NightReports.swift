package import OrderedCollections

/// The life of the bridge itself.
package struct BridgeReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable { case opened, live, closing, closed, amended }
    let state: State
    package let mode: String?
    package let runbook: String?
    /// From when to when the hub was away, on an opening that is not the first (CONTRACT 7).
    let awayFrom: Instant?
    /// How long steps took on earlier nights, for those of which the runbook does not say; the hub's, with the first
    /// opening, so that every replay knows the same.
    let learned: OrderedDictionary<String, Duration>
    /// What whoever closes the night has seen that it leaves, a line each; `nil` where that is not said.
    let with: [String]?

    package init(
        state: State, mode: String? = nil, runbook: String? = nil, awayFrom: Instant? = nil,
        learned: OrderedDictionary<String, Duration> = [:], with: [String]? = nil
    ) {
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
            guard let seconds = member.value.int, seconds >= 0 else {
                throw EventFault("'learned' must name steps with whole seconds")
            }
            learned[member.key] = .seconds(seconds)
        }
        self.learned = learned
        with = try fields.texts("with")
        mode = try fields.text("mode")
        runbook = try fields.text("runbook")
        awayFrom = try fields.instant("awayFrom")
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
        return data
    }
}

package struct StepReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
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

    let state: State
    let note: String?

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

package struct AlertReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case firing, resolved }
    let state: State
    let name: String?
    let severity: String?
    let server: String?
    let biller: String?
    let demo: Bool
    let summary: String?

    package init(
        state: State, name: String? = nil, severity: String? = nil, server: String? = nil, biller: String? = nil,
        demo: Bool = false, summary: String? = nil
    ) {
        self.state = state
        self.name = name
        self.severity = severity
        self.server = server
        self.biller = biller
        self.demo = demo
        self.summary = summary
    }

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

package struct MessageReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case drafted, posting, posted, failed, unknown }
    package let state: State
    let text: String?

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

package struct LooseEndReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case open, closed, forgiven }
    package let state: State
    let what: String?
    let note: String?

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

/// The hub's word on one of its sources; transitions only.
package struct SourceReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case current, stale, unreadable
        case neverSeen = "never-seen"
    }

    package let state: State
    let reason: String?
    let lastGood: Instant?

    package init(state: State, reason: String? = nil, lastGood: Instant? = nil) {
        self.state = state
        self.reason = reason
        self.lastGood = lastGood
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
        lastGood = try fields.instant("lastGood")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let reason { data["reason"] = .string(reason) }
        if let lastGood { data["lastGood"] = .instant(lastGood) }
        return data
    }
}

/// Somebody was refused something.
package struct RefusalReport: Hashable, Sendable {
    let who: String
    let what: String
    let why: String
    /// How many more of the same user were refused since, without an entry of their own.
    let more: Int?

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
        more = try fields.int("more")
    }

    var data: JSON.Object {
        var data = JSON.Object(["who": .string(who), "what": .string(what), "why": .string(why)])
        if let more { data["more"] = .number(more) }
        return data
    }
}
