import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The command line and undo")
struct CommandTests {
    private static func person() throws -> KeyTests.Person { KeyTests.Person(try Night.bad()) }

    private static func run(_ text: String, _ person: inout KeyTests.Person) throws -> [Intent] {
        try person.press(.character(":"))
        try person.type(text)
        return try person.press(.enter)
    }

    @Test("every action has a name of its own, and every command a word of help")
    func names() {
        let names = LineCommand.all.map(\.name)
        #expect(Set(names).count == names.count, "\(names)")
        for name in ["zoom", "theme", "help", "quit", "pane", "note", "goto", "undo", "mark", "step", "search"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(LineCommand.all.allSatisfy { !$0.words.isEmpty })
    }

    @Test("every command acts or says why not, alone and with words behind it, and none is left open without saying so")
    func every() throws {
        let night = try Night.bad()
        let situation = try night.sight(at: "Sun 08:20:00").situation
        for command in LineCommand.all {
            for words in ["", " nonsense"] {
                var person = KeyTests.Person(night)
                person.situation = situation
                let before = person.view
                let asked = try Self.run(command.name + words, &person)
                var after = person.view
                after.commands = before.commands
                #expect(after != before || !asked.isEmpty, ":\(command.name)\(words)")
            }
        }
    }

    @Test("zoom, help, pane and quit do what their keys do; a beginning that only one has is enough")
    func actions() throws {
        var person = try Self.person()
        _ = try Self.run("pane reviews", &person)
        #expect(person.view.focus == "reviews")
        _ = try Self.run("zo", &person)
        #expect(person.view.isZoomed)
        _ = try Self.run("help", &person)
        #expect(person.view.isHelpOpen)
        #expect(try Self.run("quit", &person) == [.quit])
        #expect(try Self.run("theme light", &person) == [.theme("light")])
        #expect(try Self.run("  theme   ./mine.theme", &person) == [.theme("./mine.theme")])
    }

    @Test("what is no command, or begins several, stays on the line and is told beside it")
    func wrong() throws {
        var person = try Self.person()
        #expect(try Self.run("zzz", &person) == [])
        #expect(person.view.prompt != nil)
        #expect(
            try person.lines().last?.contains(":zzz") == true
                && person.lines().last?.contains("there is no command 'zzz'") == true)
        try person.press(.control("u"))
        try person.type("s")
        try person.press(.enter)
        #expect(try person.lines().last?.contains("begins ") == true)
        try person.press(.escape)
        #expect(person.view.prompt == nil && person.intents.isEmpty)
    }

