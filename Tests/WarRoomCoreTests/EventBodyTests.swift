import Testing
import WarRoomCore

@Suite("An event is written as it is read")
struct EventBodyTests {
    /// Of each type one with all that it can say, and one with as little as it may.
    static let reports: [(EventType, String)] = [
        (
            .bridge,
            #"{"state":"opened","mode":"live","runbook":"abc","awayFrom":"2025-09-14T08:31:00Z","learned":{"a":90}}"#
        ),
        (.bridge, #"{"state":"closed","with":["one","two"]}"#),
        (.bridge, #"{"state":"amended","runbook":"abc","reason":"late"}"#), (.signature, #"{"as":"Approver"}"#),
        (.step, #"{"state":"not-applicable","note":"gone"}"#), (.step, #"{"state":"started"}"#),
        (
            .server,
            #"{"patch":"installed","reboot":"not-needed","verify":"none","reach":"ok","alerts":"muted","detail":"KB1","#
                + #""bootedAt":"2025-09-14T08:31:00Z","startedAt":"2025-09-14T08:32:00Z","#
                + #""readyAt":"2025-09-14T08:33:00Z","mutedUntil":"2025-09-14T09:00:00Z","#
                + #""pools":{"a/b":"in","c":"unknown"}}"#
        ),
        (.server, #"{"reach":"unreachable"}"#),
        (.review, #"{"mark":"issues","note":"503","reviewer":"amy"}"#), (.review, #"{"mark":"no-response"}"#),
        (.check, #"{"state":"added","title":"Look again"}"#),
        (.hold, #"{"state":"held","reason":"disk"}"#), (.hold, #"{"state":"released"}"#),
        (.approval, #"{"decision":"overridden","as":"Approver","seen":12,"reason":"late"}"#),
        (.approval, #"{"decision":"approved","as":"Approver"}"#),
        (
            .tests,
            #"{"state":"failed","total":3,"passed":1,"failed":1,"errors":1,"skipped":1,"flaky":0,"runID":"r","#
                + #""url":"u","#
                + #""startedAt":"2025-09-14T08:31:00Z","finishedAt":"2025-09-14T08:32:00Z","detail":"expected 4, "#
                + #"got 3","#
                + #""failures":[{"message":"500","name":"pay"},{"message":null,"name":"log in"}]}"#
        ),
        (.tests, #"{"state":"running"}"#),
        (
            .pipeline,
            #"{"state":"succeeded","runID":"r","url":"u","startedAt":"2025-09-14T08:31:00Z","#
                + #""finishedAt":"2025-09-14T08:32:00Z"}"#
        ),
        (
            .batch,
            #"{"state":"closed","job":"j","biller":"b","demo":true,"paymentType":"ach","module":"m","reason":"r","#
                + #""scheduledAt":"2025-09-14T03:45:00Z","startedAt":"2025-09-14T03:46:00Z","#
                + #""endedAt":"2025-09-14T03:50:00Z"}"#
        ),
        (
            .alert,
            #"{"state":"firing","name":"n","severity":"s","server":"w","biller":"b","demo":true,"summary":"down"}"#
        ),
        (.message, #"{"state":"posted","text":"done"}"#), (.looseEnd, #"{"state":"forgiven","what":"w","note":"n"}"#),
        (.ruling, #"{"value":"home","reason":"the page"}"#), (.lead, #"{"state":"accepted","user":"u","reason":"r"}"#),
        (.heard, #"{"text":"it is slow","from":"a caller"}"#), (.looked, #"{"was":"a cache"}"#),
        (.substitute, #"{"state":"offered","user":"u"}"#), (.note, #"{"text":"words"}"#),
        (.source, #"{"state":"never-seen","reason":"r","lastGood":"2025-09-14T08:31:00Z"}"#),
        (.clock, #"{"offset":-3600}"#),
        (.refusal, #"{"who":"w","what":"x","why":"y","more":3}"#),
    ]

    @Test("What each type says is written as it was read", arguments: reports)
    func roundTrip(type: EventType, text: String) throws {
        let data = try #require(try JSON(parsing: text).object)
        let body = try EventBody(type, data: data)
        #expect(body.type == type)
        #expect(JSON.object(body.data).line == JSON.object(data).line)
        #expect(try EventBody(type, data: body.data) == body)
    }

    @Test("Every type is among them")
    func complete() { #expect(Set(EventBodyTests.reports.map(\.0)) == Set(EventType.allCases)) }

    @Test("A proposal becomes an event that says the same, and an undo says which entry it takes back and why")
    func proposal() throws {
        let hold = Proposal("web1", .hold(HoldReport(state: .held, reason: "disk")))
        let event = try Event(hold.event(id: "1", source: "people/ann", time: Instant(seconds: 60)))
        #expect(event.body == hold.body)
        #expect(event.subject == "web1")
        #expect(event.time == Instant(seconds: 60))
        #expect(event.undoes == nil)
        let undo = Proposal("web1", hold.body, undoing: .init(entry: 7, why: "slip"))
        let undone = try Event(undo.event(id: "2", source: "people/ann"))
        #expect(undone.undoes == 7)
        #expect(undone.json["data"]?["note"] == "slip")
        #expect(undone.time == nil)
    }
}

@Suite("Names of loose ends, rows and checks")
struct SubjectNameTests {
    @Test(
        "A loose end is known by what is off, and is written as it was read",
        arguments: [
            ("alerts/web1", LooseEndID.alerts("web1"), "web1", "alerts"),
            ("pool/web1/outer", .pool(server: "web1", pool: "outer"), "web1", "pool"),
            ("pool/web1/a/b", .pool(server: "web1", pool: "a/b"), "web1", "pool"),
            ("hold/web1", .hold(server: "web1"), "web1", "hold"),
            ("jobs/rescheduled", .other("jobs/rescheduled"), nil, "jobs"),
            ("alerts", .other("alerts"), nil, "alerts"),
            ("alerts/", .other("alerts/"), nil, "alerts"),
            ("pool/web1", .other("pool/web1"), nil, "pool"),
            ("hold/web1/x", .other("hold/web1/x"), nil, "hold"),
        ] as [(String, LooseEndID, String?, String)])
    func looseEnd(text: String, id: LooseEndID, server: String?, kind: String) {
        #expect(LooseEndID(text) == id)
        #expect(id.text == text)
        #expect(id.server == server)
        #expect(id.kind == kind)
    }

    @Test("A review is of a check or of a whole row, and nothing else is either")
    func rows() {
        let row = Runbook.TeamPath(board: "east", team: "money")
        #expect(Runbook.TeamPath("east/money") == row)
        #expect(Runbook.TeamPath(of: "east/money/in") == row)
        #expect(Runbook.TeamPath(of: "east/money") == row)
        #expect(Runbook.CheckPath("east/money/in")?.row == row)
        for text in ["", "east", "east/", "/money", "east/money/in/x", "east//in"] {
            #expect(Runbook.TeamPath(of: text) == nil)
        }
    }
}
