/// A point in time: whole nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX), from the year 1677 to
/// 2262. Instants are UTC, and nanoseconds are kept as given (docs/contract.md, Time).
package struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before it.
    package var nanoseconds: Int64

    /// The instant this many nanoseconds after 1970-01-01T00:00:00Z.
    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The instant this many seconds after 1970-01-01T00:00:00Z; beyond the years that fit, the first or last instant.
    package init(seconds: Int64) { self.init(saturating: Int128(seconds) * 1_000_000_000) }

    init(saturating nanoseconds: Int128) { self.nanoseconds = Int64(clamping: nanoseconds) }

    /// The last whole second at or before the instant, in seconds since 1970-01-01T00:00:00Z.
    package var wholeSeconds: Int64 {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The first instant that there is, in the year 1677.
    package static let distantPast = Instant(nanoseconds: .min)
    /// The last instant that there is, in the year 2262.
    package static let distantFuture = Instant(nanoseconds: .max)

    /// The order of time.
    package static func < (one: Instant, other: Instant) -> Bool { one.nanoseconds < other.nanoseconds }

    /// The instant that much later; stops at the last (or first) instant instead of overflowing. Parts of a nanosecond
    /// are dropped.
    package static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(saturating: Int128(instant.nanoseconds) + duration.attoseconds / 1_000_000_000)
    }

    /// The instant that much earlier; stops at the first (or last) instant instead of overflowing.
    package static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(saturating: Int128(instant.nanoseconds) - duration.attoseconds / 1_000_000_000)
    }

    /// The time from `other` to `instant`, exact, negative when `other` is later.
    package static func - (instant: Instant, other: Instant) -> Duration {
        Duration(attoseconds: (Int128(instant.nanoseconds) - Int128(other.nanoseconds)) * 1_000_000_000)
    }
}

// MARK: RFC 3339

extension Instant {
    /// Reads a date-time of RFC 3339, strictly: the date must exist, `T` (or `t`) stands between date and time, and
    /// `Z`, `z` or `±hh:mm` at the end. Any number of fraction digits is taken, those after the ninth are dropped;
    /// 24:00 is refused. A leap second, `:60` at 23:59 UTC on the last day of a month, is the last nanosecond before
    /// the next minute; any other `:60` is refused. `nil` for all else, and for years outside 1677 to 2262.
    package init?(rfc3339 text: some StringProtocol) {
        let read =
            text.utf8.withContiguousStorageIfAvailable { Instant.read($0) }
            ?? Array(text.utf8).withUnsafeBufferPointer { Instant.read($0) }
        guard let read else { return nil }
        self = read
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
        func number(at start: Int, digits: Int) -> Int? {
            var value = 0
            for byte in bytes[start..<start + digits] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        func stands(_ character: Unicode.Scalar, at place: Int) -> Bool { UInt32(bytes[place]) == character.value }

        guard bytes.count >= 20, stands("-", at: 4), stands("-", at: 7), stands(":", at: 13), stands(":", at: 16),
            stands("T", at: 10) || stands("t", at: 10),
            let year = number(at: 0, digits: 4), let month = number(at: 5, digits: 2),
            let day = number(at: 8, digits: 2), let hour = number(at: 11, digits: 2),
            let minute = number(at: 14, digits: 2), let second = number(at: 17, digits: 2),
            hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }

        var place = 19
        var fraction = 0
        if stands(".", at: place) {
            place += 1
            let start = place
            while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 {
                if place - start < 9 { fraction = fraction * 10 + Int(bytes[place] - 0x30) }
                place += 1
            }
            guard place > start else { return nil }
            for _ in 0..<max(0, 9 - (place - start)) { fraction *= 10 }
        }

        var offset = 0
        switch bytes.count - place {
        case 1:
            guard stands("Z", at: place) || stands("z", at: place) else { return nil }
        case 6:
            guard stands("+", at: place) || stands("-", at: place), stands(":", at: place + 3),
                let hours = number(at: place + 1, digits: 2), let minutes = number(at: place + 4, digits: 2),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (stands("-", at: place) ? -60 : 60)
        default: return nil
        }

        let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        if second == 60 {
            let next = CivilDate(dayNumber: (seconds + 1) / 86_400)
            guard (seconds + 1).isMultiple(of: 86_400), next.day == 1 else { return nil }
            fraction = 999_999_999
        }
        return Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(fraction)).map(Instant.init(nanoseconds:))
    }

    /// The instant in UTC as RFC 3339 writes it, with `Z` and with 0, 3, 6 or 9 fraction digits: no more groups than
    /// it needs, so that nothing is lost.
    package var rfc3339: String {
        let (day, clock) = CivilDate.split(seconds: wholeSeconds)
        let date = CivilDate(dayNumber: day)
        // The first second of all begins before the first instant, so the product may wrap; the difference cannot.
        let fraction = Int(nanoseconds &- wholeSeconds &* 1_000_000_000)
        let (value, digits) =
            fraction == 0
            ? (0, 0)
            : fraction.isMultiple(of: 1_000_000)
                ? (fraction / 1_000_000, 3)
                : fraction.isMultiple(of: 1000) ? (fraction / 1000, 6) : (fraction, 9)
        return String(unsafeUninitializedCapacity: 30) { bytes in
            var end = 0
            func put(_ number: Int, digits: Int) {
                var rest = number
                for place in stride(from: end + digits - 1, through: end, by: -1) {
                    bytes[place] = UInt8(0x30 + rest % 10)
                    rest /= 10
                }
                end += digits
            }
            func put(_ character: Unicode.Scalar) {
                bytes[end] = UInt8(truncatingIfNeeded: character.value)
                end += 1
            }
            put(date.year, digits: 4)
            put("-")
            put(date.month, digits: 2)
            put("-")
            put(date.day, digits: 2)
            put("T")
            put(clock / 3600, digits: 2)
            put(":")
            put(clock / 60 % 60, digits: 2)
            put(":")
            put(clock % 60, digits: 2)
            if digits > 0 {
                put(".")
                put(value, digits: digits)
            }
            put("Z")
            return end
        }
    }
}

extension Int {
    /// The number in two digits at least: `07`, `31`.
    var twoDigits: String { self < 10 && self >= 0 ? "0\(self)" : "\(self)" }
}
