/// What an event says, by its type (docs/contract.md, Events). What a new one takes stands in ARCHITECTURE.md under
/// Recipes. It writes what it reads, so that whoever makes an event makes it through this.
package enum EventBody: Hashable, Sendable {
    /// The life of the night.
    case bridge(BridgeReport)
    /// What became of a step.
    case step(StepReport)
    /// What is known of a server.
    case server(ServerReport)
    /// A mark on a check, or on a whole team.
    case review(ReviewReport)
    /// A check that is added on the night.
    case check(title: String)
    /// A server is held back from its wave, or released.
    case hold(HoldReport)
    /// A decision on a gate.
    case approval(ApprovalReport)
    /// The counts of a test run.
    case tests(TestsReport)
    /// A stage of a pipeline.
    case pipeline(PipelineReport)
    /// A run of a batch-close job.
    case batch(BatchReport)
    /// An alert.
    case alert(AlertReport)
    /// What became of a message.
    case message(MessageReport)
    /// A loose end that no step or source opens or closes by itself.
    case looseEnd(LooseEndReport)
    /// Which of the claims that disagree holds.
    case ruling(RulingReport)
    /// The lead is offered or accepted.
    case lead(OfferReport)
    /// A role is offered to somebody who stands in for it, or accepted.
    case substitute(OfferReport)
    /// What somebody outside the night has told one of us.
    case heard(HeardReport)
    /// What something that was heard, or an alert, turned out to be.
    case looked(LookedReport)
    /// A role's signature on the runbook's text.
    case signature(SignatureReport)
    /// Words for the journal.
    case note(String)
    /// The hub's own word on a source.
    case source(SourceReport)
    /// The hub's own word on the computer's clock.
    case clock(ClockReport)
    /// The hub's own word on what it refused.
    case refusal(RefusalReport)

    /// Reads an event's `data`. Throws ``EventFault`` with what is missing or wrong.
    package init(_ type: EventType, data: JSON.Object) throws(EventFault) { try self.init(type, Fields(data)) }

    init(_ type: EventType, _ fields: Fields) throws(EventFault) {
        self =
            switch type {
            case .bridge: .bridge(try BridgeReport(fields))
            case .step: .step(try StepReport(fields))
            case .server: .server(try ServerReport(fields))
            case .review: .review(try ReviewReport(fields))
            case .check: .check(title: try EventBody.addedCheck(fields))
            case .hold: .hold(try HoldReport(fields))
            case .approval: .approval(try ApprovalReport(fields))
            case .tests: .tests(try TestsReport(fields))
            case .pipeline: .pipeline(try PipelineReport(fields))
            case .batch: .batch(try BatchReport(fields))
            case .alert: .alert(try AlertReport(fields))
            case .message: .message(try MessageReport(fields))
            case .looseEnd: .looseEnd(try LooseEndReport(fields))
            case .ruling: .ruling(try RulingReport(fields))
            case .lead: .lead(try OfferReport(fields))
            case .substitute: .substitute(try OfferReport(fields))
            case .heard: .heard(try HeardReport(fields))
            case .looked: .looked(try LookedReport(fields))
            case .signature: .signature(try SignatureReport(fields))
            case .note: .note(try fields.need("text"))
            case .source: .source(try SourceReport(fields))
            case .clock: .clock(try ClockReport(fields))
            case .refusal: .refusal(try RefusalReport(fields))
            }
    }

    private static func addedCheck(_ fields: Fields) throws(EventFault) -> String {
        guard try fields.need("state") == "added" else { throw EventFault("'state' must be added") }
        return try fields.need("title")
    }

    /// The type of event that says this; each case has one.
    package var type: EventType {
        switch self {
        case .bridge: .bridge
        case .step: .step
        case .server: .server
        case .review: .review
        case .check: .check
        case .hold: .hold
        case .approval: .approval
        case .tests: .tests
        case .pipeline: .pipeline
        case .batch: .batch
        case .alert: .alert
        case .message: .message
        case .looseEnd: .looseEnd
        case .ruling: .ruling
        case .lead: .lead
        case .substitute: .substitute
        case .heard: .heard
        case .looked: .looked
        case .signature: .signature
        case .note: .note
        case .source: .source
        case .clock: .clock
        case .refusal: .refusal
        }
    }

    /// Its `data` as it is written: what ``init(_:data:)`` reads back to the same. What is not known is left out.
    package var data: JSON.Object {
        switch self {
        case .bridge(let report): report.data
        case .step(let report): report.data
        case .server(let report): report.data
        case .review(let report): report.data
        case .check(let title): JSON.Object(["state": "added", "title": .string(title)])
        case .hold(let report): report.data
        case .approval(let report): report.data
        case .tests(let report): report.data
        case .pipeline(let report): report.data
        case .batch(let report): report.data
        case .alert(let report): report.data
        case .message(let report): report.data
        case .looseEnd(let report): report.data
        case .ruling(let report): report.data
        case .lead(let report), .substitute(let report): report.data
        case .heard(let report): report.data
        case .looked(let report): report.data
        case .signature(let report): report.data
        case .note(let text): JSON.Object(["text": .string(text)])
        case .source(let report): report.data
        case .clock(let report): report.data
        case .refusal(let report): report.data
        }
    }
}
