/// Bytes in, whole lines out.
package struct LineBuffer: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0
    private var scanned = 0

    package init() {}

    package mutating func append(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    /// How many bytes wait without a newline behind them.
    package var pendingCount: Int { bytes.count - start }

    /// Whether a whole line is there.
    package var hasLine: Bool { bytes[max(start, scanned)...].contains(UInt8(ascii: "\n")) }

    /// The next whole line without its newline; `nil` when there is none yet.
    package mutating func next() -> [UInt8]? {
        let from = max(start, scanned)
        let found = bytes.withUnsafeBufferPointer { buffer in
            buffer[from...].firstIndex(of: UInt8(ascii: "\n"))
        }
        guard let newline = found else {
            scanned = bytes.count
            // What has been given out is dropped once nothing but a rest is left, so that each byte moves once.
            if start > 0 {
                bytes.removeFirst(start)
                start = 0
                scanned = bytes.count
            }
            return nil
        }
        let line = Array(bytes[start..<newline])
        start = newline + 1
        scanned = start
        return line
    }
}
