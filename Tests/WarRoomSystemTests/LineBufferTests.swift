import Testing
import WarRoomSystem

@Suite struct LineBufferTests {
    private func text(_ line: LineBuffer.Line?) -> String? {
        line?.bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `lines that come in pieces are given out whole, each with the place at which it begins`() {
        let whole = "one\ntwo\n\nthree\n"
        for size in 1...whole.utf8.count {
            var buffer = LineBuffer()
            var lines: [LineBuffer.Line] = []
            var rest = Array(whole.utf8)[...]
            while !rest.isEmpty {
                buffer.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                while let line = buffer.nextLine() { lines.append(line) }
            }
            #expect(lines.map(text) == ["one", "two", "", "three"], "in pieces of \(size)")
            #expect(lines.map(\.place) == [0, 4, 8, 9], "in pieces of \(size)")
            #expect(buffer.end == whole.utf8.count && buffer.pendingCount == 0 && !buffer.hasLine)
        }
    }

    @Test func `a line that is too long is given out once without its bytes, and the next one is whole`() {
        let long = String(repeating: "x", count: 25)
        for size in 1...40 {
            var buffer = LineBuffer(longest: 10)
            var lines: [LineBuffer.Line] = []
            var rest = Array("0123456789\n\(long)\nnext\n".utf8)[...]
            while !rest.isEmpty {
                buffer.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                while let line = buffer.nextLine() { lines.append(line) }
            }
            #expect(lines.map(text) == ["0123456789", nil, "next"], "in pieces of \(size)")
            #expect(lines.map(\.place) == [0, 11, 37], "in pieces of \(size)")
        }
    }

    @Test func `a line without end is known to be too long before its end, and is not kept`() {
        var buffer = LineBuffer(longest: 10)
        buffer.append("01234567890".utf8)
        let long = buffer.nextLine()
        #expect(long?.place == 0 && long?.bytes == nil)
        for _ in 0..<100 {
            buffer.append("more and more".utf8)
            #expect(buffer.nextLine() == nil)
            #expect(buffer.pendingCount == 0)
        }
        buffer.append("\nnext\n".utf8)
        #expect(text(buffer.nextLine()) == "next")
    }

    @Test func `whoever asks for whole lines only does not hear of those that are too long`() {
        var buffer = LineBuffer(longest: 3)
        buffer.append("long\none\nlonger".utf8)
        #expect(buffer.next() == Array("one".utf8))
        #expect(buffer.next() == nil)
    }

    @Test func `what waits without a newline can be taken, once, but nothing of a line that was too long`() {
        var buffer = LineBuffer(longest: 10)
        buffer.append("one\nrest".utf8)
        #expect(text(buffer.nextLine()) == "one")
        let rest = buffer.takeRest()
        #expect(text(rest) == "rest" && rest?.place == 4)
        #expect(buffer.takeRest() == nil)
        buffer.append("01234567890".utf8)
        #expect(buffer.nextLine()?.place == 8)
        buffer.append("its end".utf8)
        #expect(buffer.takeRest() == nil)
    }
}
