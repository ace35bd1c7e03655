import Testing
import WarRoomCore

@Suite("Times as people write them")
struct WallTimeTests {
    private func read(_ text: String, date: (Int, Int, Int) = (2025, 9, 14)) throws -> String {
        try WallTime(text).instant(
            date: (year: date.0, month: date.1, day: date.2),
            home: Zone(identifier: "America/New_York", rule: ZoneRule("EST5EDT,M3.2.0,M11.1.0")), homeLabel: "EST",
            other: Zone(identifier: "Asia/Kolkata", rule: ZoneRule("IST-5:30")), otherLabel: "IST"
        ).rfc3339
    }

    private func fault(_ text: String, date: (Int, Int, Int) = (2025, 9, 14)) -> WallTimeFault? {
        #expect(throws: WallTimeFault.self) { try read(text, date: date) }
    }

    @Test(
        "A weekday and a clock are the nearest such day to the date, in the zone that is written",
        arguments: [
            ("Sat 22:00", "2025-09-14T02:00:00Z"), ("Sat 19:00", "2025-09-13T23:00:00Z"),
            ("Sun 04:31:07", "2025-09-14T08:31:07Z"), ("Mon 09:00 IST", "2025-09-15T03:30:00Z"),
            ("Mon 13:00 IST", "2025-09-15T07:30:00Z"), ("Sun 11:00", "2025-09-14T15:00:00Z"),
            ("Sun 11:00 EST", "2025-09-14T15:00:00Z"), ("sunday 4:31", "2025-09-14T08:31:00Z"),
            ("Thu 00:00", "2025-09-11T04:00:00Z"), ("Wed 23:59", "2025-09-18T03:59:00Z"),
            ("Sun 11:00 (second)", "2025-09-14T15:00:00Z"), (" Sat  22:00 ", "2025-09-14T02:00:00Z"),
            ("2025-09-14T04:31:07-04:00", "2025-09-14T08:31:07Z"), ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ])
    func reads(text: String, instant: String) throws {
        #expect(try read(text) == instant)
        #expect(try WallTime(text).description == text)
    }

    @Test("The weekday is found across the ends of months and years")
    func endsOfMonths() throws {
        #expect(try read("Fri 12:00", date: (2025, 12, 29)) == "2025-12-26T17:00:00Z")
        #expect(try read("Thu 12:00", date: (2025, 12, 29)) == "2026-01-01T17:00:00Z")
        #expect(try read("Thu 12:00", date: (2024, 3, 1)) == "2024-02-29T17:00:00Z")
    }

    @Test(
        "What is not a time is refused with an example",
        arguments: [
            "", "Sat", "22:00", "Sat22:00", "Sat 24:00", "Sat 22:60", "Sat 22", "Sat 22:0", "Sat 222:00",
            "Sat 22:00:60",
            "Sat 22:00:", "Sat :00", "Sat -1:00", "Sat +1:00", "Sat 22:00 EST IST", "Sat 22:00 (third)",
            "Sat 22:00 (first", "Sat 22:00 (first) EST", "Sat 22:00 EST (first) x", "Someday 22:00",
            "2026-02-30T00:00:00Z", "Sat 10 PM", "Sat 22:0\u{660}", "Sat 22:00:00:00",
        ])
    func refuses(text: String) {
        let fault = #expect(throws: WallTimeFault.self) { try WallTime(text) }
        #expect(fault?.reason == .unreadable)
        #expect(fault?.description.contains("\"Sat 22:00\"") == true)
    }

    @Test("A label that the runbook does not know is refused with those that it does")
    func unknownLabel() {
        let fault = fault("Sat 22:00 PST")
        #expect(fault?.reason == .unknownLabel)
        #expect(fault?.description == "\"Sat 22:00 PST\": there is no zone PST here; write EST or IST")
    }

    @Test("A date that does not exist is refused")
    func noSuchDate() {
        #expect(fault("Sat 22:00", date: (2026, 2, 30))?.reason == .noSuchDate)
        #expect(fault("Sat 22:00", date: (Int.max, Int.min, Int.max))?.reason == .noSuchDate)
    }

    @Test("Two in the morning does not exist on the second Sunday of March, and both offers are made")
    func missing() throws {
        for text in ["Sun 02:00", "Sun 02:00 EST", "Sun 02:00 (first)"] {
            let fault = fault(text, date: (2026, 3, 8))
            #expect(fault?.reason == .missing)
            #expect(
                fault?.description
                    == "Sun 02:00 does not exist in America/New_York on 2026-03-08: clocks go from 01:59 EST to "
                    + "03:00 EDT; "
                    + "write 01:59 or 03:00")
        }
        #expect(fault("Sun 02:59:59", date: (2026, 3, 8))?.reason == .missing)
        #expect(try read("Sun 01:59:59", date: (2026, 3, 8)) == "2026-03-08T06:59:59Z")
        #expect(try read("Sun 03:00", date: (2026, 3, 8)) == "2026-03-08T07:00:00Z")
        #expect(try read("Sun 02:00 IST", date: (2026, 3, 8)) == "2026-03-07T20:30:00Z")
    }

    @Test("One in the morning exists twice on the first Sunday of November: one of them must be chosen")
    func twice() throws {
        let fault = fault("Sun 01:30", date: (2025, 11, 2))
        #expect(fault?.reason == .twice)
        #expect(
            fault?.description
                == "Sun 01:30 exists twice in America/New_York on 2025-11-02: write "
                + "\"Sun 01:30 (first)\" for 2025-11-02T05:30:00Z (EDT) or "
                + "\"Sun 01:30 (second)\" for 2025-11-02T06:30:00Z (EST)")
        #expect(try read("Sun 01:30 (first)", date: (2025, 11, 2)) == "2025-11-02T05:30:00Z")
        #expect(try read("Sun 01:30 EST (second)", date: (2025, 11, 2)) == "2025-11-02T06:30:00Z")
        #expect(try read("Sun 00:59:59", date: (2025, 11, 2)) == "2025-11-02T04:59:59Z")
        #expect(try read("Sun 02:00", date: (2025, 11, 2)) == "2025-11-02T07:00:00Z")
    }

    @Test("A day that a zone left out is offered with the weekdays of its neighbours")
    func missingDay() throws {
        let apia = try #require(Zone("-36000 -10 1325239200 50400 +14 @Pacific/Apia"))
        let fault = #expect(throws: WallTimeFault.self) {
            try WallTime("Fri 12:00").instant(
                date: (year: 2011, month: 12, day: 30), home: apia, homeLabel: "APIA", other: .utc, otherLabel: "UTC")
        }
        #expect(
            fault?.description.hasSuffix("from Thu 23:59 -10 to Sat 00:00 +14; write Thu 23:59 or Sat 00:00") == true)
    }
}
