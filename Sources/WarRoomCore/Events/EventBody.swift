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
