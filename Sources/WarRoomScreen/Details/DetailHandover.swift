import WarRoomCore

/// What somebody who takes over must know, on one page.
extension DetailPage {
    mutating func handover() {
        let facts = HandoverFacts(sight.situation)
        title("Hand-over, \(sight.both(sight.now))", nil)
        if !sight.vitals.isReadOnly { add("", "a offers the lead, accepts it, or takes it back") }
        for section in facts.sections {
            blank()
            if section.items.isEmpty { add(section.word, Face(.good, "", .good), section.empty) }
            for (place, item) in section.items.enumerated() {
                let since =
                    item.since.map {
                        section.word == "CHANGED"
                            ? ", \(sight.both($0))" : ", since \(sight.both($0)), \(sight.age($0))"
                    } ?? ""
                add(place == 0 ? section.word : "", Face(item.tone), item.text + since)
            }
        }
    }
}
