import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The hands: reviews, the roll-call and the hand-over")
struct ReviewHandsTests {
    typealias Person = KeyTests.Person

    private func sent(_ type: String, _ subject: String, _ data: JSON.Object) -> Intent {
        .sends(type, subject, data)
    }

    // MARK: Reviews

    private static let egress = Subject.check(.init(board: "usa", team: "egress", check: "post-check"))

    @Test(
        """
        before a board is due nothing is proposed; after, one key confirms the silence of a check, a team or each \
        team of a board
        """
    )
    func silence() throws {
        let night = try Night.bad()
        var person = Person(night, at: "Sun 10:59:00")
        person.select("reviews", Self.egress)
        #expect(try person.press(.character("c")) == [])
        #expect(person.view.message?.text.hasPrefix("nothing to confirm yet: due Sun 11:00 / Sun 20:30") == true)
        person = Person(night, at: "Sun 11:00:00")
        person.select("reviews", Self.egress)
        #expect(try person.lines().contains { $0.contains("! ") && $0.contains("no response?") })
        #expect(
            try person.press(.character("c")) == [
                sent("warroom.review", "usa/egress/post-check", JSON.Object(["mark": "no-response"]))
            ])
        person = Person(night, at: "Mon 04:00:00")
        person.select("reviews", .team(board: "india", team: "payments"))
        #expect(
            try person.press(.character("c")) == [
                sent("warroom.review", "india/payments", JSON.Object(["mark": "no-response"]))
            ])
        person = Person(night, at: "Sun 11:00:00")
        person.select("reviews", .board("usa"))
        let subjects = try person.press(.character("c")).map { intent in
            intent.sent?.subject ?? ""
        }
        #expect(subjects.contains("usa/egress") && !subjects.contains("usa/sre") && !subjects.contains("usa/go-live"))
        #expect(Set(subjects).count == subjects.count)
    }

    @Test("an answer after the due time says how late it was, one in time does not")
    func late() throws {
        var night = try Night.bad()
        try night.person(
            "warroom.review", "usa/egress/post-check", #"{"mark":"no-response"}"#, at: "Sun 11:02", by: "mon-1")
        try night.person("warroom.review", "usa/egress/post-check", #"{"mark":"ok"}"#, at: "Sun 11:20", by: "mon-1")
        var person = Person(night, at: "Sun 11:30:00")
        person.select("reviews", Self.egress)
        #expect(try person.lines().contains { $0.contains("ok, late 20 min") })
        person.select("reviews", .check(.init(board: "usa", team: "sre", check: "post-check")))
        #expect(try person.lines().filter { $0.contains("SRE Team") }.allSatisfy { !$0.contains("late") })
        person.select("reviews", Self.egress)
        person.size = Size(columns: 120, rows: 35)
        try person.press(.enter)
        let page = try person.lines().joined(separator: "\n")
        #expect(page.contains("no response by mon-1"), "both entries stay")
    }

    @Test("a whole team's silence is one entry, and ok is never said of a team")
    func team() throws {
        var person = Person(try Night.bad())
        person.select("reviews", .team(board: "india", team: "payments"))
        try person.press(.character("m"))
        #expect(person.view.menu?.choices.map(\.value) == ["no-response"])
        try person.press(.character("n"))
        #expect(person.intents.isEmpty, "before the board is due it is asked why")
        try person.type("on a plane")
        try person.press(.enter)
        let silence = JSON.Object(["mark": "no-response", "note": "on a plane"])
        #expect(person.intents == [sent("warroom.review", "india/payments", silence)])
        person = Person(try Night.bad())
        person.select("reviews", .team(board: "india", team: "payments"))
        #expect(try person.press(.character(" ")) == [])
    }

    @Test("a check is added on the night under the team that is selected")
    func addCheck() throws {
        var person = Person(try Night.bad())
        person.select("reviews", .team(board: "india", team: "payments"))
        try person.press(.character("a"), .enter)
        #expect(person.intents.isEmpty)
        try person.type("Refunds: any?")
        try person.press(.enter)
        #expect(
            person.intents == [
                sent(
                    "warroom.check", "india/payments/refunds-any",
                    JSON.Object(["state": "added", "title": "Refunds: any?"]))
            ])
    }

    @Test("marks go in the name of who has looked, once that is said")
    func reviewer() throws {
        var person = Person(try Night.bad())
        person.select("reviews", KeyTests.cass)
        try person.press(.character("w"), .control("u"))
        try person.type("pay-in-2")
        try person.press(.enter, .character(" "))
        #expect(
            person.intents == [
                sent("warroom.review", "india/payments/cass", JSON.Object(["mark": "ok", "reviewer": "pay-in-2"]))
            ])
        try person.press(.character("w"), .control("u"), .enter)
        #expect(person.view.reviewer == nil)
    }

    // MARK: Roll-call

    private func call(_ night: Night, at time: String = "Sun 08:20:00") throws -> Person {
        var person = Person(night, at: time)
        person.select("reviews", .team(board: "india", team: "payments"))
        try person.press(.character("R"))
        return person
    }

    @Test("the roll-call shows the team large with its board, and its checks as they are")
    func rollCall() throws {
        for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 35), Size(columns: 200, rows: 50)] {
            var person = try call(try Night.bad())
            person.size = size
            let text = try person.lines().joined(separator: "\n")
            #expect(
                text.contains("ROLL-CALL") && text.contains("team 10 of ") && text.contains("India review team"),
                "\(size)")
            #expect(text.contains("issues") && text.contains(" ok?\""), "\(size): \(text)")
        }
    }

    @Test("each check is answered by its own key, the next pending one is asked then, and nothing ticks them all")
    func rollCallKeys() throws {
        var person = try call(try Night.bad())
        try person.press(.character("o"))
        try person.press(.character("o"))
        let subjects = person.intents.compactMap { intent in
            intent.sent.flatMap { $0.data["mark"] == "ok" ? $0.subject : nil }
        }
        #expect(
            subjects.count == 2 && Set(subjects).count == 2 && subjects.allSatisfy { $0.hasPrefix("india/payments/") })
        person = try call(try Night.bad())
        try person.press(.character("v"), .enter)
        #expect(person.intents.isEmpty, "how it was verified needs words")
        try person.type("HealthCheck API")
        try person.press(.enter)
        var data = try #require(person.intents.first?.sent).data
        #expect(data["mark"] == "ok" && data["note"] == "HealthCheck API")
        person = try call(try Night.bad())
        try person.press(.character("i"))
        try person.type("2 batches not closed")
        try person.press(.enter)
        data = try #require(person.intents.first?.sent).data
        #expect(data["mark"] == "issues" && data["note"] == "2 batches not closed")
    }

    @Test(
        """
        a check that was ok and must be looked at again is confirmed anew, in the roll-call and by Space; one that is \
        ok is not
        """
    )
    func recheck() throws {
        let path = Runbook.CheckPath(board: "india", team: "integration", check: "stratus-file-processor")
        var runbook = try SampleRunbook.make()
        runbook.boards["india"]!.teams["integration"]!.checks["stratus-file-processor"]!.recheckAfter = ["jedi-255"]
        var night = try Night(runbook)
        try night.person("warroom.review", path.text, #"{"mark":"ok"}"#, at: "Sun 08:12", by: "int-in")
        func person() -> Person {
            var person = Person(night, at: "Sun 08:20:00")
            person.select("reviews", .check(path))
            return person
        }
        var calm = person()
        #expect(try calm.press(.character(" ")) == [])
        try calm.press(.character("R"), .character("o"))
        #expect(calm.intents.isEmpty && calm.view.message?.text.contains("is ok already") == true)
        try night.step("jedi-255", from: "Sun 08:13", to: "Sun 08:15")
        let ok = sent("warroom.review", path.text, JSON.Object(["mark": "ok"]))
        var other = person()
        #expect(try other.lines().contains { $0.contains("check again") })
        #expect(try other.press(.character(" ")) == [ok])
        for key in [Key.character("o"), .character(" ")] {
            var caller = person()
            try caller.press(.character("R"))
            #expect(
                caller.view.rollCall?.checkFacts(try caller.sight())?.path == path,
                "the check that was selected is asked")
            try caller.press(key)
            #expect(caller.intents == [ok])
        }
        try night.person("warroom.review", path.text, #"{"mark":"ok"}"#, at: "Sun 08:18", by: "int-in")
        #expect(
            try night.sight(at: "Sun 08:20").situation.boards["india"]?.teams["integration"]?.checks.first {
                $0.path == path
            }?.recheck == nil)
        #expect(night.bridge.reviews[path]?.marks.count == 2, "both entries stay")
    }

    @Test("no response is one entry for the team and calls the next; n skips, p goes back, Esc leaves")
    func rollCallTeams() throws {
        var person = try call(try Night.bad())
        let place = try #require(person.view.rollCall?.place)
        try person.press(.character("n"))
        #expect(person.view.rollCall?.place == place + 1 && person.intents.isEmpty)
        try person.press(.character("p"))
        #expect(person.view.rollCall?.place == place)
        try person.press(.character("0"))
        #expect(person.intents.isEmpty, "before the board is due it is asked why")
        try person.type("on a plane")
        try person.press(.enter)
        let silence = JSON.Object(["mark": "no-response", "note": "on a plane"])
        #expect(person.intents == [sent("warroom.review", "india/payments", silence)])
        #expect(person.view.rollCall?.place == place)
        for _ in 0..<40 { try person.press(.character("n")) }
        #expect(person.view.message?.text.hasPrefix("this is the last team") == true)
        for _ in 0..<40 { try person.press(.character("p")) }
        #expect(person.view.message?.text == "this is the first team")
        try person.press(.escape)
        #expect(person.view.rollCall == nil && person.view.message?.text.contains("teams have answered") == true)
    }

    @Test("every key in the roll-call acts or says why not")
    func rollCallEveryKey() throws {
        for key in Keymap.bindings.flatMap(\.keys) + [
            .character("x"), .delete, .paste("p"), .click(column: 3, row: 8), .wheelUp(column: 1, row: 9),
        ] {
            for readOnly in [false, true] {
                var person = try call(try Night.bad())
                person.isReadOnly = readOnly
                let before = person.view
                person.intents = []
                try person.press(key)
                #expect(person.view != before || !person.intents.isEmpty, "\(key)")
            }
        }
    }

    // MARK: Hand-over

    @Test("the hand-over page tells what is open, off, silent and changed")
    func handover() throws {
        var person = Person(try Night.bad(), at: "Sun 11:30:00")
        person.size = Size(columns: 200, rows: 50)
        #expect(try person.press(.character("H")) == [])
        let text = try person.lines().joined(separator: "\n")
        for words in ["Hand-over", "LEAD", "lead-us", "alerts muted", "pingdom", "503 on", "no response", "CHANGED"] {
            #expect(text.contains(words), "\(words):\n\(text)")
        }
        try person.press(.escape)
        #expect(person.view.detail == nil)
    }
}
