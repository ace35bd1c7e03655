/// What an event says, by its type (docs/contract.md, Events). A new event is one case here; the compiler leads to
/// `Bridge.apply`. It writes what it reads, so that whoever makes an event makes it through this.
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

    /// Reads an event's `data`. Throws ``EventFault`` with what is missing or wrong.
    package init(_ type: EventType, data: JSON.Object) throws(EventFault) {
        let fields = Fields(data)
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
            case .note: .note(try fields.need("text"))
            case .source: .source(try SourceReport(fields))
            case .refusal: .refusal(try RefusalReport(fields))
            }
    }

    private static func addedCheck(_ fields: Fields) throws(EventFault) -> String {
        guard try fields.need("state") == "added" else { throw EventFault("'state' must be added") }
        return try fields.need("title")
    }

    /// Its type.
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
        case .note: .note
        case .source: .source
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
        case .note(let text): JSON.Object(["text": .string(text)])
        case .source(let report): report.data
        case .refusal(let report): report.data
        }
    }
}
