import OrderedCollections
import Testing
import WarRoomCore

@Suite("A server is in order only if it started after what it depends on was ready")
struct RestartTests {
    /// a1 and a2 depend on base, nothing else is mapped.
    private func night(mapped: Bool = true) throws -> Scenario {
        var runbook = Scenario.smallNight
        runbook.servers["base"] = .init(name: "base")
        if mapped { for name in ["a1", "a2"] { runbook.servers[name]!.restartAfter = ["base"] } }
        var night = Scenario(runbook)
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "patcher", #"{"state":"current"}"#, by: "hub", via: .hub)
        return night
    }

    /// A report at 06:00 with times of this night, `HH:MM`.
    private func tell(_ night: inout Scenario, _ server: String, _ fields: KeyValuePairs<String, String>) throws {
        let parts = fields.map { key, value in
            value.contains(":") ? #""\#(key)":"2025-09-14T\#(value):00Z""# : #""\#(key)":"\#(value)""#
        }
        try night.source("patcher", "2025-09-14T06:00:00Z", "server", server, "{\(parts.joined(separator: ","))}")
    }

    private func state(_ night: Scenario, _ server: String = "a1") -> RestartFacts.State? {
        night.situation().restarts[server]?.state
    }

    @Test("Each combination of what is known of the two")
    func table() throws {
        let rows: [(KeyValuePairs<String, String>, KeyValuePairs<String, String>, RestartFacts.State)] = [
            (["bootedAt": "02:10"], ["bootedAt": "01:00", "readyAt": "01:20"], .inOrder),
            (["bootedAt": "01:10", "startedAt": "01:30"], ["readyAt": "01:20"], .inOrder),
            // It started before the other was ready, though after the other booted: ready is what counts.
            (["bootedAt": "01:10"], ["bootedAt": "01:00", "readyAt": "01:20"], .recycleNeeded),
            (["bootedAt": "01:20"], ["readyAt": "01:20"], .recycleNeeded),
            // The last reboot counts: ready at 01:20 is over, and when it was ready again is not known.
            (["bootedAt": "02:00"], ["readyAt": "01:20", "bootedAt": "03:00"], .recycleNeeded),
            (["bootedAt": "03:10"], ["readyAt": "01:20", "bootedAt": "03:00"], .unknown),
            // A start before its own last boot is not its last.
            (["startedAt": "01:30", "bootedAt": "02:30"], ["readyAt": "02:00"], .inOrder),
            (["bootedAt": "02:10"], ["bootedAt": "01:00"], .unknown),
            (["patch": "installed"], ["readyAt": "01:20"], .unknown),
            (["bootedAt": "02:10"], ["patch": "installed"], .unknown),
            (["bootedAt": "02:10"], ["readyAt": "01:20", "reboot": "rebooting"], .recycleNeeded),
            (["bootedAt": "01:10", "reboot": "rebooting"], ["readyAt": "01:20"], .unknown),
            // What is told at 06:00 cannot have started at 09:00. A clock that is ahead proves nothing, and hides no
            // lateness.
            (["startedAt": "09:00"], ["readyAt": "01:20"], .unknown),
            (["startedAt": "06:01"], ["readyAt": "01:20"], .inOrder),
            (["startedAt": "01:10"], ["readyAt": "09:00"], .recycleNeeded),
        ]
        for (dependent, first, expected) in rows {
            var night = try night()
            try tell(&night, "a1", dependent)
            try tell(&night, "base", first)
            #expect(state(night) == expected, "\(dependent) after \(first)")
            #expect(night.situation().troubles.contains { $0.kind == .recycle } == (expected == .recycleNeeded))
        }
    }

    @Test("Nothing said is unknown; a server under no rule has no state at all")
    func unsaid() throws {
        #expect(state(try night()) == .unknown)
        #expect(state(try night(), "a10") == nil)
        #expect(try night(mapped: false).situation().restarts.isEmpty)
    }

    @Test("Host by host, with both times; one trouble for what they wait on, gone when they are restarted")
    func troubles() throws {
        var night = try night()
        try tell(&night, "a1", ["bootedAt": "01:10"])
        try tell(&night, "a2", ["bootedAt": "02:10"])
        try tell(&night, "base", ["bootedAt": "01:00", "readyAt": "01:20"])
        let edge = try #require(night.situation().restarts["a1"]?.worst)
        #expect(edge.why == "services started Sun 01:10 / Sun 01:10, base ready Sun 01:20 / Sun 01:20")
        var trouble = try #require(night.situation().troubles.first { $0.kind == .recycle })
        #expect(trouble.subject == "base")
        #expect(trouble.text == "a1 must be recycled: \(edge.why)")
        #expect(trouble.since == Instant(rfc3339: "2025-09-14T01:20:00Z"))
        // The other one is rebooted a second time: the order holds for the last reboot of each.
        try tell(&night, "base", ["bootedAt": "03:00", "readyAt": "03:10"])
        trouble = try #require(night.situation().troubles.first { $0.kind == .recycle })
        #expect(trouble.text == "2 servers must be recycled, they run since before base was ready: a1, a2")
        try tell(&night, "a1", ["startedAt": "03:20"])
        try tell(&night, "a2", ["startedAt": "03:20"])
        #expect(!night.situation().troubles.contains { $0.kind == .recycle })
    }
}
