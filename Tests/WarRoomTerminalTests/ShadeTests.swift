import Testing
import WarRoomScreen

@testable import WarRoomTerminal

@Suite("Light or dark")
struct ShadeTests {
    /// What a terminal's bytes say of its ground, and the keys among them.
    private func read(_ text: String, pieces length: Int = 1000) -> (shade: Shade?, keys: [Key]) {
        var reader = KeyReader()
        var keys: [Key] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: length) {
            keys += reader.take(bytes[start..<min(start + length, bytes.count)], at: .zero)
        }
        keys += reader.keys(at: .seconds(5))
        return (reader.takeShade(), keys)
    }

    @Test(
        "an answer on the ground's colour is understood in every form and every piece, and is no key",
        arguments: [
            ("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}", Shade.light), ("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", .dark),
            ("\u{1B}]11;rgb:fb/fa/f7\u{7}", .light), ("\u{1B}]11;rgb:1/1/1\u{7}", .dark),
            ("\u{1B}]11;rgb:FDF/6E3/FFF\u{7}", .light), ("\u{1B}]11;rgba:0000/2b2b/3636/ffff\u{7}", .dark),
            ("\u{1B}]11;rgba:ff/ff/ff/80\u{1B}\\", .light), ("\u{1B}]11;#fdf6e3\u{7}", .light),
            ("\u{1B}]11;#002b36\u{1B}\\", .dark), ("\u{1B}]11;#ffffffff0000\u{7}", .light),
            ("\u{1B}]11;#fff\u{7}", .light),
            ("\u{9D}11;rgb:ffff/ffff/ffff\u{7}", .light),
            ("\u{1B}[?997;1n", .dark), ("\u{1B}[?997;2n", .light), ("\u{9B}?997;2n", .light),
            ("\u{1B}]11;rgb:0/0/0\u{7}\u{1B}[?997;2n", .light),
        ])
    func answers(bytes: String, shade: Shade) {
        for length in [1, 2, 3, 7, 1000] {
            let read = read("a" + bytes + "b", pieces: length)
            #expect(read.shade == shade && read.keys == [.character("a"), .character("b")], "in pieces of \(length)")
        }
    }

    @Test(
        "what is no such answer says nothing, and is no key either",
        arguments: [
            "\u{1B}]11;rgb:ffff/ffff\u{7}", "\u{1B}]11;rgb:ffff/ffff/ffff/ffff\u{7}",
            "\u{1B}]11;rgb:gggg/0000/0000\u{7}",
            "\u{1B}]11;rgb:fffff/0/0\u{7}", "\u{1B}]11;rgb:+f/+f/+f\u{7}", "\u{1B}]11;rgb://\u{7}",
            "\u{1B}]11;white\u{7}",
            "\u{1B}]11;?\u{7}", "\u{1B}]11\u{7}", "\u{1B}]\u{7}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}",
            "\u{1B}]111;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;#ffff\u{7}", "\u{1B}]11;#\u{7}",
            "\u{1B}]11;rgba:ff/ff/ff\u{7}", "\u{1B}]11;rgb:ffff/ffff/ffff\r", "\u{1B}P11;rgb:ffff/ffff/ffff\u{1B}\\",
            "\u{1B}]11;rgb:ffff/ffff/ffff" + String(repeating: " ", count: 90_000) + "\u{7}",
            "\u{1B}[?997;3n", "\u{1B}[?997n", "\u{1B}[997;2n", "\u{1B}[?997;2;1n", "\u{1B}[?997;2$n", "\u{1B}[1;2R",
        ])
    func others(bytes: String) {
        let read = read("a" + bytes + "b")
        #expect(read.shade == nil && read.keys == [.character("a"), .character("b")])
    }

    @Test("an answer that is cut off is forgotten, and the next one is read")
    func cut() {
        var reader = KeyReader()
        #expect(reader.take("\u{1B}]11;rgb:ffff/ff".utf8, at: .zero) == [])
        #expect(reader.keys(at: .seconds(2)) == [] && reader.takeShade() == nil)
        #expect(reader.take("q\u{1B}]11;rgb:0/0/0\u{7}".utf8, at: .seconds(3)) == [.character("q")])
        #expect(reader.takeShade() == .dark)
        #expect(reader.takeShade() == nil, "it is told once")
        // In a pasted text it is text.
        let text = "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}"
        #expect(reader.take("\u{1B}[200~\(text)\u{1B}[201~".utf8, at: .seconds(4)) == [.paste(text)])
        #expect(reader.takeShade() == nil)
    }

    @Test("a ground is light where black can be read better on it than white")
    func shades() {
        for (red, green, blue, shade) in [
            (255, 255, 255, Shade.light), (253, 246, 227, .light), (128, 128, 128, .light), (0, 0, 0, .dark),
            (0, 43, 54, .dark), (48, 10, 36, .dark), (0, 0, 255, .dark), (100, 100, 100, .dark),
        ] {
            let colour = Colour(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
            #expect(Shade(of: colour) == shade, "\(red) \(green) \(blue)")
        }
        #expect(GivenShade.read("15;0") == .dark && GivenShade.read("0;15") == .light)
        #expect(GivenShade.read("0;default;7") == .light && GivenShade.read("7;8") == .dark)
        for text in ["", ";", "15;default", "0;16", "0;-1", "x"] { #expect(GivenShade.read(text) == nil, "\(text)") }
    }

    @Test("auto is dark or light by the ground, and any other theme stays what it is")
    func sources() throws {
        var auto = ThemeSource("auto", on: .light)
        #expect(auto.follows && auto.name == "light")
        #expect(!auto.follow(.light) && auto.follow(.dark) && auto.name == "dark" && auto.wanted == "auto")
        var named = ThemeSource("high-contrast", on: .light)
        #expect(!named.follows && !named.follow(.dark) && named.name == "high-contrast")
        #expect(!ThemeSource("./auto.theme", on: .dark).follows)
    }
}
