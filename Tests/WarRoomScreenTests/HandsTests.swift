import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The hands: what is decided from the keyboard")
struct HandsTests {
    typealias Person = KeyTests.Person

    private static let role = "Platform Team Member Approver"

    /// The half night with the gate's last need met: it waits for its approver.
    private static func ready() throws -> Night {
        var night = try Night.half()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(Night.balancer)":"in"}}"#, at: "Sun 04:36", source: "pools")
        return night
    }

    private func sent(_ type: String, _ subject: String, _ data: JSON.Object) -> Intent {
        .sends(type, subject, data)
    }

    // MARK: Gates

    @Test("a ready gate is approved in two steps, with the entry that was seen, and Enter alone sends nothing")
    func approve() throws {
        let night = try Self.ready()
        var person = Person(night, at: "Sun 04:38:00")
        person.select("gates", .gate("before-web6-10"))
        try person.press(.character("a"))
        let needs = try person.lines().joined(separator: "\n")
        #expect(needs.contains("approve") && needs.contains("refuse") && !needs.contains("override"))
        try person.press(.enter)
        let confirmation = try person.lines().joined(separator: "\n")
        #expect(confirmation.contains("Really approve gate before-web6-10"))
        #expect(confirmation.contains("Now") && confirmation.contains("Sun 04:38 / Sun 14:08"))
        #expect(confirmation.contains("Then can start") && confirmation.contains("You decide as"))
        #expect(confirmation.contains("Esc  Not yet") && confirmation.contains("only y sends it"))
        #expect(person.intents.isEmpty)
        try person.press(.enter)
        #expect(person.intents.isEmpty && person.view.menu == nil, "the first choice is no")
        try person.press(.character("a"), .character("a"), .character("y"))
        let data = JSON.Object(["decision": "approved", "as": .string(Self.role), "seen": .number(night.bridge.entry)])
        #expect(person.intents == [sent("warroom.approval", "before-web6-10", data)])
        #expect(try person.lines().last?.contains("sent, not yet acknowledged: approve gate before-web6-10") == true)
        Screen.answered(&person.view, ok: false, error: "entry 99 has changed what you saw")
        #expect(try person.lines().last?.contains("refused, entry 99 has changed what you saw") == true)
    }

