/// A mark on a check, or on a whole team (docs/contract.md, warroom.review).
package struct ReviewReport: Hashable, Sendable {
    /// The verdict on a check (docs/glossary.md, mark). `pending` takes an earlier one back.
    package enum Mark: String, Sendable, CaseIterable {
        case ok, issues, pending
        case noResponse = "no-response"
    }

    /// The verdict.
    let mark: Mark
    /// How it was verified, or what is wrong; `issues` needs one.
    let note: String?
    /// Who has looked; `nil`: who sent it.
    let reviewer: String?

    /// A report to be sent; what is `nil` is left out of its data.
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

/// A decision on a gate (docs/contract.md, warroom.approval).
package struct ApprovalReport: Hashable, Sendable {
    /// What was decided; `overridden` opens a gate against its needs.
    package enum Decision: String, Sendable, CaseIterable { case approved, refused, overridden }

    /// What was decided.
    let decision: Decision
    /// The approver's role in which it was decided, the event's `as`.
    let role: String
    /// The number of the entry that the approver was looking at.
    let seen: Int?
    /// Why; it can be left out of an approval only.
    let reason: String?

    /// A report to be sent; what is `nil` is left out of its data.
    package init(decision: Decision, role: String, seen: Int? = nil, reason: String? = nil) {
        self.decision = decision
        self.role = role
        self.seen = seen
        self.reason = reason
    }

    init(_ fields: Fields) throws(EventFault) {
        decision = try fields.needWord("decision", Decision.self)
        role = try fields.need("as")
        seen = try fields.entry("seen")
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

/// A server is held back from its wave, or released (docs/contract.md, warroom.hold).
package struct HoldReport: Hashable, Sendable {
    /// Whether it is held from now on, or no longer.
    package enum State: String, Sendable, CaseIterable { case held, released }

    /// What can stop a wave by itself.
    package enum Cause: String, Sendable, CaseIterable {
        /// A server of it has booted once more than it should.
        case secondBoot = "second-boot"
        /// A server of it is patched, or boots, while a pool has it.
        case patchInPool = "patch-in-pool"
        /// An alert fires on a server of it.
        case alert
    }

    /// Which of the two it is.
    let state: State
    /// Why.
    let reason: String?
    /// Of a wave that the hub holds: what has stopped it.
    let cause: Cause?

    /// A report to be sent; what is `nil` is left out of its data.
    package init(state: State, reason: String? = nil, cause: Cause? = nil) {
        self.state = state
        self.reason = reason
        self.cause = cause
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
        cause = try fields.word("cause", Cause.self)
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let reason { data["reason"] = .string(reason) }
        if let cause { data["cause"] = .string(cause.rawValue) }
        return data
    }
}

/// Which of the claims, or of the written times, that disagree holds (docs/contract.md, warroom.ruling).
package struct RulingReport: Hashable, Sendable {
    /// The value that holds; of a pair of times `home`, `other` or `plan`.
    package let value: String
    /// Why it holds.
    package let reason: String

    /// A report to be sent.
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

/// Something that is handed to a person: the lead, or a role (docs/contract.md, warroom.lead and warroom.substitute).
package struct OfferReport: Hashable, Sendable {
    /// Whether it is offered by one person, or accepted by the other.
    package enum State: String, Sendable, CaseIterable { case offered, accepted }

    /// Which of the two it is.
    let state: State
    /// To whom; `nil`: the event's subject when the lead is offered, else the sender.
    let user: String?
    /// Why the lead is taken back without an offer; `nil` where it is not.
    let reason: String?

    /// A report to be sent; what is `nil` is left out of its data.
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
