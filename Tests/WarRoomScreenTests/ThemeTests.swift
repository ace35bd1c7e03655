import Foundation
import Testing

@testable import WarRoomScreen

@Suite("Themes")
struct ThemeTests {
    static let coloured = Theme.names.filter { $0 != "monochrome" }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("themes")

    @Test("the files of the folder themes are the ones that are built in; scripts/make-themes.py writes them anew")
    func files() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == Theme.names.map { $0 + ".theme" }.sorted())
        for (name, text) in Theme.builtIn {
            let file = try String(contentsOf: Self.folder.appendingPathComponent(name + ".theme"), encoding: .utf8)
            #expect(file == text, "\(name)")
            let theme = try Theme(name: name, text: text)
            #expect(Theme.named(name) == theme)
        }
        #expect(Theme.named("dim") == nil)
    }

    @Test("a theme calls a role as its case is called, with points between the words")
    func names() {
        #expect(TextRole.names.count == TextRole.allCases.count)
        // The terminal has a table of so many styles, and 8 colours come with as many pairs.
        #expect(TextRole.allCases.count < 64)
        for role in TextRole.allCases {
            let words = String(describing: role).map { $0.isUppercase ? ".\($0.lowercased())" : String($0) }
            #expect(role.name == words.joined())
            #expect(TextRole.named(role.name[...], near: 0) == Int(role.rawValue))
        }
    }

    @Test("every role has a line in each built-in theme, and is explained in docs/themes.md")
    func complete() throws {
        let page = try String(
            contentsOf: Self.folder.deletingLastPathComponent().appendingPathComponent("docs/themes.md"),
            encoding: .utf8)
        for role in TextRole.allCases {
            #expect(page.contains("`\(role.name)`"), "docs/themes.md says nothing of \(role.name)")
            for (name, text) in Theme.builtIn where TextRole.former(role.name[...]) == nil {
                // What a theme leaves out looks as plain does, so that nobody would see that it is missing.
                let names = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
                #expect(names.contains(role.name[...]), "\(name) has no line for \(role.name)")
            }
        }
    }

    @Test("without colour weight and reverse tell what needs a person from what is bad and what is calm")
    func monochrome() {
        let theme = Theme.monochrome
        let roles: [TextRole] = [.act, .bad, .moving, .doubt, .plain]
        #expect(Set(roles.map { theme.style($0) }).count == roles.count)
        let bodies: [TextRole] = [.bandCalm, .bandMoving, .bandAct, .bandBlocked, .bandSilent]
        #expect(bodies.map { theme.style($0).reverse } == [false, false, true, true, false])
        let tabs: [TextRole] = [.bandCalmTab, .bandMovingTab, .bandActTab, .bandBlockedTab, .bandSilentTab]
        #expect(tabs.map { theme.style($0).reverse } == [false, true, false, false, false])
        // What the night is: each of the four looks otherwise.
        let modes: [TextRole] = [.modeLive, .modeRehearsal, .modeNotLive, .modeReplay]
        #expect(Set(modes.map { theme.style($0) }).count == modes.count)
        #expect(theme.isColourless && !Theme.dark.isColourless)
        #expect(TextRole.allCases.allSatisfy { theme.numbers($0, of: 256) == (-1, -1) })
    }

    @Test("a colour's nearest neighbours are itself where it is one")
    func nearest() throws {
        let theme = try Theme(
            name: "t", text: "background #000000\nplain #FFFFFF\nact #FFAF00\nrule #080808 on default\n")
        #expect(theme.numbers(.plain, of: 16) == (15, 0))
        #expect(theme.numbers(.plain, of: 256) == (15, 16))
        #expect(theme.numbers(.act, of: 256).foreground == 214)
        #expect(theme.numbers(.act, of: 1 << 24).foreground == 0xFFAF00)
        #expect(theme.numbers(.rule, of: 256) == (232, -1), "on the terminal's own ground nobody can say what is read")
        #expect(
            (Colour(red: 255, green: 255, blue: 255).contrast(with: Colour(red: 0, green: 0, blue: 0)) - 21).magnitude
                < 0.01)
    }

    @Test("a role that is left out looks as its parent does, a comment and an empty line say nothing")
    func left() throws {
        let theme = try Theme(
            name: "t",
            text:
                "# a theme\r\n\r\n  plain   #101112 bold\r\nact #FF0000 on #000000 underline\r\nbackground #FEFEFE\r\n")
        let plain = Style(
            foreground: Colour(red: 16, green: 17, blue: 18), background: Colour(red: 254, green: 254, blue: 254),
            bold: true)
        #expect(theme.style(.plain) == plain && theme.style(.clockHome) == plain && theme.style(.barDone) == plain)
        #expect(theme.style(.act).background == Colour(red: 0, green: 0, blue: 0) && theme.style(.act).underline)
        #expect(theme.background == Colour(red: 254, green: 254, blue: 254))
        // What is filled is filled with the colour of its word.
        var filled = theme.style(.act)
        #expect(theme.style(.bandActTab) == filled && theme.style(.tileActQuiet) == filled)
        filled.reverse = true
        #expect(theme.style(.bandAct) == filled && theme.style(.bandActNote) == filled)
        #expect(theme.style(.cursor).reverse && theme.style(.modeReplay).reverse && !theme.style(.modeNotLive).reverse)
        for role in TextRole.allCases where role != .plain { #expect(role.parent != nil, "\(role)") }
    }

    @Test("a theme from before there were bands is still one; names that are no more are those that they became")
    func former() throws {
        let theme = try Theme(
            name: "t",
            text: """
                background #101010
                plain #D0D0D0
                clock #FFFFFF bold
                clock.other #00FF00
                sentence #EEEEEE underline
                gutter #AAAAAA
                critical #BBBBBB underline
                mode.live #101010 on #D0D0D0
                """)
        #expect(theme.unknown == [])
        #expect(theme.style(.clockHome).foreground == Colour(0xFFFFFF) && theme.style(.clockHome).bold)
        #expect(theme.style(.clockOther).foreground == Colour(0x00FF00), "its own line goes before")
        #expect(theme.style(.strong).underline && theme.style(.bandMoving).underline)
        #expect(theme.style(.head).foreground == Colour(0xAAAAAA) && theme.style(.keyWord) == theme.style(.head))
        #expect(theme.style(.barCritical).foreground == Colour(0xBBBBBB))
        // A theme that is made of nothing else is one, too.
        #expect(throws: Never.self) { try Theme(name: "t", text: "sentence #FFFFFF") }
    }

    @Test("a role that nobody knows is left out and told, and the rest holds")
    func unknown() throws {
        let theme = try Theme(name: "t", text: "plain #FFFFFF\ngreat puce at all\nact #FF0000\ntile.huge #000000\n")
        #expect(theme.unknown == [UnknownRole(name: "great", line: 2), UnknownRole(name: "tile.huge", line: 4)])
        #expect(theme.style(.act).foreground == Colour(0xFF0000))
        #expect(Theme.names.allSatisfy { Theme.named($0)?.unknown == [] })
    }

    @Test("a theme names its colours where there are few, and else the nearest are taken")
    func named() throws {
        let theme = try Theme(
            name: "t",
            text: """
                background #101418 256: 233
                plain #DDE3E9
                strong #FFFFFF 256: 231 bold
                tile.good #CFF5DC on #133F29 256: 194 on 22 8: 0 on 2
                good #6FD58F 8: 2
                tile.act #000000 on #FFB000 8: 0 on 3 bold
                """)
        #expect(theme.numbers(.tileGood, of: 256) == (194, 22) && theme.numbers(.tileGood, of: 8) == (0, 2))
        #expect(theme.numbers(.tileGood, of: 16) == (0, 2) && theme.numbers(.tileGood, of: 88) == (0, 2))
        #expect(theme.numbers(.tileGood, of: 1 << 24) == (0xCFF5DC, 0x133F29))
        #expect(theme.numbers(.plain, of: 256) == (254, 233) && theme.numbers(.strong, of: 256) == (231, 233))
        #expect(theme.numbers(.good, of: 8) == (2, 0) && theme.numbers(.good, of: 256).background == 233)
        // Black that is bold is grey there, which nobody reads on yellow.
        #expect(!theme.isBold(.tileAct, of: 8) && theme.isBold(.tileAct, of: 256) && theme.isBold(.strong, of: 8))
    }

    @Test(
        "what is no theme is told with its line",
        arguments: [
            ("", 1, "no line that gives"), ("# nothing\n", 2, "no line that gives"),
            ("great #FFFFFF\nplane #FFFFFF", 1, "'great' is no role"),
            ("plain #FFFFF", 1, "'#FFFFF' is no colour"), ("plain red", 1, "'red' is no colour"),
            ("plain #+FFFFF", 1, "is no colour"),
            ("plain", 1, "is missing"), ("plain #FFFFFF loud", 1, "'loud' is no look"),
            ("plain #FFFFFF on", 1, "'on' takes one colour"),
            ("plain #FFFFFF on #000000 on #000000", 1, "'on' takes one"),
            ("\nact #FFFFFF\nact #FFFFFF", 3, "'act' is here twice"),
            ("clock #FFFFFF\nclock #FFFFFF", 2, "'clock' is here twice"),
            ("background #FFFFFF bold\nact #FFFFFF", 1, "takes one colour"),
            ("background #FFFFFF on #000000\nact #FFFFFF", 1, "takes one colour"),
            ("background #000000\nbackground #000000\nact default", 2, "twice"),
            ("act #FFFFFF 256: 256", 1, "from 0 to 255"), ("act #FFFFFF 8: 8", 1, "from 0 to 7"),
            ("act #FFFFFF 256: 16 on", 1, "from 0 to 255"), ("act #FFFFFF 16: 3", 1, "'16:' is no look"),
        ])
    func faults(text: String, line: Int, reason: String) {
        #expect {
            _ = try Theme(name: "t", text: text)
        } throws: { error in
            guard let fault = error as? ThemeFault else { return false }
            return fault.line == line && fault.reason.contains(reason)
        }
    }
}
