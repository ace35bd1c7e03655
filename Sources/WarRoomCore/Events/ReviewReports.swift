package struct ReviewReport: Hashable, Sendable {
    /// A verdict (V-05). `pending` takes an earlier one back.
    package enum Mark: String, Sendable, Codable, CaseIterable {
        case ok, issues, pending
        case noResponse = "no-response"
    }

    let mark: Mark
    let note: String?
    let reviewer: String?

    package init(mark: Mark, note: String? = nil, reviewer: String? = nil) {
        self.mark = mark
        self.note = note
        self.reviewer = reviewer
    }

    init(_ fields: Fields) throws(EventFault) {
        mark = try fields.needWord("mark", Mark.self)
        note = try fields.text("note")
        reviewer = try fields.text("reviewer")
        if mark == .issues, note?.trimmed.isEmpty ?? true { throw EventFault("'issues' needs a 'note' that says what") }
    }

    var data: JSON.Object {
        var data = JSON.Object(["mark": .string(mark.rawValue)])
        if let note { data["note"] = .string(note) }
        if let reviewer { data["reviewer"] = .string(reviewer) }
        return data
    }
}

package struct ApprovalReport: Hashable, Sendable {
    package enum Decision: String, Sendable, Codable, CaseIterable { case approved, refused, overridden }
    let decision: Decision
    let role: String
    /// The entry that the approver was looking at.
    let seen: Int?
    let reason: String?

    package init(decision: Decision, role: String, seen: Int? = nil, reason: String? = nil) {
        self.decision = decision
        self.role = role
        self.seen = seen
        self.reason = reason
    }

    init(_ fields: Fields) throws(EventFault) {
        decision = try fields.needWord("decision", Decision.self)
        role = try fields.need("as")
        seen = try fields.int("seen")
        reason = try fields.text("reason")
        if decision != .approved, reason?.trimmed.isEmpty ?? true {
            throw EventFault("'\(decision.rawValue)' needs a 'reason'")
        }
    }

    var data: JSON.Object {
        var data = JSON.Object(["decision": .string(decision.rawValue), "as": .string(role)])
        if let seen { data["seen"] = .number(seen) }
        if let reason { data["reason"] = .string(reason) }
        return data
    }
}

package struct HoldReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable { case held, released }
    let state: State
    let reason: String?

    package init(state: State, reason: String? = nil) {
        self.state = state
        self.reason = reason
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let reason { data["reason"] = .string(reason) }
        return data
    }
}

package struct RulingReport: Hashable, Sendable, Codable {
    package let value: String
    package let reason: String

    package init(value: String, reason: String) {
        self.value = value
        self.reason = reason
    }

    init(_ fields: Fields) throws(EventFault) {
        value = try fields.need("value")
        reason = try fields.need("reason")
    }

    var data: JSON.Object { JSON.Object(["value": .string(value), "reason": .string(reason)]) }
}

/// Something handed to a person: the lead, or a role.
package struct OfferReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case offered, accepted }
    let state: State
    let user: String?
    /// Why the lead is taken back without an offer.
    let reason: String?

    package init(state: State, user: String? = nil, reason: String? = nil) {
        self.state = state
        self.user = user
        self.reason = reason
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        user = try fields.text("user")
        reason = try fields.text("reason")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let user { data["user"] = .string(user) }
        if let reason { data["reason"] = .string(reason) }
        return data
    }
}
