import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("What was heard from outside stays in sight with its age until somebody has looked")
struct HeardScreenTests {
    typealias Person = KeyTests.Person

    private static let sizes = [GoldenTests.small, GoldenTests.middle, GoldenTests.large]
    private static let words = "Kiosk shows an old page"

    /// The half night, with so many callers on the first team's server; the first called at 04:27.
    private static func night(callers: Int) throws -> Night {
        var night = try Night.half()
        for (place, text) in [words, "The portal hangs", "Nothing but 503"].prefix(callers).enumerated() {
            try night.person(
                "warroom.heard", "IC-Web3", #"{"text":"\#(text)","from":"a customer"}"#, at: "Sun 04:3\(place)")
        }
        return night
    }

    private static func status(_ night: Night, _ size: Size, at: String = "Sun 04:34") throws -> [String] {
        Screen.draw(try night.sight(at: at), size: size).lines()
    }

    // MARK: The line under the clocks

    @Test("It is on the header at every size, whole or cut, with how many more there are; without it nothing is said")
    func header() throws {
        for (callers, columns, rows, wanted) in [
            (1, 80, 24, "! heard 4 min: Kiosk shows an… "), (1, 120, 35, "! heard 4 min: Kiosk shows an old page "),
            (1, 200, 50, "! heard 4 min: Kiosk shows an old page "), (3, 80, 24, "! heard 4 min: Kiosk shows… +2 "),
            (3, 120, 35, "! heard 4 min: Kiosk shows an "),
            (3, 200, 50, "! heard 4 min: Kiosk shows an old page +2 "),
            (3, 40, 24, "! heard 4 min: Kiosk shows an o… +2"),
            (3, 24, 24, "! heard 4 min +2"), (3, 16, 24, "! heard 4 min"),
        ] {
            let lines = try Self.status(Self.night(callers: callers), Size(columns: columns, rows: rows))
            #expect(
                lines.contains { ($0 + " ").contains(wanted) },
                "\(columns)x\(rows): \(wanted)\n\(lines.joined(separator: "\n"))")
        }
        for size in Self.sizes {
            #expect(try !Self.status(Self.night(callers: 0), size).contains { $0.contains("! heard") }, "\(size)")
        }
    }

    @Test("While it is shortened no other part has its whole words, and the one that goes first is the last one")
    func givingWay() throws {
        let night = try Self.night(callers: 3)
        for columns in 20...220 {
            let sight = try night.sight(at: "Sun 04:34")
            var line = Line()
            FactsLine(sight).put(into: &line, at: 0, to: columns, band: .bandActNote)
            let text = line.words
            #expect(text.contains("heard 4 min"), "\(columns): \(text)")
            if !text.contains(Self.words) {
                #expect(!text.contains("held back") && !text.contains("no duration"), "\(columns): \(text)")
            }
            #expect(!text.contains("late") || text.contains("in service"), "\(columns): \(text)")
        }
    }

    @Test("A zoomed pane and the detail keep it, and a long story or a hostile one does not push the others out")
    func elsewhere() throws {
        var view = ViewState()
        view.focus = "servers"
        view.isZoomed = true
        for size in Self.sizes {
            let lines = Screen.draw(try Self.night(callers: 1).sight(at: "Sun 04:34", view: view), size: size).lines()
            #expect(lines.contains { $0.contains("! heard 4 min") }, "\(size)")
        }
        var night = try Night.half()
        let story = String(repeating: "and then it hung again ", count: 40) + "\\u001b[2J\\u202E"
        try night.person("warroom.heard", "IC-Web3", #"{"text":"\#(story)","from":"a"}"#, at: "Sun 04:30")
        for size in Self.sizes {
            let lines = try Self.status(night, size)
            #expect(lines.contains { $0.contains("! heard 4 min: and then") }, "\(size)")
            #expect(
                lines.contains { $0.contains("alerts off 19 min") },
                "\(size)")
        }
    }

