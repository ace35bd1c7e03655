import NIOCore
import Testing

@testable import WarRoomHub

@Suite("The row of entries that subscribers are about to be sent")
struct FeedTests {
    private func line(_ number: Int) -> [UInt8] { Array("entry \(number)".utf8) }

    private func text(_ rest: (lines: ByteBuffer, place: Int)?) -> String? { rest.map { String(buffer: $0.lines) } }

    @Test("each gets what is behind its own place, and nothing where there is nothing")
    func places() {
        var feed = Feed()
        feed.append([line(7), line(8)], from: 7)
        feed.append([line(9)], from: 9)
        #expect(feed.next == 10)
        #expect(text(feed.rest(from: 7)) == "entry 7\nentry 8\nentry 9\n")
        #expect(text(feed.rest(from: 9)) == "entry 9\n")
        #expect(text(feed.rest(from: 10)) == nil)
        // Who subscribes ahead of what there is waits for it.
        #expect(text(feed.rest(from: 12)) == nil)
    }

    @Test("a place in all bytes that there were stays what it was when the row is emptied")
    func bytes() {
        var feed = Feed()
        feed.append([line(1), line(2)], from: 1)
        #expect(feed.rest(from: 2)?.place == 8)
        feed.drop()
        #expect(feed.isEmpty && feed.next == 3 && feed.size == 16)
        #expect(text(feed.rest(from: 3)) == nil)
        feed.append([line(3)], from: 3)
        #expect(feed.rest(from: 3)?.place == 16 && feed.size == 24)
    }

    @Test("what was given out does not change when the row goes on")
    func sharing() {
        var feed = Feed()
        feed.append([line(1)], from: 1)
        let given = feed.rest(from: 1)
        feed.drop()
        feed.append([line(2)], from: 2)
        #expect(text(given) == "entry 1\n")
    }
}
