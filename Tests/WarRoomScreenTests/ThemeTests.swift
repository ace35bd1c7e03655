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

    @Test("every role has a line in each built-in theme, and is explained in docs/themes.md")
    func complete() throws {
        let page = try String(
            contentsOf: Self.folder.deletingLastPathComponent().appendingPathComponent("docs/themes.md"),
            encoding: .utf8)
        for role in TextRole.allCases {
            #expect(page.contains("`\(role.name)`"), "docs/themes.md says nothing of \(role.name)")
            for (name, text) in Theme.builtIn {
                // What a theme leaves out looks as plain does, so that nobody would see that it is missing.
                let names = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
                #expect(names.contains(role.name[...]), "\(name) has no line for \(role.name)")
            }
        }
    }

    @Test(
        "text of every role stands out by 4.5 to 1 in every theme, with all colours, with 256, with 16 and with 8",
        arguments: coloured)
    func contrast(name: String) throws {
        let theme = try #require(Theme.named(name))
        for role in TextRole.allCases {
            let style = theme.style(role)
            let front = try #require(style.foreground, "\(name) \(role): a theme with colours gives both")
            let back = try #require(style.background, "\(name) \(role)")
            #expect(front.contrast(with: back) >= 4.5, "\(name) \(role): \(front.contrast(with: back))")
            for count in [8, 16, 256, 1 << 24] {
                let (one, other) = theme.numbers(role, of: count)
                let drawn = Theme.colour(one, of: count).contrast(with: Theme.colour(other, of: count))
                #expect(drawn >= 4.5, "\(name) \(role) with \(count) colours: \(one) on \(other) is \(drawn)")
            }
        }
    }

    @Test("with few colours what needs a person still differs from what is as it should be", arguments: coloured)
    func few(name: String) throws {
        let theme = try #require(Theme.named(name))
        for count in [8, 16, 256] {
            #expect(
                theme.numbers(.act, of: count).foreground != theme.numbers(.good, of: count).foreground,
                "\(name) \(count)")
        }
    }

    @Test("act is the only saturated role", arguments: coloured)
    func saturated(name: String) throws {
        let theme = try #require(Theme.named(name))
        let act = try #require(theme.style(.act).foreground).chroma
        for role in TextRole.allCases where role != .act {
            #expect(act >= 2 * (theme.style(role).foreground?.chroma ?? 0), "\(name) \(role)")
        }
    }

    @Test("without colour weight and reverse tell what needs a person from what is bad and what is calm")
    func monochrome() {
        let theme = Theme.monochrome
        let roles: [TextRole] = [.act, .bad, .moving, .doubt, .plain]
        #expect(Set(roles.map { theme.style($0) }).count == roles.count)
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

    @Test("a role that is left out looks as plain does, a comment and an empty line say nothing")
    func left() throws {
        let theme = try Theme(
            name: "t",
            text:
                "# a theme\r\n\r\n  plain   #101112 bold\r\nact #FF0000 on #000000 underline\r\nbackground #FEFEFE\r\n")
        let plain = Style(
            foreground: Colour(red: 16, green: 17, blue: 18), background: Colour(red: 254, green: 254, blue: 254),
            bold: true)
        #expect(theme.style(.plain) == plain && theme.style(.clock) == plain)
        #expect(theme.style(.act).background == Colour(red: 0, green: 0, blue: 0) && theme.style(.act).underline)
        #expect(theme.background == Colour(red: 254, green: 254, blue: 254))
    }

    @Test(
        "what is no theme is told with its line",
        arguments: [
            ("", 1, "no line that gives"), ("# nothing\n", 2, "no line that gives"),
            ("plain #FFFFFF\ngreat #FFFFFF", 2, "'great' is no role"),
            ("plain #FFFFF", 1, "'#FFFFF' is no colour"), ("plain red", 1, "'red' is no colour"),
            ("plain #+FFFFF", 1, "is no colour"),
            ("plain", 1, "is missing"), ("plain #FFFFFF loud", 1, "'loud' is no look"),
            ("plain #FFFFFF on", 1, "'on' takes one colour"),
            ("plain #FFFFFF on #000000 on #000000", 1, "'on' takes one"),
            ("\nact #FFFFFF\nact #FFFFFF", 3, "'act' is here twice"),
            ("background #FFFFFF bold\nact #FFFFFF", 1, "takes one colour"),
            ("background #000000\nbackground #000000\nact default", 2, "twice"),
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