    @Test("Its age grows, and the presenter's screen tells it in minutes")
    func ages() throws {
        let night = try Self.night(callers: 1)
        #expect(try Self.status(night, GoldenTests.middle, at: "Sun 04:30:32").contains { $0.contains("heard 30 s: ") })
        #expect(try Self.status(night, GoldenTests.middle, at: "Sun 06:00").contains { $0.contains("heard 1 h 30: ") })
        var view = ViewState()
        view.isPresenting = true
        let lines = Screen.draw(
            try night.sight(at: "Sun 04:30:32", view: view), size: GoldenTests.middle
        ).lines()
        #expect(lines.contains { $0.contains("heard under 1 min: ") })
    }

    @Test("Looked at, it is gone, and the next oldest is told")
    func looked() throws {
        var night = try Self.night(callers: 3)
        let first = night.bridge.entry - 2
        try night.person("warroom.looked", "heard/\(first)", #"{"was":"a cache"}"#, at: "Sun 04:33")
        #expect(
            try Self.status(night, GoldenTests.middle).contains { $0.contains("! heard 3 min: The portal hangs +1") })
        for number in [first + 1, first + 2] {
            try night.person("warroom.looked", "heard/\(number)", #"{"was":"a cache"}"#, at: "Sun 04:33")
        }
        #expect(try !Self.status(night, GoldenTests.middle).contains { $0.contains("! heard") })
    }

    @Test("Three on one subject are among what is wrong in the overview, two are not")
    func trouble() throws {
        for size in Self.sizes {
            let three = try Self.status(Self.night(callers: 3), size)
            // At 80 columns the list has no room: that there is more stands beside the state's word.
            #expect(
                three.contains {
                    $0.contains(size.columns < 120 ? "SOMEBODY MUST ACT and" : "! 3 people told of IC-Web3")
                }, "\(size)\n\(three.joined(separator: "\n"))")
            #expect(try !Self.status(Self.night(callers: 2), size).contains { $0.contains("2 heard") })
        }
    }

    // MARK: Keys

