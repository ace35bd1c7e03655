import Glibc
import Testing

@testable import WarRoomCore

@Suite("Zones")
struct ZoneTests {
    private let newYork: Zone
    private let kolkata: Zone

    init() throws {
        newYork = Zone(identifier: "America/New_York", rule: try ZoneRule("EST5EDT,M3.2.0,M11.1.0"))
        kolkata = Zone(identifier: "Asia/Kolkata", rule: try ZoneRule("IST-5:30"))
    }

    private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    private func instant(_ zone: Zone, _ date: (Int, Int, Int), _ hour: Int, _ minute: Int) throws -> Instant {
        let resolved = zone.resolve(
            year: date.0, month: date.1, day: date.2, hour: hour, minute: minute, second: 0)
        guard case .one(let instant) = resolved else { throw ZoneFault("\(resolved)") }
        return instant
    }

    // MARK: The night of the page

    /// Days after the Saturday, home clock, and India then: the page's written times. The first has no second half.
    static let seedPairs: [(day: Int, hour: Int, minute: Int, september: String, november: String)] = [
        (0, 19, 0, "Sun 04:30", "Sun 05:30"), (0, 22, 0, "Sun 07:30", "Sun 08:30"), (1, 2, 0, "Sun 11:30", "Sun 12:30"),
        (1, 4, 15, "Sun 13:45", "Sun 14:45"), (1, 4, 30, "Sun 14:00", "Sun 15:00"),
        (1, 4, 45, "Sun 14:15", "Sun 15:15"),
        (1, 5, 0, "Sun 14:30", "Sun 15:30"), (1, 8, 0, "Sun 17:30", "Sun 18:30"),
    ]

    @Test("The page's pairs hold on 2025-09-14, and are an hour off on 2025-11-09", arguments: seedPairs)
    func seedPairHolds(pair: (day: Int, hour: Int, minute: Int, september: String, november: String)) throws {
        func india(_ time: Instant) -> String { "\(kolkata.local(time).day3) \(kolkata.local(time).clock)" }
        let september = try instant(newYork, (2025, 9, 13 + pair.day), pair.hour, pair.minute)
        let november = try instant(newYork, (2025, 11, 8 + pair.day), pair.hour, pair.minute)
        #expect(india(september) == pair.september)
        #expect(newYork.offset(at: september).abbreviation == "EDT")
        #expect(india(november) == pair.november)
        #expect(newYork.offset(at: november).abbreviation == "EST")
    }

    @Test("What clocks and calendars show has its parts")
    func localTime() throws {
        let local = newYork.local(try instant("2025-09-14T08:31:07.9Z"))
        #expect(local.clock == "04:31" && local.clockWithSeconds == "04:31:07" && local.day3 == "Sun")
        #expect(local.dayMonth == "14 Sep" && local.date == "2025-09-14" && local.weekday == .sunday)
        #expect(local.offset == -14_400 && local.abbreviation == "EDT")
        #expect(kolkata.local(try instant("2025-11-02T18:30:00Z")).dayMonth == "3 Nov")
    }

    @Test("Column heads carry the office's word and the truth")
    func headings() throws {
        let september = try instant("2025-09-14T08:31:07Z")
        let november = try instant("2025-11-09T08:31:07Z")
        let kathmandu = Zone(identifier: "Asia/Kathmandu", rule: try ZoneRule("<+0545>-5:45"))
        #expect(newYork.heading(label: "EST", at: september) == "EST (EDT, UTC-4)")
        #expect(newYork.heading(label: "EST", at: november) == "EST (UTC-5)")
        #expect(newYork.heading(label: "Eastern", at: november) == "Eastern (EST, UTC-5)")
        #expect(kolkata.heading(label: "IST", at: september) == "IST (UTC+5:30)")
        #expect(kathmandu.heading(label: "KTM", at: september) == "KTM (UTC+5:45)")
        #expect(Zone.utc.heading(label: "UTC", at: september) == "UTC (UTC+0)")
        let mean = Zone(identifier: "X", rule: try ZoneRule("LMT4:56:02"))
        #expect(mean.heading(label: "X", at: september) == "X (LMT, UTC-4:56:02)")
    }

    // MARK: Changes

