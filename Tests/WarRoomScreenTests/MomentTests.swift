import Testing
import WarRoomCore

@testable import WarRoomScreen

/// What each picture must hold is written by hand from the night's facts, not from what was drawn.
@Suite("Six moments at three sizes")
struct MomentTests {
    private static let sizes = [GoldenTests.small, GoldenTests.middle, GoldenTests.large]

    @Test("each moment shows at each size what the bridge must see then", arguments: Moment.allCases)
    func moments(moment: Moment) throws {
        let sight = try moment.sight()
        for (place, size) in Self.sizes.enumerated() {
            let canvas = Screen.draw(sight, size: size)
            let name = "\(moment.name)-\(size.columns)x\(size.rows)"
            for wanted in Self.everywhere(moment, size) + Self.wanted(moment)[place] {
                if let missing = wanted.isMissing(in: canvas) {
                    Issue.record("\(name) must show \(missing):\n\(canvas.lines().joined(separator: "\n"))")
                }
            }
            try Golden.check(canvas, name, has: [])
        }
    }

    /// What stands at every size: both clocks with weekday and zone, the marks, the runs, the worst source.
    private static func everywhere(_ moment: Moment, _ size: Size) -> [Wanted] {
        let (home, other): ((day: String, clock: String), (day: String, clock: String)) =
            switch moment {
            case .sat1905: (("Sat 13 Sep", "19:05:00"), ("Sun 14 Sep", "04:35:00"))
            case .sat2240: (("Sat 13 Sep", "22:40:12"), ("Sun 14 Sep", "08:10:12"))
            case .sun0210: (("Sun 14 Sep", "02:10:30"), ("Sun 14 Sep", "11:40:30"))
            case .sun0431: (("Sun 14 Sep", "04:31:07"), ("Sun 14 Sep", "14:01:07"))
            case .sun0820: (("Sun 14 Sep", "08:20:00"), ("Sun 14 Sep", "17:50:00"))
            case .mon0910: (("Sun 14 Sep", "23:40:15"), ("Mon 15 Sep", "09:10:15"))
            }
        var wanted: [Wanted] = [
            .row(["LIVE", "Monthly Server Patching", "14 Sep 2025", "lead lead-us"]), .row(["Payments T"]),
            .row(["Payer Teams"]), .row(["Integration"]), .row([size.columns < 120 ? "SRE" : "SRE Team"]),
            .row(["Smoke 1"]), .row(["Smoke 2"]), .row(["Regression"]), .role(row: "LIVE", "LIVE", .modeLive),
        ]
        if size.columns < 120 {
            wanted += [
                .at(column: 1, row: 1, "\(home.day)  \(home.clock)  EST"),
                .at(column: 43, row: 1, "\(other.day)  \(other.clock)  IST"),
                .row(["EST (EDT, UTC-4)", "IST (UTC+5:30)"]),
            ]
            return wanted
        }
        // As shapes, with the seconds as text behind the last row of them.
        let isBeside = size.columns >= 200
        let places = isBeside ? [(163, 2), (163, 7)] : [(3, 2), (63, 2)]
        for ((column, row), zone) in zip(places, [home, other]) {
            let shapes = Letters.rows(String(zone.clock.prefix(5)), .unicode, lowered: !isBeside)
            for (place, shape) in shapes.enumerated() { wanted.append(.at(column: column, row: row + place, shape)) }
            wanted.append(.at(column: column + 18, row: row + 2, String(zone.clock.suffix(3))))
        }
        if isBeside {
            wanted += [
                .at(column: 163, row: 1, "\(home.day.uppercased())  EST (EDT, UTC-4)"),
                .at(column: 163, row: 6, "\(other.day.uppercased())  IST (UTC+5:30)"), .row(["no end time set"]),
                .row(["THE NIGHT", "planned start"]),
                // Now stands on the axis of the lanes in both zones.
                .row(["EST ", "\(home.day.prefix(3)) \(home.clock.prefix(5))"]),
                .row(["IST ", "\(other.day.prefix(3)) \(other.clock.prefix(5))"]),
            ]
        } else {
            wanted += [
                .row([home.day.uppercased(), other.day.uppercased()]), .row(["EST (EDT, UTC-4)", "IST (UTC+5:30)"]),
            ]
        }
        return wanted
    }

