import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Dialogs, the page of a gate, the roll-call's page and the help")
struct PagesTests {
    typealias Person = KeyTests.Person

    private static let sizes = [
        GoldenTests.small, Size(columns: 100, rows: 30), GoldenTests.middle, GoldenTests.large,
    ]

    // MARK: Dialogs

    @Test("a menu is a filled box: its title reversed, its keys as keys, nothing of the picture between")
    func box() throws {
        for size in Self.sizes {
            var person = Person(try Night.half(), at: "Sun 04:31:00")
            person.size = size
            person.select("gates", .gate("before-web6-10"))
            try person.press(.character("a"))
            let canvas = Screen.draw(try person.sight(), size: size)
            let title = try #require(canvas.lines().firstIndex { $0.contains("gate before-web6-10: shut") }, "\(size)")
            let left = try #require(canvas.row(title).firstIndex { $0.role == .cursor }).distance(canvas.row(title))
            for row in (title + 1)..<(size.rows - 3) where canvas.lines()[row].contains("refuse") {
                let cells = Array(canvas.row(row))
                #expect(cells[left + 3].role == .key || cells[left + 3].role == .cursor, "\(size)")
            }
            let box = (title..<size.rows).prefix { [.cursor, .strip, .key].contains(canvas[left, $0].role) }
            let inside = box.flatMap { Array(canvas.row($0))[(left + 1)..<(left + 60)] }
            #expect(box.count >= 6)
            #expect(inside.allSatisfy { [.cursor, .strip, .stripNote, .key].contains($0.role) }, "\(size)")
        }
    }

    @Test(
        "a confirmation says that it writes, has Esc chosen, and y alone sends; r still refuses a gate, with a reason")
    func confirmation() throws {
        let night = try Self.ready()
        for size in Self.sizes {
            var person = Person(night, at: "Sun 04:38:00")
            person.size = size
            person.select("gates", .gate("before-web6-10"))
            try person.press(.character("a"), .enter)
            let canvas = Screen.draw(try person.sight(), size: size)
            let text = canvas.lines().joined(separator: "\n")
            for words in [
                "this writes to the journal", "You decide as", "Platform Team Member Approver, you are lead-us",
                "Esc  Not yet", "y  Approve", "r  Refuse, say why", "only y sends it",
            ] {
                #expect(text.contains(words), "\(size) \(words)\n\(text)")
            }
            try person.press(.enter)
            #expect(person.intents.isEmpty && person.view.menu == nil, "Enter takes what is chosen: not yet")
            try person.press(.character("a"), .enter, .character("r"))
            #expect(person.view.prompt?.label.contains("why") == true && person.intents.isEmpty)
            try person.type("the pool is not calm")
            try person.press(.enter)
            #expect(try person.lines().joined().contains("Really refuse gate before-web6-10"))
            try person.press(.character("y"))
            #expect(person.intents.first?.sent?.data["decision"] == "refused")
        }
    }

    private static func ready() throws -> Night {
        var night = try Night.half()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(Night.balancer)":"in"}}"#, at: "Sun 04:36", source: "pools")
        return night
    }

    @Test("a word to the person has its sign in colour and its text plain")
    func messages() throws {
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        Screen.answered(&person.view, ok: false, error: "why not")
        person.view.sent = []
        let canvas = Screen.draw(try person.sight(), size: GoldenTests.small)
        let row = Array(canvas.row(23))
        #expect(row[1].role == .act && row[1].glyph == "!" && row[3].role == .strong)
    }

    // MARK: The gate

    @Test("the page of a gate tells each need with its proof, since when in both zones, and for how long it is true")
    func gate() throws {
        for size in Self.sizes {
            var view = ViewState()
            view.detail = .init(subject: .gate("before-web6-10"), history: [])
            let text = Screen.draw(try Self.ready().sight(at: "Sun 04:38:00", view: view), size: size).lines()
                .joined(separator: "\n")
            for words in [
                "NEEDS", "true for", "DECIDE", "approval of Platform Team Member Approver is missing", "Sun 04:36",
                "Sun 14:06", "2 min", "BEFORE",
            ] {
                // On a small screen it is a few rows further down.
                let isBelow = words == "BEFORE" && size.columns < 120 && text.contains("more below")
                #expect(isBelow || text.contains(words), "\(size) \(words)\n\(text)")
            }
            #expect(size.columns < 120 || text.contains("pools, "), "\(size)\n\(text)")
            #expect(text.contains("gate ready, 3 of 3 needs are met"), "\(size)\n\(text)")
        }
    }

