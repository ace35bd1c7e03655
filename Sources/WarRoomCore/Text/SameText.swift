// Swift's `==` takes two texts for one where Unicode calls them canonically equivalent: `é` in one character, and in
// two. Names are compared by their bytes, as every file system, name service and other program does it.

extension StringProtocol {
    /// Whether two texts are the same, byte for byte.
    package func isSame(as other: some StringProtocol) -> Bool {
        // What differs mostly differs for `==` too, which is fast.
        self == other && utf8.elementsEqual(other.utf8)
    }

    /// Whether another text stands in this one, byte for byte. The library's own `contains` brings all of its regular
    /// expressions with it, a tenth of a terminal's code.
    package func holds(_ other: some StringProtocol) -> Bool {
        let (whole, wanted) = (Array(utf8), Array(other.utf8))
        guard whole.count >= wanted.count else { return false }
        return (0...whole.count - wanted.count).contains { whole[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }

    /// What a reader sees of the text: without what takes no room, and without what reorders its neighbours.
    var seen: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(self) }
        var seen = String.UnicodeScalarView()
        for scalar in unicodeScalars
        where !scalar.isControl && !scalar.isBidirectionalControl && !scalar.isInvisible { seen.append(scalar) }
        return String(seen)
    }

    /// Whether two names look like one and are not: they differ in nothing that can be seen.
    package func isTwin(of other: some StringProtocol) -> Bool {
        seen == other.seen && !isSame(as: other)
    }
}

extension JSON: Equatable {
    /// Whether two values are the same: texts and keys byte for byte, numbers as they were written.
    package static func == (one: JSON, other: JSON) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.number(let one), .number(let other)): one == other
        case (.string(let one), .string(let other)): one.isSame(as: other)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)):
            one.members.count == other.members.count
                && zip(one.members, other.members).allSatisfy { $0.key.isSame(as: $1.key) && $0.value == $1.value }
        default: false
        }
    }
}