    @Test("A key asks what was said and who said it, about the selected row, and about the night without one")
    func hear() throws {
        let night = try Night.half()
        for (pane, subject, about) in [
            ("servers", Subject.server("IC-Web3"), "IC-Web3"), ("timeline", .step("web6-10-patch"), "web6-10-patch"),
            ("gates", .gate("before-web6-10"), "before-web6-10"),
            ("loose ends", .looseEnd("pingdom/mcc-biller-portal"), night.bridge.id),
            ("reviews", KeyTests.paypal, "india/payments/paypal"),
        ] {
            var person = Person(night, at: "Sun 04:31:00")
            person.select(pane, subject)
            try person.press(.character("e"))
            try person.type(Self.words)
            try person.press(.enter)
            #expect(person.view.prompt?.label.hasPrefix("from whom") == true && person.intents.isEmpty, "\(pane)")
            try person.press(.enter)
            #expect(person.view.message?.text == "this needs a name: Esc goes back" && person.intents.isEmpty)
            try person.type("a customer")
            try person.press(.enter)
            #expect(
                person.intents == [
                    .sends("warroom.heard", about, JSON.Object(["text": .string(Self.words), "from": "a customer"]))
                ], "\(pane)")
        }
        var person = Person(night, at: "Sun 04:31:00")
        try person.press(.character("e"), .enter)
        #expect(person.view.message?.text == "this needs words: Esc goes back")
        try person.press(.escape)
        #expect(person.view.message?.text == "nothing was sent" && person.intents.isEmpty)
        person.isReadOnly = true
        try person.press(.character("e"))
        #expect(person.view.prompt == nil && person.view.message?.text.hasPrefix("view only") == true)
    }

    @Test("The troubles list it, and the key to decide asks what it was; so does the trouble of several, for each")
    func look() throws {
        let night = try Self.night(callers: 3)
        let first = night.bridge.entry - 2
        var person = Person(night, at: "Sun 04:34:00")
        person.size = GoldenTests.middle
        person.select("troubles", .heard(first))
        let lines = try person.lines()
        #expect(lines.contains { $0.contains("nobody has looked at 3") })
        #expect(lines.contains { $0.contains("heard: Kiosk shows an old page, from a customer on IC-Web3") })
        try person.press(.character("a"))
        #expect(person.view.prompt?.label == "what was it (heard/\(first), Kiosk shows an old page)")
        try person.type("the cache of the kiosk")
        let sent = Intent.sends(
            "warroom.looked", "heard/\(first)", JSON.Object(["was": "the cache of the kiosk"]))
        #expect(try person.press(.enter) == [sent])

        person.view.selected["troubles"] = .trouble(.heard, "IC-Web3")
        try person.press(.character("a"))
        #expect(person.view.menu?.choices.map(\.value) == [first, first + 1, first + 2].map { "heard/\($0)" })
        #expect(try person.lines().contains { $0.contains("from a customer: The portal hangs") })
        try person.press(.character("1"))
        try person.type("the cache of the kiosk")
        #expect(try person.press(.enter) == [sent])

        person.view.detail = .init(subject: .heard(first))
        #expect(try person.lines().contains { $0.contains("nobody has looked: a says what it was") })
        try person.press(.character("a"))
        #expect(person.view.prompt != nil)
        try person.press(.escape, .escape)
        person.view.selected["troubles"] = .heard(first)
        try person.press(.character("u"))
        #expect(person.view.prompt?.label.contains("undo entry \(first), heard from a customer") == true)
    }

    @Test("An alert at which nobody has looked is listed and looked at like what was heard")
    func alert() throws {
        var night = try Night.half()
        try night.tool(
            "warroom.alert", "f1", #"{"state":"firing","name":"Slow","server":"IC-Web3","summary":"p99 over 2 s"}"#,
            at: "Sun 04:30", source: "events")
        var person = Person(night, at: "Sun 04:34:00")
        person.select("troubles", .alert("f1"))
        #expect(try person.lines().contains { $0.contains("alert firing, Slow, IC-Web3: p99 over 2 s") })
        #expect(try !person.lines().contains { $0.contains("! heard") }, "nobody has told of it")
        try person.press(.character("a"))
        try person.type("a cold cache")
        #expect(
            try person.press(.enter)
                == [.sends("warroom.looked", "alert/f1", JSON.Object(["was": "a cold cache"]))])
        person.view.detail = .init(subject: .alert("f1"))
        #expect(try person.lines().contains { $0.contains("Slow, IC-Web3: p99 over 2 s") })
    }

    @Test("The command line writes it down and says what it was; what it does not know it asks for")
    func commands() throws {
        let night = try Self.night(callers: 1)
        let name = "heard/\(night.bridge.entry)"
        func type(_ text: String, readOnly: Bool = false) throws -> Person {
            var person = Person(night, at: "Sun 04:34:00")
            person.isReadOnly = readOnly
            try person.press(.character(":"))
            try person.type(text)
            try person.press(.enter)
            return person
        }
        var person = try type("heard The portal hangs")
        #expect(person.view.prompt?.label.hasPrefix("from whom") == true)
        try person.type("a caller")
        #expect(
            try person.press(.enter) == [
                .sends(
                    "warroom.heard", night.bridge.id, JSON.Object(["text": "The portal hangs", "from": "a caller"]))
            ])
        #expect(
            try type("looked \(name) a cache").intents
                == [.sends("warroom.looked", name, JSON.Object(["was": "a cache"]))])
        #expect(try type("looked \(name)").view.prompt?.label == "what was it (\(name))")
        #expect(try type("looked heard/1 a cache").view.message?.text == "which one? \(name)")
        #expect(try type("looked \(name) a cache", readOnly: true).intents.isEmpty)
        person = Person(try Night.half(), at: "Sun 04:34:00")
        try person.press(.character(":"))
        try person.type("looked")
        try person.press(.enter)
        #expect(person.view.message?.text == "nothing waits for a look")
    }

    @Test("The dialog that closes the night names it among what is in the way")
    func close() throws {
        var person = Person(try Self.night(callers: 1), at: "Sun 04:34:00")
        person.size = Size(columns: 160, rows: 80)
        try person.press(.character("C"))
        #expect(
            person.view.menu?.facts.contains {
                $0.text.contains("from a customer on IC-Web3: Kiosk shows an old page, 4 min ago, nobody has looked")
            } == true)
    }
}
