/// The members of an event's `data`, read with reasons for what is wrong.
struct Fields {
    let object: JSON.Object
    /// Whether the event is new: then what is outside its range is refused. In an entry of an older hub it is brought
    /// to the end of the range, because a journal must open whatever it holds.
    let isNew: Bool

    init(_ object: JSON.Object, isNew: Bool = false) { (self.object, self.isNew) = (object, isNew) }

    private func present(_ key: String) -> JSON? {
        switch object[key] {
        case .none, .null: nil
        case .some(let value): value
        }
    }

    func text(_ key: String) throws(EventFault) -> String? {
        guard let value = present(key) else { return nil }
        guard let text = value.text else { throw EventFault("'\(key)' must be a text") }
        return text
    }

    func need(_ key: String) throws(EventFault) -> String {
        guard let text = try text(key), !text.isEmpty else { throw EventFault("'\(key)' is missing") }
        return text
    }

    func texts(_ key: String) throws(EventFault) -> [String]? {
        guard let value = present(key) else { return nil }
        guard let array = value.array else { throw EventFault("'\(key)' must be a list of texts") }
        var texts: [String] = []
        for one in array {
            guard let text = one.text else { throw EventFault("'\(key)' must be a list of texts") }
            texts.append(text)
        }
        return texts
    }

    /// A count.
    func count(_ key: String) throws(EventFault) -> Int? { try int(key, in: Ranges.counts) }

    /// Whole seconds, which may be negative.
    func seconds(_ key: String) throws(EventFault) -> Int? {
        guard let value = present(key) else { return nil }
        guard let seconds = value.int else { throw EventFault("'\(key)' must be whole seconds") }
        return seconds
    }

    /// The number of an entry.
    func entry(_ key: String) throws(EventFault) -> Int? { try int(key, in: Ranges.entries) }

    private func int(_ key: String, in range: ClosedRange<Int>) throws(EventFault) -> Int? {
        guard let value = present(key) else { return nil }
        guard let int = value.int, range.contains(int) || !isNew && int >= 0 else {
            throw EventFault("'\(key)' must be \(Ranges.asked(range))")
        }
        return int.clamped(to: range)
    }

    func flag(_ key: String) throws(EventFault) -> Bool? {
        guard let value = present(key) else { return nil }
        guard let flag = value.bool else { throw EventFault("'\(key)' must be true or false") }
        return flag
    }

    func instant(_ key: String) throws(EventFault) -> Instant? {
        guard let value = present(key) else { return nil }
        guard let instant = value.instant else { throw EventFault("'\(key)' must be an RFC 3339 time") }
        guard Ranges.instants.contains(instant) || !isNew else {
            throw EventFault("'\(key)' must be \(Ranges.askedOfInstants)")
        }
        return instant.clamped(to: Ranges.instants)
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Word.Type
    ) throws(EventFault) -> Word? {
        guard let value = present(key) else { return nil }
        guard let word = value.text.flatMap(Word.init(rawValue:)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventFault("'\(key)' must be one of \(words)")
        }
        return word
    }

    func needWord<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Word.Type
    ) throws(EventFault) -> Word {
        guard let word = try word(key, type) else { throw EventFault("'\(key)' is missing") }
        return word
    }
}
