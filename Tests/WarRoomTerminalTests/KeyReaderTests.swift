import Testing
import WarRoomScreen

@testable import WarRoomTerminal

@Suite("Keys out of bytes")
struct KeyReaderTests {
    /// The keys of bytes that come at once, and those that waiting brings behind them.
    private func keys(_ text: String, known: [KnownKey] = []) -> [Key] { keys(Array(text.utf8), known: known) }

    private func keys(_ bytes: [UInt8], known: [KnownKey] = []) -> [Key] {
        var reader = KeyReader(known: known)
        return reader.take(bytes, at: .zero) + reader.keys(at: .seconds(5))
    }

    @Test(
        "Home and End are known however a terminal sends them",
        arguments: [
            ("\u{1B}[1~", Key.home), ("\u{1B}[7~", .home), ("\u{1B}[H", .home), ("\u{1B}OH", .home),
            ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[F", .end), ("\u{1B}OF", .end), ("\u{9B}1~", .home),
            ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
            ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}[1C", .right), ("\u{1B}OP", .function(1)),
            ("\u{1B}[[A", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
            ("\u{1B}Op", .character("0")), ("\u{1B}OM", .enter),
        ])
    func named(bytes: String, key: Key) { #expect(keys(bytes + "x") == [key, .character("x")]) }

    @Test(
        "a sequence that is no key is nothing, and what follows it is a key",
        arguments: [
            "\u{1B}[24;80R", "\u{1B}[?1;2c", "\u{1B}[I", "\u{1B}[O", "\u{1B}[1;5C", "\u{1B}[27;5;13~", "\u{1B}[97;5u",
            "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}]52;c;cXVpdAo=\u{1B}\\", "\u{1B}P1+r436f=323536\u{1B}\\",
            "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}^private\u{1B}\\", "\u{1B}Xstart\u{1B}\\", "\u{9D}0;title\u{7}",
            "\u{1B}b", "\u{1B}\u{7F}", "\u{1B}\r", "\u{1B}é", "\u{1B}\u{1B}[A", "\u{1B}(B", "\u{1B}O5P", "\u{1B}[201~",
            "\u{1B}[2;\u{18}", "\u{1B}[<0;5;5m", "\u{1B}[<35;5;5M", "\u{1B}[99~", "\u{1B}[M#!!",
            "\u{1B}[" + String(repeating: "1;", count: 5000) + "q",
            "\u{1B}]0;" + String(repeating: "q", count: 50_000) + "\u{7}",
        ])
    func unknown(bytes: String) { #expect(keys(bytes + "x") == [.character("x")]) }

    @Test("a sequence is one thing however it is cut into pieces")
    func pieces() {
        let text = "a\u{1B}[1~b\u{1B}]0;quit\u{1B}\\c\u{1B}[200~q\u{1B}[31m\u{1B}[201~é\u{1B}OFd\u{1B}[<0;12;3M"
        let whole: [Key] = [
            .character("a"), .home, .character("b"), .character("c"), .paste("q\u{1B}[31m"), .character("é"), .end,
            .character("d"), .click(column: 11, row: 2),
        ]
        let bytes = Array(text.utf8)
        for length in 1...9 {
            var reader = KeyReader()
            var found: [Key] = []
            for (turn, start) in stride(from: 0, to: bytes.count, by: length).enumerated() {
                let now = Duration.milliseconds(40 * turn)
                found += reader.take(bytes[start..<min(start + length, bytes.count)], at: now)
            }
            #expect(found == whole, "in pieces of \(length)")
            #expect(reader.decidesAt == nil)
        }
    }

    @Test("a lone Esc is Esc once nothing follows it, and two are two")
    func escape() {
        var reader = KeyReader()
        #expect(reader.take([0x1B], at: .zero) == [])
        #expect(reader.decidesAt == KeyReader.escapeDelay)
        #expect(reader.keys(at: .milliseconds(10)) == [])
        #expect(reader.keys(at: .milliseconds(60)) == [.escape])
        #expect(reader.decidesAt == nil)
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
        #expect(keys("\u{1B}:q") == [.escape, .character(":"), .character("q")])
        // The key that a person presses next comes later.
        #expect(reader.take([0x1B], at: .seconds(1)) == [])
        #expect(reader.take([0x71], at: .seconds(2)) == [.escape, .character("q")])
    }

    @Test("what has no end swallows nothing for long, and takes no room")
    func endless() {
        var reader = KeyReader()
        for turn in 0..<200 {
            let bytes = Array((turn == 0 ? "\u{1B}]52;" : String(repeating: "q", count: 5000)).utf8)
            #expect(reader.take(bytes, at: .milliseconds(turn)) == [])
        }
        #expect(reader.take("q".utf8, at: .seconds(3)) == [.character("q")])
        // Nobody is caught in it: Enter, Ctrl-C and Esc cut it off.
        for key in ["\r", "\u{3}"] { #expect(keys("\u{1B}]0;" + key + "q") == [.character("q")]) }
        #expect(keys("\u{1B}P\u{1B}[A") == [.up])
        #expect(keys("\u{1B}[") == [])
        #expect(keys("\u{1B}[12;\u{1B}[A") == [.up])
        #expect(keys("\u{1B}[12\u{3}") == [.control("c")])
    }

    @Test("a pasted text is whole, also where its end is lost, and one that is too long is said to be")
    func paste() {
        let text = String(repeating: "wörd\n", count: 3000)
        #expect(keys("\u{1B}[200~\(text)\u{1B}[201~x") == [.paste(text), .character("x")])
        #expect(keys("\u{1B}[200~q\u{1B}[20") == [.paste("q\u{1B}[20")])
        let long = KeyReader.longestPaste + 1
        #expect(
            keys("\u{1B}[200~" + String(repeating: "q", count: long) + "\u{1B}[201~x")
                == [.overlongPaste(bytes: long), .character("x")])
    }

    @Test("what terminfo says of a terminal goes before what all have")
    func known() {
        let rxvt = [
            KnownKey(bytes: Array("\u{1B}[7$".utf8), key: nil), KnownKey(bytes: Array("\u{1B}[8~".utf8), key: .end),
            KnownKey(bytes: [0x0B], key: .up),
        ]
        #expect(keys("\u{1B}[7$x", known: rxvt) == [.character("x")])
        #expect(keys("\u{1B}[8~\u{B}\u{1B}[A", known: rxvt) == [.end, .up, .up])
    }

    @Test("characters come whole, and bytes that are none are seen to be none")
    func characters() {
        #expect(keys("qé作😀") == [.character("q"), .character("é"), .character("作"), .character("😀")])
        #expect(keys([0xE9, 0x71]) == [.character("\u{FFFD}"), .character("q")])
        #expect(keys([0xE4, 0xBD]) == [.character("\u{FFFD}")])
        #expect(keys([0xFF, 0x0D, 0x09, 0x7F]) == [.character("\u{FFFD}"), .enter, .tab, .backspace])
        #expect(keys([0x00, 0x1A]) == [.control(" "), .control("z")])
    }

    @Test("the mouse is read in all three ways in which terminals tell of it")
    func mouse() {
        #expect(
            keys("\u{1B}[<0;12;3M\u{1B}[<64;1;1M\u{1B}[<65;1;1M") == [
                .click(column: 11, row: 2), .wheelUp(column: 0, row: 0), .wheelDown(column: 0, row: 0),
            ])
        #expect(keys("\u{1B}[M ,#") == [.click(column: 11, row: 2)])
        #expect(keys("\u{1B}[32;12;3M\u{1B}[96;2;2M") == [.click(column: 11, row: 2), .wheelUp(column: 1, row: 1)])
        #expect(keys("\u{1B}[<0;99999999999999999999;3M\u{1B}[<-1;1;1M\u{1B}[<M") == [])
    }

    @Test("any bytes are read without an end of the program, and nothing of them waits for ever")
    func anything() {
        var seed: UInt64 = 13
        func next() -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed >> 33
        }
        let likely: [UInt8] = [
            0x1B, 0x1B, 0x5B, 0x4F, 0x5D, 0x3B, 0x31, 0x7E, 0x4D, 0x3C, 0x07, 0x5C, 0xC2, 0x9B, 0x71,
        ]
        var reader = KeyReader()
        for turn in 0..<20_000 {
            let bytes = (0..<(next() % 12)).map { _ in
                next() % 2 == 0 ? likely[Int(next()) % likely.count] : UInt8(truncatingIfNeeded: next())
            }
            _ = reader.take(bytes, at: .milliseconds(turn * 7))
        }
        _ = reader.keys(at: .seconds(1000))
        #expect(reader.decidesAt == nil)
    }
}
