internal import WarRoomCore

/// What stands at one place of a runbook's file: a text, a list, or pairs of key and value. Nothing is interpreted yet:
/// `no` and `2025-09-14` are texts.
struct Written: Sendable {
    /// A key and what stands under it.
    struct Pair: Sendable {
        let key: String
        let place: RunbookPlace
        let value: Written
    }

    enum Content: Sendable {
        case text(String, isQuoted: Bool)
        case list([Written])
        case pairs([Pair])
    }

    let place: RunbookPlace
    let content: Content

    /// Whether nothing is written here: `key:` with no value, `~` or `null`.
    var isNothing: Bool {
        if case .text(let text, isQuoted: false) = content {
            text.isEmpty || text == "~" || text == "null"
        } else {
            false
        }
    }

    /// The text that stands here; `nil` for all else and for blanks.
    var text: String? {
        guard case .text(let text, _) = content, !isNothing, !text.allSatisfy(\.isWhitespace) else { return nil }
        return text
    }

    /// The items of a list; none for all else.
    var items: [Written] { if case .list(let items) = content { items } else { [] } }

    /// The keys and values of a section; none for all else.
    var pairs: [Pair] { if case .pairs(let pairs) = content { pairs } else { [] } }

    /// What stands under a key.
    func at(_ key: String) -> Written? { pairs.first { $0.key == key }?.value }

    /// The text under a key.
    func text(_ key: String) -> String? { at(key)?.text }

    /// The items of the list under a key.
    func items(_ key: String) -> [Written] { at(key)?.items ?? [] }

    /// What this is, in the words of a fault.
    var kind: String {
        switch content {
        case .text(let text, _): isNothing || text.allSatisfy(\.isWhitespace) ? "nothing" : "a text"
        case .list: "a list"
        case .pairs: "a section with keys"
        }
    }

    var isList: Bool { if case .list = content { true } else { false } }
    var isSection: Bool { if case .pairs = content { true } else { false } }
}

extension Written {
    /// What stands here as JSON: plain numbers, `true`, `false` and `null` are what they look like, quoted ones are
    /// texts.
    var json: JSON {
        switch content {
        case .list(let items): return .array(items.map(\.json))
        case .pairs(let pairs):
            var object = JSON.Object()
            for pair in pairs { object[pair.key] = pair.value.json }
            return .object(object)
        case .text(let text, let isQuoted):
            if isQuoted { return .string(text) }
            if isNothing { return .null }
            let value = try? JSON(parsing: text)
            switch value {
            case .bool?, .number?: return value ?? .null
            default: return .string(text)
            }
        }
    }
}