    /// For 80x24, 120x35 and 200x50.
    private static func wanted(_ moment: Moment) -> [[Wanted]] {
        switch moment {
        case .sat1905: evening
        case .sat2240: patching
        case .sun0210: smoke
        case .sun0431: gate
        case .sun0820: trouble
        case .mon0910: review
        }
    }

    /// The counts of both waves under their heads.
    private static let heads = ["patched", "rebooted", "verified", "App Gateway", "Internal LB", "alerts"]

    private static var evening: [[Wanted]] {
        let band: [Wanted] = [
            .row(["WORK IS RUNNING", "since Sat 19:00 / Sun 04:30", "5 min"]),
            .row(["Running stage Pre-Maintenance, 5 min in. Nothing is blocked."]),
            .role(row: "Running stage Pre-M", "Running stage", .bandMoving),
        ]
        let steps: [Wanted] = [
            .row(["NOW", "▸", "Sat 19:00", "Sun 04:30", "Run stage Pre-Maintenance", "5 min"]),
            .row(["NEXT", "·", "Sat 22:00", "Sun 07:30", "Patch IC-Web1 thru 5", "in 2 h 55"]),
            .row(["■", "Sun 02:00", "Sun 11:30", "Smoke 1", "gate 1/2"]),
        ]
        let waves: [Wanted] = [
            .under(head: "patched", row: "Web1-5", "· 0/5"), .under(head: "App Gateway", row: "Web1-5", "✓ 5/5"),
            .under(head: "Internal LB", row: "Web6-10", "✓ 5/5"), .under(head: "alerts", row: "Web6-10", "✓ 5/5"),
        ]
        let calm: [Wanted] = [
            .row(["✓ in service 10 of 10", "no end time set"]), .never("○ alerts off"), .never("✗"),
            .row(["jobs", "5 min"]), .row(["Smoke 1", "Sun 02:00 / 11:30"]), .row(["Regression", "after Smoke 2"]),
            .row(["SOURCES", "✓ worst: pools, 10 s old, limit 60 s", "3 of 6 heard, 3 not due yet"]),
        ]
        return [
            band + steps + waves + calm + [
                .row(["STILL OFF", "○ jobs rescheduled 5 min"]), .row(["· Payments Team", "0/4"]),
                .row(["· Integration", "0/7"]), .row(["alerts: none has come in", "pipelines: none has run yet"]),
            ],
            band + steps + waves + calm + [
                .row(["LOOSE ENDS", "still off: 1"]), .row(["Payer Teams", "· · · ·", "0/4"]),
                .row(["GATES", "0 of 7 open"]), .row(["alerts: none has come in", "pipelines: none has run yet"]),
            ],
            band + calm + [
                .row(["▸ Sat 19:00→now", "Sun 04:30→now", "Run stage Pre-Maintenance", "5 min"]),
                .row(["· Sat 22:00", "Sun 07:30", "Patch IC-Web1 thru 5", "in 2 h 55"]),
                .row(["· Web1 ", "✓ in", "✓ in", "✓ on"]), .row(["LOOSE ENDS", "still switched off: 1"]),
                .role(row: "Run stage Pre-M", "▸", .moving), .row(["RUNNING 1"]), .row(["LATER"]),
                .row(["Changes", "· 6 changes, 05:00 / 14:30"]), .row(["ALERTS"]),
                .row(["PIPELINES", "none has run yet"]),
            ],
        ]
    }

