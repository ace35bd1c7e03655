extension CleanText {
    /// The text on one line, safe to show, with each character that cannot be seen named where it stands:
    /// `Sat<U+00A0 no-break space>22:00`. For what is said to be wrong, so that it never shows the very text that it
    /// asks for. What belongs to a sign before it, as in emoji, is left out.
    package static func named(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var named = String.UnicodeScalarView()
        var isBehindSign = false
        for scalar in text.unicodeScalars {
            if let name = name(of: scalar, isBehindSign: isBehindSign) {
                let hex = String(scalar.value, radix: 16, uppercase: true)
                let zeros = String(repeating: "0", count: max(4 - hex.count, 0))
                named.append(contentsOf: "<U+\(zeros)\(hex) \(name)>".unicodeScalars)
                isBehindSign = false
            } else if !scalar.isInvisible {
                named.append(scalar)
                isBehindSign = scalar.value > 0x7F
            }
        }
        return String(named)
    }

    /// A word of somebody's as a refusal quotes it: its escape sequences are taken out whole, and what else cannot be
    /// seen is named.
    package static func quoted(_ text: String) -> String { named(String(withoutSequences(text))) }

    /// What a character that cannot be seen is called; `nil` for one that can.
    private static func name(of scalar: Unicode.Scalar, isBehindSign: Bool) -> String? {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF:
            if isBehindSign { return nil }
        default: break
        }
        if let name = names[scalar.value] { return name }
        if scalar.isControl { return "control character" }
        if scalar.isBidirectionalControl { return "direction of text" }
        if scalar.isInvisible { return "invisible character" }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return scalar == " " ? nil : "space of another width"
        case .privateUse, .unassigned: return "no character"
        default: return nil
        }
    }

    private static let names: [UInt32: String] = [
        0x00: "NUL", 0x07: "bell", 0x08: "backspace", 0x09: "tab", 0x0A: "line end", 0x0D: "carriage return",
        0x1B: "escape", 0x7F: "delete", 0x85: "next line", 0x9B: "control sequence", 0xA0: "no-break space",
        0xAD: "soft hyphen", 0x061C: "Arabic letter mark", 0x200B: "zero-width space",
        0x200C: "zero-width non-joiner", 0x200D: "zero-width joiner", 0x200E: "left-to-right mark",
        0x200F: "right-to-left mark", 0x2007: "figure space", 0x2009: "thin space", 0x2028: "line separator",
        0x2029: "paragraph separator", 0x202A: "left-to-right embedding", 0x202B: "right-to-left embedding",
        0x202C: "end of a direction", 0x202D: "left-to-right override", 0x202E: "right-to-left override",
        0x202F: "narrow no-break space", 0x2060: "word joiner", 0x2066: "left-to-right isolate",
        0x2067: "right-to-left isolate", 0x2068: "first-strong isolate", 0x2069: "end of an isolate",
        0x3000: "ideographic space", 0x3164: "Hangul filler", 0xFEFF: "byte-order mark",
    ]
}
