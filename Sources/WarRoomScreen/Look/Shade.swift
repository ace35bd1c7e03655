/// Whether a terminal's ground is dark or light.
package enum Shade: Equatable, Sendable {
    case dark, light

    /// The shade of a ground of that colour: light is where black can be read better than white.
    package init(of ground: Colour) {
        let (black, white) = (0.05, 1.05)
        let seen = ground.luminance + 0.05
        self = seen / black > white / seen ? .light : .dark
    }

    /// The built-in theme for it.
    package var theme: String { self == .dark ? "dark" : "light" }
}

extension Theme {
    /// What is written for the theme that follows the terminal's ground.
    package static let auto = "auto"

    /// What can be written where a theme is asked for by name.
    package static var choices: [String] { [auto] + names }
}
