import WarRoomCore

/// How many cells a terminal gives to text. It is counted by scalars, as `wcwidth` and ncurses do, so that no cell is
/// ever shifted.
package enum CellWidth {
    /// The cells of a scalar: 0 where it is drawn onto the cell before it, 2 for East Asian wide (UAX #11) and for
    /// emoji, else 1.
    package static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        // Dashes, arrows, mathematics, boxes and blocks: what this screen itself is drawn with.
        if value >= 0x2010 && value <= 0x2027 || value >= 0x2190 && value <= 0x2319
            || value >= 0x2500 && value <= 0x25FC
        {
            return 1
        }
        if value >= 0x1160 && value <= 0x11FF { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        if value < 0x1100 { return 1 }
        // Two regional indicators are a flag only together; each alone is one cell.
        if value >= 0x1F1E6 && value <= 0x1F1FF { return 1 }
        return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    /// The cells of a character: those of its scalars together.
    package static func of(_ character: Character) -> Int {
        character.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    /// The cells of a clean text on a canvas with these glyphs.
    package static func of(_ text: String, on glyphs: GlyphSet = .unicode) -> Int {
        var count = 0
        for byte in text.utf8 {
            if byte >= 0x80 { return ofAny(text, on: glyphs) }
            count += 1
        }
        return count
    }

    /// The cells that a text from anywhere takes once it is clean.
    static func shown(_ text: String) -> Int {
        var count = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte >= 0x7F { return of(CleanText.line(text)) }
            count += 1
        }
        return count
    }

    private static func ofAny(_ text: String, on glyphs: GlyphSet) -> Int {
        var count = 0
        for scalar in text.unicodeScalars {
            let width = of(scalar)
            count += glyphs == .ascii ? min(width, 1) : width
        }
        return count
    }

    private static func isWide(_ value: UInt32) -> Bool {
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if value > wide[middle].upperBound { low = middle + 1 } else { high = middle }
        }
        return low < wide.count && wide[low].contains(value)
    }

    /// East Asian Width W and F (Unicode 15), in order; emoji outside these blocks are found by their property.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x2FF0...0x2FFB,
        0x3000...0x303E, 0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E, 0x3190...0x31E3,
        0x31F0...0x321E, 0x3220...0x3247, 0x3250...0x4DBF, 0x4E00...0xA48C, 0xA490...0xA4C6, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE4, 0x16FF0...0x16FF1, 0x17000...0x187F7,
        0x18800...0x18CD5, 0x18D00...0x18D08, 0x1AFF0...0x1AFFE, 0x1B000...0x1B122, 0x1B132...0x1B132,
        0x1B150...0x1B152, 0x1B155...0x1B155, 0x1B164...0x1B167, 0x1B170...0x1B2FB, 0x1F200...0x1F202,
        0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251, 0x1F260...0x1F265, 0x20000...0x2FFFD,
        0x30000...0x3FFFD,
    ]
}