    @Test("a need that is not met says what is missing and on whom, and never that it is true")
    func unmet() throws {
        var view = ViewState()
        view.detail = .init(subject: .gate("before-web6-10"))
        for size in Self.sizes {
            let lines = Screen.draw(try Night.half().sight(at: "Sun 04:31:00", view: view), size: size).lines()
            #expect(
                lines.contains { $0.contains("! ") && $0.contains("4 of 5") }
                    && lines.contains { $0.contains("IC-Web4") }
                    && lines.contains { $0.contains("not true") }, "\(size)\n\(lines.joined(separator: "\n"))")
            #expect(
                lines.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(
                    "nobody is assigned"), "\(size)")
        }
    }

    // MARK: The roll-call

    @Test("from 110 columns on all teams stand at the left, the one that is called in sight, however many there are")
    func rail() throws {
        for (size, hasRail) in [(GoldenTests.small, false), (GoldenTests.middle, true), (GoldenTests.large, true)] {
            var person = Person(try Night.bad())
            person.size = size
            try person.press(.character("R"))
            for _ in 0..<12 {
                let text = try person.lines().joined(separator: "\n")
                let turn = try #require(person.view.rollCall?.turn(try person.sight()))
                #expect(text.contains("\"\(turn.team.title), is") || text.contains("has answered"), "\(size)\n\(text)")
                #expect(text.contains("answered") == hasRail || !hasRail, "\(size)")
                #expect(
                    !hasRail || text.contains("▸ \(turn.team.title.prefix(16))"), "\(size) \(turn.team.title)\n\(text)")
                try person.press(.character("n"))
            }
        }
        var runbook = try SampleRunbook.make()
        for number in 0..<60 {
            var team = try #require(runbook.boards["usa"]?.teams.values.first)
            (team.id, team.title) = ("t\(number)", "Team \(number)")
            runbook.boards["usa"]?.teams[team.id] = team
        }
        var person = Person(try Night(runbook), at: "Sun 04:31:00")
        person.size = GoldenTests.middle
        try person.press(.character("R"))
        for _ in 0..<50 { try person.press(.character("n")) }
        let title = try #require(person.view.rollCall?.turn(try person.sight())?.team.title)
        #expect(try person.lines().contains { $0.contains("▸ \(title)") })
    }

    @Test("the roll-call tells its keys and what to judge by; a viewer is not told of keys that write")
    func rollCallKeys() throws {
        for size in Self.sizes {
            var person = Person(try Night.bad())
            person.size = size
            try person.press(.character("R"))
            let text = try person.lines().joined(separator: "\n")
            for words in ["no response", "next team", "leave", "asked now"] {
                #expect(text.contains(words), "\(size) \(words)\n\(text)")
            }
            person.isReadOnly = true
            #expect(try !person.lines().joined().contains("asked now"))
            #expect(try !person.lines().joined().contains("ok, how verified"))
        }
        var person = Person(try Night.bad())
        person.size = GoldenTests.large
        try person.press(.character("R"))
        #expect(
            try person.lines().contains { $0.contains("TO JUDGE IT BY") }
                && person.lines().contains { $0.contains("tests") && $0.contains("Smoke 1 32/32") })
    }

    // MARK: Help

    @Test("the help says first what can be done now and why the rest cannot, by what is selected and who asks")
    func help() throws {
        for size in [Size(columns: 80, rows: 120), Size(columns: 120, rows: 70), Size(columns: 200, rows: 60)] {
            func page(_ change: (inout Person) -> Void) throws -> String {
                var person = Person(try Night.half(), at: "Sun 04:31:00")
                person.size = size
                change(&person)
                person.view.isHelpOpen = true
                return try person.lines().joined(separator: "\n").split(separator: " ").joined(separator: " ")
            }
            let calm = try page { _ in }
            #expect(calm.contains("WHAT CAN BE DONE NOW") && calm.contains("you are lead-us"), "\(size)\n\(calm)")
            #expect(calm.contains("no step is selected"), "\(size)\n\(calm)")
            let gate = try page { $0.select("gates", .gate("before-web6-10")) }
            #expect(gate.contains("refuse or override gate before-web6-10"), "\(size)\n\(gate)")
            let step = try page { $0.select("timeline", .step("web6-10-patch")) }
            #expect(step.contains("report on Approve Web6-10-Patching"), "\(size)")
            let viewer = try page { $0.isReadOnly = true }
            #expect(
                viewer.contains("view only: this screen cannot write") && viewer.contains("the page of whoever"),
                "\(size)")
            #expect(!viewer.contains("report on Approve"), "\(size)")
        }
    }

    @Test("before the night is live the help says who must go live before steps count")
    func notLive() throws {
        var runbook = try SampleRunbook.make()
        runbook.title = "Night"
        var bridge = Bridge(runbook: runbook)
        let data = try JSON(parsing: #"{"state":"opened","mode":"live"}"#)
        let json = JSON.object([
            "specversion": "1.0", "id": "e1", "source": "hub", "type": "warroom.bridge",
            "subject": .string(runbook.bridgeID),
            "data": data,
        ])
        let now = try Night.time("Sat 18:00", runbook)
        bridge.apply(Entry(number: 1, receivedAt: now, by: "ann", via: .hub, event: try Event(json), hash: "1"))
        var view = ViewState()
        (view.isHelpOpen, view.selected["timeline"]) = (true, .step("reschedule-jobs"))
        let sight = Sight(situation: Situation(bridge, now: now), vitals: Vitals(user: "ann"), view: view)
        let text = Screen.draw(sight, size: Size(columns: 120, rows: 70)).lines().joined(separator: " ").split(
            separator: " "
        ).joined(separator: " ")
        #expect(text.contains("ann must go live"), "\(text)")
    }
}

extension Int {
    /// How far an index is into a slice.
    fileprivate func distance<Slice: Collection>(_ slice: Slice) -> Int where Slice.Index == Int {
        self - slice.startIndex
    }
}
