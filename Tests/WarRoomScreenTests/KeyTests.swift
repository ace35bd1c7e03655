import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Keys")
struct KeyTests {
    /// A person at a screen: presses keys, keeps the view, gathers what was asked for.
    struct Person {
        let night: Night
        let time: String
        var view = ViewState()
        var intents: [Intent] = []
        var size = GoldenTests.small
        var isReadOnly = false
        var user = "lead-us"
        /// What follows from the night at that time, worked out once and not for each key.
        var situation: Situation?

        init(_ night: Night, at time: String = "Sun 08:20:00") {
            self.night = night
            self.time = time
        }

        @discardableResult
        mutating func press(_ keys: Key...) throws -> [Intent] {
            var asked: [Intent] = []
            if situation == nil { situation = try night.sight(at: time).situation }
            guard let situation else { return [] }
            for key in keys {
                let vitals = Vitals(confirmed: night.confirmed, user: user, isReadOnly: isReadOnly)
                let sight = Sight(situation: situation, vitals: vitals, view: view)
                asked += Screen.press(key, &view, sight: sight, size: size)
            }
            intents += asked
            return asked
        }

        mutating func type(_ text: String) throws { for character in text { try press(.character(character)) } }

        func lines() throws -> [String] {
            Screen.draw(try sight(), size: size).lines()
        }

        func sight() throws -> Sight {
            try night.sight(at: time, view: view) { ($0.isReadOnly, $0.user) = (isReadOnly, user) }
        }

        mutating func select(_ pane: String, _ subject: Subject) {
            view.focus = pane
            view.isZoomed = true
            view.selected[pane] = subject
        }
    }

    static let paypal = Subject.check(.init(board: "india", team: "payments", check: "paypal"))
    static let cass = Subject.check(.init(board: "india", team: "payments", check: "cass"))

