/// A theme on a terminal with so many colours: each role's colours by the terminal's own numbers.
extension Theme {
    /// The numbers of a role's colours, -1 for the terminal's own. `count` is 8, 16, 88, 256, or more where numbers are red,
    /// green and blue themselves. Where colours are few the nearest one is taken that can still be read on its ground.
    public func numbers(_ role: TextRole, of count: Int) -> (foreground: Int, background: Int) {
        let style = style(role)
        let ground = style.background.map { Theme.nearest($0, on: nil, of: count) } ?? -1
        let shown = style.background == nil ? nil : Theme.colour(ground, of: count)
        return (style.foreground.map { Theme.nearest($0, on: shown, of: count) } ?? -1, ground)
    }

    /// What must stand out from its ground by this much can be read (WCAG 2.1, AA).
    static let leastContrast = 4.5

    private static func nearest(_ colour: Colour, on ground: Colour?, of count: Int) -> Int {
        func isRead(_ number: Int) -> Bool {
            guard let ground else { return true }
            return Theme.colour(number, of: count).contrast(with: ground) >= leastContrast
        }
        if count > 256 { return Int(colour.red) << 16 | Int(colour.green) << 8 | Int(colour.blue) }
        // White has two numbers, and half of what an idle screen sends is the colour of its clocks: the short one.
        if count == 256, colour == Colour(0xFFFFFF), isRead(15) { return 15 }
        // Of 256 the first 16, which people change, are left out.
        let numbers = count == 256 ? 16..<256 : 0..<(count >= 16 ? 16 : 8)
        let distances = numbers.map { colour.distance(to: Theme.colour($0, of: count)) }
        // Contrast costs more than distance: it is asked of the few that are nearer than the best one so far.
        var best = numbers.lowerBound
        var least = Int.max
        for (number, distance) in zip(numbers, distances) where distance < least && isRead(number) { (best, least) = (number, distance) }
        return least < .max ? best : zip(numbers, distances).min { $0.1 < $1.1 }?.0 ?? -1
    }

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
            let cube = [0, 95, 135, 175, 215, 255]
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