    private static var patching: [[Wanted]] {
        let band: [Wanted] = [
            .row(["WORK IS RUNNING", "since Sat 22:14 / Sun 07:44"]),
            .row(["Patching IC-Web1-5: 3 of 5 installed, 26 min in. Nothing is blocked."]),
        ]
        let waves: [Wanted] = [
            .under(head: "patched", row: "Web1-5", "▸ 3/5"), .under(head: "rebooted", row: "Web1-5", "▸ 2/5"),
            .under(head: "verified", row: "Web1-5", "· 0/5"), .under(head: "App Gateway", row: "Web1-5", "○ 0/5"),
            .under(head: "Internal LB", row: "Web1-5", "○ 0/5"), .under(head: "alerts", row: "Web1-5", "○ 0/5"),
            .under(head: "App Gateway", row: "Web6-10", "✓ 5/5"),
            .row(["▸ Web3 rebooting", "▸ Web4 installing"]),
        ]
        let facts: [Wanted] = [
            .row(["○ alerts off 39 min", "○ in service 5 of 10", "14 min late"]),
            .role(row: "○ alerts off 39 min", "○ alerts off 39 min", .bandMovingNote),
            .row(["SOURCES", "worst: pools, 40 s old, limit 60 s"]),
        ]
        let next = Wanted.row(["NEXT", "Sun 02:00", "Sun 11:30", "Smoke 1", "gate 0/2"])
        return [
            band + waves + facts + [
                next, .row(["NOW", "▸", "Sat 22:14", "Sun 07:44", "Patch IC-Web1 thru 5 by Ansib", "26 of 45 min"]),
                .row(["STILL OFF", "16 things", "jobs"]),
            ],
            band + waves + facts + [
                next, .row(["NOW", "▸", "Sat 22:14", "Sun 07:44", "Patch IC-Web1 thru 5 by", "26 min"]),
                .row(["LOOSE ENDS", "still off: 16"]),
            ],
            band + facts + [
                .row(["Web1 ", "✓", "22:31"]), .row(["Web3 ", "▸ boots"]), .row(["Web4 ", "▸ runs"]),
                .row(["▸ Sat 22:14→now", "Sun 07:44→now", "Patch IC-Web1"]),
                .row(["Web6 ", "✓ in", "✓ in", "✓ on"]), .row(["LOOSE ENDS", "still switched off: 16"]),
                .row(["Web1-5", "▸ 3 of 5 patched"]),
            ],
        ]
    }

    private static var smoke: [[Wanted]] {
        let waves: [Wanted] =
            heads.map { .under(head: $0, row: "Web1-5", "✓ 5/5") }
            + [.under(head: "patched", row: "Web6-10", "· 0/5"), .under(head: "alerts", row: "Web6-10", "✓ 5/5")]
        let runs: [Wanted] = [
            .row(["WORK IS RUNNING", "since Sun 02:02 / Sun 11:32"]), .row(["Smoke 1: 14 of 32 tests run, 8 min in"]),
            .role(row: "▸ Smoke 1", "▸", .moving),
            .row(["Smoke 2", "Sun 08:00 / 17:30"]), .never("○ alerts off"),
            .row(["jobs", "7 h 10"]), .row(["SOURCES", "worst: pools, 15 s old, limit 60 s", "4 of 6 heard"]),
        ]
        let steps: [Wanted] = [
            .row(["NOW", "▸", "Sun 02:02", "Sun 11:32", "Smoke 1", "8 min"]),
            .row(["NEXT", "Sun 04:15", "Sun 13:45", "Disable alerts, 3 sy", "in 2 h 05"]),
        ]
        return [
            waves + runs + steps + [.row(["▸ Smoke 1", "14/32"]), .row(["STILL OFF", "○ jobs rescheduled"])],
            waves + runs + steps + [
                .row(["▸ Smoke 1", "14/32"]), .row(["█", "░"]), .row(["LOOSE ENDS", "still off: 1"]),
            ],
            runs + [
                .row(["▸ Smoke 1", "14 of 32"]), .row(["✓ Web5", "22:55"]),
                .row(["· Sun 04:15", "Sun 13:45", "Disable alerts, 3 systems"]),
                .row(["█", "░"]), .row(["▸ Sun 02:02→now", "Sun 11:32→now", "Smoke 1"]),
            ],
        ]
    }

