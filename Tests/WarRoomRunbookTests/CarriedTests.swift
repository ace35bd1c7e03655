import OrderedCollections
import Testing
import WarRoomCore

/// What is taken over from an earlier situation changes nothing but what it costs, and is known to be the same.
@Suite("A situation that was carried on is the one from nothing")
struct CarriedTests {
    /// All that whoever draws reads, by its kind.
    private static let values:
        [(facts: Situation.Facts, name: String, isSame: @Sendable (Situation, Situation) -> Bool)] = [
            (.servers, "servers", { $0.servers == $1.servers }), (.servers, "waves", { $0.waves == $1.waves }),
            (.servers, "wave counts", { $0.waves.mapValues(\.versionWords) == $1.waves.mapValues(\.versionWords) }),
            (.servers, "restarts", { $0.restarts == $1.restarts }),
            (.servers, "soaks", { one, other in one.waves.values.map(one.soak) == other.waves.values.map(other.soak) }),
            (.servers, "holds", { $0.bridge.holds == $1.bridge.holds && $0.bridge.waveHolds == $1.bridge.waveHolds }),
            (.steps, "steps", { $0.steps == $1.steps }), (.gates, "gates", { $0.gates == $1.gates }),
            (.boards, "boards", { $0.boards == $1.boards }), (.tests, "tests", { $0.tests == $1.tests }),
            (.tests, "planned", { $0.steps.mapValues(\.planned) == $1.steps.mapValues(\.planned) }),
            (.forecast, "forecast", { $0.forecast == $1.forecast }), (.batch, "batch", { $0.batch == $1.batch }),
            (.looseEnds, "loose ends", { $0.looseEnds == $1.looseEnds && $0.mute == $1.mute }),
            (.pools, "pools", { $0.pools == $1.pools && $0.service == $1.service }),
            (.pipelines, "stages", { $0.stages == $1.stages }),
            (.heard, "heard", { $0.heard == $1.heard }),
            (.heard, "titles", { $0.heard.all.map($0.bridge.title) == $1.heard.all.map($1.bridge.title) }),
            (.troubles, "troubles", { $0.troubles == $1.troubles && $0.divergences == $1.divergences }),
            (.sentence, "sentence", { $0.sentence == $1.sentence }),
            (.sources, "sources", { $0.bridge.sources == $1.bridge.sources }),
            (.feed, "feed", { $0.bridge.recent == $1.bridge.recent && $0.bridge.entry == $1.bridge.entry }),
            (.night, "state", { $0.bridge.state == $1.bridge.state && $0.bridge.id == $1.bridge.id }),
            (.night, "lead", { $0.bridge.lead == $1.bridge.lead && $0.bridge.leadership == $1.bridge.leadership }),
            (.night, "signatures", { $0.bridge.missingSignatures == $1.bridge.missingSignatures }),
            (.night, "awaits", { $0.bridge.awaitsLive == $1.bridge.awaitsLive }),
            (
                .night, "amendment",
                { $0.bridge.amendment == $1.bridge.amendment && $0.bridge.closed == $1.bridge.closed }
            ),
            (.runbook, "runbook", { $0.bridge.runbook == $1.bridge.runbook }),
            (
                .runbook, "baseline",
                { one, other in
                    one.steps.values.map { one.bridge.baseline(of: $0.step) }
                        == other.steps.values.map { other.bridge.baseline(of: $0.step) }
                }
            ),
        ]

    private func expectSame(_ carried: Situation, _ fresh: Situation, _ what: String) -> Bool {
        for (_, name, isSame) in CarriedTests.values where !isSame(carried, fresh) {
            Issue.record("\(name) differ from those from nothing, \(what)")
            return false
        }
        return true
    }

    private func expectTrue(_ later: Situation, _ earlier: Situation, _ what: String) -> Bool {
        for (facts, name, isSame) in CarriedTests.values
        where later.isSame(in: facts, as: earlier) && !isSame(later, earlier) {
            Issue.record("\(name) are said to be the same and are not, \(what)")
            return false
        }
        return true
    }

