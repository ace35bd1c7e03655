import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("What the band says, moment by moment")
struct SentenceTests {
    struct Row {
        let name: String
        let sample: String
        let at: String
        let build: (inout SampleNight) throws -> Void
    }

    @Test("dump")
    func dump() throws {
        func show(_ name: String, _ night: SampleNight, _ at: String) throws {
            let s = try night.situation(at)
            let b = s.band()
            let t = Telling(now: s.now, zones: s.bridge.runbook.zones)
            print("== \(name) [\(at)] state=\(b.state) on=\(s.sentence.on ?? "nil") subject=\(s.sentence.subject ?? "nil") more=\(b.more)")
            print("   H: \(b.headlines.map { $0.text(t) }) / \(b.second?.text(t) ?? "nil") / \(b.time.map { "\($0)" } ?? "nil")")
            for (i, f) in s.sentence.forms.enumerated() { print("   \(f == s.sentence.usual ? "*" : " ")\(i) \(f.text(t))") }
            if b.sentences != s.sentence.forms { print("   band: \(b.sentences.map { $0.text(t) })") }
            if let strip = b.strip { print("   strip: \(strip.texts.map { $0.text(t) })") }
            for tr in s.troubles where tr.kind != .hole { print("      trouble \(tr.rank) \(tr.kind): \(tr.text)") }
        }
        let october = "2025-10-12", september = "2025-09-14"
        var n = try SampleNight(october, date: "2025-11-09")
        try show("before live", n, "Sat 18:50")
        for pair in n.bridge.openPairs { try n.take("Sat 19:30", "ruling", pair.id, #"{"value":"home","reason":"r"}"#) }
        try show("ruled", n, "Sat 19:35")
        n = try SampleNight(october); try show("opened", n, "Sat 18:50"); try show("due now", n, "Sat 19:00"); try show("due", n, "Sat 19:12")
        n = try SampleNight(october); try n.prepared(); try show("prepared", n, "Sat 21:30"); try show("wave due", n, "Sat 22:12")
        n = try SampleNight(october); try n.patching(); try show("patching", n, "Sat 22:20")
        n = try SampleNight(october); try n.threeOfFive(); try show("3 of 5", n, "Sat 22:40"); try show("late patching", n, "Sat 23:25")
        n = try SampleNight(october); try n.firstWave(); try show("calm", n, "Sat 23:35"); try show("calm", n, "Sun 01:00"); try show("smoke due", n, "Sun 02:03")
        n = try SampleNight(october); try n.smoke(); try show("smoke done", n, "Sun 03:00"); try show("alerts due", n, "Sun 04:16")
        for sample in [october, september] {
            n = try SampleNight(sample); try n.smoke(); try n.pools("Sun 03:53", ["IC-Web4"], gateway: "in", balancer: "out"); try show("dropped " + sample, n, "Sun 03:55")
            for place in 1...3 { try n.done("Sun 04:15", "alerts-off-\(place)") }
            try n.done("Sun 04:16", "pingdom-on"); try n.started("Sun 04:30", "web1-5-confirm"); try show("dropped", n, "Sun 04:31")
            n = try SampleNight(sample); try n.confirmed(); try show("gate ready", n, "Sun 04:39")
            n = try SampleNight(sample); try n.secondWave(); try n.servers("Sun 05:30", ["IC-Web6", "IC-Web7"], #"{"patch":"installed"}"#, by: "patch-web"); try show("second wave", n, "Sun 05:05"); try show("second", n, "Sun 05:35")
            try n.servers("Sun 05:59", ["IC-Web8"], #"{"reach":"unreachable"}"#, by: "patch-web"); try show("disputed", n, "Sun 06:02")
            n = try SampleNight(sample); try n.changed(); try show("changed", n, "Sun 07:30"); try show("changed", n, "Sun 08:03")
            n = try SampleNight(sample); try n.smokeTwo(failed: ["Biller.Portal.PayPal"]); try show("failed", n, "Sun 08:45")
            n = try SampleNight(sample); try n.smokeTwo(); try show("smoke 2", n, "Sun 08:50")
            n = try SampleNight(sample); try n.finished(); try show("finished", n, "Sun 10:30")
            try n.done("Sun 10:40", "finish-message"); try show("all done", n, "Sun 10:45"); try show("all done", n, "Mon 09:10 EST")
        }
    }
}
