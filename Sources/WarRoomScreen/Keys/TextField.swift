import WarRoomCore

/// A line of text being written.
package struct TextField: Equatable, Sendable {
    private var characters: [Character] = []
    /// Before which character the cursor stands.
    private(set) var cursor = 0

    /// An empty field.
    init() {}

    init(_ text: String) {
        characters = Array(text)
        cursor = characters.count
        measure()
    }

    private mutating func measure() {
        excess = max(characters.reduce(0) { $0 + $1.utf8.count } - TextField.limit, 0)
    }

    /// How many bytes of UTF-8 a text may have (docs/contract.md, Events). More may be written or pasted, so that the
    /// person decides what goes; it is not sent before it fits.
    static let limit = Ranges.longestText

    var text: String { String(characters) }

    /// How many bytes there are too many; 0 where the text fits.
    private(set) var excess = 0

    /// By how much the text is too long, for beside it.
    var tooLong: String { "\(excess) bytes too long, \(TextField.limit) fit" }

    /// Edits as people are used to; false where the key means nothing here.
    mutating func press(_ key: Key) -> Bool {
        defer { measure() }
        switch key {
        case .character(let character): insert(String(character))
        case .paste(let text): insert(text)
        case .left, .control("b"): cursor = max(cursor - 1, 0)
        case .right, .control("f"): cursor = min(cursor + 1, characters.count)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .backspace, .control("h"):
            if cursor > 0 {
                characters.remove(at: cursor - 1)
                cursor -= 1
            }
        case .delete, .control("d"): if cursor < characters.count { characters.remove(at: cursor) }
        case .control("k"): characters.removeSubrange(cursor...)
        case .control("u"):
            characters.removeSubrange(..<cursor)
            cursor = 0
        case .control("w"): removeWord()
        default: return false
        }
        return true
    }

    /// Control characters that come with a paste are not text; line ends become blanks.
    private mutating func insert(_ text: String) {
        // A combining mark may join what stands before it, so the whole is read anew.
        let before = String(characters[..<cursor]) + CleanText.line(text)
        let after = characters[cursor...]
        characters = Array(before)
        cursor = characters.count
        characters += after
    }

    private mutating func removeWord() {
        let end = cursor
        while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
        while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
        characters.removeSubrange(cursor..<end)
    }

    /// The part around the cursor that fits into so many cells, and at which of them the cursor stands.
    func window(_ width: Int) -> (text: String, cursor: Int) {
        guard width > 1 else { return ("", 0) }
        var start = cursor
        var used = 0
        while start > 0 {
            let cells = CellWidth.of(characters[start - 1])
            if used + cells > width - 2 { break }
            used += cells
            start -= 1
        }
        let place = used
        var end = cursor
        while end < characters.count {
            let cells = CellWidth.of(characters[end])
            if used + cells > width - 1 { break }
            used += cells
            end += 1
        }
        return (String(characters[start..<end]), place)
    }
}
