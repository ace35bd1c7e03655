package import WarRoomCore

/// The bridge as it stands, as lines for a terminal (docs/contract.md, Subscribing). They are a cache: only events and
/// the protocol are kept compatible.
package enum BridgeLines {
    /// How many bytes of tokens go into one line, so that it stays below the longest line of the protocol.
    private static let slice = 60_000

    /// The bridge in as many lines as it needs, each within the longest line of the protocol: `part` 1 to `of`, whose
    /// `tokens` in a row are the bridge. A token that is longer than a line, which no event can bring in, stands alone.
    package static func lines(for bridge: Bridge) -> [[UInt8]] {
        let parts = bridge.tokens(most: slice)
        return parts.enumerated().map { index, part in
            let place = #""format":\#(Bridge.format),"of":\#(parts.count),"part":\#(index + 1)"#
            var line = Array(#"{"bridge":{\#(place),"tokens":["#.utf8)
            line.append(contentsOf: part)
            line.append(contentsOf: "]},\"entry\":\(bridge.entry)}".utf8)
            return line
        }
    }
}
