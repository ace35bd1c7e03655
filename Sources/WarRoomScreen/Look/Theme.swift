/// What meaning looks like: a style for every role (docs/themes.md). No role is told by colour alone, and `act` is the
/// only saturated one.
package struct Theme: Sendable, Equatable {
    /// What people call it.
    let name: String
    /// The screen's background; `nil`: the terminal's own.
    package let background: Colour?
    private let styles: [Style]

    /// The look of a role.
    package func style(_ role: TextRole) -> Style { styles[Int(role.rawValue)] }

    /// Whether it names no colour, so that a terminal without colours shows it as it is.
    package var isColourless: Bool { styles.allSatisfy { $0.foreground == nil && $0.background == nil } }

    /// The names of the themes that are built in; the first one is the default.
    package static var names: [String] { builtIn.map(\.name) }

    /// The built-in theme of that name; `nil` where there is none.
    package static func named(_ name: String) -> Theme? {
        guard let text = builtIn.first(where: { $0.name == name })?.text else { return nil }
        return try? Theme(name: name, text: text)
    }

    /// The built-in theme that is used where none is asked for.
    package static var dark: Theme { named("dark") ?? blank }

    /// The built-in theme without any colour, for `NO_COLOR` (no-color.org): weight, line and reverse tell.
    package static var monochrome: Theme { named("monochrome") ?? blank }

    /// Every role as the terminal shows text by itself.
    private static var blank: Theme { Theme(name: "blank", background: nil, styles: [:]) }

    /// Roles without a style look as `plain` does.
    private init(name: String, background: Colour?, styles: [TextRole: Style]) {
        self.name = name
        self.background = background
        let plain = styles[.plain] ?? Style(background: background)
        self.styles = TextRole.allCases.map { styles[$0] ?? plain }
    }

    // MARK: Reading

    /// The largest text that is read as a theme, in bytes.
    package static let longestText = 16_384

    /// Reads a theme: a line a role, `ROLE FOREGROUND [on BACKGROUND] [bold] …` (docs/themes.md). Throws the first
    /// ``ThemeFault``.
    package init(name: String, text: String) throws(ThemeFault) {
        var background: Colour??
        var read: [TextRole: (style: Style, hasGround: Bool)] = [:]
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            // A colour begins with the same sign as a comment does, so a comment has its line for itself.
            guard let key = words.first, !key.hasPrefix("#") else { continue }
            if key == "background" {
                guard background == nil else { throw ThemeFault(line: number, "'background' is here twice") }
                guard words.count == 2 else { throw ThemeFault(line: number, "'background' takes one colour") }
                background = .some(try Theme.colour(words[1], line: number))
                continue
            }
            guard let role = TextRole.allCases.first(where: { $0.name == key }) else {
                let names = TextRole.allCases.map(\.name).joined(separator: " ")
                throw ThemeFault(line: number, "'\(key)' is no role: write background or one of \(names)")
            }
            guard read[role] == nil else { throw ThemeFault(line: number, "'\(key)' is here twice") }
            read[role] = try Theme.look(words.dropFirst(), line: number)
        }
        guard !read.isEmpty else {
            throw ThemeFault(line: max(number, 1), "there is no line that gives a role its look")
        }
        let ground = background ?? nil
        let styles = read.mapValues { look in
            var style = look.style
            if !look.hasGround { style.background = ground }
            return style
        }
        self.init(name: name, background: ground, styles: styles)
    }

    private static func look(
        _ words: ArraySlice<Substring>, line: Int
    ) throws(ThemeFault) -> (style: Style, hasGround: Bool) {
        var words = words
        guard let first = words.popFirst() else {
            throw ThemeFault(line: line, "a colour or 'default' is missing after the role")
        }
        var style = Style(foreground: try colour(first, line: line))
        var hasGround = false
        while let word = words.popFirst() {
            switch word {
            case "on":
                guard !hasGround, let ground = words.popFirst() else {
                    throw ThemeFault(line: line, "'on' takes one colour, once")
                }
                style.background = try colour(ground, line: line)
                hasGround = true
            case "bold": style.bold = true
            case "dim": style.dim = true
            case "italic": style.italic = true
            case "underline": style.underline = true
            case "reverse": style.reverse = true
            default:
                throw ThemeFault(
                    line: line, "'\(word)' is no look: write on COLOUR, bold, dim, italic, underline or reverse")
            }
        }
        return (style, hasGround)
    }

    /// `#RRGGBB`, or `nil` for `default`, the terminal's own.
    private static func colour(_ word: Substring, line: Int) throws(ThemeFault) -> Colour? {
        if word == "default" { return nil }
        guard let colour = Colour.read(word) else {
            throw ThemeFault(line: line, "'\(word)' is no colour: write #RRGGBB or default")
        }
        return colour
    }
}

/// Why a text is no theme.
package struct ThemeFault: Error, Equatable, Sendable {
    /// The line that is wrong, from 1.
    package let line: Int
    /// What is wrong with it, in words.
    package let reason: String

    init(line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }
}
