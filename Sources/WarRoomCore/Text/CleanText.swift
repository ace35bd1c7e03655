extension Unicode.Scalar {
    /// C0, DEL or C1: what a terminal would obey instead of show (ECMA-48).
    package var isControl: Bool { value < 0x20 || (value >= 0x7F && value < 0xA0) }

    /// A character that reorders its neighbours (Unicode Bidirectional Algorithm, UAX #9).
    package var isBidirectionalControl: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// A character that takes no room and joins nothing that a reader would miss: it could only hide or disguise text.
    package var isInvisible: Bool {
        switch value {
        case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D, 0x2028, 0x2029,
            0x2060...0x2065, 0x206A...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is shown as it is.
    fileprivate var isClean: Bool {
        if isPrivate || isControl { return false }
        return value < 0xAD || !isBidirectionalControl && !isInvisible
    }

    /// What means nothing without an agreement, and is shown as U+FFFD.
    fileprivate var isPrivate: Bool { (0xE000...0xF8FF).contains(value) || value >= 0xF0000 }
}

/// Text from outside is cleaned where it leaves: on the canvas and in text output. In the journal it stays raw, because
/// the hash covers what was sent.
package enum CleanText {
    /// The text on one line, safe to show: escape sequences are taken out whole, other control characters, line ends
    /// and tabs become a blank, bidirectional and invisible characters are left out, U+FFFD stands for what is no
    /// character.
    package static func line(_ text: String) -> String {
        // Most is ASCII, and most of the rest letters and dashes that are as they should be.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) || text.unicodeScalars.allSatisfy(\.isClean) {
            return text
        }
        var clean = String.UnicodeScalarView()
        for scalar in withoutSequences(text) { take(scalar, into: &clean) }
        return String(clean)
    }

    /// What is left of a text when its escape sequences are taken out whole.
    static func withoutSequences(_ text: String) -> String.UnicodeScalarView {
        var left = String.UnicodeScalarView()
        var state = State.text
        for scalar in text.unicodeScalars {
            switch state {
            case .escape: state = afterEscape(scalar)
            case .sequence: if scalar.value >= 0x40 && scalar.value <= 0x7E { state = .text }
            case .string:
                // An operating-system command runs to BEL or to the two-character terminator.
                if scalar.value == 0x07 || scalar.value == 0x9C { state = .text }
                if scalar.value == 0x1B { state = .escape }
            case .text:
                switch scalar.value {
                case 0x1B: state = .escape
                case 0x9B: state = .sequence
                case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string
                default: left.append(scalar)
                }
            }
        }
        return left
    }

    private enum State { case text, escape, sequence, string }

    private static func afterEscape(_ scalar: Unicode.Scalar) -> State {
        switch scalar {
        case "[": .sequence
        case "]", "P", "X", "^", "_": .string
        case _ where scalar.value >= 0x20 && scalar.value <= 0x2F: .escape
        default: .text
        }
    }

    private static func take(_ scalar: Unicode.Scalar, into clean: inout String.UnicodeScalarView) {
        switch scalar.value {
        case _ where scalar.isControl: if clean.last != " " { clean.append(" ") }
        case _ where scalar.isBidirectionalControl || scalar.isInvisible: break
        case _ where scalar.isPrivate: clean.append("\u{FFFD}")
        default: clean.append(scalar)
        }
    }
}
