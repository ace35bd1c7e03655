/// Writes a row of tokens, cut into parts of no more than so many bytes. A token that is longer than that stands alone.
struct PositionalWriter {
    private let most: Int
    private var whole: [[UInt8]] = []
    private var part: [UInt8] = []

    init(most: Int) { self.most = most }

    /// The parts so far, each with commas between its tokens.
    var parts: [[UInt8]] { whole + [part] }

    mutating func put(_ value: some Positional) { value.write(to: &self) }

    mutating func put(_ value: Bool) { token { $0.append(contentsOf: (value ? "true" : "false").utf8) } }

    mutating func put(_ value: Int64) { token { $0.append(contentsOf: String(value).utf8) } }

    mutating func put(_ value: String) { token { JSON.write(value, to: &$0) } }

    private mutating func token(_ write: (inout [UInt8]) -> Void) {
        let before = part.count
        if before > 0 { part.append(UInt8(ascii: ",")) }
        write(&part)
        guard part.count >= most, before > 0 else { return }
        let last = Array(part[(before + 1)...])
        part.removeSubrange(before...)
        whole.append(part)
        part = last
    }
}
