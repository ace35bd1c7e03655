import Testing
import WarRoomCore

@testable import WarRoomHub

/// A folder of status files, its source and its desk, without a disk: what is put there is found by the next look.
private struct Folder {
    private let start = Instant(rfc3339: "2025-09-14T08:00:00Z")!
    private var desk: SourceDesk
    private var rests: [String: Look.Rest] = [:]
    private var findings: [Finding] = []
    private var looks = 0
    private var number = 0
    private(set) var now: Instant
    /// What a bridge would show, by axis: `a.patch`, `a.front` for a pool.
    private(set) var shown: [String: String] = [:]
    /// The words of each look that went into the journal.
    private(set) var said: [String] = []
    /// What is stale as last told.
    private(set) var stale: Set<String> = []
    private(set) var reports: [SourceReport] = []
    /// Whether a word is refused.
    var refuses: (JSON) -> Bool = { _ in false }
    /// Whether the journal can be written.
    var keeps = true

    init(staleAfter: Duration? = .seconds(60)) {
        desk = SourceDesk(SourcePlan(id: "s", kind: .statusFiles(path: "x"), staleAfter: staleAfter))
        now = start
    }

    var state: String? { reports.last?.state.rawValue }
    var reason: String? { reports.last?.reason }

    mutating func wait(_ seconds: Int) {
        now = now + .seconds(seconds)
        if let news = desk.age(now: now) { take(news) }
    }

    /// Writes `SUBJECT AXIS=VALUE…` words, an event each, with an mtime so many seconds before now.
    mutating func put(_ name: String, _ words: [String], age: Int = 0, time: Int? = nil, id: String? = nil) throws {
        let mtime = now - .seconds(age)
        findings.removeAll { $0.rest == name }
        for (place, word) in words.enumerated() {
            let parts = word.split(separator: " ").map(String.init)
            var data = JSON.Object()
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=").map(String.init)
                if ["patch", "reach", "verify", "alerts", "detail"].contains(pair[0]) {
                    data[pair[0]] = .string(pair[1])
                } else {
                    var pools = data["pools"]?.object ?? JSON.Object()
                    pools[pair[0]] = .string(pair[1])
                    data["pools"] = .object(pools)
                }
            }
            var event = JSON.Object([
                "type": "warroom.server", "subject": .string(parts[0]), "data": .object(data),
            ])
            if let time { event["time"] = .instant(now - .seconds(time)) }
            if let id { event["id"] = .string(id) }
            number += 1
            findings.append(
                Finding(event: .object(event), wallTime: mtime, fallbackID: "\(number)-\(place)", rest: name))
        }
        rests[name] = Look.Rest(asOf: mtime, isWritten: looks > 0, isRead: true)
    }

    mutating func touch(_ name: String, age: Int = 0) {
        rests[name] = Look.Rest(asOf: now - .seconds(age), isWritten: true, isRead: false)
    }

    mutating func spoil(_ name: String) {
        rests[name] = rests[name].map {
            Look.Rest(asOf: $0.asOf, isWritten: false, isRead: false, trouble: "is half")
        }
    }

    mutating func remove(_ name: String) {
        rests[name] = nil
        findings.removeAll { $0.rest == name }
    }

    mutating func look() throws {
        looks += 1
        var look = Look(findings: findings, asOf: rests.values.map(\.asOf).max())
        look.rests = rests
        look.isWritten = rests.values.contains(where: \.isWritten)
        look.trouble = rests.first { $0.value.trouble != nil }.map { "\($0.key): is half" }
        findings = []
        rests = rests.mapValues { Look.Rest(asOf: $0.asOf, isWritten: false, isRead: false, trouble: $0.trouble) }
        take(desk.take(look, clock: .live, now: now))
    }

    private mutating func take(_ news: SourceDesk.News) {
        for json in news.events {
            guard keeps else {
                desk.wasLost(json)
                continue
            }
            guard !refuses(json), let event = try? Event(json) else {
                desk.wasRefused(json)
                continue
            }
            desk.took(event)
            var words: [String] = []
            for member in event.json["data"]?.object?.members ?? [] {
                for (axis, value) in member.value.object?.members.map({ ($0.key, $0.value) })
                    ?? [(member.key, member.value)]
                {
                    shown["\(event.subject).\(axis)"] = value.text
                    words.append("\(axis)=\(value.text ?? "")")
                }
            }
            said.append("\(event.subject) " + words.joined(separator: " "))
        }
        for report in news.transitions {
            stale.subtract(report.fresh)
            stale.formUnion(report.stale)
            reports.append(report)
        }
    }
}