    @Test(
        "On random nights, after every entry and every wait, and sameness is never claimed where there is none",
        arguments: ["2025-09-14", "gateway-upgrade", "engageip-billing"], [1, 2])
    func random(sample: String, seed: UInt64) throws {
        var night = try RandomNight(sample, seed: seed)
        var carried = Situation(night.bridge, now: night.now)
        var older = carried
        for round in 0..<60 {
            for _ in 0..<(round % 10 == 9 ? 3 : 1) { try night.happen() }
            var told: [HubTrouble] = []
            if (5...7).contains(round % 30) { told = [HubTrouble(.unkept, since: night.now, text: "full")] }
            let next = Situation(night.bridge, now: night.now, told: told, after: carried)
            let line = night.bridge.recent.last.map(\.text) ?? ""
            let what = "\(sample) \(seed), entry \(night.bridge.entry): \(line)"
            guard expectSame(next, Situation(night.bridge, now: night.now, told: told), what),
                expectTrue(next, carried, what), expectTrue(next, older, what)
            else { return }
            night.wait()
            let fresh = Situation(night.bridge, now: night.now, told: told)
            carried = Situation(night.bridge, now: night.now, told: told, after: next)
            let ticked = next.advanced(to: night.now)
            let waited = "waiting after \(what)"
            guard expectSame(carried, fresh, waited), expectTrue(carried, next, waited),
                expectTrue(ticked, next, waited)
            else { return }
            guard expectSame(ticked, fresh, waited) else { return }
            for (one, other) in [(carried, next), (ticked, next)] where one.sentence == other.sentence {
                #expect(one.isSame(in: .sentence, as: other), "the band is said to have changed, \(waited)")
            }
            if round % 7 == 0 { older = carried }
        }
        #expect(
            StatusDocument.json(carried, lastGood: [:], head: "")
                == StatusDocument.json(
                    Situation(night.bridge, now: night.now), lastGood: [:], head: ""))
    }

    @Test("An entry is seen to leave alone what it does not touch")
    func untouched() throws {
        let all = Situation.Facts(CarriedTests.values.map(\.facts))
        let rows: [(EventType, String, String, changed: Situation.Facts)] = [
            (.note, "web1-5-patch", #"{"text":"words"}"#, .feed),
            (.message, "web1-5-patch/#x", #"{"state":"posted","text":"t"}"#, .feed),
            (.refusal, "web1-5-patch", #"{"who":"w","what":"x","why":"y"}"#, .feed),
            (.source, "drop", #"{"state":"stale","reason":"r"}"#, [.feed, .sources, .troubles]),
            (.review, "india/payments/paypal", #"{"mark":"ok"}"#, [.feed, .boards]),
            (.heard, "web1-5-patch", #"{"text":"slow","from":"a caller"}"#, [.feed, .heard, .sentence]),
            (
                .server, "IC-ProxyTemp-10", #"{"detail":"looked at"}"#, [.feed, .servers]
            ),
            (
                .step, "web1-5-patch", #"{"state":"started"}"#,
                [.feed, .steps, .forecast, .batch, .sentence, .pools, .gates, .looseEnds, .troubles]
            ),
            (.lead, "monthly-2025-09-14", #"{"state":"offered","user":"ann"}"#, [.feed, .night, .sentence]),
        ]
        for row in rows {
            var night = try RandomNight("2025-09-14", seed: 3)
            let earlier = Situation(night.bridge, now: night.now)
            let number = try night.take(row.0, row.1, row.2)
            let later = Situation(night.bridge, now: night.now, after: earlier)
            #expect(later.isSame(in: all.subtracting(row.changed), as: earlier), "\(row.0) \(number)")
            #expect(!later.isSame(in: .feed, as: earlier))
            #expect(later.isSame(in: [], as: earlier))
        }
    }

    @Test("Nothing is the same in two situations of which neither was made from the other")
    func strangers() throws {
        let one = try RandomNight("2025-09-14", seed: 1)
        let other = Situation(one.bridge, now: one.now)
        for (facts, _, _) in CarriedTests.values {
            #expect(!Situation(one.bridge, now: one.now).isSame(in: facts, as: other))
        }
    }
}
