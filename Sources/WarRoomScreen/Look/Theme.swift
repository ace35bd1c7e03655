/// What meaning looks like: a style for every role (docs/themes.md). No role is told by colour alone.
package struct Theme: Sendable, Equatable {
    /// What people call it.
    let name: String
    /// The screen's background; `nil`: the terminal's own.
    package let background: Colour?
    /// The lines that are for no role that there is, in their order.
    package let unknown: [UnknownRole]
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
    private static var blank: Theme { Theme(name: "blank", background: nil, unknown: [], own: []) }

    /// A theme from the looks that roles have of their own, by their numbers. The others have that of their parent.
    private init(name: String, background: Colour?, unknown: [UnknownRole], own: [Style?]) {
        self.name = name
        self.background = background
        self.unknown = unknown
        func style(_ role: TextRole) -> Style {
            if own.indices.contains(Int(role.rawValue)), let style = own[Int(role.rawValue)] { return style }
            guard let parent = role.parent else { return Style(background: background) }
            var inherited = style(parent.role)
            if parent.isFilled { inherited.reverse.toggle() }
            return inherited
        }
        styles = TextRole.allCases.map(style)
    }

    // MARK: Reading

    /// The largest text that is read as a theme, in bytes.
    package static let longestText = 16_384

    /// Reads a theme: a line a role, `ROLE FOREGROUND [on BACKGROUND] [256: …] [8: …] [bold] …` (docs/themes.md). Lines
    /// of roles that there are not are left out, and kept in ``unknown``. Throws the first ``ThemeFault``.
    package init(name: String, text: String) throws(ThemeFault) {
        var ground: ThemeLine?
        var own = [ThemeLine?](repeating: nil, count: TextRole.allCases.count)
        var former: [(role: TextRole, look: ThemeLine)] = []
        var unknown: [UnknownRole] = []
        var number = 0
        var next = 0
        // By bytes and not by characters, because a screen waits for it.
        for line in Array(text.utf8).split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A }) {
            number += 1
            let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map {
                Substring(decoding: $0, as: UTF8.self)
            }
            // A colour begins with the same sign as a comment does, so a comment has its line for itself.
            guard let key = words.first, key.utf8.first != UInt8(ascii: "#") else { continue }
            if key == "background" {
                guard ground == nil else { throw ThemeFault(line: number, "'background' is here twice") }
                ground = try ThemeLine(words.dropFirst(), line: number)
                guard ground?.isOneColour == true else {
                    throw ThemeFault(line: number, "'background' takes one colour")
                }
            } else if let roles = TextRole.former(key) {
                guard !former.contains(where: { $0.role == roles[0] }) else {
                    throw ThemeFault(line: number, "'\(key)' is here twice")
                }
                let look = try ThemeLine(words.dropFirst(), line: number)
                former += roles.map { ($0, look) }
            } else if let role = TextRole.named(key, near: next) {
                guard own[role] == nil else { throw ThemeFault(line: number, "'\(key)' is here twice") }
                own[role] = try ThemeLine(words.dropFirst(), line: number)
                next = role + 1
            } else {
                unknown.append(UnknownRole(name: String(key), line: number))
            }
        }
        // A role's own line goes before that of a name that it once had.
        for (role, look) in former where own[Int(role.rawValue)] == nil { own[Int(role.rawValue)] = look }
        guard own.contains(where: { $0 != nil }) else {
            throw unknown.first.map { ThemeFault(line: $0.line, $0.reason) }
                ?? ThemeFault(line: max(number, 1), "there is no line that gives a role its look")
        }
        let style = ground?.style
        self.init(name: name, background: style?.foreground, unknown: unknown, own: own.map { $0?.style(on: style) })
    }
}

/// A line of a theme's text for a role that there is not.
package struct UnknownRole: Equatable, Sendable {
    /// What stands there for a role.
    package let name: String
    /// Its line, from 1.
    package let line: Int

    /// What is wrong with it, in words.
    var reason: String {
        "'\(name)' is no role: write background or one of \(TextRole.allCases.map(\.name).joined(separator: " "))"
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
