package import OrderedCollections

/// What an event says, by its type (CONTRACT 5). A new event is one case here; the compiler leads to `Bridge.apply`.
package enum EventBody: Hashable, Sendable {
    case bridge(BridgeReport)
    case step(StepReport)
    case server(ServerReport)
    case review(ReviewReport)
    case check(title: String)
    case hold(HoldReport)
    case approval(ApprovalReport)
    case tests(TestsReport)
    case pipeline(PipelineReport)
    case batch(BatchReport)
    case alert(AlertReport)
    case message(MessageReport)
    case looseEnd(LooseEndReport)
    case ruling(RulingReport)
    case lead(OfferReport)
    case substitute(OfferReport)
    case note(String)
    case source(SourceReport)
    case refusal(RefusalReport)

    init(type: String, fields: Fields) throws(EventFault) {
        switch type {
        case "warroom.bridge": self = .bridge(try BridgeReport(fields))
        case "warroom.step": self = .step(try StepReport(fields))
        case "warroom.server": self = .server(try ServerReport(fields))
        case "warroom.review": self = .review(try ReviewReport(fields))
        case "warroom.check":
            guard try fields.need("state") == "added" else { throw EventFault("'state' must be added") }
            self = .check(title: try fields.need("title"))
        case "warroom.hold": self = .hold(try HoldReport(fields))
        case "warroom.approval": self = .approval(try ApprovalReport(fields))
        case "warroom.tests": self = .tests(try TestsReport(fields))
        case "warroom.pipeline": self = .pipeline(try PipelineReport(fields))
        case "warroom.batch": self = .batch(try BatchReport(fields))
        case "warroom.alert": self = .alert(try AlertReport(fields))
        case "warroom.message": self = .message(try MessageReport(fields))
        case "warroom.looseend": self = .looseEnd(try LooseEndReport(fields))
        case "warroom.ruling": self = .ruling(try RulingReport(fields))
        case "warroom.lead": self = .lead(try OfferReport(fields))
        case "warroom.substitute": self = .substitute(try OfferReport(fields))
        case "warroom.note": self = .note(try fields.need("text"))
        case "warroom.source": self = .source(try SourceReport(fields))
        case "warroom.refusal": self = .refusal(try RefusalReport(fields))
        default: throw EventFault("the type '\(CleanText.line(type))' is unknown")
        }
    }
}

/// The life of the bridge itself.
package struct BridgeReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable { case opened, live, closing, closed, amended }
    package let state: State
    package let mode: String?
    package let runbook: String?
    /// From when to when the hub was away, on an opening that is not the first (CONTRACT 7).
    package let awayFrom: Instant?
    /// How long steps took on earlier nights, for those of which the runbook does not say; the hub's, with the first
    /// opening, so that every replay knows the same.
    package let learned: OrderedDictionary<String, Duration>
    /// What whoever closes the night has seen that it leaves, a line each; `nil` where that is not said.
    package let with: [String]?

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
}

package struct StepReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case started, done, failed, skipped, workaround, reset
        case notApplicable = "not-applicable"

        /// Whether a note must say why.
        var needsNote: Bool {
            switch self {
            case .failed, .skipped, .workaround, .notApplicable: true
            case .started, .done, .reset: false
            }
        }
    }

    package let state: State
    package let note: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        note = try fields.text("note")
        if state.needsNote, note?.trimmed.isEmpty ?? true {
            throw EventFault("'\(state.rawValue)' needs a 'note' that says why")
        }
    }
}

/// The axes of a server (V-03); a report names those that it knows.
package struct ServerReport: Hashable, Sendable {
    package enum Patch: String, Sendable, Codable, CaseIterable {
        case pending, running, installed, failed, skipped, excluded
    }
    package enum Reboot: String, Sendable, Codable, CaseIterable {
        case notNeeded = "not-needed"
        case pending, rebooting, up
    }
    package enum Verify: String, Sendable, Codable, CaseIterable { case none, passed, failed }
    package enum Reach: String, Sendable, Codable, CaseIterable { case ok, unreachable }
    package enum Membership: String, Sendable, Codable, CaseIterable {
        case `in`, draining, out, down, unknown
    }
    package enum Alerts: String, Sendable, Codable, CaseIterable { case on, muted }

    package let patch: Patch?
    package let reboot: Reboot?
    package let bootedAt: Instant?
    /// When its services last started.
    package let startedAt: Instant?
    /// When it last became ready for those that depend on it (S1-13).
    package let readyAt: Instant?
    package let verify: Verify?
    package let reach: Reach?
    package let pools: OrderedDictionary<String, Membership>
    package let alerts: Alerts?
    package let mutedUntil: Instant?
    package let detail: String?

    init(_ fields: Fields) throws(EventFault) {
        patch = try fields.word("patch", Patch.self)
        reboot = try fields.word("reboot", Reboot.self)
        bootedAt = try fields.instant("bootedAt")
        startedAt = try fields.instant("startedAt")
        readyAt = try fields.instant("readyAt")
        verify = try fields.word("verify", Verify.self)
        reach = try fields.word("reach", Reach.self)
        alerts = try fields.word("alerts", Alerts.self)
        mutedUntil = try fields.instant("mutedUntil")
        detail = try fields.text("detail")
        var pools: OrderedDictionary<String, Membership> = [:]
        if let given = fields.object["pools"], given != .null {
            guard let object = given.object else { throw EventFault("'pools' must be an object") }
            for member in object.members {
                pools[member.key] = try Fields(object).needWord(member.key, Membership.self)
            }
        }
        self.pools = pools
        let says = patch != nil || reboot != nil || bootedAt != nil || startedAt != nil || readyAt != nil
            || verify != nil || reach != nil || alerts != nil || mutedUntil != nil || detail != nil || !pools.isEmpty
        if !says { throw EventFault("a server report names at least one of patch, reboot, verify, reach, pools, alerts") }
    }
}

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

