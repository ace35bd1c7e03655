/// A theme on a terminal with so many colours: each role's colours by the terminal's own numbers.
extension Theme {
    /// The numbers of a role's colours, -1 for the terminal's own. `count` is how many colours the terminal has: 8, 16,
    /// 88, 256, or more, where a number is 0xRRGGBB. Where colours are few, those that the theme names are taken, or
    /// else the nearest one that can be read on its ground.
    package func numbers(_ role: TextRole, of count: Int) -> (foreground: Int, background: Int) {
        let style = style(role)
        let named = count > 256 ? ColourNumbers() : count == 256 ? style.of256 : style.of8
        let ground =
            named.background.map(Int.init) ?? style.background.map { Theme.nearest($0, on: nil, of: count) } ?? -1
        if let foreground = named.foreground { return (Int(foreground), ground) }
        let shown = ground < 0 ? nil : Theme.colour(ground, of: count)
        return (style.foreground.map { Theme.nearest($0, on: shown, of: count) } ?? -1, ground)
    }

    /// Whether bold text of a role is shown bold. Many terminals show bold text of the first 8 colours in the brighter
    /// one, and black on yellow would be grey on yellow.
    package func isBold(_ role: TextRole, of count: Int) -> Bool {
        guard style(role).bold, count <= 256 else { return style(role).bold }
        let (foreground, background) = numbers(role, of: count)
        guard (0..<8).contains(foreground), background >= 0 else { return true }
        let bright = Theme.colour(foreground + 8, of: 16)
        return bright.contrast(with: Theme.colour(background, of: count)) >= Theme.leastContrast
    }

    /// The least contrast at which text can be read on its ground (WCAG 2.1, AA).
    static let leastContrast = 4.5

    private static func nearest(_ colour: Colour, on ground: Colour?, of count: Int) -> Int {
        func isRead(_ number: Int) -> Bool {
            guard let ground else { return true }
            return Theme.colour(number, of: count).contrast(with: ground) >= leastContrast
        }
        if count > 256 { return Int(colour.red) << 16 | Int(colour.green) << 8 | Int(colour.blue) }
        // White has two numbers. The short one is taken, because half of what an idle screen sends is the colour of its
        // clocks.
        if count == 256, colour == Colour(0xFFFFFF), isRead(15) { return 15 }
        func byDistance(_ numbers: some Sequence<Int>) -> [Int] {
            numbers.map { (number: $0, distance: colour.distance(to: Theme.colour($0, of: count))) }
                .sorted { ($0.distance, $0.number) < ($1.distance, $1.number) }.map(\.number)
        }
        // Most are found among the few around it. A first frame has no time to look at all of them.
        if count == 256, let near = byDistance(around(colour)).first(where: isRead) { return near }
        // Of 256 the first 16, which people change, are left out.
        let near = byDistance(count == 256 ? 16..<256 : 0..<(count >= 16 ? 16 : 8))
        return near.first(where: isRead) ?? near.first ?? -1
    }

    /// Of the 256 the corners of the cube's cell that a colour lies in, and the greys of its lightness.
    private static func around(_ colour: Colour) -> [Int] {
        func levels(_ value: UInt8) -> [Int] {
            let above = cube.firstIndex { $0 >= Int(value) } ?? cube.count - 1
            return above == 0 ? [0] : [above - 1, above]
        }
        let grey = min(max((Int(colour.red) + Int(colour.green) + Int(colour.blue)) / 3 - 8, 0) / 10, 22)
        return levels(colour.red).flatMap { red in
            levels(colour.green).flatMap { green in levels(colour.blue).map { 16 + 36 * red + 6 * green + $0 } }
        } + [232 + grey, 233 + grey]
    }

    /// The levels of a channel in the cube of 216.
    private static let cube = [0, 95, 135, 175, 215, 255]

    /// What xterm draws for a number.
    static func colour(_ number: Int, of count: Int) -> Colour {
        if count > 256 {
            return Colour(red: UInt8(number >> 16 & 0xFF), green: UInt8(number >> 8 & 0xFF), blue: UInt8(number & 0xFF))
        }
        func channels(_ red: Int, _ green: Int, _ blue: Int) -> Colour {
            Colour(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
        }
        switch number {
        case ..<16:
            let (red, green, blue) = sixteen[max(number, 0)]
            return channels(red, green, blue)
        case ..<232:
            let place = number - 16
            return channels(cube[place / 36], cube[place / 6 % 6], cube[place % 6])
        default:
            let level = 8 + (min(number, 255) - 232) * 10
            return channels(level, level, level)
        }
    }

    private static let sixteen: [(Int, Int, Int)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]
}
