import OrderedCollections
import Testing
import WarRoomCore

@Suite("What comes from outside has its range, and an entry of an older hub is brought into it")
struct RangesTests {
    private func refuses(_ type: String, _ data: String, _ reason: String) throws {
        let json = try written(type, "x", data)
        let fault = #expect(throws: EventFault.self) { try Event(admitting: json) }
        #expect(fault?.reason.hasPrefix(reason) == true, "\(reason): \(fault?.reason ?? "taken")")
        #expect(try Event(json).json == json)
    }

    @Test("A number or a time outside its range is refused when it is new, and read when it is kept")
    func outside() throws {
        let count = "must be a whole number from 0 to 1000000000"
        let entry = "must be a whole number from 1 to 9007199254740991"
        let years = "must be a time in the years 1970 to 2199"
        try refuses("tests", #"{"state":"running","passed":9223372036854775807}"#, "'passed' \(count)")
        try refuses("tests", #"{"state":"running","flaky":1000000001}"#, "'flaky' \(count)")
        try refuses("note", #"{"text":"t","undoes":9007199254740992,"note":"n"}"#, "'undoes' \(entry)")
        try refuses("approval", #"{"decision":"approved","as":"r","seen":9007199254740992}"#, "'seen' \(entry)")
        try refuses("approval", #"{"decision":"approved","as":"r","seen":0}"#, "'seen' \(entry)")
        try refuses("server", #"{"bootedAt":"1969-12-31T23:59:59Z"}"#, "'bootedAt' \(years)")
        try refuses("batch", #"{"state":"closed","endedAt":"2200-01-01T00:00:00Z"}"#, "'endedAt' \(years)")
        try refuses("bridge", #"{"state":"live","learned":{"s":31622401}}"#, "'learned' must name steps with whole")
    }

    @Test("A text, a name or a list that is too long is refused when it is new")
    func tooLong() throws {
        let (text, name) = (String(repeating: "é", count: 8_193), String(repeating: "k", count: 16_385))
        let list = String(repeating: "0,", count: 10_000)
        try refuses("note", #"{"text":"\#(text)"}"#, "a text has more than 16 KiB")
        try refuses("note", #"{"text":"t","x":{"\#(name)":1}}"#, "a name has more than 16 KiB")
        try refuses("note", #"{"text":"t","x":[\#(list)0]}"#, "a list has more than 10000")
    }

    @Test("A time of the event itself has its range too")
    func time() throws {
        for time in ["1969-12-31T23:59:59.999999999Z", "2200-01-01T00:00:00Z"] {
            let json = try written("note", "x", #"{"text":"t"}"#, time: time)
            #expect(throws: EventFault.self) { try Event(admitting: json) }
            #expect(try Ranges.instants.contains(#require(try Event(json).time)))
        }
    }

    @Test("The ends of every range are taken")
    func inside() throws {
        let (text, list) = (String(repeating: "t", count: 16_384), String(repeating: "0,", count: 9_999))
        for (type, data) in [
            ("tests", #"{"state":"running","passed":1000000000,"failed":0,"startedAt":"1970-01-01T00:00:00Z"}"#),
            ("approval", #"{"decision":"approved","as":"r","seen":9007199254740991}"#),
            ("server", #"{"bootedAt":"2199-12-31T23:59:59.999999999Z"}"#),
            ("note", #"{"text":"\#(text)"}"#), ("note", #"{"text":"t","x":[\#(list)0]}"#),
            ("bridge", #"{"state":"live","learned":{"s":31622400}}"#),
        ] {
            let json = try written(type, "x", data)
            #expect(try Event(admitting: json) == Event(json))
        }
    }

    @Test("Counts of an older hub's entry add up to no more than there can be")
    func sums() throws {
        var night = Scenario()
        let most = Int.max
        try night.take(
            "2025-09-14T02:00:00Z", "tests", "quick",
            #"{"state":"running","total":\#(most),"passed":\#(most),"failed":\#(most),"skipped":\#(most)}"#)
        let facts = try #require(night.situation().tests["quick"])
        #expect(facts.run == 3_000_000_000)
        #expect(facts.total == 1_000_000_000)
    }
}
