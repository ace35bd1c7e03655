import WarRoomCore

/// Which events have been taken: (`source`, `id`) once, for the whole night (docs/contract.md, Events). Only a
/// fingerprint of each pair is kept in memory, and a hit is compared with the journal.
struct Repetitions {
    /// A pair's fingerprint, of this process only.
    struct Key: Hashable {
        let value: Int

        init(source: String, id: String) {
            var hasher = Hasher()
            // By the bytes: what Unicode calls equivalent are two ids.
            for text in [source, id] {
                hasher.combine(text.utf8.count)
                for byte in text.utf8 { hasher.combine(byte) }
            }
            value = hasher.finalize()
        }
    }

    struct Taken {
        let by: String
        let entry: Int
        /// The first event, where it is at hand.
        let event: Event?
    }

    private var entries: [Key: Int32] = [:]

    mutating func note(source: String, id: String, entry: Int) { note(Key(source: source, id: id), entry: entry) }

    mutating func note(_ key: Key, entry: Int) { entries[key] = Int32(clamping: entry) }

    /// The entry that took this pair, if one did. A journal that cannot be read has taken nothing that we know of.
    func entry(source: String, id: String, journal: any Journal) -> Taken? {
        guard let number = entries[Key(source: source, id: id)] else { return nil }
        var taken: Taken?
        try? journal.read(from: Int(number)) { record in
            let event = try Event(try JSON(parsing: record.event))
            // Two pairs with one fingerprint are not the same event.
            if event.source.isSame(as: source), event.id.isSame(as: id) {
                taken = Taken(by: record.by, entry: record.number, event: event)
            }
            return false
        }
        return taken
    }
}

extension Event {
    /// Whether this says the same as the event that took its id: equal type, subject and data.
    func repeats(_ first: Event) -> Bool {
        type == first.type && subject.isSame(as: first.subject) && json["data"] == first.json["data"]
    }
}