    @Test("a shut gate offers an override with a reason instead, and says what it would override")
    func override() throws {
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        person.select("gates", .need(gate: "before-web6-10", place: 0))
        try person.press(.character("a"))
        #expect(person.view.menu?.choices.map(\.value) == ["refuse", "override"])
        try person.press(.character("o"), .enter)
        #expect(person.view.prompt != nil && person.intents.isEmpty, "a reason is needed")
        try person.type("IC-Web4 stays out")
        try person.press(.enter)
        let confirmation = try person.lines().joined(separator: "\n")
        #expect(confirmation.contains("Although not met") && confirmation.contains("IC-Web4 stays out"))
        try person.press(.character("n"))
        #expect(person.intents.isEmpty && person.view.message?.text == "nothing was sent")
        try person.press(.character("a"), .character("o"))
        try person.type("IC-Web4 stays out")
        try person.press(.enter, .down, .enter)
        let (subject, data) = try #require(person.intents.first?.sent)
        #expect(
            subject == "before-web6-10" && data["decision"] == "overridden" && data["reason"] == "IC-Web4 stays out")
    }

    @Test("a gate without an approver says why there is nothing to decide")
    func noApprover() throws {
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        let gate = try #require(person.night.bridge.runbook.gates.values.first { $0.approvers.isEmpty })
        person.select("gates", .gate(gate.id))
        #expect(try person.press(.character("a")) == [])
        #expect(person.view.menu == nil && person.view.message?.text.contains("has no approver") == true)
    }

    @Test("where nothing is selected the key to decide says so in its own panes, and elsewhere names them")
    func nothingSelected() throws {
        for pane in ["gates", "loose ends", "servers", "tests", "troubles"] {
            var person = Person(try Night.half(), at: "Sun 04:31:00")
            person.view.focus = pane
            try person.press(.character("a"))
            #expect(person.view.message?.text == "nothing is selected: the arrows select a row of \(pane)")
        }
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        person.view.focus = "feed"
        try person.press(.character("a"))
        #expect(person.view.message?.text.contains("see gates (6), loose ends (5), servers (2)") == true)
    }

    // MARK: Loose ends, servers, the night

    @Test("a loose end is forgiven with a reason after a look at what it is")
    func forgive() throws {
        let night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        person.select("loose ends", .looseEnd("pingdom/mcc-biller-portal"))
        try person.press(.character("a"), .character("f"))
        try person.type("it ends at 06:00")
        try person.press(.enter)
        #expect(try person.lines().joined().contains("Really forgive pingdom/mcc-biller-portal"))
        try person.press(.character("y"))
        #expect(
            person.intents == [
                sent(
                    "warroom.looseend", "pingdom/mcc-biller-portal",
                    JSON.Object(["state": "forgiven", "note": "it ends at 06:00"]))
            ])
    }

    @Test("a server is held and released, and the wave's count is told beforehand")
    func hold() throws {
        var night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        person.select("servers", .server("IC-Web3"))
        try person.press(.character("a"), .character("h"))
        try person.type("disk full")
        try person.press(.enter)
        let text = try person.lines().joined(separator: "\n")
        #expect(text.contains("counts 4 of 5, IC-Web3 held") && text.contains("must be out of every pool"))
        try person.press(.character("y"))
        #expect(
            person.intents == [sent("warroom.hold", "IC-Web3", JSON.Object(["state": "held", "reason": "disk full"]))])
        try night.person("warroom.hold", "IC-Web3", #"{"state":"held","reason":"disk full"}"#, at: "Sun 04:32")
        for subject in [Subject.looseEnd("hold/IC-Web3"), .server("IC-Web3")] {
            person = Person(night, at: "Sun 04:33:00")
            person.select(subject == .server("IC-Web3") ? "servers" : "loose ends", subject)
            try person.press(.character("a"), .character("r"), .character("y"))
            #expect(person.intents == [sent("warroom.hold", "IC-Web3", JSON.Object(["state": "released"]))])
        }
    }

    @Test("a wave is held with a reason, and lifted with one by what is told of it and by its row")
    func holdWave() throws {
        var night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        person.select("servers", .wave("web1-5"))
        try person.press(.character("a"), .character("h"))
        try person.type("wait for the vendor")
        try person.press(.enter)
        #expect(try person.lines().joined(separator: "\n").contains("no step of it, nor behind it, may start"))
        try person.press(.character("y"))
        let held = JSON.Object(["state": "held", "reason": "wait for the vendor"])
        #expect(person.intents == [sent("warroom.hold", "wave/web1-5", held)])
        try night.person(
            "warroom.hold", "wave/web1-5", #"{"state":"held","reason":"wait for the vendor"}"#, at: "Sun 04:32")
        for (pane, subject) in [("servers", Subject.wave("web1-5")), ("troubles", .trouble(.heldWave, "web1-5"))] {
            person = Person(night, at: "Sun 04:33:00")
            person.select(pane, subject)
            try person.press(.character("a"), .character("r"))
            try person.type("they agree")
            try person.press(.enter)
            let lines = try person.lines().joined(separator: "\n")
            #expect(lines.contains("then can go on: Approve Web6-10-Patching"), "\(lines)")
            try person.press(.character("y"))
            #expect(
                person.intents == [
                    sent("warroom.hold", "wave/web1-5", JSON.Object(["state": "released", "reason": "they agree"]))
                ])
        }
    }

    @Test("a divergence is ruled by choosing between the claims; without one no ruling is offered")
    func rule() throws {
        var night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        person.select("servers", .server("IC-Web2"))
        try person.press(.character("a"))
        #expect(person.view.menu?.choices.map(\.value) == ["hold"])
        try night.tool("warroom.server", "IC-Web2", #"{"patch":"failed"}"#, at: "Sun 04:31", source: "awx")
        person = Person(night, at: "Sun 04:32:00")
        person.select("servers", .server("IC-Web2"))
        try person.press(.character("a"))
        #expect(
            Set(person.view.menu?.choices.map(\.value) ?? []) == ["hold", "rule patch installed", "rule patch failed"])
        let key = try #require(person.view.menu?.choices.first { $0.value == "rule patch installed" }?.key)
        try person.press(.character(key))
        try person.type("awx lost its connection")
        try person.press(.enter, .character("y"))
        #expect(
            person.intents == [
                sent(
                    "warroom.ruling", "IC-Web2/patch",
                    JSON.Object(["value": "installed", "reason": "awx lost its connection"]))
            ])
    }

    /// What is written in the confirmation for a value of the menu that `a` opens.
    private func rule(_ value: String, _ person: inout Person) throws -> String {
        try person.press(.character("a"))
        let key = try #require(
            person.view.menu?.choices.first { $0.value == value }?.key,
            "\(person.view.menu?.choices.map(\.value) ?? [])")
        try person.press(.character(key))
        try person.type("seen on the console")
        try person.press(.enter)
        let confirmation = try person.lines().joined(separator: "\n")
        #expect(confirmation.contains("Really") && person.intents.isEmpty, "nothing is ruled without an explicit yes")
        try person.press(.character("y"))
        return confirmation
    }

    @Test(
        """
        every kind of divergence among the troubles is ruled from its row: the confirmation names the thing, each \
        claim and both times
        """
    )
    func ruleAll() throws {
        var night = try Night.half()
        try night.person("warroom.step", "infra-2000", #"{"state":"done"}"#, at: "Sun 04:32")
        try night.tool(
            "warroom.step", "infra-2000", #"{"state":"failed","note":"red"}"#, at: "Sun 04:33", source: "awx")
        try night.tool(
            "warroom.server", "IC-Web99", #"{"pools":{"\#(Night.balancer)":"in"}}"#, at: "Sun 04:34", source: "pools")
        try night.tool(
            "warroom.tests", "smoke-1",
            #"{"state":"passed","total":32,"passed":32,"failed":0,"flaky":1,"startedAt":"2025-09-14T08:30:00Z"}"#,
            at: "Sun 04:35", source: "smoke-1")
        for (id, value, words) in [
            (
                "infra-2000/state", "rule state done",
                [
                    "infra-2000/state", "state: done, says lead-us, since Sun 04:32 / Sun 14:02",
                    "state: failed, says awx, since Sun 04:33 / Sun 14:03",
                ]
            ),
            (
                "IC-Web99/pools/\(Night.balancer)", "rule pools/\(Night.balancer) in",
                [
                    "IC-Web99/pools/\(Night.balancer)", "not listed, says runbook",
                    "in, says pools, since Sun 04:34 / Sun 14:04",
                ]
            ),
            (
                "smoke-1/result", "rule result passed",
                ["smoke-1/result", "passed, says smoke-1", "flaky, says its first tries", "Sun 04:35 / Sun 14:05"]
            ),
        ] {
            var person = Person(night, at: "Sun 04:38:00")
            person.size = Size(columns: 120, rows: 35)
            person.select("troubles", .trouble(.divergence, id))
            let confirmation = try rule(value, &person)
            for words in words + ["Now", "Sun 04:38 / Sun 14:08"] {
                #expect(confirmation.contains(words), "\(words):\n\(confirmation)")
            }
            #expect(person.intents.count == 1)
        }
        for (pane, subject, value) in [
            ("timeline", Subject.step("infra-2000"), "rule state failed"),
            ("tests", .test("smoke-1"), "rule result passed"),
            ("servers", .server("IC-Web99"), "rule pools/\(Night.balancer) not listed"),
        ] {
            var person = Person(night, at: "Sun 04:38:00")
            person.select(pane, subject)
            _ = try rule(value, &person)
            #expect(person.intents.count == 1, "\(pane)")
        }
    }

    @Test(
        """
        a button pressed elsewhere past a shut gate is ruled on the gate and on its trouble; on an open gate no \
        ruling is offered
        """
    )
    func ruleButton() throws {
        var runbook = try SampleRunbook.make()
        runbook.gates["before-web6-10"]!.button = "web/Approve"
        var night = try Night(runbook)
        var person = Person(night, at: "Sun 04:31:00")
        person.select("gates", .gate("before-web6-10"))
        try person.press(.character("a"))
        #expect(person.view.menu?.choices.contains { $0.value.hasPrefix("rule") } == false)
        try night.tool("warroom.pipeline", "web/Approve", #"{"state":"succeeded"}"#, at: "Sun 04:30", source: "azure")
        for (pane, subject) in [
            ("gates", Subject.gate("before-web6-10")), ("troubles", .trouble(.approvedThere, "before-web6-10")),
        ] {
            person = Person(night, at: "Sun 04:31:00")
            person.size = Size(columns: 120, rows: 35)
            person.select(pane, subject)
            let confirmation = try rule("rule button approved", &person)
            #expect(confirmation.contains("button: approved, says web/Approve, since Sun 04:30 / Sun 14:00"))
            #expect(person.intents.count == 1)
        }
    }

    @Test(
        """
        what is undone can be left so by name, or ruled done where its evidence is wrong; where only work helps, the \
        key says so
        """
    )
    func undone() throws {
        var night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        let trouble = try #require(try person.sight().situation.troubles.first { $0.kind == .undone })
        person.select("troubles", .trouble(.undone, trouble.subject))
        try person.press(.character("a"))
        #expect(person.view.menu?.choices.map(\.value) == ["forgive pool/IC-Web4/\(Night.balancer)"])
        try night.tool("warroom.server", "IC-Web2", #"{"patch":"failed"}"#, at: "Sun 04:32", source: "patch-web")
        person = Person(night, at: "Sun 04:38:00")
        person.select("troubles", .trouble(.undone, "web1-5-patch"))
        let confirmation = try rule("rule state done", &person)
        // A dialog wraps what it says.
        let said = confirmation.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(said.contains("IC-Web2 failed to be patched, says patch-web, since Sun 04:32 / Sun 14:02"))
        #expect(
            person.intents == [
                sent(
                    "warroom.ruling", "web1-5-patch/state",
                    JSON.Object(["value": "done", "reason": "seen on the console"]))
            ])
        try night.person("warroom.ruling", "web1-5-patch/state", #"{"value":"done","reason":"r"}"#, at: "Sun 04:39")
        #expect(try night.sight(at: "Sun 04:40").situation.steps["web1-5-patch"]?.undone == nil)
    }

    @Test("a key that can rule nothing says why, whatever kind of trouble it is")
    func nothingToRule() throws {
        var night = try Night.bad()
        try night.person(
            "warroom.lead", "lead-in", #"{"state":"accepted","user":"lead-in","reason":"lead-us is gone"}"#,
            at: "Sun 08:19", by: "lead-in")
        let troubles = try night.sight(at: "Sun 08:20").situation.troubles
        #expect(
            troubles.contains {
                $0.kind == .leadTakenBack
                    && $0.text == "lead-in took the lead back from lead-us without an offer: lead-us is gone"
            })
        for trouble in troubles {
            var person = Person(night, at: "Sun 08:20:00")
            person.select("troubles", .trouble(trouble.kind, trouble.subject))
            try person.press(.character("a"))
            #expect(person.view.menu != nil || person.view.message != nil, "\(trouble.kind)")
        }
    }

    // MARK: The lead

    @Test(
        """
        on the page of the lead the lead offers it by name; whom it is offered to accepts; another takes it back with \
        a reason
        """
    )
    func lead() throws {
        var night = try Night.half()
        var person = Person(night, at: "Sun 04:31:00")
        try person.press(.character("H"), .character("a"))
        #expect(person.view.menu?.choices.map(\.value) == ["offer"])
        try person.press(.character("o"))
        try person.type("lead-in")
        try person.press(.enter)
        #expect(try person.lines().joined().contains("Really offer the lead to lead-in"))
        try person.press(.character("y"))
        #expect(
            person.intents == [sent("warroom.lead", "lead-in", JSON.Object(["state": "offered", "user": "lead-in"]))])
        try night.person("warroom.lead", "lead-in", #"{"state":"offered","user":"lead-in"}"#, at: "Sun 04:32")
        person = Person(night, at: "Sun 04:33:00")
        person.user = "lead-in"
        try person.press(.character("H"), .character("a"))
        #expect(person.view.menu?.choices.map(\.value) == ["accept", "take"])
        try person.press(.character("y"), .character("y"))
        #expect(
            person.intents == [sent("warroom.lead", "lead-in", JSON.Object(["state": "accepted", "user": "lead-in"]))])
        person = Person(night, at: "Sun 04:33:00")
        person.user = "lead-2"
        try person.press(.character("H"), .character("a"), .character("t"))
        try person.type("terminal gone")
        try person.press(.enter)
        #expect(try person.lines().joined().contains("Really take the lead back") && person.intents.isEmpty)
        try person.press(.character("y"))
        #expect(
            person.intents == [
                sent(
                    "warroom.lead", "lead-2",
                    JSON.Object(["state": "accepted", "user": "lead-2", "reason": "terminal gone"]))
            ])
    }

    @Test("closing the night shows what is in the way, and asks for an explicit yes once nothing is")
    func close() throws {
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        try person.press(.character("C"))
        let text = try person.lines().joined(separator: "\n")
        #expect(text.contains("cannot be closed") && text.contains("in the way"))
        try person.press(.enter)
        #expect(person.intents.isEmpty && person.view.menu == nil)
        var runbook = Runbook(id: "empty", title: "Empty", date: "2025-09-14", zones: person.night.bridge.runbook.zones)
        runbook.fingerprint = "0"
        person = Person(try Night(runbook), at: "Sun 04:31:00")
        try person.press(.character("C"), .enter)
        #expect(person.intents.isEmpty)
        try person.press(.character("C"), .character("y"))
        #expect(
            person.intents == [
                sent("warroom.bridge", "empty-2025-09-14", JSON.Object(["state": "closed", "with": .texts([])]))
            ])
    }

    @Test("a presenter decides nothing")
    func presenter() throws {
        for (key, pane, subject) in [
            (Key.character("a"), "gates", Subject.gate("before-web6-10")),
            (.character("a"), "loose ends", .looseEnd("pingdom/mcc-biller-portal")),
            (.character("C"), "gates", .gate("before-web6-10")), (.character("c"), "reviews", .board("usa")),
            (.character("w"), "reviews", .board("usa")),
        ] {
            var person = Person(try Night.half(), at: "Sun 04:31:00")
            person.isReadOnly = true
            person.select(pane, subject)
            #expect(try person.press(key) == [])
            #expect(person.view.menu == nil && person.view.prompt == nil)
        }
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        person.isReadOnly = true
        try person.press(.character("R"), .character("o"), .character("0"))
        #expect(person.intents.isEmpty && person.view.message?.text.hasPrefix("view only") == true)
    }

    @Test("a confirmation fits every size, and what finds no room is counted")
    func sizes() throws {
        for size in [
            Size(columns: 20, rows: 5), Size(columns: 40, rows: 10), Size(columns: 80, rows: 24),
            Size(columns: 200, rows: 50),
        ] {
            var person = Person(try Night.half(), at: "Sun 04:31:00")
            person.size = size
            person.select("gates", .gate("before-web6-10"))
            try person.press(.character("a"))
            #expect(try person.lines().contains { $0.contains("refuse") }, "\(size)")
            try person.press(.character("o"))
            try person.type("why")
            try person.press(.enter)
            #expect(try person.lines().contains { $0.contains("Not yet") }, "\(size)")
        }
    }
}