    @Test("American clocks change at 06:00Z on 2025-11-02 and at 07:00Z on 2026-03-08, to the nanosecond")
    func changes() throws {
        for zone in [newYork, try systemZone("America/New_York") ?? newYork] {
            let back = try instant("2025-11-02T06:00:00Z")
            let forth = try instant("2026-03-08T07:00:00Z")
            #expect(zone.offset(at: back - .nanoseconds(1)) == (-14_400, "EDT"))
            #expect(zone.offset(at: back) == (-18_000, "EST"))
            #expect(zone.offset(at: forth - .nanoseconds(1)) == (-18_000, "EST"))
            #expect(zone.offset(at: forth) == (-14_400, "EDT"))
            #expect(zone.nextChange(after: back - .nanoseconds(1)) == back)
            #expect(zone.nextChange(after: back) == forth)
            #expect(zone.local(back - .nanoseconds(1)).clockWithSeconds == "01:59:59")
            #expect(zone.local(back).clockWithSeconds == "01:00:00")
            #expect(zone.local(forth).clockWithSeconds == "03:00:00")
        }
        #expect(kolkata.nextChange(after: try instant("2025-11-02T06:00:00Z")) == nil)
    }

    @Test("The skipped hour has two offers, the doubled one two instants, their edges one")
    func gapsAndDoubles() throws {
        func march(_ hour: Int, _ minute: Int, _ second: Int) -> WallResolution {
            newYork.resolve(year: 2026, month: 3, day: 8, hour: hour, minute: minute, second: second)
        }
        func november(_ hour: Int, _ minute: Int, _ second: Int) -> WallResolution {
            newYork.resolve(year: 2025, month: 11, day: 2, hour: hour, minute: minute, second: second)
        }
        let gap = WallResolution.gap(
            before: try instant("2026-03-08T06:59:00Z"), after: try instant("2026-03-08T07:00:00Z"))
        #expect(march(1, 59, 59) == .one(try instant("2026-03-08T06:59:59Z")))
        #expect(march(2, 0, 0) == gap)
        #expect(march(2, 59, 59) == gap)
        #expect(march(3, 0, 0) == .one(try instant("2026-03-08T07:00:00Z")))
        #expect(november(0, 59, 59) == .one(try instant("2025-11-02T04:59:59Z")))
        #expect(
            november(1, 0, 0)
                == .two(first: try instant("2025-11-02T05:00:00Z"), second: try instant("2025-11-02T06:00:00Z")))
        #expect(
            november(1, 59, 59)
                == .two(first: try instant("2025-11-02T05:59:59Z"), second: try instant("2025-11-02T06:59:59Z")))
        #expect(november(2, 0, 0) == .one(try instant("2025-11-02T07:00:00Z")))
    }

    @Test("The night from 22:00 to 05:00 is 7 hours long, 6 in March and 8 in November")
    func lengths() throws {
        func length(_ year: Int, _ month: Int, _ sunday: Int) throws -> Duration {
            try instant(newYork, (year, month, sunday), 5, 0) - instant(newYork, (year, month, sunday - 1), 22, 0)
        }
        #expect(try length(2025, 9, 14) == .seconds(7 * 3600))
        #expect(try length(2026, 3, 8) == .seconds(6 * 3600))
        #expect(try length(2027, 3, 14) == .seconds(6 * 3600))
        #expect(try length(2025, 11, 2) == .seconds(8 * 3600))
    }

    @Test("Every wall time is found again from the instants that show it, around the changes of odd zones")
    func roundTrip() throws {
        for (name, rule) in [
            ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"), ("Asia/Kathmandu", "<+0545>-5:45"),
            ("Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
            ("Pacific/Chatham", "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45"),
            ("Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"),
            ("America/Nuuk", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), ("Asia/Gaza", "EET-2EEST,M3.4.4/50,M10.4.4/50"),
        ] {
            let zone = Zone(identifier: name, rule: try ZoneRule(rule))
            var around = [try instant("2025-09-14T08:31:07Z")]
            for _ in 0..<4 { around += zone.nextChange(after: around[around.count - 1]).map { [$0] } ?? [] }
            for middle in around {
                for minutes in stride(from: -24 * 60, through: 24 * 60, by: 15) {
                    let instant = middle + .seconds(minutes * 60)
                    let local = zone.local(instant)
                    let resolved = zone.resolve(
                        year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute,
                        second: local.second)
                    switch resolved {
                    case .one(let found): #expect(found == instant)
                    case .two(let first, let second): #expect((first == instant || second == instant) && first < second)
                    case .gap: Issue.record("\(name) shows \(local) which it does not have")
                    }
                }
            }
        }
    }

    @Test("Zones with odd offsets and southern summers read as their laws have it")
    func oddZones() throws {
        func offsets(_ rule: String, _ times: String...) throws -> [Int] {
            let rule = try ZoneRule(rule)
            return try times.map { rule.offset(at: try instant($0)).seconds / 60 }
        }
        #expect(try offsets("<+0545>-5:45", "2025-01-01T00:00:00Z") == [345])
        #expect(
            try offsets(
                "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2025-04-05T14:59:59Z", "2025-04-05T15:00:00Z",
                "2025-10-04T15:29:59Z", "2025-10-04T15:30:00Z", "2026-01-01T00:00:00Z") == [660, 630, 630, 660, 660])
        #expect(
            try offsets(
                "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2025-04-05T13:59:59Z", "2025-04-05T14:00:00Z",
                "2025-09-27T13:59:59Z", "2025-09-27T14:00:00Z") == [825, 765, 765, 825])
        #expect(try offsets("IST-1GMT0,M10.5.0,M3.5.0/1", "2025-01-15T00:00:00Z", "2025-07-15T00:00:00Z") == [0, 60])
        #expect(
            try offsets(
                "EST5EDT4,0/0,J365/25", "2024-12-31T23:00:00Z", "2025-01-01T04:59:59Z", "2025-01-01T05:00:00Z",
                "2024-02-29T12:00:00Z") == [-240, -240, -240, -240])
        #expect(try ZoneRule("AAA3BBB,J60,J300").offset(at: try instant("2024-03-01T04:59:59Z")).seconds == -10_800)
        #expect(try ZoneRule("AAA3BBB,J60,J300").offset(at: try instant("2024-03-01T05:00:00Z")).seconds == -7200)
        #expect(try ZoneRule("AAA3BBB,59,299").offset(at: try instant("2024-02-29T05:00:00Z")).seconds == -7200)
    }

    @Test("Summer time all the year has no changes, and reads the same for ever")
    func summerAlways() throws {
        let zone = Zone(identifier: "X", rule: try ZoneRule("EST5EDT4,0/0,J365/25"))
        #expect(zone.nextChange(after: try instant("2025-06-01T00:00:00Z")) == nil)
        #expect(zone.offset(at: .distantPast) == (-14_400, "EDT"))
        #expect(zone.offset(at: .distantFuture) == (-14_400, "EDT"))
    }

    @Test("Wall times at the ends of time and of numbers are resolved without a crash")
    func extremes() throws {
        for zone in [newYork, kolkata, .utc] {
            for instant in [Instant.distantPast, .distantFuture] {
                #expect(zone.local(instant).year == (instant == .distantPast ? 1677 : 2262))
                #expect(zone.nextChange(after: .distantFuture).map { $0 >= instant } ?? true)
                _ = zone.during(instant, instant)
            }
            for number in [Int.min, -1, 0, 1, Int.max] {
                _ = zone.resolve(year: number, month: number, day: number, hour: number, minute: number, second: number)
                _ = zone.resolve(year: 2025, month: number, day: number, hour: 0, minute: number, second: 0)
            }
        }
        #expect(
            Zone.utc.resolve(year: 2025, month: 13, day: 0, hour: 24, minute: -60, second: 3600)
                == .one(try instant("2026-01-01T00:00:00Z")))
    }

    // MARK: TZ strings

    @Test(
        "What is no TZ string is refused with the place",
        arguments: [
            "", "ES5", "EST", "EST5EDT", "EST25", "EST5:60", "EST5:00:60", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,",
            "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
            "EST5EDT,M3.2,M11.1.0", "EST5EDT,J0,J365", "EST5EDT,J366,J1", "EST5EDT,366,1", "EST5EDT,1/168,2",
            "EST5EDT,1/-168,2", "<+0530-5:30", "<+>5", "<+05:30>5", "EST5 EDT,M3.2.0,M11.1.0", "EST5E,M3.2.0,M11.1.0",
            "5EST", ":America/New_York", "EST99999999999999999999", "ÉST5", "EST5EDT;M3.2.0,M11.1.0", "EST5\u{0}",
        ])
    func refusedRules(text: String) {
        let fault = #expect(throws: ZoneFault.self) { try ZoneRule(text) }
        #expect(fault?.description.contains("at character") == true)
    }

    @Test("Every cut of a TZ string is refused or read, never a crash")
    func cutRules() {
        let text = "<-02>2<-01>,M3.5.0/-1:30:15,J300/167"
        for end in text.indices { if let rule = try? ZoneRule(text[..<end]) { _ = rule.offset(at: .distantFuture) } }
        #expect((try? ZoneRule(text)) != nil)
    }

    // MARK: Sending

    @Test("A zone for a span is small, exact in it, and the same after it was sent", .enabled(if: hasZoneFiles))
    func during() throws {
        let from = try instant("2025-10-30T00:00:00Z")
        let to = try instant("2026-03-09T00:00:00Z")
        for name in sampleZones {
            let whole = try #require(try systemZone(name))
            let short = whole.during(from, to)
            #expect(short.identifier == name)
            #expect(short.description.utf8.count < 200)
            let sent = try sentAndRead(short)
            #expect(sent == short)
            #expect(try sentAndRead(whole) == whole)
            for seconds in stride(from: Int64(0), through: (to - from).components.seconds, by: 1801) {
                let instant = from + .seconds(seconds)
                #expect(sent.local(instant) == whole.local(instant))
                let local = whole.local(instant)
                for shift in [0, 60] {
                    func resolved(_ zone: Zone) -> WallResolution {
                        zone.resolve(
                            year: local.year, month: local.month, day: local.day, hour: local.hour,
                            minute: local.minute + shift, second: local.second)
                    }
                    #expect(resolved(sent) == resolved(whole))
                }
            }
        }
        let change = try instant("2025-11-02T06:00:00Z")
        let atChange = newYork.during(change, change)
        #expect(atChange.nextChange(after: change - .nanoseconds(1)) == change)
        #expect(
            atChange.resolve(year: 2025, month: 11, day: 2, hour: 1, minute: 0, second: 0)
                == .two(first: change - .seconds(3600), second: change))
        #expect(newYork.during(to, from) == newYork.during(from, to))
        #expect(try sentAndRead(newYork) == newYork)
    }

    @Test(
        "What is no zone on a line is refused",
        arguments: [
            "", "@", "UTC", "0 UTC", "0 @X", "UTC 0 @X", "0 UTC 5 @X", "0 UTC 5 6 @X", "0 UTC 5 60 A 5 60 B @X",
            "0 UTC 5 60 A 4 60 B @X", "93600 AAA @X", "-9223372036854775808 AAA @X", "0 A_B @X", "0 UTC =nonsense @X",
            "0 UTC =IST-5:30 7 @X", "0 UTC 9223372036854775807 0 UTC @X",
        ])
    func refusedLines(text: String) { #expect(Zone(text) == nil) }

    // MARK: Zone files

    @Test("A zone file of version 1 has no rule, and its last change stays for ever")
    func versionOne() throws {
        var bytes: [UInt8] = Array("TZif".utf8) + [0] + Array(repeating: 0, count: 15)
        for count in [0, 0, 0, 1, 2, 8] { bytes += [0, 0, 0, UInt8(count)] }
        bytes += [0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xF1, 0xF0, 1, 4] + Array("UTC\0ABC\0".utf8)
        let file = try ZoneFile(bytes)
        #expect(file.version == 1 && file.footer.isEmpty)
        let zone = file.zone(identifier: "X")
        #expect(zone.offset(at: Instant(seconds: -2)) == (0, "UTC"))
        #expect(zone.offset(at: Instant(seconds: -1)) == (-3600, "ABC"))
        #expect(zone.offset(at: .distantFuture) == (-3600, "ABC"))
    }

    @Test("A zone file cut at any byte is refused with a sentence", .enabled(if: hasZoneFiles))
    func cutFiles() throws {
        for name in ["America/New_York", "Asia/Kolkata"] {
            let bytes = try #require(zoneFile(name))
            _ = try ZoneFile(bytes)
            for end in 0..<bytes.count {
                let fault = #expect(throws: ZoneFault.self) { try ZoneFile(Array(bytes[..<end])) }
                #expect(fault?.description.contains("zone file") == true)
            }
        }
    }

    @Test("A zone file with damaged bytes is refused or read, never a crash", .enabled(if: hasZoneFiles))
    func damagedFiles() throws {
        var random = SeededNumbers(seed: 8)
        for name in ["Australia/Lord_Howe", "Asia/Kolkata"] {
            let bytes = try #require(zoneFile(name))
            for round in 0..<3000 {
                var damaged = bytes
                for _ in 0...round % 3 {
                    // Half of the damage is in the headers, where the counts are.
                    let end = Bool.random(using: &random) ? 50 : bytes.count
                    let place = Int.random(in: 0..<end, using: &random)
                    damaged[place] = UInt8.random(in: 0...255, using: &random)
                }
                guard let zone = try? ZoneFile(damaged).zone(identifier: name) else { continue }
                for text in ["1900-01-01T00:00:00Z", "2025-09-14T08:31:07Z", "2200-01-01T00:00:00Z"] {
                    let local = zone.local(try instant(text))
                    _ = zone.resolve(
                        year: local.year, month: local.month, day: local.day, hour: local.hour, minute: 0, second: 0)
                }
            }
        }
    }

    @Test("A zone file that counts leap seconds is refused", .enabled(if: zoneFile("right/UTC") != nil))
    func leapSeconds() throws {
        let bytes = try #require(zoneFile("right/UTC"))
        let fault = #expect(throws: ZoneFault.self) { try ZoneFile(bytes) }
        #expect(fault?.description.contains("leap seconds") == true)
    }

    @Test("The reader and the C library agree on more than 100,000 instants of 12 zones", .enabled(if: hasZoneFiles))
    func againstTheCLibrary() async throws {
        // In a process of its own: TZ belongs to the whole process.
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            var random = SeededNumbers(seed: 9)
            var compared = 0
            for name in sampleZones {
                let zone = try #require(try systemZone(name))
                setenv("TZ", name, 1)
                tzset()
                var seconds = (0..<10_000).map { _ in Int64.random(in: 0..<4_102_444_800, using: &random) }
                var change = Instant(seconds: 0)
                while let next = zone.nextChange(after: change), next < Instant(seconds: 4_102_444_800) {
                    seconds += [-3601, -1, 0, 1, 3600].map { next.wholeSeconds + $0 }
                    change = next
                }
                for second in seconds {
                    var time = time_t(second)
                    var fields = tm()
                    localtime_r(&time, &fields)
                    let local = zone.local(Instant(seconds: second))
                    let same =
                        local.year == Int(fields.tm_year) + 1900 && local.month == Int(fields.tm_mon) + 1
                        && local.day == Int(fields.tm_mday) && local.hour == Int(fields.tm_hour)
                        && local.minute == Int(fields.tm_min) && local.second == Int(fields.tm_sec)
                        && local.weekday.rawValue == Int(fields.tm_wday) && local.offset == fields.tm_gmtoff
                        && local.abbreviation == String(cString: fields.tm_zone)
                    if !same { print("different: \(name) at \(second), \(local)") }
                    compared += 1
                }
            }
            print("compared: \(compared)")
        }
        let lines = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("different: ") } == [])
        let compared = lines.first { $0.hasPrefix("compared: ") }.flatMap { Int($0.dropFirst(10)) }
        #expect(try #require(compared) > 100_000)
    }
}

private let sampleZones = [
    "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Europe/Dublin",
    "Africa/Casablanca", "Pacific/Apia", "Antarctica/Troll", "America/Santiago", "America/St_Johns", "Asia/Gaza",
]

private let hasZoneFiles = zoneFile("America/New_York") != nil

private func systemZone(_ name: String) throws -> Zone? {
    try zoneFile(name).map { try ZoneFile($0).zone(identifier: name) }
}

private func zoneFile(_ name: String) -> [UInt8]? {
    guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
}

extension ZoneRule {
    /// As of a whole zone: the offset in seconds east of UTC and the abbreviation, at any instant.
    fileprivate func offset(at instant: Instant) -> (seconds: Int, abbreviation: String) {
        let reading = reading(at: instant.wholeSeconds)
        return (reading.offset, reading.abbreviation)
    }
}
