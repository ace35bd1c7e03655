package struct ReviewReport: Hashable, Sendable {
    /// A verdict (V-05). `pending` takes an earlier one back.
    package enum Mark: String, Sendable, Codable, CaseIterable {
        case ok, issues, pending
        case noResponse = "no-response"
    }

    package let mark: Mark
    package let note: String?
    package let reviewer: String?

    init(_ fields: Fields) throws(EventFault) {
        mark = try fields.needWord("mark", Mark.self)
        note = try fields.text("note")
        reviewer = try fields.text("reviewer")
        if mark == .issues, note?.trimmed.isEmpty ?? true { throw EventFault("'issues' needs a 'note' that says what") }
    }
}

package struct ApprovalReport: Hashable, Sendable {
    package enum Decision: String, Sendable, Codable, CaseIterable { case approved, refused, overridden }
    package let decision: Decision
    package let role: String
    /// The entry that the approver was looking at.
    package let seen: Int?
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        decision = try fields.needWord("decision", Decision.self)
        role = try fields.need("as")
        seen = try fields.int("seen")
        reason = try fields.text("reason")
        if decision != .approved, reason?.trimmed.isEmpty ?? true {
            throw EventFault("'\(decision.rawValue)' needs a 'reason'")
        }
    }
}

package struct HoldReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable { case held, released }
    package let state: State
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
    }
}

package struct RulingReport: Hashable, Sendable, Codable {
    package let value: String
    package let reason: String

    init(_ fields: Fields) throws(EventFault) {
        value = try fields.need("value")
        reason = try fields.need("reason")
    }
}

/// Something handed to a person: the lead, or a role.
package struct OfferReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case offered, accepted }
    package let state: State
    package let user: String?
    /// Why the lead is taken back without an offer.
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        user = try fields.text("user")
        reason = try fields.text("reason")
    }
}
