import OrderedCollections
import WarRoomCore

/// What goes wrong on a sample's night.
extension SampleNight {
    /// Every pair of times but one has its ruling.
    mutating func ruled(but open: String? = nil) throws {
        for pair in bridge.openPairs where pair.id != open {
            try take("Sat 19:30", "ruling", pair.id, #"{"value":"home","reason":"the page is of September"}"#)
        }
    }

    /// Sunday 04:31: a server has left one pool, and the first wave is being looked at.
    mutating func dropped() throws {
        try smoke()
        try pools("Sun 03:53", ["IC-Web4"], gateway: "in", balancer: "out")
        for place in 1...3 { try done("Sun 04:15", "alerts-off-\(place)") }
        try done("Sun 04:16", "pingdom-on")
        try started("Sun 04:30", "web1-5-confirm")
    }

    /// Sunday 06:02: two of the second wave are patched.
    mutating func twoOfFive(isDisputed: Bool) throws {
        try secondWave()
        try servers("Sun 05:20", ["IC-Web6", "IC-Web7"], #"{"patch":"installed"}"#, by: "patch-web")
        if isDisputed { try servers("Sun 05:59", ["IC-Web8"], #"{"reach":"unreachable"}"#, by: "patch-web") }
    }

    /// Every check of every board is marked, but one.
    mutating func answered(_ time: String = "Sun 10:45", but open: String? = nil) throws {
        for board in bridge.runbook.boards.values {
            for team in board.teams.values {
                for check in team.checks.keys where "\(board.id)/\(team.id)/\(check)" != open {
                    try take(time, "review", "\(board.id)/\(team.id)/\(check)", #"{"mark":"ok"}"#)
                }
            }
        }
    }

    /// Batch closes of these billers fail after the first wave.
    mutating func batchFailed(_ billers: String...) throws {
        try firstWave()
        for biller in billers {
            try take(
                "Sat 23:31", "batch", "run-\(biller)",
                #"{"state":"failed","job":"close","biller":"\#(biller)","#
                    + #""scheduledAt":"\#(try time("Sat 23:00").rfc3339)"}"#,
                by: "events", via: .source)
        }
    }

    /// An alert fires.
    mutating func alert(_ time: String, _ id: String, on server: String) throws {
        try take(
            time, "alert", id, #"{"state":"firing","name":"5xx","server":"\#(server)","summary":"8 % of requests"}"#,
            by: "events", via: .source)
    }
}
