import Testing

@testable import WarRoomScreen

@Suite("Text fields")
struct TextFieldTests {
    func field(_ text: String, _ keys: Key...) -> TextField {
        var field = TextField(text)
        for key in keys {
            let isTaken = field.press(key)
            #expect(isTaken)
        }
        return field
    }

    @Test("text goes in where the cursor stands")
    func insert() {
        #expect(field("ac", .left, .character("b")).text == "abc")
        #expect(field("bc", .home, .character("a")).text == "abc")
        #expect(field("ab", .control("a"), .control("e"), .character("c")).text == "abc")
    }

    @Test("keys take away what people expect")
    func remove() {
        #expect(field("abc", .backspace).text == "ab")
        #expect(field("abc", .home, .delete).text == "bc")
        #expect(field("abc", .left, .control("k")).text == "ab")
        #expect(field("abc", .left, .control("u")).text == "c")
        #expect(field("one two  ", .control("w")).text == "one ")
        #expect(field("", .backspace, .delete, .left, .right, .control("w"), .control("k"), .control("u")).text == "")
    }

    @Test("a wide character and a combining one are one step each")
    func wide() {
        #expect(field("作者e\u{301}", .backspace).text == "作者")
        #expect(field("作者", .left, .character("x")).text == "作x者")
        #expect(field("e", .paste("\u{301}")).text == "e\u{301}")
        #expect(field("e", .paste("\u{301}")).cursor == 1)
    }

    @Test("what is pasted comes in as one clean line")
    func paste() {
        #expect(field("", .paste("a\nb\u{1B}[31mc\u{202E}\u{0}d")).text == "a bc d")
    }

    @Test("a long text is kept whole, and the field says how many bytes are too many until it fits")
    func long() {
        let most = String(repeating: "x", count: TextField.limit)
        #expect(field("", .paste(most)).text == most)
        #expect(field("", .paste(most)).excess == 0)
        #expect(field("", .paste(most), .character("é")).excess == 2)
        #expect(field("", .paste(most), .character("é")).text == most + "é")
        #expect(field("", .paste(most), .paste("yz"), .backspace, .backspace).excess == 0)
    }

    @Test("the cursor is always in the window, whatever the width")
    func window() {
        var field = TextField("作者 has written a long note about e\u{301} and more")
        for _ in 0..<60 {
            for width in 0...40 {
                let (text, cursor) = field.window(width)
                #expect(CellWidth.of(text) <= max(width, 0))
                #expect(cursor < max(width, 1))
            }
            _ = field.press(.left)
        }
    }
}
