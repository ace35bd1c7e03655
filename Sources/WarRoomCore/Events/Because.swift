extension EventBody {
    /// The same with a reason, where its type has a note or a reason. Of a check and a note the words are the text.
    package func because(_ why: String) -> EventBody {
        switch self {
        case .step(let report): .step(StepReport(state: report.state, note: why))
        case .review(let report): .review(ReviewReport(mark: report.mark, note: why, reviewer: report.reviewer))
        case .hold(let report): .hold(HoldReport(state: report.state, reason: why))
        case .approval(let report):
            .approval(
                ApprovalReport(decision: report.decision, role: report.role, seen: report.seen, reason: why))
        case .looseEnd(let report): .looseEnd(LooseEndReport(state: report.state, what: report.what, note: why))
        case .ruling(let report): .ruling(RulingReport(value: report.value, reason: why))
        case .lead(let report): .lead(OfferReport(state: report.state, user: report.user, reason: why))
        case .check: .check(title: why)
        case .note: .note(why)
        case .heard(let report): .heard(HeardReport(text: why, from: report.from))
        case .looked: .looked(LookedReport(was: why))
        case .substitute, .bridge, .server, .tests, .pipeline, .batch, .alert, .message, .signature, .source, .clock,
            .refusal:
            self
        }
    }
}
