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
        let names = Command.all.map(\.name)
        #expect(Set(names).count == names.count, "\(names)")
        for name in ["zoom", "theme", "help", "quit", "pane", "note", "goto", "undo", "mark", "step", "search"] { #expect(names.contains(name), "\(name)") }
        #expect(Command.all.allSatisfy { !$0.words.isEmpty })
    }

    @Test("every command acts or says why not, alone and with words behind it, and none is left open without saying so")
    func every() throws {
        let night = try Night.bad()
        let situation = try night.sight(at: "Sun 08:20:00").situation
        for command in Command.all {
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
        #expect(try person.lines().last?.contains(":zzz") == true && person.lines().last?.contains("there is no command 'zzz'") == true)
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
            ("india/payments/paypal", "reviews", KeyTests.paypal), ("paypal", "reviews", KeyTests.paypal), ("before-smoke-2", "gates", .gate("before-smoke-2")),
            ("jobs/rescheduled", "loose ends", .looseEnd("jobs/rescheduled")), ("MCC Database Server", "servers", .server("MCC Database Server")), ("118", "feed", .entry(118)),
        ] {
            var person = try Self.person()
            _ = try Self.run("goto " + name, &person)
            #expect(person.view.focus == pane && person.view.selection == subject && person.view.isZoomed, "\(name): \(person.view.focus) \(String(describing: person.view.selection))")
        }
        var person = try Self.person()
        _ = try Self.run("goto nowhere-at-all", &person)
        #expect(person.view.message?.text.contains("is nowhere here") == true)
    }

    @Test("words behind an action's name go through its menu and into its text field")
    func through() throws {
        var person = try Self.person()
        #expect(try Self.run("note rollback?", &person) == [.send(type: "warroom.note", subject: "monthly-2025-09-14", data: JSON.Object(["text": "rollback?"]))])
        person = try Self.person()
        person.select("reviews", KeyTests.cass)
        #expect(try Self.run("mark ok", &person) == [.send(type: "warroom.review", subject: "india/payments/cass", data: JSON.Object(["mark": "ok"]))])
        #expect(try Self.run("mark issues 503 again", &person) == [.send(type: "warroom.review", subject: "india/payments/cass", data: JSON.Object(["mark": "issues", "note": "503 again"]))])
        #expect(try Self.run("mark great", &person) == [])
        #expect(person.view.menu != nil && person.view.message?.text.contains("none of these") == true)
        person = try Self.person()
        person.select("timeline", .step("jedi-255"))
        #expect(try Self.run("step not applicable it is gone already", &person) == [
            .send(type: "warroom.step", subject: "jedi-255", data: JSON.Object(["note": "it is gone already", "state": "not-applicable"]))
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
        var night = try Night.bad()
        let last = night.bridge.reviews[.init(board: "india", team: "payments", check: "paypal")]?.current?.entry ?? 0
        var person = KeyTests.Person(night)
        person.select("reviews", KeyTests.paypal)
        try person.press(.character("u"))
        #expect(try person.lines().last?.contains("undo entry \(last)") == true)
        try person.press(.enter)
        #expect(person.intents.isEmpty && person.view.prompt != nil)
        try person.type("slip")
        try person.press(.enter)
        #expect(person.intents == [
            .send(type: "warroom.review", subject: "india/payments/paypal", data: JSON.Object(["mark": "pending", "note": "slip", "undoes": .number(last)]))
        ])
        try night.person("warroom.review", "india/payments/paypal", #"{"mark":"ok"}"#, at: "Sun 08:21", by: "pay-in-2")
        let undo = try #require(Undo(KeyTests.paypal, in: night.bridge))
        #expect(undo.data(why: "x")["mark"] == "issues" && undo.data(why: "x")["reviewer"] == "pay-in-1")
    }

    @Test("undo takes back a step, a hold, an approval and a word on a loose end, and nothing where nobody said anything")
    func undoes() throws {
        var night = try Night.bad()
        #expect(Undo(.step("jedi-255"), in: night.bridge) == nil)
        #expect(Undo(.server("IC-Web4"), in: night.bridge) == nil)
        try night.person("warroom.step", "jedi-255", #"{"state":"started"}"#, at: "Sun 08:21")
        #expect(Undo(.step("jedi-255"), in: night.bridge)?.data["state"] == "reset")
        try night.person("warroom.step", "jedi-255", #"{"state":"done"}"#, at: "Sun 08:22")
        #expect(Undo(.step("jedi-255"), in: night.bridge)?.data["state"] == "started")
        try night.person("warroom.hold", "IC-Web4", #"{"state":"held","reason":"r"}"#, at: "Sun 08:23")
        #expect(Undo(.server("IC-Web4"), in: night.bridge)?.data["state"] == "released")
        #expect(Undo(.gate("before-web6-10"), in: night.bridge)?.data["decision"] == "approved")
        try night.person("warroom.looseend", "pingdom/mcc-biller-portal", #"{"state":"forgiven","note":"r"}"#, at: "Sun 08:24")
        #expect(Undo(.looseEnd("pingdom/mcc-biller-portal"), in: night.bridge)?.data["state"] == "open")
        for subject in [Subject.entry(3), .wave("web1-5"), .source("pools")] { #expect(Undo(subject, in: night.bridge) == nil) }
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
