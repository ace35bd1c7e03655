import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The zoomed lists of test runs and of servers")
struct ZoomedListsTests {
    private static let sizes = [
        GoldenTests.small, Size(columns: 100, rows: 30), GoldenTests.middle, GoldenTests.large,
    ]

    private static func lines(_ night: Night, _ pane: String, _ size: Size, at time: String) throws -> [String] {
        var view = ViewState()
        (view.focus, view.isZoomed) = (pane, true)
        return Screen.draw(try night.sight(at: time, view: view), size: size).lines()
    }

    private static func run(_ state: String, _ failed: Int, _ from: String, _ to: String, _ more: String = "") -> String
    {
        #"{"state":"\#(state)","total":32,"passed":\#(32 - failed),"failed":\#(failed),"#
            + #""startedAt":"2025-09-14T\#(from):00Z","finishedAt":"2025-09-14T\#(to):00Z"\#(more)}"#
    }

    // MARK: Tests

    @Test("failed cases stand under their run by name with why, and the step with its time in both zones")
    func failures() throws {
        for size in Self.sizes {
            let lines = try Self.lines(Night.bad(), "tests", size, at: "Sun 08:20")
            let run = try #require(
                lines.firstIndex { $0.contains("Smoke 2") && $0.contains("running 14 of 32") }, "\(size)")
            #expect(lines[run].contains("Sun 08:06→now"), "\(size): \(lines[run])")
            #expect(
                lines[run + 1].contains("✗ Biller.Portal / Paypal") && lines[run + 1].contains("expected 200, got 503"))
            #expect(
                lines[run + 3].contains("step Smoke 2") && lines[run + 3].contains("Sun 08:00"), "\(lines[run + 3])")
            #expect(lines[run + 3].contains("Sun 17:30"), "\(size): \(lines[run + 3])")
        }
    }

    @Test("a run that ended before stays under the one that counts, with its times, its counts and whence it is known")
    func earlierRuns() throws {
        var night = try Night.evening()
        try night.current("smoke-1", at: "Sun 08:00")
        try night.tool(
            "warroom.tests", "smoke-1", Self.run("failed", 1, "12:06", "12:33"), at: "Sun 08:33", source: "smoke-1")
        try night.tool(
            "warroom.tests", "smoke-1",
            #"{"state":"running","total":32,"passed":3,"startedAt":"2025-09-14T12:40:00Z"}"#, at: "Sun 08:41",
            source: "smoke-1")
        for size in Self.sizes {
            let lines = try Self.lines(night, "tests", size, at: "Sun 08:45")
            let row = try #require(lines.first { $0.contains("before: failed 1 of 32") }, "\(size): \(lines)")
            #expect(row.contains("Sun 08:06→08:33") && row.contains("Sun 17:36→18:03"), "\(size): \(row)")
            #expect(size.columns < 120 || row.contains("smoke-1"), "\(row)")
        }
        let facts = try #require(try night.sight(at: "Sun 08:45").situation.tests["smoke-1"])
        #expect(facts.state == .running && facts.earlier.count == 1)
        try night.tool(
            "warroom.tests", "smoke-1", Self.run("passed", 0, "12:40", "13:05"), at: "Sun 09:05", source: "smoke-1")
        let passed = try #require(try night.sight(at: "Sun 09:06").situation.tests["smoke-1"])
        #expect(
            passed.state == .passed && passed.earlier.map(\.report.state) == [.failed],
            "the one that counts is not repeated")
    }

    @Test("more that is told of one run is no other run; a run without a name is another once it is told to run again")
    func oneRun() throws {
        var night = try Night.half()
        func earlier() throws -> [TestsReport.State] {
            try night.sight(at: "Sun 09:30").situation.tests["smoke-2"]?.earlier.map(\.report.state) ?? []
        }
        try night.tool(
            "warroom.tests", "smoke-2", Self.run("failed", 1, "12:06", "12:33"), at: "Sun 08:33", source: "smoke-2")
        try night.tool(
            "warroom.tests", "smoke-2", Self.run("failed", 2, "12:06", "12:34"), at: "Sun 08:34", source: "smoke-2")
        #expect(try earlier() == [])
        try night.tool(
            "warroom.tests", "smoke-2", Self.run("passed", 0, "12:50", "12:59", #","runID":"7""#), at: "Sun 08:59",
            source: "smoke-2")
        #expect(try earlier() == [.failed])
        var bare = try Night.half()
        for (state, time) in [("failed", "Sun 08:33"), ("running", "Sun 08:40"), ("passed", "Sun 08:50")] {
            try bare.tool(
                "warroom.tests", "smoke-2", #"{"state":"\#(state)","total":2,"passed":2}"#, at: time, source: "feeder")
        }
        #expect(try bare.sight(at: "Sun 09:00").situation.tests["smoke-2"]?.earlier.map(\.report.state) == [.failed])
        for hour in 0..<9 {
            try bare.tool(
                "warroom.tests", "smoke-2", #"{"state":"failed","failed":\#(hour),"runID":"r\#(hour)"}"#,
                at: "Sun 09:0\(hour)", source: "feeder")
        }
        #expect(
            try bare.sight(at: "Sun 09:30").situation.tests["smoke-2"]?.earlier.count == 5,
            "only the last ones are kept")
    }

    @Test(
        "Enter on an earlier run and on the step of a run opens their pages; the page of a run tells the runs before it"
    )
    func enter() throws {
        var night = try Night.half()
        try night.tool(
            "warroom.tests", "smoke-1", Self.run("failed", 3, "05:10", "05:20", #","runID":"m-8""#), at: "Sun 01:20",
            source: "smoke-1")
        try night.tool(
            "warroom.tests", "smoke-1", Self.run("passed", 0, "05:30", "05:40", #","runID":"m-9""#), at: "Sun 01:40",
            source: "smoke-1")
        var person = KeyTests.Person(night, at: "Sun 04:31:00")
        person.size = GoldenTests.large
        let earlier = try #require(
            ZoomedTests.items(try person.sight()).first { if case .run = $0 { true } else { false } })
        person.select("tests", earlier)
        try person.press(.enter)
        let text = try person.lines().joined(separator: "\n")
        #expect(text.contains("BEFORE") && text.contains("failed 3 of 32") && text.contains("run m-8"), "\(text)")
        #expect(person.intents == [.history(subject: "smoke-1")])
    }

    // MARK: Servers

    @Test("each axis tells since when it is so; where there is little room the word stays and the age goes")
    func ages() throws {
        for size in Self.sizes {
            let lines = try Self.lines(Night.half(), "servers", size, at: "Sun 04:31")
            let row = try #require(lines.first { $0.contains("IC-Web4") && $0.contains("○ out") }, "\(size)\n\(lines)")
            #expect(row.contains("○ out 39 min") || size.columns < 120, "\(size): \(row)")
            let wave = try #require(lines.first { $0.contains("web1-5") && $0.contains("5/5") }, "\(size)")
            #expect(wave.contains("4/5"), "\(size): \(wave)")
        }
        let wide = try Self.lines(Night.half(), "servers", GoldenTests.large, at: "Sun 04:31")
        let row = try #require(wide.first { $0.contains("IC-Web1 ") })
        #expect(row.contains("Sat 22:31") && row.contains("Sun 08:01") && row.contains("patch-web"), "\(row)")
        #expect(wide.contains { $0.contains("SERVERS") && $0.contains("9 of 10 in service") })
    }

    @Test("a second boot is told under its server with both zones and who saw each; one boot is not")
    func secondBoot() throws {
        var night = try Night.half()
        #expect(
            try !Self.lines(night, "servers", GoldenTests.middle, at: "Sun 04:31").contains {
                $0.contains("booted") && $0.contains("times")
            })
        try night.tool(
            "warroom.server", "IC-Web1", #"{"reboot":"up","bootedAt":"2025-09-14T07:12:00Z"}"#, at: "Sun 03:12",
            source: "probe")
        for size in Self.sizes {
            let lines = try Self.lines(night, "servers", size, at: "Sun 04:31")
            let row = try #require(lines.first { $0.contains("! booted 2 times, 1 expected") }, "\(size)\n\(lines)")
            #expect(row.contains("Sat 22:31 / Sun 08:01"), "\(row)")
            #expect(size.columns < 120 || row.contains("Sun 03:12 / Sun 12:42 by probe"), "\(row)")
        }
    }

    @Test("what is stale is filled and keeps its last word, and green stands on signs alone")
    func roles() throws {
        var night = try Night.half()
        try night.hub("warroom.source", "pools", #"{"state":"stale","reason":"r"}"#, at: "Sun 04:30")
        var view = ViewState()
        (view.focus, view.isZoomed) = ("servers", true)
        for size in Self.sizes {
            let canvas = Screen.draw(try night.sight(at: "Sun 04:31", view: view), size: size)
            let rows = canvas.lines()
            let row = try #require(rows.firstIndex { $0.contains("IC-Web2") })
            let roles = canvas.row(row).map(\.role)
            #expect(roles.contains(.doubt), "\(size)")
            let green = canvas.row(row).filter { $0.role == .good }.map { Character($0.letter) }
            #expect(green.allSatisfy { $0 == "✓" || $0 == " " }, "\(size): \(green)")
        }
    }
}
