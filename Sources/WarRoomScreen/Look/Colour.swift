/// A colour in sRGB, and how near another one comes to it where a terminal has fewer.
package struct Colour: Sendable, Hashable {
    /// The share of red, 0 to 255.
    let red: UInt8
    /// The share of green, 0 to 255.
    let green: UInt8
    /// The share of blue, 0 to 255.
    let blue: UInt8

    /// A colour from its shares.
    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `0xRRGGBB`.
    init(_ value: UInt32) {
        self.init(red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }

    /// `#RRGGBB`; `nil` where it is not written so.
    static func read(_ text: Substring) -> Colour? {
        guard text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#") else { return nil }
        var value: UInt32 = 0
        for byte in text.utf8.dropFirst() {
            guard let digit = hexadecimal(byte) else { return nil }
            value = value << 4 | digit
        }
        return Colour(value)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        default: nil
        }
    }

    private func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
        let (dr, dg, db) = (r - Int(red), g - Int(green), b - Int(blue))
        return dr * dr * 2 + dg * dg * 4 + db * db * 3
    }

    /// How far another one is from it; less is nearer. A grey is nearer to a grey than to a lively colour of the same
    /// lightness, so that `act` stays the only lively one where colours are few.
    func distance(to other: Colour) -> Int {
        let lively = other.chroma - chroma
        return distance(Int(other.red), Int(other.green), Int(other.blue)) + lively * lively * 2
    }

    /// Relative luminance (WCAG 2.1).
    var luminance: Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            // This is ((share + 0.055) / 1.055) ^ 2.4, by its square and its fifth root, without a mathematics library.
            guard share > 0.04045 else { return share / 12.92 }
            let base = (share + 0.055) / 1.055
            return base * base * Colour.fifthRoot(base * base)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    private static func fifthRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = 1.0
        for _ in 0..<40 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
        return root
    }

    /// The contrast between two colours, 1 to 21 (WCAG 2.1).
    package func contrast(with other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// How far from grey, 0 to 255.
    var chroma: Int { Int(max(red, green, blue)) - Int(min(red, green, blue)) }
}

/// The numbers of two colours on a terminal that has few, as a theme names them; `nil`: the nearest one is taken.
struct ColourNumbers: Sendable, Hashable {
    /// Of the text.
    var foreground: Int16?
    /// Of its ground.
    var background: Int16?
}

/// How text of a role looks; `nil` is the terminal's own colour.
package struct Style: Sendable, Hashable {
    /// The colour of the text.
    package var foreground: Colour?
    /// The colour of its ground.
    package var background: Colour?
    /// Whether it is bold.
    package var bold = false
    /// Whether it is fainter than usual.
    package var dim = false
    /// Whether it is italic.
    package var italic = false
    /// Whether it is underlined.
    package var underline = false
    /// Whether text and ground change places.
    package var reverse = false
    /// Its colours where there are 256.
    var of256 = ColourNumbers()
    /// Its colours where there are 8, 16 or 88.
    var of8 = ColourNumbers()

    /// A style from its parts; without any, text as the terminal shows it.
    package init(
        foreground: Colour? = nil, background: Colour? = nil, bold: Bool = false, dim: Bool = false,
        italic: Bool = false, underline: Bool = false, reverse: Bool = false
    ) {
        self.foreground = foreground
        self.background = background
        self.bold = bold
        self.dim = dim
        self.italic = italic
        self.underline = underline
        self.reverse = reverse
    }
}
