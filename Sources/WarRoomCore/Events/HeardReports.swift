/// What somebody outside the night has told one of us: a caller, a customer, a colleague (docs/contract.md,
/// warroom.heard).
package struct HeardReport: Hashable, Sendable {
    /// What was told, in the words of whoever wrote it down.
    package let text: String
    /// Who told it.
    package let from: String

    /// A report to be sent.
    package init(text: String, from: String) {
        self.text = text
        self.from = from
    }

    init(_ fields: Fields) throws(EventFault) {
        text = try fields.need("text")
        from = try fields.need("from")
        if text.trimmed.isEmpty { throw EventFault("'text' must say what was heard") }
        if from.trimmed.isEmpty { throw EventFault("'from' must say who told it") }
    }

    var data: JSON.Object { JSON.Object(["text": .string(text), "from": .string(from)]) }
}

/// What something that was heard, or an alert, turned out to be (docs/contract.md, warroom.looked).
package struct LookedReport: Hashable, Sendable {
    /// What it was, in words.
    package let was: String

    /// A report to be sent.
    package init(was: String) { self.was = was }

    init(_ fields: Fields) throws(EventFault) {
        was = try fields.need("was")
        if was.trimmed.isEmpty { throw EventFault("'was' must say what it was") }
    }

    var data: JSON.Object { JSON.Object(["was": .string(was)]) }
}
