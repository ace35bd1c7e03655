import Glibc
import WarRoomCore

/// Wall time, which is what mtimes are compared with; the hub maps it to the bridge's (CONTRACT 3).
enum WallClock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(time)
    }
}

extension Instant {
    init(_ time: timespec) { self = Instant(seconds: Int64(time.tv_sec)) + .nanoseconds(time.tv_nsec) }
}

/// What the system says about an error number.
func systemText(_ code: Int32) -> String { String(cString: strerror(code)) }

/// The 64-bit FNV-1a hash: enough to tell one content of a file from the next, and the same on every machine.
func contentHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

/// The id of an event that brings none (CONTRACT 7): when, what, and which of several.
func fallbackID(_ time: Instant, _ hash: UInt64, _ places: Int...) -> String {
    ([String(time.nanoseconds), String(hash, radix: 16)] + places.map(String.init)).joined(separator: "-")
}

/// Several things in trouble in one sentence: the first by name, the rest by number.
func troubleText(_ troubles: [String], thing: String) -> String? {
    guard let first = troubles.first else { return nil }
    return switch troubles.count - 1 {
    case 0: first
    case 1: "\(first); and 1 more \(thing) in trouble"
    case let more: "\(first); and \(more) more \(thing)s in trouble"
    }
}

extension String {
    /// At most so many bytes, cut between characters' scalars.
    func capped(_ limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, String.Index(end, within: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
