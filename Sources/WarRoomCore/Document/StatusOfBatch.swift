import OrderedCollections

extension StatusDocument {
    /// The batch closes beside the night; null where the runbook has no `batch`.
    static func batchGuard(_ situation: Situation) -> JSON {
        let facts = situation.batch
        guard situation.runbook.batch != nil else { return .null }
        func band(_ band: BatchFacts.Band) -> JSON {
            .object(["start": .instant(band.start), "end": .instant(band.end)])
        }
        func counts(_ counts: BatchFacts.Counts) -> JSON.Object {
            JSON.Object([
                "open": .number(counts[.open]), "inTime": .number(counts[.inTime]), "late": .number(counts[.late]),
                "failed": .number(counts[.failed]), "unknown": .number(counts[.unknown]),
                "total": .number(counts.total),
            ])
        }
        func table(_ key: String, _ all: OrderedDictionary<String, BatchFacts.Counts>) -> JSON {
            .array(
                all.map { name, row in
                    var object = counts(row)
                    object[key] = name.isEmpty ? .null : .string(name)
                    return .object(object)
                })
        }
        let missed = facts.missed.map { missed in
            JSON.object([
                "slot": .instant(missed.slot), "failed": .texts(missed.failed), "engage": .text(missed.engage),
            ])
        }
        return .object([
            "bands": .array(facts.bands.map(band)), "band": facts.band(at: situation.now).map(band) ?? .null,
            "nextSlot": .instant(facts.nextSlot), "counts": .object(counts(facts.counts)),
            "demo": .object(counts(facts.demo)),
            "byPaymentType": table("paymentType", facts.byPaymentType), "byModule": table("module", facts.byModule),
            "missed": missed ?? .null,
            "overlaps": .array(
                facts.overlaps.map { overlap in
                    .object([
                        "step": .string(overlap.step), "band": band(overlap.band),
                        "unguarded": .bool(overlap.isUnguarded),
                    ])
                }),
        ])
    }
}
