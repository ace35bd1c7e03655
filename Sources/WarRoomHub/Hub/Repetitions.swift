import WarRoomCore

/// Which events have been taken: (`source`, `id`) once, for the whole night (docs/contract.md, Events). Only a
/// fingerprint of each pair is kept in memory, and a hit is compared with the journal.
struct Repetitions {
    /// A pair's fingerprint, of this process only.
    struct Key: Hashable {
        let value: Int

        init(source: String, id: String) { self.init(source.utf8, id.utf8) }

        /// By the bytes: what Unicode calls equivalent are two ids.
        init(_ source: some Collection<UInt8>, _ id: some Collection<UInt8>) {
            var hasher = Hasher()
            hasher.combine(text: source)
            hasher.combine(text: id)
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

    /// Makes room for so many events.
    mutating func reserve(_ count: Int) { places.reserveCapacity(count) }

    mutating func note(_ event: Event, by: String, entry: Int) {
        let place = Place(entry: Int32(clamping: entry), words: Repetitions.words(event, by: by))
        places[Key(source: event.source, id: event.id)] = place
    }

    /// The same of an event that is known by its text.
    mutating func note(_ text: EventText, by: String, entry: Int) {
        let words = Repetitions.words(by, text.type, text.subject, text.data)
        places[Key(text.source, text.id)] = Place(entry: Int32(clamping: entry), words: words)
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
        var data: [UInt8] = []
        event.json["data"]?.write(to: &data)
        return words(by, event.type.rawValue.utf8, event.subject.utf8, data)
    }

    private static func words(
        _ by: String, _ type: some Collection<UInt8>, _ subject: some Collection<UInt8>, _ data: some Collection<UInt8>
    ) -> Int {
        var hasher = Hasher()
        hasher.combine(by)
        hasher.combine(text: type)
        hasher.combine(text: subject)
        hasher.combine(text: data)
        return hasher.finalize()
    }
}

extension Hasher {
    fileprivate mutating func combine(text: some Collection<UInt8>) {
        combine(text.count)
        let isDone: Void? = text.withContiguousStorageIfAvailable { combine(bytes: UnsafeRawBufferPointer($0)) }
        if isDone == nil { Array(text).withUnsafeBytes { combine(bytes: $0) } }
    }
}

extension Event {
    /// Whether this says the same as the event that took its id: equal type, subject and data.
    func repeats(_ first: Event) -> Bool {
        type == first.type && subject.isSame(as: first.subject) && json["data"] == first.json["data"]
    }
}
