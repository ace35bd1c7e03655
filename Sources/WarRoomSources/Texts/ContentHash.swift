import WarRoomCore

/// The 64-bit FNV-1a hash of a content. It is enough to tell one content of a file from the next, and the same on every
/// machine.
func contentHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

/// The id of an event that brings none (docs/contract.md, Sources): when it was written, what it says, and which of
/// several it is.
func fallbackID(_ time: Instant, _ hash: UInt64, _ places: Int...) -> String {
    ([String(time.nanoseconds), String(hash, radix: 16)] + places.map(String.init)).joined(separator: "-")
}
