package import WarRoomCore

/// The bridge as it stands, as lines for a terminal (docs/contract.md, Subscribing). They are a cache: only events and
/// the protocol are kept compatible.
package enum BridgeLines {
    /// Changes whenever the stored properties of ``Bridge`` or of what it holds change.
    package static let format = 9

    /// How many bytes of tokens go into one line, so that it stays below the longest line of the protocol.
    private static let slice = 60_000

    /// The bridge in as many lines as it needs, each within the longest line of the protocol: `part` 1 to `of`, whose
    /// `tokens` in a row are the bridge. A token that is longer than a line, which no event can bring in, stands alone.
    /// Throws `EncodingError` where a value cannot be coded.
    package static func lines(for bridge: Bridge) throws -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var part: [UInt8] = []
        var token: [UInt8] = []
        for value in try PositionalEncoder.encode(bridge) {
            token.removeAll(keepingCapacity: true)
            value.write(to: &token)
            if part.count + token.count >= slice, !part.isEmpty {
                parts.append(part)
                part.removeAll(keepingCapacity: true)
            }
            if !part.isEmpty { part.append(UInt8(ascii: ",")) }
            part.append(contentsOf: token)
        }
        parts.append(part)
        return parts.enumerated().map { index, part in
            var line = Array(
                "{\"bridge\":{\"format\":\(format),\"of\":\(parts.count),\"part\":\(index + 1),\"tokens\":[".utf8)
            line.append(contentsOf: part)
            line.append(contentsOf: "]},\"entry\":\(bridge.entry)}".utf8)
            return line
        }
    }

    /// A bridge from the tokens of all its parts. Throws `DecodingError` where they are none.
    static func bridge(from tokens: [JSON]) throws -> Bridge { try PositionalDecoder.decode(Bridge.self, from: tokens) }
}
