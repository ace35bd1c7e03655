import WarRoomCore
import WarRoomDigest
import WarRoomWire

/// The bridge as of an entry, and what of each source's words was in the journal then: what a start need not work out
/// again. It is a cache of the program that wrote it, and can always be made anew from the journal.
struct Snapshot {
    let bridge: Bridge
    /// What of each source's words was in the journal, as the hub has written it.
    let words: [String: JSON]

    /// A snapshot as bytes: a line that says whose it is, with the digest of the rest; what sources said; the lines of
    /// the bridge.
    static func bytes(_ bridge: Bridge, _ words: [String: JSON], program: String) -> [UInt8] {
        var all = JSON.Object()
        for (id, word) in words { all[id] = word }
        var body = JSON.object(["words": .object(all)]).bytes
        for line in BridgeLines.lines(for: bridge) { body += line + [0x0A] }
        let head = JSON.object([
            "snapshot": .object(["program": .string(program), "digest": .string(SHA256.hex(of: body))])
        ])
        return head.bytes + body
    }

    /// Reads what `bytes(_:_:program:)` wrote. Throws ``JournalFault`` where it is damaged, or of another program.
    init(_ bytes: [UInt8], program: String) throws(JournalFault) {
        guard let end = bytes.firstIndex(of: 0x0A), let head = (try? JSON(parsing: bytes[..<end]))?["snapshot"] else {
            throw JournalFault("it is none")
        }
        guard head["program"]?.text == program else { throw JournalFault("another program wrote it") }
        let body = bytes[(end + 1)...]
        guard head["digest"]?.text == SHA256.hex(of: body) else { throw JournalFault("it is damaged") }
        var lines = body.split(separator: 0x0A)[...]
        guard let first = lines.popFirst(), let words = (try? JSON(parsing: first))?["words"]?.object else {
            throw JournalFault("it holds nothing that sources said")
        }
        var attachment = Attachment()
        for line in lines { _ = attachment.take(HubLine(understanding: Array(line)), monotonic: .zero) }
        guard let bridge = attachment.bridge else { throw JournalFault("it holds no bridge that can be read") }
        self.bridge = bridge
        self.words = Dictionary(uniqueKeysWithValues: words.members.map { ($0.key, $0.value) })
    }
}
