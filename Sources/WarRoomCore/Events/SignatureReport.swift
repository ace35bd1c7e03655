/// A role's signature on the runbook's text, whose SHA-256 is the subject (docs/contract.md, warroom.signature).
package struct SignatureReport: Hashable, Sendable {
    /// The role that signs, by its name.
    package let role: String

    /// A report to be sent.
    package init(role: String) { self.role = role }

    init(_ fields: Fields) throws(EventFault) { role = try fields.need("as") }

    var data: JSON.Object { JSON.Object(["as": .string(role)]) }
}
