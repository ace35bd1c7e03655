import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("What stands over the picture: focus, menus, answers, histories that grow")
struct FootTests {
    @Test("the menu of marks and its answer name board, team and check, and the worst source stays in sight")
    func menu() throws {
        for size in [GoldenTests.small, GoldenTests.middle] {
            var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
            person.size = size
            person.select("reviews", .check(.init(board: "usa", team: "sre", check: "post-check")))
            try person.press(.character("m"))
            let lines = try person.lines()
            #expect(lines.contains { $0.contains("Monitoring Team USA, SRE Team: post-check") }, "\(lines)")
            #expect(lines[size.rows - 2].contains("SOURCE") && lines[size.rows - 2].contains("worst"), "\(lines)")
            #expect(
                lines[(size.rows - 4)..<(size.rows - 2)].contains { $0.contains("pending") },
                "the menu ends above it: \(lines)")
            #expect(lines[size.rows - 1].contains("Esc"))
            try person.press(.character("y"))
            #expect(try person.lines().last?.contains("none of these") == true)
            try person.press(.character("o"))
            #expect(
                try person.lines().last?.contains("not yet acknowledged: Monitoring Team USA, SRE Team: post-check ok")
                    == true)
            Screen.answered(&person.view, ok: true, error: nil)
            #expect(
                try person.lines().last?.contains("in the journal: Monitoring Team USA, SRE Team: post-check ok")
                    == true)
        }
    }

    @Test(
        """
        clocks and sentence stay above a menu while there is room for them, and where it covers them no clock ticks \
        through it
        """
    )
    func covered() throws {
        for size in [Size(columns: 20, rows: 5), Size(columns: 40, rows: 8), GoldenTests.small, GoldenTests.middle] {
            var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:06")
            person.size = size
            try person.press(.character("C"))
            let first = try person.sight()
            let canvas = Screen.draw(first, size: size)
            let text = canvas.lines().joined(separator: "\n")
            #expect(
                text.contains("go back")
                    && (size.rows < 24 || text.contains("IC-Web4 dropped out") && text.contains("lines more")),
                "\(text)")
            #expect(
                size != GoldenTests.small
                    || text.contains("Sun 14 Sep  04:31:06") && text.contains("Sun 14 Sep  14:01:06"), "\(text)")
            let later = try person.night.sight(at: "Sun 04:31:08", view: person.view)
            let ticked = try #require(Screen.tick(canvas, from: first, to: later))
            #expect(ticked == Screen.draw(later, size: size), "\(size)")
        }
    }

    @Test("a mark with a reason names its check too")
    func reason() throws {
        var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
        person.select("reviews", .check(.init(board: "usa", team: "sre", check: "post-check")))
        try person.press(.character("m"), .character("i"))
        #expect(try person.lines().last?.contains("issues, why (Monitoring Team USA") == true)
        try person.type("503")
        try person.press(.enter)
        #expect(person.view.sent == ["Monitoring Team USA, SRE Team: post-check issues"])
    }

    @Test("Tab is seen at once: the word of the pane with the focus is reversed, and only that")
    func focus() throws {
        for size in [GoldenTests.small, GoldenTests.middle, GoldenTests.large] {
            var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
            person.size = size
            let night = person.night
            func reversed(_ view: ViewState) throws -> Int {
                let canvas = Screen.draw(try night.sight(at: "Sun 04:31:07", view: view), size: size)
                return (0..<size.rows).reduce(0) { $0 + canvas.row($1).count { $0.role == .cursor } }
            }
            #expect(try reversed(person.view) == 0, "a screen that nobody touches is calm")
            for _ in Panes.all {
                try person.press(.tab)
                let isTold = person.view.message?.text.contains("z zooms it") == true
                #expect(try reversed(person.view) >= 3 || isTold, "\(person.view.focus) at \(size)")
            }
        }
    }

    @Test("the history of an open detail takes up an entry of its subject that comes, once, and no other")
    func history() throws {
        var night = try Night.half()
        var view = ViewState()
        view.detail = .init(subject: .server("IC-Web4"))
        try night.tool("warroom.server", "IC-Web4", #"{"verify":"failed"}"#, at: "Sun 04:31", source: "patch-web")
        let entry = try #require(night.last)
        Screen.heard(&view, entry: entry, runbook: night.bridge.runbook)
        #expect(view.detail?.history == nil, "the hub's answer will have it")
        Screen.gotHistory(&view, subject: "IC-Web4", lines: [])
        Screen.heard(&view, entry: entry, runbook: night.bridge.runbook)
        Screen.heard(&view, entry: entry, runbook: night.bridge.runbook)
        #expect(view.detail?.history?.map(\.entry) == [entry.number])
        try night.tool("warroom.server", "IC-Web5", #"{"verify":"failed"}"#, at: "Sun 04:31", source: "patch-web")
        Screen.heard(&view, entry: try #require(night.last), runbook: night.bridge.runbook)
        #expect(view.detail?.history?.count == 1)
        let text = Screen.draw(try night.sight(at: "Sun 04:31:30", view: view), size: GoldenTests.middle).lines()
            .joined()
        #expect(text.contains("verify failed"))
    }

    private func foot(_ person: KeyTests.Person) throws -> String { try person.lines().last ?? "" }

    @Test("a text that does not fit says so before Enter at every width, Enter sends nothing, and shortened it goes")
    func tooLong() throws {
        for size in [Size(columns: 40, rows: 8), GoldenTests.small, GoldenTests.middle] {
            var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
            person.size = size
            try person.press(.character("t"))
            try person.press(.paste(String(repeating: "word ", count: 4000)))
            #expect(try foot(person).contains("3616 bytes too long"))
            try person.press(.enter)
            #expect(person.intents.isEmpty)
            #expect(try foot(person).contains("3616 bytes too long"))
            for _ in 0..<723 { try person.press(.control("w")) }
            #expect(try foot(person).contains("1 bytes too long"))
            try person.press(.backspace)
            #expect(try !foot(person).contains("too long"))
            try person.press(.enter)
            #expect(person.intents.count == 1)
        }
    }

    @Test("a paste that is too long for anything is told, and the text stays as it was")
    func overlong() throws {
        var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
        try person.press(.overlongPaste(bytes: 300_000))
        #expect(try foot(person).contains("nothing to paste into"))
        try person.press(.character("t"))
        try person.type("kept")
        try person.press(.overlongPaste(bytes: 300_000))
        #expect(person.view.prompt?.field.text == "kept")
        #expect(try foot(person).contains("300000 bytes"))
    }
}
