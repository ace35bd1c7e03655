package import WarRoomScreen

/// What terminals say of their ground: its colour, which is asked for (OSC 11), and whether they have become dark or
/// light (mode 2031).
enum ShadeReport {
    /// How long such an answer may be. Nothing of a longer one is kept.
    static let longest = 64

    /// The shade by what stands between ESC ] and its end; `nil` where it is no answer on the ground's colour.
    static func answer(_ bytes: [UInt8]) -> Shade? {
        guard bytes.count <= longest, bytes.starts(with: "11;".utf8) else { return nil }
        return colour(bytes.dropFirst(3)).map { Shade(of: $0) }
    }

    /// The shade by a control sequence (ESC [ ? 997 ; 1 n); `nil` where it is another one.
    static func news(_ sequence: ControlSequence) -> Shade? {
        guard sequence.final == UInt8(ascii: "n") else { return nil }
        switch sequence.text {
        case "?997;1": return .dark
        case "?997;2": return .light
        default: return nil
        }
    }

    /// A colour as X11 writes it: `rgb:` and one to four digits for each share, `rgba:` with one share more, or `#`
    /// with as many digits for each of three.
    private static func colour(_ text: ArraySlice<UInt8>) -> Colour? {
        if text.first == UInt8(ascii: "#") {
            let digits = text.dropFirst()
            guard digits.count % 3 == 0 else { return nil }
            let length = digits.count / 3
            return colour(shares: (0..<3).map { digits.dropFirst($0 * length).prefix(length) })
        }
        for (kind, count) in [("rgb:", 3), ("rgba:", 4)] where text.starts(with: kind.utf8) {
            let shares = text.dropFirst(kind.utf8.count).split(
                separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            return shares.count == count ? colour(shares: Array(shares[..<3])) : nil
        }
        return nil
    }

    private static func colour(shares: [ArraySlice<UInt8>]) -> Colour? {
        let values = shares.compactMap { share -> UInt8? in
            let digits = share.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard (1...4).contains(share.count), digits.count == share.count else { return nil }
            return UInt8(digits.reduce(0) { $0 * 16 + $1 } * 255 / (1 << (4 * digits.count) - 1))
        }
        return values.count == 3 ? Colour(red: values[0], green: values[1], blue: values[2]) : nil
    }
}

/// A terminal's shade as the environment has it.
package enum GivenShade {
    /// What `COLORFGBG` says, as some terminals set it (`15;0`): the last number is the ground's among 16 colours.
    /// `nil` where it says nothing.
    package static func read(_ text: String) -> Shade? {
        guard let last = text.split(separator: ";").last, let number = Int(last), (0...15).contains(number) else {
            return nil
        }
        return number == 7 || number > 8 ? .light : .dark
    }
}