    @Test("every key acts or says why not, in every pane and every view")
    func everyKey() throws {
        let night = try Night.bad()
        let situation = try night.sight(at: "Sun 08:20:00").situation
        for pane in Panes.all {
            for state in 0..<4 {
                for readOnly in [false, true] {
                    for key in Keymap.bindings.flatMap(\.keys) + [
                        .character("x"), .delete, .paste("p"), .click(column: 3, row: 8), .wheelUp(column: 1, row: 9),
                        .wheelDown(column: 1, row: 9),
                    ] {
                        var person = Person(night)
                        person.isReadOnly = readOnly
                        person.situation = situation
                        person.view.focus = pane.name
                        if state > 0 { person.view.isZoomed = true }
                        if state == 2 { person.view.detail = .init(subject: .server("IC-Web1")) }
                        if state == 3 { person.view.isHelpOpen = true }
                        let before = person.view
                        try person.press(key)
                        #expect(
                            person.view != before || !person.intents.isEmpty, "\(key) in \(pane.name), state \(state)")
                    }
                }
            }
        }
    }

    @Test("a number key goes to the pane that the help names with it, and :pane goes to those behind the tenth")
    func numbers() throws {
        var person = Person(try Night.bad())
        person.size = Size(columns: 120, rows: 80)
        person.view.isHelpOpen = true
        let help = try person.lines().map { $0.split(separator: " ") }
        person.view.isHelpOpen = false
        for (place, pane) in Panes.all.enumerated() {
            let key = place < 10 ? Character(String((place + 1) % 10)) : nil
            #expect(Panes.key(pane.name) == key)
            if let key {
                try person.press(.character(key))
            } else {
                try person.press(.character(":"))
                try person.type("pane \(pane.name)")
                try person.press(.enter)
            }
            #expect(person.view.focus == pane.name)
            let called = key.map(String.init) ?? ":pane"
            let row = [called[...]] + pane.name.split(separator: " ")
            #expect(help.contains { $0.starts(with: row) }, "\(called) \(pane.name)")
        }
    }

    @Test("the panes that the keymap names are there")
    func panesOfKeys() {
        let known = Set(Panes.all.map(\.name))
        for binding in Keymap.bindings { #expect(known.isSuperset(of: binding.panes), "\(binding.name)") }
    }

    @Test("Tab goes round all panes and Shift-Tab goes back")
    func tab() throws {
        var person = Person(try Night.bad())
        for _ in Panes.all { try person.press(.tab) }
        #expect(person.view.focus == Panes.all[0].name)
        try person.press(.backTab)
        #expect(person.view.focus == Panes.all[Panes.all.count - 1].name)
    }

    @Test("Space on a pending check sends exactly one tick, for that check")
    func tick() throws {
        var person = Person(try Night.bad())
        person.select("reviews", Self.cass)
        let sent = try person.press(.character(" "))
        #expect(
            sent == [.sends("warroom.review", "india/payments/cass", JSON.Object(["mark": "ok"]))])
        #expect(try person.lines().last?.contains("sent, not yet acknowledged") == true)
        Screen.answered(&person.view, ok: true, error: nil)
        #expect(try person.lines().last?.contains("in the journal") == true)
        #expect(person.view.sent.isEmpty)
    }

    @Test("a tick that the hub refuses is told with its reason")
    func refused() throws {
        var person = Person(try Night.bad())
        person.select("reviews", Self.cass)
        try person.press(.character(" "))
        Screen.answered(&person.view, ok: false, error: "you are a viewer")
        #expect(try person.lines().last?.contains("refused, you are a viewer") == true)
    }

    @Test("Space on a check that is ok already says so and sends nothing")
    func again() throws {
        var person = Person(try Night.bad())
        person.select("reviews", .check(.init(board: "india", team: "integration", check: "datapump")))
        #expect(try person.press(.character(" ")) == [])
        #expect(person.view.message?.text.contains("ok already, by int-in") == true)
    }

    @Test("Space elsewhere says where checks are")
    func elsewhere() throws {
        var person = Person(try Night.bad())
        try person.press(.character(" "))
        #expect(person.view.message?.text == "nothing to tick here: a check is marked in reviews (3)")
    }

    @Test("what is selected but not on the screen is never written about")
    func unseen() throws {
        var person = Person(try Night.bad())
        person.select("reviews", Self.cass)
        try person.press(.escape)
        #expect(try person.press(.character(" ")) == [])
        #expect(person.view.message != nil)
        try person.press(.character("z"), .character("?"))
        #expect(try person.press(.character(" ")) == [])
    }

    @Test("a read-only screen writes nothing and says so")
    func readOnly() throws {
        for key in [Key.character(" "), .character("m"), .character("s"), .character("t")] {
            var person = Person(try Night.bad())
            person.isReadOnly = true
            person.select("reviews", Self.cass)
            #expect(try person.press(key) == [])
            #expect(person.view.message?.text.hasPrefix("view only") == true)
            #expect(person.view.prompt == nil && person.view.menu == nil)
        }
    }

    @Test("the menu of marks sends each mark, issues with the words that were written")
    func marks() throws {
        for (key, mark) in [("o", "ok"), ("p", "pending")] {
            var person = Person(try Night.bad())
            person.select("reviews", Self.paypal)
            try person.press(.character("m"), .character(Character(key)))
            #expect(
                person.intents == [
                    .sends("warroom.review", "india/payments/paypal", JSON.Object(["mark": .string(mark)]))
                ])
        }
        var early = Person(try Night.bad())
        early.select("reviews", Self.paypal)
        try early.press(.character("m"), .character("n"))
        #expect(early.intents.isEmpty, "before the board is due it is asked why")
        try early.type("on a plane")
        try early.press(.enter)
        let silence = JSON.Object(["mark": "no-response", "note": "on a plane"])
        #expect(early.intents == [.sends("warroom.review", "india/payments/paypal", silence)])
        var person = Person(try Night.bad())
        person.select("reviews", Self.cass)
        try person.press(.character("m"), .character("i"))
        #expect(person.view.prompt != nil)
        try person.press(.enter)
        #expect(person.intents.isEmpty, "issues need words")
        try person.type("timeouts 作者")
        try person.press(.enter)
        #expect(
            person.intents == [
                .sends("warroom.review", "india/payments/cass", JSON.Object(["mark": "issues", "note": "timeouts 作者"]))
            ])
    }

    @Test("Esc leaves a menu and a text field without sending")
    func escape() throws {
        var person = Person(try Night.bad())
        person.select("reviews", Self.cass)
        try person.press(.character("m"), .escape)
        #expect(person.view.menu == nil && person.intents.isEmpty)
        try person.press(.character("m"), .character("i"), .character("x"), .escape)
        #expect(person.view.prompt == nil && person.intents.isEmpty)
    }

    @Test("the menu of a step sends its states, those that need a reason with one")
    func steps() throws {
        for (key, state) in [("s", "started"), ("d", "done"), ("r", "reset")] {
            var person = Person(try Night.bad())
            person.select("timeline", .step("jedi-255"))
            try person.press(.character("s"), .character(Character(key)))
            #expect(
                person.intents == [
                    .sends("warroom.step", "jedi-255", JSON.Object(["state": .string(state)]))
                ])
        }
        for (key, state) in [("f", "failed"), ("k", "skipped"), ("w", "workaround"), ("a", "not-applicable")] {
            var person = Person(try Night.bad())
            person.select("timeline", .step("jedi-255"))
            try person.press(.character("s"), .character(Character(key)))
            try person.type("because")
            try person.press(.enter)
            #expect(
                person.intents == [
                    .sends("warroom.step", "jedi-255", JSON.Object(["note": "because", "state": .string(state)]))
                ])
        }
    }

    @Test("a note goes to what is selected, else to the night")
    func notes() throws {
        var person = Person(try Night.bad())
        try person.press(.character("t"))
        try person.type("q")
        try person.press(.enter)
        #expect(
            person.intents == [
                .sends("warroom.note", "monthly-2025-09-14", JSON.Object(["text": "q"]))
            ])
        person = Person(try Night.bad())
        person.select("servers", .server("IC-Web4"))
        try person.press(.character("t"))
        try person.press(.paste("hot\u{1B}[31m\npath"), .enter)
        #expect(
            person.intents == [.sends("warroom.note", "IC-Web4", JSON.Object(["text": "hot path"]))]
        )
    }

    @Test("Enter asks for the history and shows what comes back")
    func detail() throws {
        var person = Person(try Night.bad())
        person.select("servers", .server("IC-Web10"))
        #expect(try person.press(.enter) == [.history(subject: "IC-Web10")])
        #expect(try person.lines().contains { $0.contains("IC-Web10  failed") })
        Screen.gotHistory(
            &person.view, subject: "IC-Web10", lines: person.night.bridge.recent.filter { $0.text.contains("rollback") }
        )
        for _ in 0..<30 { try person.press(.down) }
        #expect(try person.lines().contains { $0.contains("rollback?") })
        Screen.gotHistory(&person.view, subject: "other", lines: [])
        #expect(person.view.detail?.history?.isEmpty == false)
        try person.press(.escape)
        #expect(person.view.detail == nil && person.view.isZoomed)
    }

    @Test("the arrows keep the selected row in sight, from the first to the last and back")
    func scroll() throws {
        var person = Person(try Night.bad())
        try person.press(.character("1"), .character("z"), .home)
        for _ in 0..<60 {
            #expect(try person.lines().contains { $0.hasPrefix("▌") })
            try person.press(.down)
        }
        #expect(person.view.message?.text == "this is the last row")
        for _ in 0..<60 {
            #expect(try person.lines().contains { $0.hasPrefix("▌") })
            try person.press(.up)
        }
        try person.press(.character("G"))
        #expect(try person.lines().contains { $0.hasPrefix("▌") && $0.contains("Post maintenance finished") })
        try person.press(.pageUp, .pageDown, .character("g"))
        #expect(try person.lines().contains { $0.hasPrefix("▌") && $0.contains("Pre-Maintenance") })
    }

    @Test("what is hidden above and below adds up to the whole list")
    func windows() {
        for count in 0...40 {
            for room in 0...15 {
                for selected in 0..<max(count, 1) {
                    for top in [0, 1, 2, 5, 39] {
                        let shown = ZoomedLayout.window(count: count, room: room, selected: selected, top: top)
                        let marks = room >= 3 ? (shown.lowerBound > 0 ? 1 : 0) + (shown.upperBound < count ? 1 : 0) : 0
                        #expect(shown.count + marks <= room || room == 0)
                        if count > 0, room > 0 {
                            #expect(shown.contains(selected), "\(count) \(room) \(selected) \(top)")
                        }
                    }
                }
            }
        }
    }

    @Test("search goes from place to place, over all panes")
    func search() throws {
        var person = Person(try Night.bad())
        try person.press(.character("/"))
        try person.type("paypal")
        try person.press(.enter)
        var seen: [String] = [person.view.focus]
        for _ in 0..<5 {
            try person.press(.character("n"))
            seen.append(person.view.focus)
        }
        #expect(Set(seen).contains("reviews") && Set(seen).contains("tests"))
        #expect(person.view.message?.text.contains("found") == true)
        let place = person.view.selection
        try person.press(.character("n"), .character("N"))
        #expect(person.view.selection == place)
        try person.press(.character("/"))
        try person.type("no such thing")
        try person.press(.enter)
        #expect(person.view.message?.text.contains("is nowhere here") == true)
    }

    @Test("a click selects the row under it, a second one opens it")
    func click() throws {
        var person = Person(try Night.bad())
        let row = try person.lines().firstIndex { $0.contains("Integration") } ?? 0
        try person.press(.click(column: 12, row: row))
        #expect(person.view.focus == "reviews")
        #expect(person.view.selection == .team(board: "india", team: "integration"))
        try person.press(.click(column: 60, row: row))
        #expect(person.view.focus == "tests")
        try person.press(.click(column: 12, row: row), .click(column: 12, row: row))
        #expect(person.view.detail?.subject == .team(board: "india", team: "integration"))
    }

    @Test("q, Ctrl-C, Ctrl-Z and r ask for what they say")
    func outside() throws {
        for (key, intent) in [
            (Key.character("q"), Intent.quit), (.control("c"), .quit), (.control("z"), .suspend),
            (.character("r"), .redraw),
        ] {
            var person = Person(try Night.bad())
            #expect(try person.press(key) == [intent])
        }
    }

    @Test("Ctrl-Z suspends from a text field, a menu and the roll-call too, and what was open stays")
    func suspended() throws {
        for key in [Key.character("t"), .character("/"), .character(":"), .character("R")] {
            var person = Person(try Night.bad())
            try person.press(key)
            if key != .character("R") { try person.type("hal") }
            let before = person.view
            #expect(try person.press(.control("z")) == [.suspend])
            #expect(person.view.prompt == before.prompt && person.view.rollCall == before.rollCall)
        }
        var person = Person(try Night.bad())
        person.select("reviews", .check(.init(board: "usa", team: "sre", check: "post-check")))
        try person.press(.character("m"))
        #expect(person.view.menu != nil)
        #expect(try person.press(.control("z")) == [.suspend])
        #expect(person.view.menu != nil)
    }

    @Test("the documentation's page of keys is the keymap; make golden writes it anew")
    func markdown() throws {
        let text = KeysPage.markdown()
        for binding in Keymap.bindings { #expect(text.contains(binding.words)) }
        let keys = Keymap.bindings.flatMap(\.keys)
        #expect(Set(keys).count == keys.count, "no key is bound twice")
        try Golden.check(text, page: "docs/keys.md")
    }
}