    private static var gate: [[Wanted]] {
        let band: [Wanted] = [
            .row(["SOMEBODY MUST ACT", "since Sun 03:52 / Sun 13:22"]), .row(["IC-Web4 dropped out", "39 min ago."]),
            .row(["Somebody must put it"]), .role(row: "IC-Web4 dropped out", "IC-Web4", .bandAct),
            .row(["○ alerts off 16 min", "○ in service 9 of 10", "1 min late"]),
        ]
        let waves: [Wanted] = [
            .under(head: "verified", row: "Web1-5", "✓ 5/5"), .under(head: "App Gateway", row: "Web1-5", "✓ 5/5"),
            .under(head: "Internal LB", row: "Web1-5", "! 4/5"), .under(head: "alerts", row: "Web1-5", "○ 0/5"),
            .row(["! Web4 out of Internal LB since 03:52, 39 min"]),
            .role(row: "Web4 out of Internal LB since", "!", .act),
            .under(head: "patched", row: "Web6-10", "· 0/5"),
        ]
        let steps: [Wanted] = [
            .row(["NOW", "!", "Put back in the Intern", "39 min"]),
            .row(["NEXT", "·", "Sun 04:45", "Sun 14:15", "Run stage Starting", "in 14 min"]),
            .row(["Sun 05:00", "Sun 14:30", "Post maintenance", "in 29 min"]),
        ]
        let runs: [Wanted] = [
            .row(["✓ Smoke 1", "passed 32/32"]), .row(["· Smoke 2", "Sun 08:00 / 17:30"]),
            .row(["SOURCES", "worst: pools, 20 s old, limit 60 s"]),
        ]
        let waits = Wanted.row(["approving Web6-10-Patching"])
        return [
            band + waves + steps + runs + [
                .row(["DUE", "■", "Sun 04:30", "Sun 14:00", "Approve Web6-10-Patching", "gate shut 2/3"]),
                .row(["STILL OFF", "16 things", "no step ends it"]), .row(["· Payments Team", "0/4"]),
            ],
            band + waves + steps + runs + [
                waits, .row(["cannot start until then."]), .row(["(nobody is assigned)"]),
                .row(["DUE", "■", "Sun 04:30", "Sun 14:00", "Approve Web6-10-Patching", "shut"]),
                .row(["LOOSE ENDS", "still off: 16"]), .row(["pingdom: no step ends it", "15 min"]),
            ],
            band + runs + [
                waits, .row(["cannot start until then."]), .row(["(nobody is assigned)"]),
                .row(["○ Web4 ", "✓ in", "○ out", "○ muted"]), .row(["○ Web3 ", "22:43", "✓ in", "✓ in", "○ muted"]),
                .row(["■ Web1-5 before Web6-10", "shut 2/3"]),
                .row(["■ Sun 04:30", "Sun 14:00", "Approve Web6-10-Patching", "shut"]),
                .row(["! pingdom", "no step ends it", "15 min"]),
                .row(["! IC-Web4 out of Internal LB", "39 min"]), .row(["jobs rescheduled", "9 h 31"]),
                .row(["Tests", "✓ Smoke 1", "· Smoke 2, 08:00 / 17:30"]), .row(["Web1-5", "✓ patched"]),
            ],
        ]
    }

