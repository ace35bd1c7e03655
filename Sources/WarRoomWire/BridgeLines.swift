public import WarRoomCore

/// The bridge as it stands, as lines for a terminal (CONTRACT 4, `subscribe` without `from`). It is a cache: only
/// events and the protocol are kept compatible.
public enum BridgeLines {
    /// Changes whenever the stored properties of ``Bridge`` or of what it holds change.
    public static let format = 1

    /// How much of the text goes into one line: with every quote escaped it stays below the longest line.
    private static let slice = 30_000

    /// The bridge in as many lines as it needs, each within the longest line of the protocol: the first to last `part`
    /// of `of`, whose `text` in a row is one JSON array. Throws `EncodingError` where a value cannot be coded.
    public static func lines(for bridge: Bridge) throws -> [[UInt8]] {
        var text: [UInt8] = []
        JSON.array(try PositionalEncoder.encode(bridge)).write(to: &text)
        var starts = [0]
        while text.count - starts.last! > slice {
            var end = starts.last! + slice
            while text[end] & 0xC0 == 0x80 { end -= 1 }
            starts.append(end)
        }
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : text.count
            var line: [UInt8] = []
            JSON.object([
                "bridge": .object([
                    "format": .number(format), "part": .number(index + 1), "of": .number(starts.count),
                    "text": .string(String(decoding: text[starts[index]..<end], as: UTF8.self)),
                ]),
                "entry": .number(bridge.entry),
            ]).write(to: &line)
            return line
        }
    }

    /// A bridge from the texts of all its parts. Throws `JSONFault` or `DecodingError` where they are none.
    static func bridge(from text: String) throws -> Bridge {
        guard case .array(let tokens) = try JSON(parsing: text) else {
            throw JSONFault(offset: 0, reason: "an array was expected")
        }
        return try PositionalDecoder.decode(Bridge.self, from: tokens)
    }
}
