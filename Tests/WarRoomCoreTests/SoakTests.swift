import OrderedCollections
import Testing

@testable import WarRoomCore

/// A gate behind a wave that soaks: it needs positive, fresh evidence without a gap for that long after the last boot.
@Suite("A wave soaks before the gate behind it opens, and a gap begins it anew")
struct SoakTests {
    private func night(_ servers: [String] = ["a1", "a2"]) throws -> GuardNight {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        runbook.waves["first"]!.soak = .seconds(1200)
        runbook.waves["first"]!.servers = servers
        var night = try GuardNight("plain", runbook: runbook)
        for server in servers {
            try night.tool(
                "server", server, #"{"patch":"installed","reboot":"up","bootedAt":"2025-09-14T01:20:00Z"}"#, "01:22")
        }
        return night
    }

    private func verified(_ servers: [String] = ["a1", "a2"], at time: String = "02:00") throws -> GuardNight {
        var night = try night(servers)
        for server in servers { try night.tool("server", server, #"{"verify":"passed"}"#, time) }
        return night
    }

    private func need(_ night: GuardNight, at time: String) -> NeedFacts? {
        night.situation(time).gates["before-second"]?.needs.first { $0.need.value == "20m without a gap" }
    }

    @Test("It counts from when the last of its servers is known to be well, and is met when the time has run")
    func soaks() throws {
        #expect(need(try night(), at: "01:50")?.why == "first must run 20 min without a gap: a1 verify is unknown")
        let night = try verified()
        #expect(need(night, at: "02:19")?.isMet == false)
        #expect(
            need(night, at: "02:19")?.why == "first runs without a gap since Sun 02:00, 20 min of it at Sun 02:20")
        #expect(need(night, at: "02:21")?.isMet == true)
        let situation = night.situation("02:10")
        #expect(
            situation.advanced(to: Instant(rfc3339: "2025-09-14T02:21:00Z")!).gates["before-second"]?.needs
                .allSatisfy { $0.need.value != "20m without a gap" || $0.isMet } == true, "the clock alone opens it")
    }

    @Test("Of one server it is the same, and a held server is not waited for")
    func one() throws {
        #expect(need(try verified(["a1"]), at: "02:21")?.isMet == true)
        var night = try night()
        try night.tool("server", "a1", #"{"verify":"passed"}"#, "02:00")
        #expect(need(night, at: "02:30")?.isMet == false)
        try night.person("hold", "a2", #"{"state":"held","reason":"r"}"#, "02:01")
        #expect(need(night, at: "02:30")?.isMet == true)
    }

    @Test(
        "Whatever is not well is a gap, and when it is well again the time begins anew",
        arguments: [
            (#"{"verify":"failed"}"#, #"{"verify":"passed"}"#, "a1 verify is failed"),
            (#"{"reach":"unreachable"}"#, #"{"reach":"ok"}"#, "a1 reach is unreachable"),
            (#"{"reboot":"rebooting"}"#, #"{"reboot":"up"}"#, "a1 reboot is rebooting"),
            (#"{"patch":"running"}"#, #"{"patch":"installed"}"#, "a1 patch is running"),
        ])
    func gaps(bad: String, good: String, why: String) throws {
        var night = try verified()
        try night.tool("server", "a1", bad, "02:10")
        #expect(need(night, at: "02:25")?.why.hasSuffix(why) == true, "\(need(night, at: "02:25")?.why ?? "")")
        try night.tool("server", "a1", good, "02:15")
        #expect(need(night, at: "02:34")?.isMet == false)
        #expect(need(night, at: "02:36")?.isMet == true)
    }

    @Test("So is a pool that it leaves, an alert that fires on it, a source that falls silent, and another boot")
    func others() throws {
        var pool = try verified()
        try pool.pool("a1", "out", "in", "02:10")
        #expect(need(pool, at: "02:25")?.why.hasSuffix("a1 Outer is out") == true)
        try pool.pool("a1", "in", "in", "02:15")
        #expect((need(pool, at: "02:34")?.isMet, need(pool, at: "02:36")?.isMet) == (false, true))

        var alert = try verified()
        try alert.tool("alert", "f", #"{"state":"firing","name":"5xx","server":"a2"}"#, "02:10")
        #expect(need(alert, at: "02:25")?.why.hasSuffix("a2 has the alert 5xx firing") == true)
        try alert.tool("alert", "f", #"{"state":"resolved","name":"5xx","server":"a2"}"#, "02:15")
        #expect((need(alert, at: "02:34")?.isMet, need(alert, at: "02:36")?.isMet) == (false, true))
        try alert.tool("alert", "g", #"{"state":"firing","server":"a2","demo":true}"#, "02:16")
        try alert.tool("alert", "h", #"{"state":"firing","server":"b1"}"#, "02:16")
        #expect(need(alert, at: "02:36")?.isMet == true, "what fires elsewhere is no gap")

        var silent = try verified()
        for (state, time) in [("stale", "02:10"), ("current", "02:15")] {
            try silent.scenario.take(
                "2025-09-14T\(time):00Z", "source", "pools", #"{"state":"\#(state)"}"#, by: "hub", via: .hub)
        }
        #expect((need(silent, at: "02:34")?.isMet, need(silent, at: "02:36")?.isMet) == (false, true))

        var boot = try verified()
        try boot.tool("server", "a1", #"{"bootedAt":"2025-09-14T02:09:00Z"}"#, "02:10")
        #expect((need(boot, at: "02:29")?.isMet, need(boot, at: "02:31")?.isMet) == (false, true))
        try boot.tool("server", "a1", #"{"bootedAt":"2025-09-14T02:09:20Z"}"#, "02:12", by: "other")
        #expect(need(boot, at: "02:31")?.isMet == true, "another tool tells of the same boot")
    }

    @Test("A gate whose wave does not soak asks for nothing more")
    func none() throws {
        var night = try GuardNight("plain")
        try night.firstWave()
        #expect(night.situation.gates["before-second"]?.needs.count == 2)
    }
}
