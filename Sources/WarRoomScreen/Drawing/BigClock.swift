/// A clock as a shape: three rows of half blocks, or five rows of whole ones.
enum BigClock {
    /// `04:31` in three rows, 17 cells wide.
    static func small(_ text: String) -> [String] {
        (0..<3).map { row in
            text.map { character in
                guard let digit = character.wholeNumberValue, digits.indices.contains(digit) else { return colon[row] }
                return digits[digit][row]
            }.joined(separator: " ")
        }
    }

    /// `04:31` in five rows, 34 cells wide.
    static func tall(_ text: String, _ glyphs: GlyphSet) -> [String] {
        let block = glyphs == .unicode ? "██" : "##"
        return (0..<5).map { row in
            text.map { character in
                guard let digit = character.wholeNumberValue, pixels.indices.contains(digit) else {
                    return row == 1 || row == 3 ? block : "  "
                }
                let bits = pixels[digit][row]
                return [4, 2, 1].map { bits & $0 == 0 ? "  " : block }.joined()
            }.joined(separator: "  ")
        }
    }

    /// `04:31` in ten rows, 68 cells wide.
    static func huge(_ text: String, _ glyphs: GlyphSet) -> [String] {
        tall(text, glyphs).flatMap { row in
            let wide = String(row.flatMap { [$0, $0] })
            return [wide, wide]
        }
    }

    private static let colon = ["▄", "▄", " "]

    private static let digits = [
        ["█▀█", "█ █", "▀▀▀"], ["▄█ ", " █ ", "▀▀▀"], ["▀▀█", "█▀▀", "▀▀▀"], ["▀▀█", "▀▀█", "▀▀▀"],
        ["█ █", "▀▀█", "  ▀"], ["█▀▀", "▀▀█", "▀▀▀"], ["█▀▀", "█▀█", "▀▀▀"], ["▀▀█", "  █", "  ▀"],
        ["█▀█", "█▀█", "▀▀▀"], ["█▀█", "▀▀█", "▀▀▀"],
    ]

    /// Three bits a row, the left one first.
    private static let pixels = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1],
        [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 1, 1, 1], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]
}
