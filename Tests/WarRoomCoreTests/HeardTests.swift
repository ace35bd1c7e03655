import OrderedCollections
import Testing
import WarRoomCore

/// What comes in, what is shown of it, and when it is silent.
@Suite("What was heard from outside stays until somebody has said what it was")
struct HeardTests {
    /// A line of the scenario: who sends what on which subject.
    private typealias Line = (type: String, subject: String, data: String)

    private static func heard(_ subject: String, _ text: String = "it is slow") -> Line {
        ("heard", subject, #"{"text":"\#(text)","from":"Ana"}"#)
    }

    private static func looked(_ subject: String, _ was: String = "a cache") -> Line {
        ("looked", subject, #"{"was":"\#(was)"}"#)
    }

    private static func alert(_ state: String, _ more: String = "") -> Line {
        ("alert", "f1", #"{"state":"\#(state)","name":"Slow","server":"a1"\#(more)}"#)
    }

    private func night(_ lines: [Line] = []) throws -> Scenario {
        var night = Scenario()
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        for (place, line) in lines.enumerated() {
            let isTool = line.type == "alert"
            try night.take(
                "2025-09-14T01:\(place < 10 ? "0" : "")\(place):00Z", line.type, line.subject, line.data,
                via: isTool ? .feeder : nil, source: isTool ? "pager" : nil)
        }
        return night
    }

    private func refusal(
        _ night: Scenario, _ line: Line, by sender: Sender = Sender(user: "lead-us", roles: [.lead]),
        source: String? = nil
    ) throws -> String? {
        let event = try Event(written(line.type, line.subject, line.data, source: source ?? "people/x"))
        return night.bridge.refusal(of: event, from: sender, source: source, now: night.situation().now)
    }

    // The first line is entry 2.
    private static let table: [(what: String, lines: [Line], holds: [String], troubles: [String])] = [
        ("nothing was heard", [], [], []),
        ("one caller", [heard("a1")], ["heard heard/2"], []),
        ("two on one subject", [heard("a1"), heard("a1")], ["heard heard/2", "heard heard/3"], []),
        (
            "three on one subject", [heard("a1"), heard("a1"), heard("a1", "down")],
            ["heard heard/2", "heard heard/3", "heard heard/4"],
            ["3 people told of a1 since Sun 01:00 / Sun 01:00, and nobody has looked; last: down"]
        ),
        (
            "three on three", [heard("a1"), heard("a2"), heard("open")],
            ["heard heard/2", "heard heard/3", "heard heard/4"], []
        ),
        (
            "three on the night, by its two names",
            [heard("small-2025-09-14"), heard("small-2025-09-14"), heard("small-2025-09-14")],
            ["heard heard/2", "heard heard/3", "heard heard/4"],
            ["3 people told of the night since Sun 01:00 / Sun 01:00, and nobody has looked; last: it is slow"]
        ),
        (
            "four on a step, by its title", [heard("open"), heard("open"), heard("open"), heard("open", "shut")],
            ["heard heard/2", "heard heard/3", "heard heard/4", "heard heard/5"],
            ["4 people told of Open the doors since Sun 01:00 / Sun 01:00, and nobody has looked; last: shut"]
        ),
        (
            "one of three was looked at", [heard("a1"), heard("a1"), heard("a1"), looked("heard/3")],
            ["heard heard/2", "heard heard/4"], []
        ),
        ("all were", [heard("a1"), heard("a1"), looked("heard/3"), looked("heard/2")], [], []),
        ("looked at twice: the later word holds", [heard("a1"), looked("heard/2"), looked("heard/2", "DNS")], [], []),
        ("an alert fires", [alert("firing")], ["unlooked-alert alert/f1"], []),
        (
            "it fires on, with other words",
            [alert("firing"), looked("alert/f1"), alert("firing", #","summary":"x""#)], [], []
        ),
        ("it is over, and nobody has looked", [alert("firing"), alert("resolved")], [], []),
        ("somebody has looked", [alert("firing"), looked("alert/f1")], [], []),
        (
            "it fires again", [alert("firing"), looked("alert/f1"), alert("resolved"), alert("firing")],
            ["unlooked-alert alert/f1"], []
        ),
        ("a demo biller's alert", [alert("firing", #","demo":true"#)], [], []),
    ]

    @Test(
        "What holds the close, and from three on one subject on a trouble of the first rank", arguments: table.indices)
    func holds(row: Int) throws {
        let (what, lines, holds, troubles) = HeardTests.table[row]
        let situation = try night(lines).situation("2025-09-14T02:00:00Z")
        let held = situation.closing.obstacles.filter { $0.kind == .heard || $0.kind == .unlookedAlert }
        #expect(held.map { "\($0.kind.rawValue) \($0.subject)" } == holds, "\(what)")
        let found = situation.troubles.filter { $0.kind == .heard }
        #expect(found.map(\.text) == troubles, "\(what)")
        #expect(found.allSatisfy { $0.rank == 1 && $0.since?.rfc3339 == "2025-09-14T01:00:00Z" }, "\(what)")
        #expect(situation.heard.names == holds.map { String($0.split(separator: " ")[1]) }, "\(what)")
    }

    @Test("The words in the way of the close, and on the page of whoever takes over, name who, what and since when")
    func words() throws {
        let situation = try night([Self.heard("open", "Kiosk shows an old page"), Self.alert("firing")])
            .situation("2025-09-14T01:04:00Z")
        #expect(
            situation.closing.obstacles.prefix(2).map(\.text) == [
                "heard/2, from Ana on Open the doors: Kiosk shows an old page, 4 min ago, nobody has looked",
                "alert/f1, Slow, a1, firing for 3 min, nobody has looked",
            ])
        let section = try #require(HandoverFacts(situation).sections.first { $0.word == "HEARD" })
        #expect(
            section.items.map(\.text) == [
                "heard/2, from Ana on Open the doors: Kiosk shows an old page", "alert/f1 is firing, Slow, a1",
            ])
        #expect(section.items.map(\.since?.rfc3339) == ["2025-09-14T01:00:00Z", "2025-09-14T01:01:00Z"])
        let calm = HandoverFacts(try night().situation()).sections.first { $0.word == "HEARD" }
        #expect(calm?.items.isEmpty == true && calm?.empty == "nothing that nobody has looked at")
    }

    @Test("The document lists what was heard, with what it was, and what is taken back is not in it")
    func document() throws {
        var night = try night([Self.heard("a1"), Self.heard("a2"), Self.looked("heard/2", "a \\\"cache\\\"")])
        func heard() -> [JSON] {
            StatusDocument.json(night.situation(), lastGood: [:], head: "").object?["heard"]?.array ?? []
        }
        #expect(
            heard().first?.line
                == #"{"at":"2025-09-14T01:00:00Z","by":"lead-us","entry":2,"from":"Ana","subject":"a1","#
                + #""text":"it is slow","was":"a \"cache\""}"#)
        #expect(heard().map { $0["was"] ?? .null } == ["a \"cache\"", .null])
        try night.take(
            "2025-09-14T01:10:00Z", "heard", "a2", #"{"text":"it is slow","from":"Ana","undoes":3,"note":"twice"}"#)
        #expect(heard().map { $0["entry"]?.int } == [2])
    }

    @Test("A rehearsal's own id and the night's are one subject")
    func oneNight() throws {
        var night = Scenario()
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14.rehearsal", #"{"state":"opened","mode":"rehearsal"}"#,
            via: .hub)
        for id in ["small-2025-09-14", "small-2025-09-14.rehearsal", "small-2025-09-14"] {
            let line = Self.heard(id)
            #expect(try refusal(night, line) == nil)
            try night.take("2025-09-14T01:00:00Z", line.type, line.subject, line.data)
        }
        #expect(night.situation().heard.open.map(\.subject) == Array(repeating: "small-2025-09-14.rehearsal", count: 3))
        #expect(night.situation().troubles.contains { $0.kind == .heard })
    }

    // MARK: Who, and on what

    @Test("Anybody but a viewer writes down what was heard; the lead, monitoring and a team say what it was")
    func roles() throws {
        let night = try night([Self.heard("a1")])
        let team = Role.team(.init(board: "east", team: "money"))
        for (role, hears, looks) in [
            (Role.lead, true, true), (.monitoring, true, true), (team, true, true),
            (.approver("Approver"), true, false),
            (.feeder, true, false), (.viewer, false, false),
        ] {
            let sender = Sender(user: "u", roles: [role])
            #expect((try refusal(night, Self.heard("a1"), by: sender) == nil) == hears, "\(role)")
            #expect((try refusal(night, Self.looked("heard/2"), by: sender) == nil) == looks, "\(role)")
        }
        let viewer = Sender(user: "u", roles: [.viewer])
        #expect(
            try refusal(night, Self.heard("a1"), by: viewer)
                == "u (viewer) may not do this: what was heard is written down by anybody but a viewer")
        #expect(
            try refusal(night, Self.looked("heard/2"), by: Sender(user: "u", roles: [.feeder]))
                == "u (feeder) may not do this: what it was is said by the lead, monitoring and the teams")
        #expect(
            try refusal(night, Self.looked("heard/2"), source: "patcher") == "what it was is said by a person",
            "a configured source has no eyes")
    }

    @Test("It is about something of this night; a misspelt name is refused with what is near it")
    func subjects() throws {
        var night = try night()
        let known = [
            "patch", "open", "a1", "first", "outer", "before-open", "quick", "east", "east/money", "east/money/in",
            "small-2025-09-14",
        ]
        for subject in known { #expect(try refusal(night, Self.heard(subject)) == nil, "\(subject)") }
        for subject in ["A1", "a11", "east/", "east/money/nothing", "heard/2", "small-2025-09-15", "wave/first"] {
            let reason = try refusal(night, Self.heard(subject))
            #expect(
                reason?.hasPrefix("nothing of this night is called '\(subject)': name a step") == true, "\(subject)")
        }
        #expect(
            try refusal(night, Self.heard("MONEY"))?.hasSuffix("; near it: east/money, east/money/in, east/money/out")
                == true)
        try night.take("2025-09-14T01:00:00Z", "check", "east/money/late", #"{"state":"added","title":"Late"}"#)
        #expect(try refusal(night, Self.heard("east/money/late")) == nil, "a check of tonight")
        for (subject, reason) in [
            ("heard/7", "entry 7 is nothing that was heard; nothing waits for a look"),
            ("heard/2", "entry 2 is nothing that was heard; nothing waits for a look"),
            ("a1", "'a1' is not heard/N or alert/FINGERPRINT; nothing waits for a look"),
            ("alert/f9", "there is no alert 'f9'; nothing waits for a look"),
        ] { #expect(try refusal(night, Self.looked(subject)) == reason) }
        try night.take("2025-09-14T01:01:00Z", "heard", "a1", #"{"text":"slow","from":"Ana"}"#)
        #expect(
            try refusal(night, Self.looked("heard/9"))
                == "entry 9 is nothing that was heard; these wait for a look: heard/3")
        for subject in ["heard/03", "heard/", "heard/x", "heard/+3"] {
            #expect(try refusal(night, Self.looked(subject)) != nil, "\(subject)")
        }
    }

    @Test(
        "Blank words are none",
        arguments: [
            ("heard", #"{"text":" ","from":"Ana"}"#, "'text' must say what was heard"),
            ("heard", #"{"text":"slow","from":"\t"}"#, "'from' must say who told it"),
            ("heard", #"{"text":"slow"}"#, "'from' is missing"),
            ("looked", #"{"was":"  "}"#, "'was' must say what it was"),
            ("looked", "{}", "'was' is missing"),
        ])
    func blank(type: String, data: String, reason: String) throws {
        let fault = #expect(throws: EventFault.self) { try Event(written(type, "a1", data)) }
        #expect(fault?.reason == reason)
    }

    // MARK: Undo

    @Test("An undo takes away what was heard, each caller's own, and an undo of what it was opens it again")
    func undo() throws {
        var night = try night([Self.heard("a1"), Self.heard("a1", "down"), Self.looked("heard/2")])
        func undoing(_ line: Line, _ entry: Int) -> Line {
            (line.type, line.subject, line.data.dropLast() + #","undoes":\#(entry),"note":"slip"}"#)
        }
        func take(_ line: Line) throws -> Int {
            #expect(try refusal(night, line) == nil, "\(line)")
            return try night.take("2025-09-14T01:10:00Z", line.type, line.subject, line.data)
        }
        var open: [String] { night.situation().heard.open.map(\.name) }
        #expect(open == ["heard/3"])
        let opened = try take(undoing(Self.looked("heard/2"), 4))
        #expect(open == ["heard/2", "heard/3"])
        _ = try take(undoing(Self.looked("heard/2"), opened))
        #expect(open == ["heard/3"], "an undo can be undone")
        let gone = try take(undoing(Self.heard("a1", "down"), 3))
        #expect(open.isEmpty && night.situation().heard.all.map(\.name) == ["heard/2"])
        #expect(try refusal(night, Self.looked("heard/3")) == "heard/3 was taken back by entry \(gone)")
        _ = try take(undoing(Self.heard("a1", "down"), gone))
        #expect(open == ["heard/3"])
        // The first of two on one subject is taken back as well: neither is the last word on the other.
        _ = try take(undoing(Self.heard("a1"), 2))
        #expect(night.situation().heard.all.map(\.name) == ["heard/3"])
        #expect(
            try refusal(night, undoing(Self.heard("a2"), 3))
                == "entry 3 is not the last word of a person on 'a2', it cannot be undone")
        #expect(
            try refusal(night, undoing(Self.heard("a1"), 2))
                == "entry 2 is not the last word of a person on 'a1', it cannot be undone")
    }

    @Test("What an alert was, taken back, holds the close again, and not after it fired anew")
    func undoOfAlert() throws {
        var night = try night([Self.alert("firing"), Self.looked("alert/f1")])
        let undo = try night.take(
            "2025-09-14T01:10:00Z", "looked", "alert/f1", #"{"was":"a cache","undoes":3,"note":"another one"}"#)
        #expect(night.situation().heard.alerts.map(\.name) == ["alert/f1"])
        for state in ["resolved", "firing"] {
            let line = Self.alert(state)
            try night.take("2025-09-14T01:11:00Z", line.type, line.subject, line.data, via: .feeder, source: "pager")
        }
        try night.take(
            "2025-09-14T01:12:00Z", "looked", "alert/f1", #"{"was":"a cache","undoes":\#(undo),"note":"it was"}"#)
        #expect(night.situation().heard.alerts.map(\.since.rfc3339) == ["2025-09-14T01:11:00Z"])
    }
}
