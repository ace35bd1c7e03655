/// Characters that no XML text may hold, and that runners write all the same: what a program printed, colours and all,
/// stands in the name of a case or in its message.
enum XMLCharacters {
    /// The bytes with a question mark in the place of each such character; `nil` where there is none, or the text is in
    /// an encoding whose bytes say nothing of themselves.
    static func mended(_ bytes: [UInt8]) -> [UInt8]? {
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        var mended: [UInt8] = []
        mended.reserveCapacity(bytes.count)
        var hasMended = false
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if isControl(byte) {
                mended.append(UInt8(ascii: "?"))
                hasMended = true
                place += 1
            } else if byte == UInt8(ascii: "&"), let end = endOfBadReference(bytes, place) {
                mended.append(UInt8(ascii: "?"))
                hasMended = true
                place = end
            } else if byte == 0xEF,
                bytes[place...].starts(with: [0xEF, 0xBF, 0xBE])
                    || bytes[place...].starts(with: [0xEF, 0xBF, 0xBF])
            {
                mended.append(UInt8(ascii: "?"))
                hasMended = true
                place += 3
            } else {
                mended.append(byte)
                place += 1
            }
        }
        return hasMended ? mended : nil
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// Where a reference such as `&#27;` ends that names a character which may not be; `nil`: it is none of these.
    private static func endOfBadReference(_ bytes: [UInt8], _ start: Int) -> Int? {
        let longest = 12
        guard let end = bytes[start...].prefix(longest).firstIndex(of: UInt8(ascii: ";")), end > start + 2,
            bytes[start + 1] == UInt8(ascii: "#")
        else { return nil }
        let isHex = bytes[start + 2] == UInt8(ascii: "x")
        let digits = String(decoding: bytes[(start + (isHex ? 3 : 2))..<end], as: UTF8.self)
        guard let value = UInt32(digits, radix: isHex ? 16 : 10) else { return nil }
        let isGood =
            value == 0x09 || value == 0x0A || value == 0x0D
            || value >= 0x20 && value != 0xFFFE && value != 0xFFFF && Unicode.Scalar(value) != nil
        return isGood ? nil : end + 1
    }
}
