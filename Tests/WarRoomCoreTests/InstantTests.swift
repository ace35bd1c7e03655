import FoundationEssentials
import Testing

@testable import WarRoomCore

@Suite("Instants, days and durations")
struct InstantTests {
    @Test(
        "RFC 3339 is read to the nanosecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2025-09-14T04:31:07-04:00", 1_757_838_667_000_000_000),
            ("2025-09-14T14:01:07+05:30", 1_757_838_667_000_000_000),
            ("2025-09-14t08:31:07z", 1_757_838_667_000_000_000),
            ("2025-09-14T08:31:07.5Z", 1_757_838_667_500_000_000),
            ("2025-09-14T08:31:07.123456789Z", 1_757_838_667_123_456_789),
            ("2025-09-14T08:31:07.123456789999Z", 1_757_838_667_123_456_789),
            ("2025-09-14T08:31:07-00:00", 1_757_838_667_000_000_000),
            ("2024-02-29T12:00:00Z", 1_709_208_000_000_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_799_999_999_999),
            ("2017-01-01T05:29:60.25+05:30", 1_483_228_799_999_999_999),
            ("1969-12-31T23:59:59.999999999Z", -1),
            ("1677-09-21T00:12:43.145224192Z", Int64.min),
            ("2262-04-11T23:47:16.854775807Z", Int64.max),
        ])
    func reads(text: String, nanoseconds: Int64) {
        #expect(Instant(rfc3339: text)?.nanoseconds == nanoseconds)
        #expect(Instant(rfc3339: Substring("x" + text).dropFirst())?.nanoseconds == nanoseconds)
    }

    @Test(
        "What is not RFC 3339 is refused",
        arguments: [
            "", "Z", "2025-09-14", "2025-09-14T08:31:07", "2025-09-14 08:31:07Z", "2025-09-14_08:31:07Z",
            "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2025-00-14T00:00:00Z", "2025-13-14T00:00:00Z",
            "2025-09-00T00:00:00Z", "2025-09-31T00:00:00Z", "2025-09-14T24:00:00Z", "2025-09-14T08:60:00Z",
            "2025-09-14T08:31:61Z", "2025-09-14T08:31:60Z", "2025-09-14T23:59:60Z", "2016-12-31T23:59:60+01:00",
            "2025-09-14T08:31:07.Z", "2025-09-14T08:31:07,5Z", "2025-09-14T08:31:07.5", "2025-09-14T08:31:07Zjunk",
            " 2025-09-14T08:31:07Z", "2025-09-14T08:31:07Z ", "2026-3-8T6:59:59Z", "2025-09-14T08:31Z",
            "2025-09-14T08:31:07+24:00", "2025-09-14T08:31:07+05:60", "2025-09-14T08:31:07+0530",
            "2025-09-14T08:31:07+05", "2025-09-14T08:31:07+5:30", "2025-09-14T08:31:07 05:30", "+025-09-14T08:31:07Z",
            "2025-09-14T08:31:+7Z", "2025-09-14T08:31:0\u{664}Z", "１025-09-14T08:31:07Z", "2025-09-14T08:31:07\u{0}",
            "1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z", "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
        ])
    func refuses(text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test(
        "An instant is written with as many groups of fraction digits as it needs",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_757_838_667_500_000_000, "2025-09-14T08:31:07.500Z"),
            (1_757_838_667_000_020_000, "2025-09-14T08:31:07.000020Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
            (Int64.min, "1677-09-21T00:12:43.145224192Z"), (Int64.max, "2262-04-11T23:47:16.854775807Z"),
        ])
    func writes(nanoseconds: Int64, text: String) { #expect(Instant(nanoseconds: nanoseconds).rfc3339 == text) }

    @Test("What is written is read back, anywhere between the first and the last instant")
    func roundTrip() {
        var random = SeededNumbers(seed: 1)
        for _ in 0..<20_000 {
            let instant = Instant(nanoseconds: Int64(bitPattern: random.next()))
            #expect(Instant(rfc3339: instant.rfc3339) == instant)
        }
    }

    @Test("Every prefix and every changed byte of a date-time is refused or read, never a crash")
    func damaged() {
        let bytes = Array("2025-09-14T08:31:07.123456789-04:00".utf8)
        for end in 0..<bytes.count { #expect(Instant(rfc3339: String(decoding: bytes[..<end], as: UTF8.self)) == nil) }
        for place in bytes.indices {
            for byte in UInt8(0)..<128 {
                var changed = bytes
                changed[place] = byte
                if let read = Instant(rfc3339: String(decoding: changed, as: UTF8.self)) {
                    #expect(Instant(rfc3339: read.rfc3339) == read)
                }
            }
        }
    }

    @Test("Sums stop at the first and the last instant, differences are exact")
    func saturating() {
        let (past, future) = (Instant.distantPast, Instant.distantFuture)
        #expect(future + .nanoseconds(1) == future)
        #expect(past - .nanoseconds(1) == past)
        #expect(past + .seconds(Int64.max) == future)
        #expect(future - .seconds(Int64.max) == past)
        #expect(past + (future - past) == future)
        #expect(future - (future - past) == past)
        #expect((past - future).nanosecondCount == .min)
        #expect(Instant(seconds: .max) == future)
        #expect(Instant(seconds: .min) == past)
        #expect(Instant(seconds: 7) + .milliseconds(-500) == Instant(nanoseconds: 6_500_000_000))
        #expect(Instant(seconds: 7) - Instant(seconds: 10) == .seconds(-3))
        #expect(Duration.seconds(Int64.max).nanosecondCount == .max)
        #expect(Duration.nanoseconds(-7).nanosecondCount == -7)
        #expect(Instant(nanoseconds: -1).wholeSeconds == -1)
    }

    @Test("The calendar agrees with itself from 1600 to 2400: days follow each other, weekdays too")
    func calendar() throws {
        var date = try #require(CivilDate(year: 1600, month: 1, day: 1))
        #expect(date.weekday == .saturday)
        while date.year < 2400 {
            let next = date.adding(days: 1)
            #expect(next.dayNumber == date.dayNumber + 1 && next > date)
            #expect(next.weekday.rawValue == (date.weekday.rawValue + 1) % 7)
            #expect(CivilDate(year: next.year, month: next.month, day: next.day) == next)
            date = next
        }
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
        #expect(CivilDate("2025-09-14")?.weekday == .sunday)
        #expect(CivilDate("0999-09-04")?.description == "0999-09-04")
        for text in ["2026-02-30", "2025-9-14", "2025-09-14 ", "2025/09/14", "+025-09-14", ""] {
            #expect(CivilDate(text) == nil)
        }
        #expect(CivilDate(dayNumber: .max).year == 9999)
        #expect(CivilDate(dayNumber: .min).year == -9999)
        #expect(CivilDate(dayNumber: 1).adding(days: .max).year == 9999)
    }

    @Test("Weekdays are read in any case, short and written out")
    func weekdays() {
        for day in Weekday.allCases {
            for text in [day.short, day.short.lowercased(), day.short.uppercased(), day.name, day.name.lowercased()] {
                #expect(Weekday(short: text) == day)
            }
        }
        for text in ["", "S", "Sa", "Satu", "Saturdays", "Sat "] { #expect(Weekday(short: text) == nil) }
    }

    @Test(
        "Durations are read with their units",
        arguments: [
            ("45m", 2700), ("2s", 2), ("5m", 300), ("60s", 60), ("1h30m", 5400), ("2d", 172_800), ("0s", 0),
            ("1d2h3m4s", 93_784), ("90m", 5400),
        ])
    func durations(text: String, seconds: Int) {
        #expect(Duration(written: text) == .seconds(seconds))
        #expect(Duration(written: Substring(text)) == .seconds(seconds))
    }

    @Test("Milliseconds are read too, and what is read is written back")
    func notation() {
        #expect(Duration(written: "250ms") == .milliseconds(250))
        #expect(Duration(written: "1s5ms") == .milliseconds(1005))
        for text in ["45m", "2s", "1h30m", "250ms", "2d", "1d2h3m4s5ms", "0s"] {
            #expect(Duration(written: text)?.notation == text)
        }
        #expect(Duration.seconds(-90).notation == "-1m30s")
        #expect(Duration.nanoseconds(-90).notation == "0s")
        #expect(Duration.nanoseconds(Int64.min).notation == "-106751d23h47m16s854ms")
    }

    @Test(
        "Durations without units, with blanks, signs, fractions or the wrong order are refused",
        arguments: [
            "", "45", "m", "45 m", " 45m", "45m ", "-45m", "+45m", "1.5h", "30m1h", "1m1m", "1h30", "45M", "45min",
            "1w", "4\u{665}m", "999999999999999999999s", "106752d", "9223372036854775807d", "1e3s", "45m\u{0}",
        ])
    func refusedDurations(text: String) { #expect(Duration(written: text) == nil) }

    @Test(
        "Durations read shortly on a screen, rounded down for ages and up for time that is left",
        arguments: [
            (0.0, "0 s", "0 s"), (0.3, "0 s", "1 s"), (22, "22 s", "22 s"), (60, "60 s", "60 s"),
            (61, "1 min", "2 min"),
            (67, "1 min", "2 min"), (120, "2 min", "2 min"), (833, "13 min", "14 min"), (3599, "59 min", "1 h"),
            (3600, "1 h", "1 h"), (14_700, "4 h 05", "4 h 05"), (47_940, "13 h 19", "13 h 19"),
            (86_399, "23 h 59", "1 d"), (86_400, "1 d", "1 d"), (183_600, "2 d 3 h", "2 d 3 h"),
            (183_601, "2 d 3 h", "2 d 4 h"), (-900, "-15 min", "-15 min"), (-0.3, "0 s", "-1 s"),
        ])
    func readings(seconds: Double, age: String, left: String) {
        #expect(Duration.seconds(seconds).written == age)
        #expect(Duration.seconds(seconds).writtenLeft == left)
    }

    @Test("An instant is sent as one number, a zone as one text")
    func coding() throws {
        #expect(sent(Instant.distantPast) == "-9223372036854775808")
        #expect(sent(Zone.utc) == #""0 UTC @UTC""#)
        #expect(try sentAndRead(Instant.distantFuture) == .distantFuture)
        for text in [#""2026-02-30""#, #""""#, "7"] {
            #expect(throws: PositionalFault.self) { try PositionalReader.read(Array(text.utf8)) as Zone }
        }
    }

    @Test("The longest durations can be read")
    func longestReading() {
        #expect(Duration.seconds(Int64.max).written == "106751 d 23 h")
        #expect(Duration.nanoseconds(Int64.min).writtenLeft == "-106752 d")
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The tokens as which a value is sent.
private func sent(_ value: some Positional) -> String {
    var writer = PositionalWriter(most: .max)
    writer.put(value)
    return String(decoding: writer.parts[0], as: UTF8.self)
}

/// What arrives in another process when a value is sent.
func sentAndRead<Value: Positional>(_ value: Value) throws -> Value {
    try PositionalReader.read(Array(sent(value).utf8))
}
