import WarRoomCore

/// The parts of an event's canonical text that say who says what, found without understanding the rest: at a start
/// the hub goes over each entry of the night.
struct EventText {
    /// The members of the object, each as it stands in the text, texts without their quotes.
    private(set) var source, id, type, subject, data: Slice<UnsafeBufferPointer<UInt8>>

    /// Calls `body` with the parts of a text; with `nil` where it is not canonical, or a name in it has an escape.
    static func reading<Value>(_ text: String, _ body: (EventText?) throws -> Value) rethrows -> Value {
        var text = text
        return try text.withUTF8 { try body(EventText($0)) }
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let none = bytes[..<0]
        (source, id, type, subject, data) = (none, none, none, none, none)
        var place = 0
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        repeat {
            place += 1
            guard let key = EventText.text(in: bytes, at: &place), place < bytes.count,
                bytes[place] == UInt8(ascii: ":")
            else { return nil }
            place += 1
            switch key.count {
            case 6 where key.elementsEqual("source".utf8): guard fill(\.source, bytes, &place) else { return nil }
            case 2 where key.elementsEqual("id".utf8): guard fill(\.id, bytes, &place) else { return nil }
            case 4 where key.elementsEqual("type".utf8): guard fill(\.type, bytes, &place) else { return nil }
            case 7 where key.elementsEqual("subject".utf8): guard fill(\.subject, bytes, &place) else { return nil }
            default:
                let begin = place
                guard EventText.skip(bytes, &place) else { return nil }
                if key.elementsEqual("data".utf8) { data = bytes[begin..<place] }
            }
        } while place < bytes.count && bytes[place] == UInt8(ascii: ",")
        guard place == bytes.count - 1, bytes[place] == UInt8(ascii: "}"), !id.isEmpty, !source.isEmpty else {
            return nil
        }
    }

    private mutating func fill(
        _ part: WritableKeyPath<EventText, Slice<UnsafeBufferPointer<UInt8>>>,
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int
    ) -> Bool {
        guard let text = EventText.text(in: bytes, at: &place) else { return false }
        self[keyPath: part] = text
        return true
    }

    /// A text in quotes without an escape; the place moves behind it.
    private static func text(
        in bytes: UnsafeBufferPointer<UInt8>, at place: inout Int
    ) -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        let begin = place + 1
        place = begin
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\\") { return nil }
            place += 1
        }
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[begin..<place]
    }

    /// Moves the place behind a value of any kind.
    private static func skip(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Bool {
        var depth = 0
        var isText = false
        while place < bytes.count {
            let byte = bytes[place]
            if isText {
                if byte == UInt8(ascii: "\\") { place += 1 } else if byte == UInt8(ascii: "\"") { isText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return true }
                    depth -= 1
                case UInt8(ascii: ","): if depth == 0 { return true }
                default: break
                }
            }
            place += 1
        }
        return false
    }
}