    private static var trouble: [[Wanted]] {
        let old: [Wanted] = [
            .row(["THIS PICTURE IS OLD", "since Sun 08:19 / Sun 17:49"]),
            .row(["The hub has not answered for 40 s"]), .row(["Somebody must"]),
            .role(row: "The hub has not", "The hub has not answered", .bandSilent),
            .role(row: "THIS PICTURE IS OLD", "OLD", .bandSilentTab), .row(["last known:", "○ alerts off 4 h 05"]),
            .row(["~ in service: not known"]), .never("\u{1B}"), .never("\u{202E}"),
        ]
        let runs: [Wanted] = [
            .row(["▸ Smoke 2", "2 failed"]), .row(["✗ Biller.Portal / Paypal"]), .row(["✗ 作者 login"]),
            .row(["✓ Smoke 1", "passed 32/32"]),
        ]
        let waves: [Wanted] = [
            .under(head: "patched", row: "Web6-10", "✗ 4/5"), .under(head: "App Gateway", row: "Web1-5", "~ 0/5"),
            .under(head: "Internal LB", row: "Web6-10", "~ 0/5"),
            .row(["✗ Web10 patch failed"]), .role(row: "Web10 patch failed", "✗", .bad),
        ]
        let source: [Wanted] = [
            .row(["SOURCES", "~ worst: pools stale, 8 min old, limit 60 s", "connect timed out"]),
            .role(row: "worst: pools", "worst", .doubt),
        ]
        return [
            // The chip of the word has no room there.
            old.filter { if case .role(_, "OLD", _) = $0 { false } else { true } } + runs + waves + source + [
                .role(row: "THIS PICTURE IS OLD", "OLD", .bandSilent), .row(["✗ Payments T", "1 issue"]),
                .row(["✓ SRE", "1/1"]),
            ],
            old + runs + waves + source + [.row(["∅ Go Live"]), .row(["✗ Payments Team", "✗"]), .row(["1/9"])],
            old + runs + source + [
                .row(["✗ Biller.Portal / Paypal", "expected 200, got 503"]), .row(["✗ Web10"]),
                .row(["Web1 ", "✓", "~ in", "~ in"]), .row(["∅ Go Live"]), .row(["✓ SRE Team"]),
                .row(["■ Clean Smoke 2 before regression", "shut"]), .row(["REVIEWS", "1 issue"]),
            ],
        ]
    }

    private static var review: [[Wanted]] {
        let waves: [Wanted] = heads.flatMap { head in
            ["Web1-5", "Web6-10"].map { Wanted.under(head: head, row: $0, "✓ 5/5") }
        }
        let marks: [Wanted] = [
            .row(["SOMEBODY MUST ACT"]), .row(["It waits for Pingdom"]),
            .row(["✗ Payments T"]), .role(row: "✗ Payments T", "✗", .bad), .never("○ alerts off"),
        ]
        let runs: [Wanted] = [.row(["✓ Smoke 2", "32/32"]), .row(["1 flaky"]), .row(["✓ Regression", "418/418"])]
        return [
            waves + marks + runs + [
                .row(["STILL OFF", "! pingdom", "19 h 24", "no step ends it"]), .row(["Payer Teams", "2/4"]),
                .row(["Payments T", "1 issue"]), .row(["Integration", "2/7"]), .row(["✓ SRE", "1/1", "∅ rest 6/8"]),
            ],
            waves + marks + runs + [
                .row(["∅ Go Live"]), .row(["∅ Egress"]), .row(["✓ Platform Team"]), .never("other teams"),
                .row(["pingdom", "19 h 24"]),
            ],
            marks + runs + [
                .row(["∅ Go Live"]), .row(["Payments Team", "✗ ✓ · ·"]), .row(["Integration", "✓ ✓ · · · · ·"]),
                .row(["! pingdom", "no step ends it", "19 h 24"]), .never("other teams"),
                .row(["Web6-10", "✓ 5/5", "✓ 5/5", "✓ 5/5", "✓ 5/5", "✓ 5/5", "✓ 5/5"]),
                .row(["■ Everything undone before finish", "shut 1/2"]), .row(["35 of 36 steps done"]),
            ],
        ]
    }
}
