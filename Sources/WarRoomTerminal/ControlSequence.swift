import WarRoomScreen

/// A control sequence of a terminal (ESC [), taken apart: which key it is, where it is one.
struct ControlSequence {
    /// The parameters with what marks them private, and the intermediate bytes.
    let parameters: ArraySlice<UInt8>
    let final: UInt8

    var text: String { String(decoding: parameters, as: UTF8.self) }

    var beginsPaste: Bool { final == UInt8(ascii: "~") && text == "200" }

    /// The mouse as X10 reports it: three bytes behind the sequence.
    var isOldMouse: Bool { final == UInt8(ascii: "M") && parameters.isEmpty }

    /// The key; `nil` where it is none that means anything here: one with Ctrl or Alt, an answer of the terminal, what
    /// nobody knows.
    var key: Key? {
        switch (Unicode.Scalar(final), text) {
        case ("~", let number): return Self.numbered[number]
        case ("A"..."H", ""), ("A"..."H", "1"), ("P"..."S", ""), ("P"..."S", "1"): return Self.shifted(final)
        case ("A"..."E", "["): return .function(Int(final) - 0x40)
        case ("Z", ""): return .backTab
        case ("M", let text), ("m", let text): return mouse(text)
        default: return nil
        }
    }

    /// By their numbers: the VT220's, PuTTY's, rxvt's and the Linux console's.
    private static let numbered: [String: Key] = {
        var keys: [String: Key] = [
            "1": .home, "7": .home, "4": .end, "8": .end, "3": .delete, "5": .pageUp, "6": .pageDown,
        ]
        let functions = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34]
        for (place, number) in functions.enumerated() { keys[String(number)] = .function(place + 1) }
        return keys
    }()

    /// The key of a final byte behind ESC O, and behind ESC [ without parameters. The small letters are the keys of the
    /// number pad.
    static func shifted(_ final: UInt8) -> Key? {
        switch Unicode.Scalar(final) {
        case "A": .up
        case "B": .down
        case "C": .right
        case "D": .left
        case "H": .home
        case "F": .end
        case "P"..."S": .function(Int(final) - 0x4F)
        case "M": .enter
        case "X": .character("=")
        case "j"..."y": .character(Character(Unicode.Scalar(final - 0x40)))
        default: nil
        }
    }

    /// The mouse by numbers: `<` begins them where a small letter tells that a button was let go (1006), and without it
    /// the button is told as X10 does (1015).
    private func mouse(_ text: String) -> Key? {
        let isNew = text.hasPrefix("<")
        let numbers = (isNew ? text.dropFirst() : text[...]).split(separator: ";").map { Int($0) ?? -1 }
        guard numbers.count == 3, (0...1023).contains(numbers[0]) else { return nil }
        let button = isNew ? numbers[0] : numbers[0] - 32
        return Self.mouse(button, column: numbers[1], row: numbers[2], isPressed: final == UInt8(ascii: "M"))
    }

    /// A press of the first button or a turn of the wheel, at a column and a row from 1; `nil` for anything else.
    static func mouse(_ button: Int, column: Int, row: Int, isPressed: Bool) -> Key? {
        let isMotion = button & 32 != 0
        guard isPressed, !isMotion, (1...99_999).contains(column), (1...99_999).contains(row) else { return nil }
        // Shift, Alt and Ctrl are in the bits between.
        switch button & ~0x1C {
        case 0: return .click(column: column - 1, row: row - 1)
        case 64: return .wheelUp(column: column - 1, row: row - 1)
        case 65: return .wheelDown(column: column - 1, row: row - 1)
        default: return nil
        }
    }
}
