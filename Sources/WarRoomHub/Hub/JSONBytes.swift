import WarRoomCore

extension JSON {
    /// The canonical text with a newline.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}
