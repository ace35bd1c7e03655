import WarRoomCore

// What of a source's words is in the journal, as JSON: a start that does not replay the entries takes it from there.
extension SourceWords {
    /// Each fact with its value, and the time that it bears.
    var allTaken: JSON {
        .array(
            taken.map { fact, last in
                .array([
                    .string(fact.type), .string(fact.subject), .string(fact.claimant), .string(fact.field), last.value,
                    last.time.map { .instant($0) } ?? .null,
                ])
            })
    }

    /// Takes what ``allTaken`` told.
    mutating func took(all taken: JSON) {
        for element in taken.array ?? [] {
            guard let parts = element.array, parts.count == 6, let type = parts[0].text, let subject = parts[1].text,
                let claimant = parts[2].text, let field = parts[3].text
            else { continue }
            let fact = SourceFact(type: type, subject: subject, claimant: claimant, field: field)
            took(fact, parts[4], at: parts[5].instant)
        }
    }
}
