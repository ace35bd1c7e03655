import OrderedCollections

// The night itself: where it stands in its life, by which text it goes, who leads it, who stands in for whom, and what
// a close has left.
extension StatusDocument {
    static func night(_ bridge: Bridge) -> JSON {
        let state = bridge.state == .opened && !bridge.awaitsLive ? "live" : bridge.state.rawValue
        return .object([
            "id": .string(bridge.id), "title": .string(bridge.runbook.title), "date": .string(bridge.runbook.date),
            "mode": .string(bridge.isRehearsal ? "rehearsal" : "live"), "state": .string(state),
            "lead": .text(bridge.lead),
            "leadership": leadership(bridge.leadership),
            "substitutes": .array(bridge.substitutes.map { substitute($0, $1) }),
            "closedAt": .instant(bridge.closed?.at), "closedBy": .text(bridge.closed?.by),
            "closedWith": .array((bridge.closed?.left ?? []).map { left($0) }),
            "afterClose": .number(bridge.afterClose),
        ])
    }

    /// The runbook's text by which the night goes, and who has signed it.
    static func text(_ bridge: Bridge, onDisk: String?) -> JSON {
        .object([
            "inForce": .string(bridge.runbook.fingerprint), "onDisk": .text(onDisk),
            "signed": .array(
                bridge.signaturesInForce.map { signature in
                    .object([
                        "role": .string(signature.role.text), "by": .string(signature.by),
                        "at": .instant(signature.at), "entry": .number(signature.entry),
                    ])
                }),
            "missing": .texts(bridge.missingSignatures.map(\.text)),
            "unsigned": .texts(bridge.runbook.steps.keys.filter(bridge.unsignedSteps.contains)),
            "amended": bridge.amendment.map { amendment in
                .object([
                    "by": .string(amendment.by), "at": .instant(amendment.at), "entry": .number(amendment.entry),
                    "reason": .string(amendment.reason),
                ])
            } ?? .null,
        ])
    }

    private static func leadership(_ facts: Leadership) -> JSON {
        .object([
            "offer": facts.offer.map { offer in
                .object([
                    "user": .string(offer.user), "by": .string(offer.by), "at": .instant(offer.at),
                    "entry": .number(offer.entry),
                ])
            } ?? .null,
            "takenAt": facts.takenAt.map { .number($0) } ?? .null,
            "takenBack": .array(
                facts.takenBack.map { taken in
                    .object([
                        "by": .string(taken.by), "from": .text(taken.from), "reason": .string(taken.reason),
                        "at": .instant(taken.at),
                        "entry": .number(taken.entry),
                    ])
                }),
        ])
    }

    private static func substitute(_ role: String, _ facts: Substitute) -> JSON {
        .object([
            "role": .string(role), "user": .string(facts.user),
            "state": .string(facts.isOffer ? "offered" : "accepted"),
            "by": .string(facts.by), "at": .instant(facts.at), "entry": .number(facts.entry),
        ])
    }

    private static func left(_ facts: Closed.Left) -> JSON {
        .object(["kind": .string(facts.kind.rawValue), "subject": .string(facts.subject), "text": .string(facts.text)])
    }
}
