/// What meaning looks like: a style for every role. No role is told by colour alone, `act` is the only saturated one.
public struct Theme: Sendable {
    public let name: String
    /// The screen's background; `nil`: the terminal's own.
    public let background: Colour?
    private let styles: [Style]

    /// The look of a role.
    public func style(_ role: TextRole) -> Style { styles[Int(role.rawValue)] }

    /// All themes, the first one is the default.
    public static let all = [dark, light, highContrast, colourBlindSafe, monochrome]

    /// The theme of that name.
    public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }

    /// The colours of a theme; everything else follows from the roles.
    struct Palette {
        var background: UInt32
        var text: UInt32
        /// Things that are as they should be.
        var good: UInt32
        var strong: UInt32
        var act: UInt32
        var bad: UInt32
        var moving: UInt32
        var off: UInt32
        var waiting: UInt32
        var doubt: UInt32
        var gutter: UInt32
        var home: UInt32
        var other: UInt32
        var rule: UInt32
        var live: UInt32
        var rehearsal: UInt32
        var replay: UInt32
    }

    init(name: String, _ palette: Palette, isHighContrast: Bool = false) {
        self.name = name
        let ground = Colour(palette.background)
        background = ground
        styles = TextRole.allCases.map { role in
            func style(_ value: UInt32, bold: Bool = false, italic: Bool = false, underline: Bool = false) -> Style {
                Style(foreground: Colour(value), background: ground, bold: bold || isHighContrast, italic: italic, underline: underline)
            }
            /// Reverse is written as two colours, so that a theme's contrast is what is drawn.
            func bar(_ value: UInt32) -> Style { Style(foreground: ground, background: Colour(value), bold: true) }
            return switch role {
            case .plain: style(palette.text)
            case .modeLive: bar(palette.live)
            case .modeRehearsal: bar(palette.rehearsal)
            case .modeReplay: bar(palette.replay)
            case .clock, .sentence: style(palette.strong, bold: true)
            case .good: style(palette.good)
            case .act: style(palette.act, bold: true)
            case .bad: style(palette.bad, bold: true)
            case .moving: style(palette.moving)
            case .off: style(palette.off)
            case .waiting: style(palette.waiting)
            case .doubt: style(palette.doubt, italic: true, underline: true)
            case .gutter: style(palette.gutter)
            case .timeHome: style(palette.home)
            case .timeOther: style(palette.other)
            case .cursor: bar(palette.strong)
            case .critical: style(palette.strong, underline: true)
            case .rule: style(palette.rule)
            }
        }
    }

    private init(name: String, styles: (TextRole) -> Style) {
        self.name = name
        background = nil
        self.styles = TextRole.allCases.map(styles)
    }

    /// For dark rooms and most terminals.
    public static let dark = Theme(
        name: "dark",
        Palette(
            background: 0x11151A, text: 0xD6D9DC, good: 0xB4BBC1, strong: 0xFFFFFF, act: 0xFFB020, bad: 0xF2A6A0,
            moving: 0xA9CBE8, off: 0xC9B8D8, waiting: 0x8A939B, doubt: 0xD8CFA0, gutter: 0x93A4B3, home: 0xC8D4DE,
            other: 0xDCCFC0, rule: 0x7D868E, live: 0xD6D9DC, rehearsal: 0xA9CBE8, replay: 0xC9B8D8))

    /// For bright rooms.
    public static let light = Theme(
        name: "light",
        Palette(
            background: 0xFBFAF7, text: 0x24292E, good: 0x444B52, strong: 0x000000, act: 0xB23C00, bad: 0x7E3B3B,
            moving: 0x2F536F, off: 0x5B4A6B, waiting: 0x666D73, doubt: 0x5F5630, gutter: 0x4C6072, home: 0x33475A,
            other: 0x5A4632, rule: 0x6B7278, live: 0x24292E, rehearsal: 0x2F536F, replay: 0x5B4A6B))

    /// Black, white and one colour.
    public static let highContrast = Theme(
        name: "high-contrast",
        Palette(
            background: 0x000000, text: 0xFFFFFF, good: 0xFFFFFF, strong: 0xFFFFFF, act: 0xFFD000, bad: 0xFFC8C0,
            moving: 0xCDEBFF, off: 0xEBDCFF, waiting: 0xC4C4C4, doubt: 0xFFF3C0, gutter: 0xE0E0E0, home: 0xDDEEFF,
            other: 0xFFEEDD, rule: 0xFFFFFF, live: 0xFFFFFF, rehearsal: 0xCDEBFF, replay: 0xEBDCFF),
        isHighContrast: true)

    /// Told apart by lightness, and by blue against yellow only (Okabe and Ito).
    public static let colourBlindSafe = Theme(
        name: "colour-blind-safe",
        Palette(
            background: 0x101418, text: 0xDADDE0, good: 0xB8BDC2, strong: 0xFFFFFF, act: 0xF0E442, bad: 0xFFFFFF,
            moving: 0x9CC4E0, off: 0x9FB4C8, waiting: 0x8C949B, doubt: 0xD9D3B0, gutter: 0x94A3B0, home: 0xBFD6EA,
            other: 0xE0D6B8, rule: 0x7D868E, live: 0xDADDE0, rehearsal: 0x9CC4E0, replay: 0xD9D3B0))

    /// No colour at all (NO_COLOR): weight, line and reverse tell.
    public static let monochrome = Theme(name: "monochrome") { role in
        switch role {
        case .modeLive, .modeRehearsal, .modeReplay, .act, .cursor: Style(reverse: true)
        case .bad: Style(bold: true, reverse: true)
        case .moving, .clock, .sentence: Style(bold: true)
        case .doubt, .critical: Style(underline: true)
        case .plain, .good, .off, .waiting, .gutter, .timeHome, .timeOther, .rule: Style()
        }
    }
}