@Suite("What a source says when it is looked at is its word, and has the age of what it rests on")
struct SourceWordsTests {
    @Test(
        "A file that is replaced is believed, whatever its mtime and its event's time",
        arguments: [(0, nil), (20, nil), (86_400, nil), (-3_600, nil), (0, 20), (20, 40), (5, 0)] as [(Int, Int?)])
    func replaced(_ age: Int, _ time: Int?) throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in reach=ok"])
        try folder.look()
        folder.wait(1)
        try folder.put("a.json", ["a front=out reach=unreachable"], age: age, time: time)
        try folder.look()
        #expect(folder.shown == ["a.front": "out", "a.reach": "unreachable"])
        #expect(folder.stale.isEmpty)
        folder.wait(59)
        #expect(folder.stale.isEmpty, "its age is that of the moment at which it was seen to change")
        folder.wait(2)
        #expect(folder.state == "stale")
    }

    @Test("Three states within one tick of the clock end on the last, and there and back again is said")
    func oneTick() throws {
        var folder = Folder()
        for value in ["in", "out", "draining", "in", "out", "in"] {
            try folder.put("a.json", ["a front=\(value)"])
            try folder.look()
            #expect(folder.shown["a.front"] == value)
        }
        #expect(folder.said.count == 6)
    }

    @Test("What is as it was is no entry, however often it is written")
    func nothingNew() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"])
        try folder.look()
        for _ in 0..<5 {
            folder.wait(10)
            try folder.put("a.json", ["a front=in"])
            try folder.look()
            folder.wait(30)
            folder.touch("a.json", age: 500)
            try folder.look()
        }
        #expect(folder.said == ["a front=in"])
        #expect(folder.reports.count == 1)
    }

    @Test("A word that is dated before what it takes the place of is told, until it is written anew")
    func goesBack() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"])
        try folder.look()
        folder.wait(1)
        try folder.put("a.json", ["a front=out"], age: 20)
        try folder.look()
        #expect(folder.reason == "a.json is dated before what it takes the place of")
        #expect(folder.state == "current")
        folder.wait(1)
        try folder.put("a.json", ["a front=out"])
        try folder.look()
        #expect(folder.reason == nil)
    }

    @Test("Between two files of one look time decides, whatever they are called; in one file the later element")
    func betweenFiles() throws {
        for (one, other) in [("a.json", "b.json"), ("b.json", "a.json")] {
            var folder = Folder()
            try folder.put(one, ["a front=out"], age: 10)
            try folder.put(other, ["a front=in"], age: 20)
            try folder.look()
            #expect(folder.shown["a.front"] == "out")
            var timed = Folder()
            try timed.put(one, ["a front=out"], age: 20, time: 5)
            try timed.put(other, ["a front=in"], age: 10, time: 15)
            try timed.look()
            #expect(timed.shown["a.front"] == "out")
            // What is found by a later look is the later word.
            try folder.put(other, ["a front=draining"], age: 30)
            try folder.look()
            #expect(folder.shown["a.front"] == "draining")
        }
        var folder = Folder()
        try folder.put("a.json", ["a front=in", "b reach=ok", "a front=out"])
        try folder.look()
        #expect(folder.shown["a.front"] == "out")
        #expect(folder.said == ["a front=in", "b reach=ok", "a front=out"])
    }

    @Test("Two files may speak of two axes of one server, and each has its own age")
    func axes() throws {
        var folder = Folder()
        try folder.put("front.json", ["a front=in"])
        try folder.put("back.json", ["a back=in"])
        try folder.look()
        for _ in 0..<7 {
            folder.wait(10)
            folder.touch("back.json")
            try folder.look()
        }
        #expect(folder.stale == ["a/pools/front"])
        folder.wait(61)
        #expect(folder.state == "stale")
        #expect(folder.stale == ["a"], "replay and terminals know no other freshness")
        try folder.put("front.json", ["a front=out"])
        try folder.put("back.json", ["a back=in"])
        try folder.look()
        #expect(folder.state == "current")
        #expect(folder.stale.isEmpty)
        #expect(folder.shown == ["a.front": "out", "a.back": "in"])
    }

    @Test("One living file does not keep a dead one fresh; both the going and the coming back are told")
    func deadBesideLiving() throws {
        var folder = Folder()
        for name in ["a", "b", "c"] { try folder.put("\(name).json", ["\(name) front=in"]) }
        try folder.look()
        for second in 1...8 {
            folder.wait(10)
            folder.touch("c.json")
            try folder.look()
            #expect(folder.stale == (second > 6 ? ["a", "b"] : []))
        }
        #expect(folder.state == "current")
        #expect(folder.reason == "nothing new on a, b for more than 60 s")
        #expect(folder.reports.last?.stale == ["a", "b"])
        folder.touch("a.json")
        try folder.look()
        #expect(folder.stale == ["b"])
        #expect(folder.reports.last?.fresh == ["a"])
    }

    @Test(
        "What has ended does not go stale, neither by its age nor with its file",
        arguments: [
            ("patch=installed", false), ("patch=failed", false), ("patch=running", true), ("patch=pending", true),
            ("verify=passed", false), ("verify=none", true), ("reach=ok", true), ("front=in", true),
            ("alerts=muted", true), ("detail=x", false),
        ])
    func ended(_ word: String, _ goesStale: Bool) throws {
        var folder = Folder()
        try folder.put("a.json", ["a \(word)"])
        try folder.put("b.json", ["b reach=ok"])
        try folder.look()
        for _ in 0..<7 {
            folder.wait(10)
            folder.touch("b.json")
            try folder.look()
        }
        #expect(folder.stale == (goesStale ? ["a"] : []))
        folder.remove("a.json")
        try folder.look()
        #expect(folder.stale == (goesStale ? ["a"] : []))
        #expect((folder.reason != nil) == goesStale)
    }

    @Test("A file dated in the future is told, counts from when it was seen, and blinds nothing")
    func future() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"], age: -86_400)
        try folder.put("b.json", ["b front=in"])
        try folder.look()
        #expect(folder.reason == "a.json is dated in the future, and counts from when it was seen")
        for _ in 0..<7 {
            folder.wait(10)
            folder.touch("b.json")
            try folder.look()
        }
        #expect(folder.stale == ["a"])
        folder.wait(1)
        try folder.put("b.json", ["b front=out"])
        try folder.look()
        #expect(folder.shown["b.front"] == "out")
    }

    @Test("A removed file's subjects are stale at once and named, until others speak of them all")
    func removed() throws {
        var folder = Folder()
        try folder.put("1.json", ["a front=in", "b front=in"])
        try folder.put("2.json", ["c front=in"])
        try folder.look()
        folder.remove("1.json")
        try folder.look()
        #expect(folder.stale == ["a", "b"])
        #expect(folder.state == "current")
        #expect(folder.reason == "1.json is gone, and with it the word on a, b")
        try folder.put("3.json", ["a front=out"])
        try folder.look()
        #expect(folder.stale == ["b"])
        try folder.put("4.json", ["b front=in"])
        try folder.look()
        #expect(folder.stale.isEmpty)
        #expect(folder.reason == nil)
        #expect(folder.shown["a.front"] == "out")
    }

    @Test("A tool may write a new name each time and remove the old one")
    func spool() throws {
        var folder = Folder()
        for number in 1...4 {
            try folder.put("status-\(number).json", ["a front=in", "b front=in"])
            if number > 1 { folder.remove("status-\(number - 1).json") }
            try folder.look()
            folder.wait(2)
        }
        #expect(folder.stale.isEmpty)
        #expect(folder.reason == nil)
        #expect(folder.said.count == 2)
    }

    @Test("When the file that had the word is removed, the word is with the other that speaks of it")
    func fallback() throws {
        var folder = Folder()
        try folder.put("1.json", ["a front=out"], age: 10)
        try folder.put("2.json", ["a front=in"], age: 5)
        try folder.look()
        #expect(folder.shown["a.front"] == "in")
        folder.remove("2.json")
        try folder.look()
        #expect(folder.shown["a.front"] == "out")
        #expect(folder.stale.isEmpty)
    }

    @Test("When no file is left the source is unreadable, and comes back with the next one")
    func deserted() throws {
        var folder = Folder()
        try folder.put("1.json", ["a front=in"])
        try folder.look()
        folder.remove("1.json")
        try folder.look()
        #expect(folder.state == "unreadable")
        #expect(folder.stale == ["a"])
        try folder.put("1.json", ["a front=in"])
        try folder.look()
        #expect(folder.state == "current")
        #expect(folder.stale.isEmpty)
        #expect(folder.said.count == 1)
    }

    @Test("What a file does not say any more is stale")
    func dropped() throws {
        var folder = Folder()
        try folder.put("all.json", ["a front=in", "b front=in"])
        try folder.look()
        folder.wait(1)
        try folder.put("all.json", ["a front=in"])
        try folder.look()
        #expect(folder.stale == ["b"])
        #expect(folder.reason == "it does not speak of b any more")
        try folder.put("all.json", ["a front=in", "b front=in"])
        try folder.look()
        #expect(folder.stale.isEmpty)
        #expect(folder.reason == nil)
    }

    @Test("A file that cannot be read any more costs its own subjects their freshness, and no others")
    func spoiled() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"])
        try folder.put("b.json", ["b front=in"])
        try folder.look()
        folder.spoil("a.json")
        try folder.look()
        #expect(folder.stale.isEmpty, "one look may meet a writer")
        try folder.look()
        #expect(folder.stale == ["a"])
        #expect(folder.state == "unreadable")
        #expect(folder.reports.last?.isInPart == true, "it is heard on all that is not stale")
        try folder.put("a.json", ["a front=in"])
        try folder.look()
        #expect(folder.stale.isEmpty)
        #expect(folder.state == "current")
        #expect(folder.reason == nil)
    }

    @Test("What was refused was never said: what it speaks of is not fresh, and it is not refused at every look")
    func refused() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"])
        try folder.look()
        var refusals = 0
        folder.refuses = { _ in
            refusals += 1
            return true
        }
        try folder.put("a.json", ["a front=out"])
        for _ in 0..<5 {
            try folder.look()
            folder.wait(1)
        }
        #expect(folder.shown["a.front"] == "in")
        #expect(folder.stale == ["a"])
        #expect(folder.reason == "what it says of a is refused")
        folder.refuses = { _ in false }
        try folder.put("a.json", ["a front=draining"])
        try folder.look()
        #expect(folder.shown["a.front"] == "draining")
        folder.wait(1)
        #expect(folder.stale.isEmpty)
    }

    @Test("What could not be kept was never said, and is said again by the next look")
    func lost() throws {
        var folder = Folder()
        try folder.put("a.json", ["a front=in"])
        folder.keeps = false
        try folder.look()
        #expect(folder.said.isEmpty)
        folder.keeps = true
        try folder.look()
        #expect(folder.said == ["a front=in"])
    }

    @Test("More than 500 subjects are told in further entries")
    func many() throws {
        var folder = Folder()
        try folder.put("all.json", (0..<1_200).map { "n\($0) front=in" })
        try folder.put("one.json", ["x front=in"])
        try folder.look()
        folder.remove("all.json")
        try folder.look()
        #expect(folder.reports.suffix(3).map(\.stale.count) == [500, 500, 200])
        #expect(folder.stale.count == 1_200)
    }
}
