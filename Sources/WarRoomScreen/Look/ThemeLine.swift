/// What stands behind the role on a line of a theme: `FOREGROUND [on BACKGROUND] [256: …] [8: …] [bold] …`.
struct ThemeLine {
    /// The style by itself; the ground of a line that names none is the theme's.
    let style: Style
    private let hasGround: Bool

    /// Reads the words of a line. Throws a ``ThemeFault`` with its number.
    init(_ words: ArraySlice<Substring>, line: Int) throws(ThemeFault) {
        var words = words
        guard let first = words.popFirst() else {
            throw ThemeFault(line: line, "a colour or 'default' is missing after the role")
        }
        var style = Style(foreground: try ThemeLine.colour(first, line: line))
        var hasGround = false
        while let word = words.popFirst() {
            switch word {
            case "on":
                guard !hasGround, let ground = words.popFirst() else {
                    throw ThemeFault(line: line, "'on' takes one colour, once")
                }
                style.background = try ThemeLine.colour(ground, line: line)
                hasGround = true
            case "256:": style.of256 = try ThemeLine.numbers(&words, below: 256, line: line)
            case "8:": style.of8 = try ThemeLine.numbers(&words, below: 8, line: line)
            case "bold": style.bold = true
            case "dim": style.dim = true
            case "italic": style.italic = true
            case "underline": style.underline = true
            case "reverse": style.reverse = true
            default:
                throw ThemeFault(
                    line: line,
                    "'\(word)' is no look: write on COLOUR, 256: NUMBER, 8: NUMBER, bold, dim, italic, underline or "
                        + "reverse")
            }
        }
        self.style = style
        self.hasGround = hasGround
    }

    /// Whether it says no more than one colour.
    var isOneColour: Bool {
        var rest = style
        rest.foreground = nil
        (rest.of256.foreground, rest.of8.foreground) = (nil, nil)
        return rest == Style() && !hasGround
    }

    /// The style where the theme's ground is this one's colour.
    func style(on ground: Style?) -> Style {
        var style = style
        guard !hasGround else { return style }
        style.background = ground?.foreground
        style.of256.background = style.of256.background ?? ground?.of256.foreground
        style.of8.background = style.of8.background ?? ground?.of8.foreground
        return style
    }

    /// `#RRGGBB`, or `nil` for `default`, the terminal's own.
    private static func colour(_ word: Substring, line: Int) throws(ThemeFault) -> Colour? {
        if word == "default" { return nil }
        guard let colour = Colour.read(word) else {
            throw ThemeFault(line: line, "'\(word)' is no colour: write #RRGGBB or default")
        }
        return colour
    }

    /// `NUMBER [on NUMBER]`.
    private static func numbers(
        _ words: inout ArraySlice<Substring>, below limit: Int, line: Int
    ) throws(ThemeFault) -> ColourNumbers {
        func number() throws(ThemeFault) -> Int16 {
            guard let word = words.popFirst(), let number = Int16(word), (0..<Int16(limit)).contains(number) else {
                throw ThemeFault(line: line, "'\(limit):' takes NUMBER [on NUMBER], from 0 to \(limit - 1)")
            }
            return number
        }
        var numbers = ColourNumbers(foreground: try number())
        if words.first == "on" {
            words.removeFirst()
            numbers.background = try number()
        }
        return numbers
    }
}
