import Foundation
import Testing

@testable import WarRoomScreen

/// What can be read, and what can be told apart: in all colours, in those of 256 as xterm draws them, with each kind of
/// colour blindness, and in grey.
@Suite("Contrast of the themes")
struct ContrastTests {
    static let coloured = Theme.names.filter { $0 != "monochrome" }

    /// The least contrast of a theme's roles with so many colours, as it is drawn, and the role that has it.
    private static func least(_ theme: Theme, of count: Int) -> (contrast: Double, role: TextRole) {
        TextRole.allCases.map { role in
            let (text, ground) = theme.numbers(role, of: count)
            return (Theme.colour(text, of: count).contrast(with: Theme.colour(ground, of: count)), role)
        }.min { $0.0 < $1.0 } ?? (0, .plain)
    }

    @Test(
        "text of every role stands out by 4.5 to 1 in every theme, with all colours, with 256, with 16 and with 8",
        arguments: coloured, [8, 16, 88, 256, 1 << 24])
    func contrast(name: String, count: Int) throws {
        let theme = try #require(Theme.named(name))
        for role in TextRole.allCases {
            let style = theme.style(role)
            _ = try #require(style.foreground, "\(name) \(role): a theme with colours gives both")
            _ = try #require(style.background, "\(name) \(role)")
        }
        let least = Self.least(theme, of: count)
        #expect(least.contrast >= 4.5, "\(name) with \(count) colours: \(least)")
        if name == "high-contrast", count >= 256 { #expect(least.contrast >= 7, "\(count) colours: \(least)") }
    }

    @Test("a theme whose text cannot be read is found")
    func unreadable() throws {
        let theme = try Theme(name: "t", text: "background #000000\nplain #FFFFFF\nact #707070\nbad #FFFFFF 256: 238\n")
        #expect(Self.least(theme, of: 1 << 24).contrast < 4.5 && Self.least(theme, of: 256).contrast < 4.5)
    }

    // MARK: Told apart

    /// Roles of which each must be told from each other, and whether by their text or their ground.
    private static let families: [(name: String, roles: [(TextRole, Side)])] = [
        ("words", [TextRole.good, .moving, .act, .bad, .off].map { ($0, Side.text) } + [(.doubt, Side.ground)]),
        ("tiles", [.tileGood, .tileMoving, .tileAct, .tileBad, .tileOff, .doubt].map { ($0, Side.ground) }),
        ("bands", [.bandCalm, .bandMoving, .bandAct, .bandBlocked, .bandSilent].map { ($0, Side.ground) }),
        (
            "tabs",
            [.bandCalmTab, .bandMovingTab, .bandActTab, .bandBlockedTab, .bandSilentTab].map { ($0, Side.ground) }
        ),
        ("bars", [.barDone, .barRunning, .barFailed, .barOff, .barPlan].map { ($0, Side.text) }),
        ("modes", [.modeLive, .modeRehearsal, .modeNotLive, .modeReplay].map { ($0, Side.ground) }),
        ("zones", [.timeHome, .timeOther].map { ($0, Side.text) }),
    ]

    private enum Side { case text, ground }

    /// The two roles that are nearest to each other.
    private struct Nearest: CustomStringConvertible {
        var distance = Double.infinity
        var description = "none"
    }

    private static func nearest(_ theme: Theme, of count: Int) -> Nearest {
        var nearest = Nearest()
        for (name, roles) in families {
            let colours = roles.map { role, side in
                let (text, ground) = theme.numbers(role, of: count)
                return (role, Theme.colour(side == .text ? text : ground, of: count))
            }
            for blindness in SeenColour.Blindness.allCases.map(Optional.some) + [nil] {
                for (place, (role, colour)) in colours.enumerated() {
                    for (other, second) in colours[..<place] {
                        let distance = SeenColour(colour, blindness).distance(to: SeenColour(second, blindness))
                        guard distance < nearest.distance else { continue }
                        nearest.distance = distance
                        let eyes = blindness.map { "\($0)" } ?? "all colours"
                        nearest.description = "\(name): \(role) and \(other) with \(eyes), \(distance)"
                    }
                }
            }
        }
        return nearest
    }

    /// At 2.3 two colours side by side are just told from each other. These are told although they are in two places of
    /// the screen, and a call squeezes them.
    private static let leastDistance = 12.0

    @Test(
        "the colour-blind-safe theme keeps states apart with protanopia, deuteranopia and tritanopia",
        arguments: [256, 1 << 24])
    func blind(count: Int) throws {
        let nearest = Self.nearest(try #require(Theme.named("colour-blind-safe")), of: count)
        #expect(nearest.distance >= Self.leastDistance, "\(nearest)")
    }

    @Test("a theme that is told by red and green alone is found, though others can tell it")
    func redAndGreen() throws {
        #expect(Self.nearest(.dark, of: 1 << 24).distance < 5)
        let (red, green) = (Colour(0xB0302E), Colour(0x5C6B00))
        #expect(SeenColour(red).distance(to: SeenColour(green)) > 30)
        #expect(SeenColour(red, .deuteranopia).distance(to: SeenColour(green, .deuteranopia)) < Self.leastDistance)
    }

    @Test("the distance is CIEDE2000, and greys are seen by everybody")
    func metric() {
        // By the reference implementation: #FF0000 and #00FF00, #0000FF and #FFFF00.
        #expect((SeenColour(Colour(0xFF0000)).distance(to: SeenColour(Colour(0x00FF00))) - 86.61).magnitude < 0.02)
        #expect((SeenColour(Colour(0x0000FF)).distance(to: SeenColour(Colour(0xFFFF00))) - 103.43).magnitude < 0.02)
        for blindness in SeenColour.Blindness.allCases {
            let (one, other) = (SeenColour(Colour(0x808080)), SeenColour(Colour(0x808080), blindness))
            #expect(one.distance(to: other) < 0.1)
        }
    }

    @Test("in grey a band that is blocked is darker than one that waits for a person, and its hatch is seen")
    func grey() throws {
        for name in Self.coloured {
            let theme = try #require(Theme.named(name))
            for count in [8, 256, 1 << 24] {
                func lightness(_ role: TextRole) -> Double {
                    SeenColour(Theme.colour(theme.numbers(role, of: count).background, of: count)).lightness
                }
                let (act, blocked, hatch) = (lightness(.bandAct), lightness(.bandBlocked), lightness(.bandBlockedTab))
                #expect(act - blocked >= 25, "\(name) \(count): \(act) \(blocked)")
                #expect((blocked - hatch).magnitude >= 15, "\(name) \(count): \(blocked) \(hatch)")
            }
        }
    }

    @Test("with few colours areas are still told apart: bands, tiles and what the night is", arguments: coloured)
    func few(name: String) throws {
        let theme = try #require(Theme.named(name))
        for count in [8, 16] {
            for (family, roles) in Self.families where ["bands", "tiles", "tabs", "modes"].contains(family) {
                let seen = roles.map { role, _ in
                    let (text, ground) = theme.numbers(role, of: count)
                    return "\(text) on \(ground)"
                }
                #expect(Set(seen).count == seen.count, "\(name) \(count) \(family): \(seen)")
            }
            let words: [TextRole] = [.good, .act, .bad, .doubt, .plain]
            let signs = words.filter { $0 != .plain }.map { theme.numbers($0, of: count) }
            #expect(Set(signs.map { "\($0)" }).count == signs.count, "\(name) \(count): \(signs)")
            // No prose is red or yellow, by nearness either.
            for role in [TextRole.plain, .strong, .waiting, .timeHome, .timeOther, .clockHome, .clockOther, .keyWord] {
                #expect(![1, 3, 9, 11].contains(theme.numbers(role, of: count).foreground), "\(name) \(count) \(role)")
            }
        }
    }

    @Test("outside the band only act is as lively: prose and quiet states are not", arguments: coloured)
    func lively(name: String) throws {
        let theme = try #require(Theme.named(name))
        for role in [TextRole.plain, .strong, .waiting, .head, .headNote, .rule, .keyWord] {
            let style = theme.style(role)
            #expect((style.foreground?.chroma ?? 255) <= 40 && (style.background?.chroma ?? 255) <= 40, "\(role)")
        }
    }
}