package struct HoldReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable { case held, released }
    package let state: State
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
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

/// The counts of one test run (CONTRACT 5, Test counts).
package struct TestsReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case running, passed, failed, interrupted }

    /// A failed case and the first line of why.
    package struct Failure: Hashable, Sendable, Codable {
        package let name: String
        package let message: String?

        package init(name: String, message: String?) {
            self.name = name
            self.message = message
        }
    }

    package let state: State
    package let total: Int?
    package let passed: Int?
    /// Errors included.
    package let failed: Int?
    package let errors: Int?
    package let skipped: Int?
    package let flaky: Int?
    package let failures: [Failure]
    package let runID: String?
    package let startedAt: Instant?
    package let finishedAt: Instant?
    package let url: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        total = try fields.int("total")
        passed = try fields.int("passed")
        failed = try fields.int("failed")
        errors = try fields.int("errors")
        skipped = try fields.int("skipped")
        flaky = try fields.int("flaky")
        runID = try fields.text("runID")
        startedAt = try fields.instant("startedAt")
        finishedAt = try fields.instant("finishedAt")
        url = try fields.text("url")
        var failures: [Failure] = []
        if let given = fields.object["failures"], given != .null {
            guard let list = given.array else { throw EventFault("'failures' must be a list") }
            for item in list {
                guard let name = item["name"]?.text else { throw EventFault("a failure needs a 'name'") }
                failures.append(Failure(name: name, message: item["message"]?.text))
            }
        }
        self.failures = failures
    }
}

package struct PipelineReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, succeeded, failed, canceled }
    package let state: State
    package let runID: String?
    package let startedAt: Instant?
    package let finishedAt: Instant?
    package let url: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        runID = try fields.text("runID")
        startedAt = try fields.instant("startedAt")
        finishedAt = try fields.instant("finishedAt")
        url = try fields.text("url")
    }
}

/// One run of a batch-close job (S2-08, S2-23).
package struct BatchReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, closed, failed }
    package let state: State
    package let job: String?
    package let biller: String?
    package let demo: Bool
    package let paymentType: String?
    package let module: String?
    package let scheduledAt: Instant?
    package let startedAt: Instant?
    package let endedAt: Instant?
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        job = try fields.text("job")
        biller = try fields.text("biller")
        demo = try fields.flag("demo") ?? false
        paymentType = try fields.text("paymentType")
        module = try fields.text("module")
        scheduledAt = try fields.instant("scheduledAt")
        startedAt = try fields.instant("startedAt")
        endedAt = try fields.instant("endedAt")
        reason = try fields.text("reason")
    }
}

package struct AlertReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case firing, resolved }
    package let state: State
    package let name: String?
    package let severity: String?
    package let server: String?
    package let biller: String?
    package let demo: Bool
    package let summary: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        name = try fields.text("name")
        severity = try fields.text("severity")
        server = try fields.text("server")
        biller = try fields.text("biller")
        demo = try fields.flag("demo") ?? false
        summary = try fields.text("summary")
    }
}

package struct MessageReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case drafted, posting, posted, failed, unknown }
    package let state: State
    package let text: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        text = try fields.text("text")
    }
}

package struct LooseEndReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case open, closed, forgiven }
    package let state: State
    package let what: String?
    package let note: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        what = try fields.text("what")
        note = try fields.text("note")
        if state == .forgiven, note?.trimmed.isEmpty ?? true {
            throw EventFault("'forgiven' needs a 'note' that says why")
        }
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

/// The hub's word on one of its sources; transitions only.
package struct SourceReport: Hashable, Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case current, stale, unreadable
        case neverSeen = "never-seen"
    }

    package let state: State
    package let reason: String?
    package let lastGood: Instant?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        reason = try fields.text("reason")
        lastGood = try fields.instant("lastGood")
    }
}

/// Somebody was refused something.
package struct RefusalReport: Hashable, Sendable {
    package let who: String
    package let what: String
    package let why: String
    /// How many more of the same user were refused since, without an entry of their own.
    package let more: Int?

    init(_ fields: Fields) throws(EventFault) {
        who = try fields.need("who")
        what = try fields.need("what")
        why = try fields.need("why")
        more = try fields.int("more")
    }
}
