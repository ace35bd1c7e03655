import NIOCore

/// The bridge as lines, coded once for all who are sent it.
struct BridgePicture {
    /// The last entry that it holds.
    let entry: Int
    /// How many bytes of entries there were until then.
    let place: Int
    let lines: ByteBuffer
}

/// The entries that are about to be sent, coded once for all who are subscribed. Each of them has a place of its own in
/// it: the next entry that it is to be sent.
struct Feed {
    private var bytes = ByteBuffer()
    /// Where each entry's line ends in ``bytes``.
    private var ends: [Int] = []
    /// The number of the first entry that is held.
    private var first = 1
    /// How many bytes of entries were dropped: with them a place is known for as long as the hub lives.
    private var dropped = 0

    /// The number of the entry that follows the last one that is held.
    var next: Int { first + ends.count }

    var isEmpty: Bool { ends.isEmpty }

    /// How many bytes of entries there were so far.
    var size: Int { dropped + bytes.readableBytes }

    /// Takes entries' lines, without their newlines; `number` is that of the first.
    mutating func append(_ lines: [[UInt8]], from number: Int) {
        if isEmpty { first = number }
        bytes.reserveCapacity(minimumWritableBytes: lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            bytes.writeBytes(line)
            bytes.writeInteger(UInt8(ascii: "\n"))
            ends.append(bytes.readableBytes)
        }
    }

    /// The lines from an entry on, which is held or the next; its place is counted in all bytes that there were.
    func rest(from number: Int) -> (lines: ByteBuffer, place: Int)? {
        guard number < next else { return nil }
        let from = number > first ? ends[number - first - 1] : 0
        return bytes.getSlice(at: from, length: bytes.readableBytes - from).map { ($0, dropped + from) }
    }

    /// Forgets what is held: everybody has it, or knows what is lacking.
    mutating func drop() {
        dropped += bytes.readableBytes
        first = next
        ends.removeAll(keepingCapacity: true)
        // Sockets may still hold what was sent, so it is never written over.
        bytes = ByteBuffer()
    }
}
