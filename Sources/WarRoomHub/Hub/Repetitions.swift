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

    /// Who took a pair, with which entry.
    struct Taken {
        let by: String
        let entry: Int
        /// The first event, where it is at hand.
        let event: Event?
        /// Whether it is known to say the same, without the event at hand.
        let isSame: Bool
    }

    /// The entry that took a pair, and a fingerprint of who said what with it.
    private struct Place {
        let entry: Int32
        let words: Int
    }

    private var places: [Key: Place] = [:]

    mutating func note(_ event: Event, by: String, entry: Int) {
        let place = Place(entry: Int32(clamping: entry), words: Repetitions.words(event, by: by))
        places[Key(source: event.source, id: event.id)] = place
    }

    mutating func note(_ key: Key, _ taken: Taken) {
        guard let event = taken.event else { return }
        places[key] = Place(entry: Int32(clamping: taken.entry), words: Repetitions.words(event, by: taken.by))
    }

    /// The entry that took an event's pair, if one did. What is said again is known at once, so that a feed of a
    /// hundred thousand lines may be read anew; only what differs is looked up. A journal that cannot be read has taken
    /// nothing that we know of.
    func entry(of event: Event, by: String, journal: any Journal) -> Taken? {
        guard let place = places[Key(source: event.source, id: event.id)] else { return nil }
        if place.words == Repetitions.words(event, by: by) {
            return Taken(by: by, entry: Int(place.entry), event: nil, isSame: true)
        }
        var taken: Taken?
        try? journal.read(from: Int(place.entry)) { record in
            let first = try Event(try JSON(parsing: record.event))
            // Two pairs with one fingerprint are not the same event.
            if first.source.isSame(as: event.source), first.id.isSame(as: event.id) {
                taken = Taken(by: record.by, entry: record.number, event: first, isSame: false)
            }
            return false
        }
        return taken
    }

    private static func words(_ event: Event, by: String) -> Int {
        var hasher = Hasher()
        hasher.combine(by)
        hasher.combine(event.type)
        hasher.combine(event.subject)
        hasher.combine(event.json["data"])
        return hasher.finalize()
    }
}

extension Event {
    /// Whether this says the same as the event that took its id: equal type, subject and data.
    func repeats(_ first: Event) -> Bool {
        type == first.type && subject.isSame(as: first.subject) && json["data"] == first.json["data"]
    }
}
