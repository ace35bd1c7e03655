/// The members of an event's `data`, read with reasons for what is wrong.
struct Fields {
    let object: JSON.Object

    init(_ object: JSON.Object) { self.object = object }

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

    func int(_ key: String) throws(EventFault) -> Int? {
        guard let value = present(key) else { return nil }
        guard let int = value.int, int >= 0 else { throw EventFault("'\(key)' must be a whole number from 0") }
        return int
    }

    func flag(_ key: String) throws(EventFault) -> Bool? {
        guard let value = present(key) else { return nil }
        guard let flag = value.bool else { throw EventFault("'\(key)' must be true or false") }
        return flag
    }

    func instant(_ key: String) throws(EventFault) -> Instant? {
        guard let value = present(key) else { return nil }
        guard let instant = value.instant else { throw EventFault("'\(key)' must be an RFC 3339 time") }
        return instant
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
