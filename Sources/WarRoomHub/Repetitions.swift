import WarRoomCore

/// Which events have been taken: (`source`, `id`) once, for the whole night (CONTRACT 5). Only a fingerprint of each pair
/// is kept in memory; a hit is held against the journal.
struct Repetitions {
    /// A pair's fingerprint, of this process only.
    struct Key: Hashable {
        let value: Int

        init(source: String, id: String) {
            var hasher = Hasher()
            hasher.combine(source)
            hasher.combine(id)
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

    mutating func note(source: String, id: String, by: String, entry: Int) {
        note(Key(source: source, id: id), by: by, entry: entry)
    }

    mutating func note(_ key: Key, by: String, entry: Int) { entries[key] = Int32(clamping: entry) }

    /// The entry that took this pair, if one did; a journal that cannot be read has taken nothing that we know of.
    func entry(source: String, id: String, journal: any Journal) -> Taken? {
        guard let number = entries[Key(source: source, id: id)] else { return nil }
        var taken: Taken?
        try? journal.read(from: Int(number)) { record in
            let event = try Event(try JSON(parsing: record.event))
            // Two pairs with one fingerprint are not the same event.
            if event.source == source, event.id == id {
                taken = Taken(by: record.by, entry: record.number, event: event)
            }
            return false
        }
        return taken
    }
}

extension Event {
    /// Whether this says the same as the event that took its id: equal type, subject and data (CONTRACT 5).
    func repeats(_ first: Event) -> Bool {
        type == first.type && subject == first.subject && json["data"] == first.json["data"]
    }
}

/// At most one refusal a second of one user is journalled, then they are counted (CONTRACT 5); none is lost.
struct RefusalLimit {
    /// One refusal, in words.
    struct Refusal: Hashable {
        let subject: String
        let who: String
        let what: String
        let why: String

        /// The event's data; `more` others have gone without an entry of their own.
        func data(more: Int) -> JSON.Object {
            JSON.Object([
                "who": .string(who), "what": .string(what), "why": .string(why), "more": .number(more),
            ])
        }
    }

    private struct Count {
        var at: Instant
        /// Refused since then without an entry, and the last of them.
        var counted = 0
        var last: Refusal?
    }

    private var counts: [String: Count] = [:]

    /// Whether a refusal gets an entry now, and how many of that user have gone without one; `nil`: it is only counted.
    mutating func mayRecord(_ refusal: Refusal, wall: Instant) -> Int? {
        if let known = counts[refusal.who], wall - known.at < .seconds(1), wall >= known.at {
            counts[refusal.who]!.counted += 1
            counts[refusal.who]!.last = refusal
            return nil
        }
        let more = counts[refusal.who]?.counted ?? 0
        counts[refusal.who] = Count(at: wall)
        return more
    }

    /// What has only been counted and may have its entry now, with how many more it stands for.
    mutating func takeCounted(wall: Instant) -> [(refusal: Refusal, more: Int)] {
        var due: [(refusal: Refusal, more: Int)] = []
        for who in counts.keys.sorted() {
            guard let count = counts[who], wall - count.at >= .seconds(1) || wall < count.at else { continue }
            if let last = count.last {
                due.append((last, count.counted - 1))
                counts[who] = Count(at: wall)
            } else {
                counts[who] = nil
            }
        }
        return due
    }
}
