import Testing
import WarRoomCore

@Suite("A time written in both zones")
struct TimePairTests {
    static let newYork = Zone(identifier: "America/New_York", rule: try! ZoneRule("EST5EDT,M3.2.0,M11.1.0"))
    static let kolkata = Zone(identifier: "Asia/Kolkata", rule: try! ZoneRule("IST-5:30"))
    static let kathmandu = Zone(identifier: "Asia/Kathmandu", rule: try! ZoneRule("<+0545>-5:45"))
    static let adelaide = Zone(identifier: "Australia/Adelaide", rule: try! ZoneRule("ACST-9:30ACDT,M10.1.0,M4.1.0/3"))
    static let chatham = Zone(
        identifier: "Pacific/Chatham", rule: try! ZoneRule("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45"))
    static let usual = Runbook.Zones(
        home: .init(label: "EST", zone: newYork, also: ["Eastern"]), other: .init(label: "IST", zone: kolkata))

    /// The page's own words, with the plan of their step in September.
    static let page: [(says: String, plan: String)] = [
        ("Saturday Evening at 10 PM EST (7:30AM IST) patching for IC-Web1 thru 5", "2025-09-14T02:00:00Z"),
        ("Sunday morning 4:15 AM Eastern (1:45 PM IST), disable Alerts per these instructions", "2025-09-14T08:15:00Z"),
        ("Sunday afternoon 4:30 AM EST (2 PM IST) ensure IC-Web1 thru 5 are healthy", "2025-09-14T08:30:00Z"),
        ("Sunday Morning at 4:45 AM EST (2:15 PM IST) run the second stage", "2025-09-14T08:45:00Z"),
        ("At 5 AM EST (2:30 PM IST), post maintenance message.", "2025-09-14T09:00:00Z"),
        ("Sunday afternoon at 5 AM EST (2:30 PM IST), all other changes can begin.", "2025-09-14T09:00:00Z"),
        ("Sunday Morning between 2 AM EST (11:30 AM IST) run the Smoke TESTs", "2025-09-14T06:00:00Z"),
        ("Sunday Morning around 8 AM EST (5:30 PM IST), run the Smoke Tests", "2025-09-14T12:00:00Z"),
    ]

    private func pairs(
        _ says: String, plan: String? = nil, date: String = "2025-09-14", zones: Runbook.Zones = usual
    ) -> [TimePair] {
        TimePair.all(
            in: says, of: "a", plan: plan.flatMap { Instant(rfc3339: $0) }, date: CivilDate(date)!, zones: zones,
            words: ZoneWords(zones, around: CivilDate(date)!))
    }

    @Test("of the page holds on its own date, all eight of them")
    func september() {
        for (says, plan) in Self.page {
            let found = pairs(says, plan: plan)
            #expect(found.count == 1, "\(says)")
            #expect(found.first?.mismatch == nil, "\(says)")
            #expect(found.first?.home?.rfc3339 == plan && found.first?.other?.rfc3339 == plan, "\(says)")
        }
    }