    @Test("goto finds a step, a server, a check, a gate, a loose end and an entry, by name or by title")
    func places() throws {
        for (name, pane, subject) in [
            ("web6-10-patch", "timeline", Subject.step("web6-10-patch")), ("ic-web4", "servers", .server("IC-Web4")),
            ("india/payments/paypal", "reviews", KeyTests.paypal), ("paypal", "reviews", KeyTests.paypal),
            ("before-smoke-2", "gates", .gate("before-smoke-2")),
            ("jobs/rescheduled", "loose ends", .looseEnd("jobs/rescheduled")),
            ("MCC Database Server", "servers", .server("MCC Database Server")), ("118", "feed", .entry(118)),
        ] {
            var person = try Self.person()
            _ = try Self.run("goto " + name, &person)
            #expect(
                person.view.focus == pane && person.view.selection == subject && person.view.isZoomed,
                "\(name): \(person.view.focus) \(String(describing: person.view.selection))")
        }
        var person = try Self.person()
        _ = try Self.run("goto nowhere-at-all", &person)
        #expect(person.view.message?.text.contains("is nowhere here") == true)
    }

    @Test("words behind an action's name go through its menu and into its text field")
    func through() throws {
        var person = try Self.person()
        #expect(
            try Self.run("note rollback?", &person) == [
                .sends("warroom.note", "monthly-2025-09-14", JSON.Object(["text": "rollback?"]))
            ])
        person = try Self.person()
        person.select("reviews", KeyTests.cass)
        #expect(
            try Self.run("mark ok", &person) == [
                .sends("warroom.review", "india/payments/cass", JSON.Object(["mark": "ok"]))
            ])
        #expect(
            try Self.run("mark issues 503 again", &person) == [
                .sends("warroom.review", "india/payments/cass", JSON.Object(["mark": "issues", "note": "503 again"]))
            ])
        #expect(try Self.run("mark great", &person) == [])
        #expect(person.view.menu != nil && person.view.message?.text.contains("none of these") == true)
        person = try Self.person()
        person.select("timeline", .step("jedi-255"))
        #expect(
            try Self.run("step not applicable it is gone already", &person) == [
                .sends(
                    "warroom.step", "jedi-255", JSON.Object(["note": "it is gone already", "state": "not-applicable"]))
            ])
    }

    @Test("Tab completes names and what follows them, and then goes round")
    func completion() throws {
        var person = try Self.person()
        try person.press(.character(":"))
        try person.type("got")
        try person.press(.tab)
        #expect(person.view.prompt?.field.text == "goto ")
        try person.type("ic-web1")
        try person.press(.tab)
        #expect(person.view.prompt?.field.text == "goto IC-Web1")
        try person.press(.tab)
        #expect(person.view.prompt?.field.text == "goto IC-Web10")
        try person.press(.tab)
        #expect(person.view.prompt?.field.text == "goto IC-Web1")
        try person.press(.control("u"))
        try person.type("theme li")
        #expect(try person.lines().last?.contains("light") == true)
        try person.press(.tab, .enter)
        #expect(person.intents == [.theme("light")])
    }

    @Test("the arrows bring back what was written before")
    func recall() throws {
        var person = try Self.person()
        _ = try Self.run("pane gates", &person)
        _ = try Self.run("pane feed", &person)
        try person.press(.character(":"), .up, .up)
        #expect(person.view.prompt?.field.text == "pane gates")
        try person.press(.down)
        #expect(person.view.prompt?.field.text == "pane feed")
        try person.press(.down)
        #expect(person.view.prompt?.field.text == "")
        try person.press(.backspace)
        #expect(person.view.prompt == nil)
    }

    @Test("undo sends an entry that names the one it takes back, brings the mark from before, and needs a word of why")
    func undo() throws {
        let night = try Night.bad()
        let last = night.bridge.reviews[.init(board: "india", team: "payments", check: "paypal")]?.current?.entry ?? 0
        var person = KeyTests.Person(night)
        person.select("reviews", KeyTests.paypal)
        try person.press(.character("u"))
        #expect(try person.lines().last?.contains("undo entry \(last)") == true)
        try person.press(.enter)
        #expect(person.intents.isEmpty && person.view.prompt != nil)
        try person.type("slip")
        try person.press(.enter)
        #expect(
            person.intents == [
                .send(try undoing(KeyTests.paypal, night, why: "slip"))
            ])
        let data = try #require(person.intents.first?.sent).data
        #expect(
            data["mark"] == "issues" && data["undoes"] == .number(last) && data["note"] == "slip",
            "the same again, as the command says it")
    }

    private func undone(_ subject: Subject, _ night: Night, why: String = "n") throws -> JSON.Object {
        let sent = Intent.send(try undoing(subject, night, why: why)).sent
        return try #require(sent).data
    }

    private func undoing(_ subject: Subject, _ night: Night, why: String) throws -> Proposal {
        let undo = try #require(Undo(subject, in: night.bridge))
        return try #require(undo.proposal(why: why))
    }

    /// Takes back what the screen would take back, as a person of the night.
    private func takeBack(_ subject: Subject, _ night: inout Night, at time: String) throws {
        let proposal = try undoing(subject, night, why: "n")
        let sent = Intent.send(proposal).sent
        let data = try #require(sent).data
        try night.person(proposal.body.type.rawValue, proposal.subject, JSON.object(data).line, at: time)
    }

    @Test(
        """
        an undo takes back the person's last word on a step, a hold, an approval, a loose end, a ruling, and nothing \
        where nobody said anything
        """
    )
    func undoes() throws {
        var night = try Night.bad()
        #expect(Undo(.step("jedi-255"), in: night.bridge) == nil)
        #expect(Undo(.server("IC-Web4"), in: night.bridge) == nil)
        try night.person("warroom.step", "jedi-255", #"{"state":"started"}"#, at: "Sun 08:21")
        try night.person("warroom.step", "jedi-255", #"{"state":"done"}"#, at: "Sun 08:22")
        try takeBack(.step("jedi-255"), &night, at: "Sun 08:23")
        #expect(night.bridge.steps["jedi-255"]?.person?.state == .started)
        try night.person("warroom.hold", "IC-Web4", #"{"state":"held","reason":"r"}"#, at: "Sun 08:23")
        try takeBack(.looseEnd("hold/IC-Web4"), &night, at: "Sun 08:23")
        #expect(night.bridge.holds.isEmpty)
        #expect(try undone(.gate("before-web6-10"), night)["decision"] == "approved")
        try night.person(
            "warroom.looseend", "pingdom/mcc-biller-portal", #"{"state":"forgiven","note":"r"}"#, at: "Sun 08:24")
        try takeBack(.looseEnd("pingdom/mcc-biller-portal"), &night, at: "Sun 08:25")
        #expect(night.bridge.looseEnds["pingdom/mcc-biller-portal"]?.latest?.value.state != .forgiven)
        try night.person("warroom.ruling", "IC-Web4/patch", #"{"value":"installed","reason":"seen"}"#, at: "Sun 08:26")
        #expect(try undone(.server("IC-Web4"), night)["value"] == "installed", "the ruling is the later word")
        for subject in [Subject.entry(3), .wave("web1-5"), .source("pools"), .team(board: "india", team: "payments")] {
            #expect(Undo(subject, in: night.bridge) == nil)
        }
        #expect(
            Undo(.entry(night.bridge.entry), in: night.bridge)?.said.type == .ruling,
            "an entry of the feed is taken back as such")
    }

    @Test("after an undo the next one takes the undo back, as the hub demands it: only the last word can be taken back")
    func undoOfUndo() throws {
        var night = try Night.bad()
        let path = Runbook.CheckPath(board: "india", team: "payments", check: "paypal")
        let first = try #require(night.bridge.reviews[path]?.current?.entry)
        try takeBack(KeyTests.paypal, &night, at: "Sun 08:21")
        #expect(night.bridge.reviews[path]?.current == nil)
        var person = KeyTests.Person(night)
        person.select("reviews", KeyTests.paypal)
        try person.press(.character("u"))
        #expect(try person.lines().last?.contains("undo entry \(night.bridge.entry), the undo of") == true)
        #expect(try undone(KeyTests.paypal, night)["undoes"] == .number(night.bridge.entry))
        try takeBack(KeyTests.paypal, &night, at: "Sun 08:22")
        #expect(night.bridge.reviews[path]?.current?.entry == first)
        try takeBack(KeyTests.paypal, &night, at: "Sun 08:23")
        #expect(night.bridge.reviews[path]?.current == nil)
    }

    @Test("the silence of a whole team is taken back from any of the checks that it was said of, and from no other")
    func undoOfSilence() throws {
        var night = try Night.bad()
        try night.person("warroom.review", "india/payments", #"{"mark":"no-response"}"#, at: "Sun 08:21")
        let said = night.bridge.entry
        #expect(
            Undo(KeyTests.cass, in: night.bridge)?.said.subject == "india/payments"
                && Undo(KeyTests.cass, in: night.bridge)?.entry == said)
        #expect(Undo(.team(board: "india", team: "payments"), in: night.bridge)?.entry == said)
        #expect(
            Undo(KeyTests.paypal, in: night.bridge)?.said.subject == "india/payments/paypal", "it had answered before")
    }

    @Test("a read-only screen takes nothing back")
    func readOnly() throws {
        var person = try Self.person()
        person.isReadOnly = true
        person.select("reviews", KeyTests.paypal)
        try person.press(.character("u"))
        #expect(person.view.prompt == nil && person.view.message?.text.hasPrefix("view only") == true)
        #expect(try Self.run("undo slip", &person) == [])
        #expect(person.view.message?.text.hasPrefix("view only") == true)
    }
}
