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
        let days: (String, String, String, String) =
            switch moment {
            case .sat1905: ("SAT 19:05:00", "SUN 04:35:00", "SAT 13 SEP", "SUN 14 SEP")
            case .sat2240: ("SAT 22:40:12", "SUN 08:10:12", "SAT 13 SEP", "SUN 14 SEP")
            case .sun0210: ("SUN 02:10:30", "SUN 11:40:30", "SUN 14 SEP", "SUN 14 SEP")
            case .sun0431: ("SUN 04:31:07", "SUN 14:01:07", "SUN 14 SEP", "SUN 14 SEP")
            case .sun0820: ("SUN 08:20:00", "SUN 17:50:00", "SUN 14 SEP", "SUN 14 SEP")
            case .mon0910: ("SUN 23:40:15", "MON 09:10:15", "SUN 14 SEP", "MON 15 SEP")
            }
        var wanted: [Wanted] = [
            .row(["LIVE", "lead lead-us", "entry"]), .row(["Payments Team"]), .row(["Payer Teams"]),
            .row(["Integration"]), .row(["SRE Team"]),
            .row(["Smoke 1"]), .row(["Smoke 2"]), .row(["Regression"]), .role(row: "LIVE", "LIVE", .modeLive),
        ]
        if size.columns < 120 {
            wanted += [
                .at(column: 8, row: 1, days.0), .at(column: 48, row: 1, days.1),
                .row([days.0, "EST (EDT, UTC-4)", days.1, "IST (UTC+5:30)"]),
            ]
        } else {
            wanted += [.row([days.2, days.3]), .row(["EST (EDT, UTC-4)", "IST (UTC+5:30)"])]
        }
        if size.columns >= 200 { wanted += [.row(["WINDOW", "close not set"])] }
        // On Monday the night is longer than the gauge.
        if size.columns >= 200, moment != .mon0910 {
            wanted += [.row(["now " + days.0.dropFirst(4).prefix(5)]), .row(["now " + days.1.dropFirst(4).prefix(5)])]
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

    private static var evening: [[Wanted]] {
        let steps: [Wanted] = [
            .row(["NOW", "▸", "Sat 19:00", "Sun 04:30", "Run stage Pre-Maintenance", "for 5 min"]),
            .row(["NEXT", "·", "Sat 22:00", "Sun 07:30", "Patch IC-Web1 thru 5", "in 2 h 55"]),
            .row(["■", "Sun 02:00", "Sun 11:30", "Smoke 1", "gate shut 1/2"]),
        ]
        let waves: [Wanted] = [
            .under(head: "installed", row: "web1-5", "· 0/5"), .under(head: "App Gateway", row: "web1-5", "✓ 5/5"),
            .under(head: "Internal LB", row: "web6-10", "✓ 5/5"), .under(head: "alerts on", row: "web6-10", "✓ 5/5"),
        ]
        let calm: [Wanted] = [
            .never("alerts muted"), .never("✗"), .row(["jobs", "5 min"]), .row(["Smoke 1", "Sun 02:00 / 11:30"]),
            .row(["Regression", "after Smoke 2"]),
        ]
        return [
            steps + waves + calm + [
                .row(["LOOSE", "1 open"]), .row(["SOURCE", "worst: pools 10 of 60 s"]),
                .row(["Payments Team", "0/4 pending"]), .row(["Integration", "0/7 pending"]),
            ],
            steps + waves + calm + [
                .row(["SOURCE", "worst: pools 10 of 60 s"]), .row(["Payer Teams", "· · · ·", "0/4 pending"]),
            ],
            calm + [
                .row(["▸", "Sat 19:00", "Sun 04:30", "Run stage"]),
                .row(["· Sat 22:00", "Sun 07:30", "Patch IC-Web1 thru 5"]),
                .row(["IC-Web1 ", "✓ in", "✓ in", "✓ on"]), .row(["pools", "current", "10 of 60 s"]),
                .role(row: "Run stage Pre-M", "▸", .moving),
            ],
        ]
    }

    private static var patching: [[Wanted]] {
        let waves: [Wanted] = [
            .under(head: "installed", row: "web1-5", "▸ 3/5"), .under(head: "back up", row: "web1-5", "▸ 2/5"),
            .under(head: "verified", row: "web1-5", "· 0/5"),
            .under(head: "App Gateway", row: "web1-5", "○ 0/5"), .under(head: "Internal LB", row: "web1-5", "○ 0/5"),
            .under(head: "alerts on", row: "web1-5", "○ 0/5"),
            .under(head: "App Gateway", row: "web6-10", "✓ 5/5"),
            .row(["▸ IC-Web3 rebooting", "▸ IC-Web4 installing"]),
        ]
        let steps: [Wanted] = [
            .row(["NOW", "▸", "Sat 22:14", "Sun 07:44", "Patch IC-Web1 thru 5 by Ansible", "26 of 45 min"]),
            .row(["NEXT", "Sun 02:00", "Sun 11:30", "Smoke 1", "gate shut 0/2"]),
            .row(["alerts muted 39 min"]), .role(row: "alerts muted 39 min", "○", .off),
        ]
        return [
            waves + steps + [.row(["LOOSE", "16 open", "jobs"]), .row(["SOURCE", "worst: pools 40 of 60 s"])],
            waves + steps + [.row(["LOOSE", "16 open"]), .row(["SOURCE", "worst: pools 40 of 60 s"])],
            [
                .row(["alerts muted 39 min"]), .row(["IC-Web1 ", "✓", "22:31"]), .row(["IC-Web3 ", "▸ boots"]),
                .row(["IC-Web4 ", "▸ runs"]),
                .row(["▸ Sat 22:00→22:01", "Sun 07:30→07:31", "Patch IC-Web1"]), .row(["26 of 45 min"]),
                .row(["IC-Web6 ", "✓ in", "✓ in", "✓ on"]), .row(["pools", "current", "40 of 60 s"]),
            ],
        ]
    }

    private static var smoke: [[Wanted]] {
        let waves: [Wanted] =
            ["installed", "back up", "verified", "App Gateway", "Internal LB", "alerts on"].map {
                .under(head: $0, row: "web1-5", "✓ 5/5")
            }
            + [.under(head: "installed", row: "web6-10", "· 0/5"), .under(head: "alerts on", row: "web6-10", "✓ 5/5")]
        let runs: [Wanted] = [
            .role(row: "▸ Smoke 1", "▸", .moving), .row(["Smoke 2", "Sun 08:00 / 17:30"]), .never("alerts muted"),
            .row(["jobs", "7 h 10"]),
        ]
        let count = Wanted.row(["▸ Smoke 1", "14/32"])
        let steps: [Wanted] = [.row(["NEXT", "Sun 04:15", "Sun 13:45", "Disable alerts, 3 systems", "in 2 h 05"])]
        return [
            waves + runs + steps + [count, .row(["LOOSE", "1 open"]), .row(["SOURCE", "worst: pools 15 of 60 s"])],
            waves + runs + steps + [count, .row(["█", "░"])],
            runs + [
                .row(["▸ Smoke 1", "14 of 32"]), .row(["✓ IC-Web5", "22:55"]),
                .row(["· Sun 04:15", "Sun 13:45", "Disable alerts, 3 systems"]), .row(["█", "░"]),
                .row(["smoke-1", "current"]),
            ],
        ]
    }

    private static var gate: [[Wanted]] {
        let waves: [Wanted] = [
            .under(head: "verified", row: "web1-5", "✓ 5/5"), .under(head: "App Gateway", row: "web1-5", "✓ 5/5"),
            .under(head: "Internal LB", row: "web1-5", "! 4/5"),
            .under(head: "alerts on", row: "web1-5", "○ 0/5"),
            .row(["! IC-Web4 out of Internal LB since 03:52, 39 min"]),
            .role(row: "IC-Web4 out of Internal LB since", "IC-Web4", .act),
            .under(head: "installed", row: "web6-10", "· 0/5"),
        ]
        let steps: [Wanted] = [
            .row(["WAIT", "Waiting for Put back in the Internal LB, undone"]),
            .row(["since Sun 03:52 / Sun 13:22, 39 min"]), .role(row: "Waiting for Put back", "Waiting", .sentence),
            .row(["DUE", "■", "Sun 04:30", "Sun 14:00", "Approve Web6-10-Patching", "gate shut 2/3"]),
            .row(["NEXT", "·", "Sun 04:45", "Sun 14:15", "Run stage Starting Maintenance", "in 14 min"]),
            .row(["Sun 05:00", "Sun 14:30", "Post maintenance message", "in 29 min"]),
            .row(["alerts muted 16 min"]),
        ]
        let runs: [Wanted] = [.row(["✓ Smoke 1", "passed 32/32"]), .row(["· Smoke 2", "Sun 08:00 / 17:30"])]
        return [
            waves + steps + runs + [
                .row(["LOOSE", "16 open", "no closing step"]), .row(["SOURCE", "worst: pools 20 of 60 s"]),
                .row(["Payments Team", "0/4 pending"]),
            ],
            waves + steps + runs + [.row(["LOOSE", "16 open"]), .row(["SOURCE", "worst: pools 20 of 60 s"])],
            runs + [
                .row(["Waiting for Put back in the Internal LB"]), .row(["IC-Web4 ", "✓ in", "○ out", "○ muted"]),
                .row(["IC-Web3 ", "22:43", "✓ in", "✓ in", "○ muted"]),
                .row(["■ before-web6-10", "shut 2/3"]),
                .row(["■ Sun 04:30", "Sun 14:00", "Approve Web6-10-Patching", "2/3"]),
                .row(["! pingdom", "15 min", "NO CLOSING STEP"]),
                .row(["IC-Web4 out of Internal LB", "39 min"]), .row(["alerts muted 16 min"]),
                .row(["jobs rescheduled", "9 h 31"]),
            ],
        ]
    }

    private static var trouble: [[Wanted]] {
        let old: [Wanted] = [
            .row(["hub silent since 08:19:18"]), .role(row: "hub silent since 08:19:18", "hub silent", .act),
            .row(["OLD", "40 s old", "Sun 08:19 / Sun 17:49"]),
            .role(row: "40 s old", "This picture", .act), .row(["alerts muted 4 h 05"]), .never("\u{1B}"),
            .never("\u{202E}"),
        ]
        let count = Wanted.row(["▸ Smoke 2", "14/32", "2 failed"])
        let runs: [Wanted] = [
            .row(["✗ Biller.Portal / Paypal"]), .row(["✗ 作者 login"]), .row(["✓ Smoke 1", "passed 32/32"]),
        ]
        let waves: [Wanted] = [
            .under(head: "installed", row: "web6-10", "✗ 4/5"), .under(head: "App Gateway", row: "web1-5", "~ 0/5"),
            .under(head: "Internal LB", row: "web6-10", "~ 0/5"),
            .row(["✗ IC-Web10 patch failed"]), .role(row: "IC-Web10 patch failed", "IC-Web10", .bad),
        ]
        return [
            old + runs + waves + [
                count, .row(["SOURCE", "~ worst: pools stale 8 min of 60 s", "connect timed out"]),
                .row(["✗ Payments Team", "1 issues"]), .row(["✓ SRE Team ", " ok"]),
                .role(row: "worst: pools", "worst", .doubt),
            ],
            old + runs + waves + [
                count, .row(["SOURCE", "~ worst: pools stale 8 min of 60 s", "connect timed out"]),
                .row(["∅", "Go Live"]), .row(["✗ Payments Team", "✗"]),
            ],
            old + runs + [
                .row(["▸ Smoke 2", "14 of 32", "2 failed"]),
                .row(["~ pools", "stale", "8 min of 60 s", "connect timed out"]),
                .row(["✗ Biller.Portal / Paypal", "expected 200, got 503"]), .row(["✗ IC-Web10"]),
                .row(["IC-Web1 ", "✓", "~ in", "~ in"]), .row(["∅", "Go Live"]), .row(["✓ SRE Team"]),
                .row(["■ before-regression", "shut"]),
            ],
        ]
    }

    private static var review: [[Wanted]] {
        let waves: [Wanted] = ["installed", "back up", "verified", "App Gateway", "Internal LB", "alerts on"].flatMap {
            head in
            ["web1-5", "web6-10"].map { Wanted.under(head: head, row: $0, "✓ 5/5") }
        }
        let marks: [Wanted] = [
            .row(["✗ Payments Team"]), .role(row: "✗ Payments Team", "✗", .bad), .never("alerts muted"),
        ]
        let runs: [Wanted] = [.row(["✓ Smoke 2", "32/32"]), .row(["1 flaky"]), .row(["✓ Regression", "418/418"])]
        return [
            waves + marks + runs + [
                .row(["LOOSE", "1 open", "pingdom", "19 h 24", "no closing step"]), .row(["Payer Teams", "2/4"]),
                .row(["Integration", "2/7"]), .row(["✓ SRE Team ", " ok", "∅ rest 6/8"]),
            ],
            waves + marks + runs + [
                .row(["∅ Go Live"]), .row(["∅ Egress"]), .row(["✓ Platform Team"]), .row(["pingdom", "19 h 24"]),
            ],
            marks + runs + [
                .row(["∅ Go Live"]), .row(["Payments Team", "✗ ✓ · ·"]), .row(["Integration", "✓ ✓ · · · · ·"]),
                .row(["pingdom", "19 h 24", "NO CLOSING STEP"]),
                .row(["IC-Web10", "✓ in", "✓ in", "✓ on"]), .row(["■ before-finish", "shut 1/2"]),
            ],
        ]
    }
}