    @Test("of the page is wrong when New York is on standard time, all eight of them, with both readings")
    func november() throws {
        let zone = Self.newYork
        let mismatches = Self.page.compactMap { says, plan -> String? in
            let september = zone.local(Instant(rfc3339: plan)!)
            let day = september.day == 13 ? 8 : 9
            guard
                case .one(let moved) = zone.resolve(
                    year: 2025, month: 11, day: day, hour: september.hour, minute: september.minute, second: 0)
            else { return nil }
            return pairs(says, plan: moved.rfc3339, date: "2025-11-09").first?.mismatch
        }
        #expect(
            mismatches == [
                "22:00 EST is 08:30 IST, page says 07:30", "04:15 EST is 14:45 IST, page says 13:45",
                "04:30 EST is 15:00 IST, page says 14:00", "04:45 EST is 15:15 IST, page says 14:15",
                "05:00 EST is 15:30 IST, page says 14:30", "05:00 EST is 15:30 IST, page says 14:30",
                "02:00 EST is 12:30 IST, page says 11:30", "08:00 EST is 18:30 IST, page says 17:30",
            ])
    }

    @Test(
        "is read in either order and in the spellings that people use",
        arguments: [
            "7:30AM IST (10 PM EST)", "22:00 EST (07:30 IST)", "10 p.m. EST / 7:30 a.m. IST", "10PM EDT = 7.30 am IST",
            "10:00 pm eastern [Sunday 7:30am ist]", "Sat 10 PM EST (Sun 7:30AM IST)", "10 PM EST (7:30AM IST",
            "10 PM ET (7:30 AM IST)", "10 PM Eastern Time (7:30 AM IST time)", "10 PM (7:30AM IST)",
            "Saturday 22:00 [07:30 IST]",
        ])
    func spellings(says: String) {
        let found = pairs(says, plan: "2025-09-14T02:00:00Z")
        #expect(found.count == 1 && found[0].mismatch == nil)
        #expect(says.contains(found.first?.text ?? "?"))
    }

    @Test(
        "knows noon, and the midnight that begins a day as well as the one that ends it",
        arguments: [
            ("midnight EST (9:30 AM IST)", "2025-09-14T04:00:00Z", nil),
            ("Saturday 12 midnight EST (9:30 AM IST)", "2025-09-14T04:00:00Z", nil),
            ("Sunday midnight EST (Sunday 9:30 AM IST)", "2025-09-14T04:00:00Z", nil),
            (
                "12:00 midnight EST / 09:30 IST", "2025-09-14T03:30:00Z",
                "page says Sun 00:00 EST, the step is planned at Sat 23:30 EST"
            ),
            ("midnight EST (9 AM IST)", "2025-09-14T04:00:00Z", "00:00 EST is 09:30 IST, page says 09:00"),
            ("2:30 PM EST (midnight IST)", "2025-09-14T18:30:00Z", nil),
            ("Noon EST (9:30 PM IST)", "2025-09-14T16:00:00Z", nil),
            ("12 noon EST (9:30 AM IST)", "2025-09-14T16:00:00Z", "12:00 EST is 21:30 IST, page says 09:30"),
        ] as [(String, String, String?)])
    func named(says: String, plan: String, mismatch: String?) {
        let found = pairs(says, plan: plan)
        #expect(found.count == 1 && found.first?.mismatch == mismatch, "\(String(describing: found.first?.mismatch))")
    }

    @Test(
        "is not seen in what is none",
        arguments: [
            "", "(", "10 PM EST", "10 PM EST (", "10 EST (7 IST)", "10 PM EST (9 PM EST)", "10 PM PST (7:30 AM IST)",
            "13 PM EST (7:30AM IST)",
            "0 AM EST (7:30AM IST)", "25:00 EST (07:30 IST)", "10 PM EST, 7:30AM IST", "10:5 PM EST (7:30AM IST)",
            "10 PM (7:30AM)",
            "10 PM EST and then (7:30AM IST)", "10 PM (9 PM EST)", "10 PM / 7:30 AM IST", "10 PM EST (7:30 AM)",
            "10 PM IT (9 PM EST)", "noonday EST (9:30 PM IST)", "1000 PM EST (7:30AM IST)",
            "10:00:00 PM EST (7:30AM IST)", "²2:00 EST (07:30 IST)",
        ])
    func prose(says: String) {
        #expect(pairs(says).isEmpty)
    }

    @Test("has an id of its own in its step")
    func ids() {
        let found = pairs("from 10 PM EST (7:30AM IST) to 11 PM EST (8:30AM IST)", date: "2025-09-13")
        #expect(found.map(\.id) == ["pair/a", "pair/a/2"])
        #expect(found.map(\.text) == ["10 PM EST (7:30AM IST)", "11 PM EST (8:30AM IST)"])
    }

    @Test("is held against the step's own start, weekday included")
    func plan() {
        #expect(
            pairs("Saturday at 10 PM EST (7:30AM IST)", plan: "2025-09-14T03:00:00Z").first?.mismatch
                == "page says Sat 22:00 EST, the step is planned at Sat 23:00 EST")
        #expect(
            pairs("Saturday at 4:30 AM EST (2 PM IST)", plan: "2025-09-14T08:30:00Z").first?.mismatch
                == "page says Sat 04:30 EST, the step is planned at Sun 04:30 EST")
        #expect(
            pairs("10 PM EST (Sat 7:30AM IST)", plan: "2025-09-14T02:00:00Z").first?.mismatch
                == "22:00 EST is Sun 07:30 IST, page says Sat 07:30")
    }

    @Test("without a planned start means its weekday, else the night's date")
    func unplanned() {
        #expect(pairs("Saturday 10 PM EST (7:30AM IST)").first?.home?.rfc3339 == "2025-09-14T02:00:00Z")
        #expect(pairs("10 PM EST (7:30AM IST)").first?.home?.rfc3339 == "2025-09-15T02:00:00Z")
        #expect(pairs("9 AM IST (11:30 PM EST)").first?.mismatch == nil)
    }

    @Test("at an hour that the clocks skip does not exist, and leaves the other half to rule")
    func missing() {
        let found = pairs("Sunday 2 AM EST (11:30 AM IST)", plan: "2026-03-08T07:00:00Z", date: "2026-03-08")
        #expect(
            found.first?.mismatch
                == "02:00 EST does not exist in America/New_York on 2026-03-08, page says 11:30 IST with it")
        #expect(found.first?.choices == [.other, .plan])
        #expect(found.first?.instant(.other)?.rfc3339 == "2026-03-08T06:00:00Z")
    }

    @Test("at an hour that comes twice means the one that fits")
    func twice() {
        for (other, instant) in [("11:00 AM", "2025-11-02T05:30:00Z"), ("12:00 PM", "2025-11-02T06:30:00Z")] {
            let found = pairs("Sunday 1:30 AM EST (\(other) IST)", date: "2025-11-02")
            #expect(found.first?.mismatch == nil && found.first?.home?.rfc3339 == instant)
        }
        #expect(
            pairs("Sunday 1:30 AM EST (1 PM IST)", date: "2025-11-02").first?.mismatch
                == "01:30 EST is 11:00 IST, page says 13:00")
        #expect(
            pairs("Sunday 1:30 AM EST (12 PM IST)", plan: "2025-11-02T05:30:00Z", date: "2025-11-02").first?.mismatch
                == "page says Sun 01:30 EST, the step is planned at Sun 01:30 EDT")
    }

    @Test("is right in other pairs of zones: half and three-quarter hours, with and without summer time")
    func otherZones() {
        func zones(_ home: (String, Zone), _ other: (String, Zone)) -> Runbook.Zones {
            .init(home: .init(label: home.0, zone: home.1), other: .init(label: other.0, zone: other.1))
        }
        let nepal = zones(("NPT", Self.kathmandu), ("IST", Self.kolkata))
        #expect(pairs("10 PM NPT (9:45 PM IST)", zones: nepal).first?.mismatch == nil)
        #expect(
            pairs("10 PM NPT (9:30 PM IST)", zones: nepal).first?.mismatch == "22:00 NPT is 21:45 IST, page says 21:30")
        let far = zones(("ADL", Self.adelaide), ("CHAT", Self.chatham))
        // In July both keep standard time; in late September Chatham has changed and Adelaide has not.
        #expect(pairs("10 PM ADL (1:15 AM CHAT)", date: "2025-07-12", zones: far).first?.mismatch == nil)
        #expect(
            pairs("10 PM ADL (1:15 AM CHAT)", date: "2025-09-30", zones: far).first?.mismatch
                == "22:00 ADL is 02:15 CHAT, page says 01:15")
        #expect(pairs("10 PM ACST / 2:15 AM +1345", date: "2025-09-30", zones: far).first?.mismatch == nil)
        let same = zones(("EST", Self.newYork), ("UTC", .utc))
        #expect(pairs("10 PM EST (02:00 UTC)", zones: same).first?.mismatch == nil)
    }

    @Test("calls a zone by an abbreviation only where it can be no other's")
    func abbreviations() {
        let indiaFirst = Runbook.Zones(
            home: .init(label: "Delhi", zone: Self.kolkata),
            other: .init(
                label: "IST", zone: Zone(identifier: "Europe/Dublin", rule: try! ZoneRule("GMT0IST,M3.5.0/1,M10.5.0"))))
        #expect(pairs("10 PM Delhi (5:30 PM IST)", zones: indiaFirst).first?.mismatch == nil)
        #expect(pairs("10 PM IST (5:30 PM GMT)", zones: indiaFirst).isEmpty)
        let eastern = Runbook.Zones(
            home: .init(label: "ET", zone: Self.newYork, also: ["Eastern Time"]),
            other: .init(label: "IST", zone: Self.kolkata))
        #expect(pairs("10 PM Eastern Time (7:30AM IST)", date: "2025-09-13", zones: eastern).first?.mismatch == nil)
        #expect(pairs("10 PM Eastern (7:30AM IST)", zones: eastern).isEmpty)
    }

    @Test("is looked for in any text at all without harm")
    func fuzz() {
        let pieces = [
            "10", "PM", "am", "EST", "IST", "(", ")", " ", " ", " ", "7:30", ":", ".", "/", "=", "Sun", "Eastern",
            "1:5", "12:60", "٣", "é",
            "\u{0301}", "\u{200D}", "😀", "\n", "99999999999999999999", "a.m.", "-1", "[", "]", "|", "24:00", "0",
            "\u{0}",
        ]
        var seed: UInt64 = 20_250_914
        func random(_ limit: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % limit
        }
        var found = 0
        for _ in 0..<4000 {
            let text = (0..<random(24)).map { _ in pieces[random(pieces.count)] }.joined()
            found += pairs(text).count
        }
        for (says, _) in Self.page {
            for end in says.indices { found += pairs(String(says[..<end])).count + pairs(String(says[end...])).count }
        }
        #expect(found > 0, "the soup never made a pair, so it shows little")
    }
}
