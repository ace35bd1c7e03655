import OrderedCollections
import WarRoomCore

/// An event as somebody outside would write it: in words, not by the types that it is read into.
func written(
    _ type: String, _ subject: String, _ data: String, id: String = "1", source: String = "s", time: String? = nil
) throws -> JSON {
    var json = JSON.Object([
        "specversion": "1.0", "id": .string(id), "source": .string(source), "type": .string("warroom.\(type)"),
        "subject": .string(subject), "data": try JSON(parsing: data),
    ])
    if let time { json["time"] = .string(time) }
    return .object(json)
}

/// A night in a few lines: entries in, facts out.
struct Scenario {
    var bridge: Bridge
    private var last: Instant

    init(_ runbook: Runbook = Scenario.smallNight, at start: String = "2025-09-13T23:00:00Z") {
        bridge = Bridge(runbook: runbook)
        last = Instant(rfc3339: start)!
    }

    /// The small night, opened by the hub in a mode.
    static func opened(_ runbook: Runbook, mode: String = "live") throws -> Scenario {
        var night = Scenario(runbook)
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14",
            #"{"state":"opened","mode":"\#(mode)","runbook":"\#(runbook.fingerprint)"}"#, via: .hub, source: "hub")
        return night
    }

    /// Applies an event, received at a time of the night (UTC), by a person or through a source.
    @discardableResult
    mutating func take(
        _ time: String, _ type: String, _ subject: String, _ data: String, by: String = "lead-us",
        via: Entry.Via? = nil, source: String? = nil, happened: String? = nil
    ) throws -> Int {
        last = Instant(rfc3339: time)!
        let json = try written(
            type, subject, data, id: "\(bridge.entry + 1)", source: source ?? "people/\(by)", time: happened)
        bridge.apply(
            Entry(
                number: bridge.entry + 1, receivedAt: last, by: by, via: via, event: try Event(json),
                hash: "hash \(bridge.entry + 1)"))
        return bridge.entry
    }

    /// The lead takes another runbook, received at a time of the night (UTC).
    @discardableResult
    mutating func amend(_ time: String, to runbook: Runbook, by: String = "lead-us") throws -> Int {
        last = Instant(rfc3339: time)!
        let json = try written(
            "bridge", bridge.id, #"{"state":"amended","runbook":"\#(runbook.fingerprint)","reason":"r"}"#,
            id: "\(bridge.entry + 1)", source: "people/\(by)")
        bridge.apply(
            Entry(
                number: bridge.entry + 1, receivedAt: last, by: by, via: nil, event: try Event(json),
                hash: "hash \(bridge.entry + 1)"), amended: runbook)
        return bridge.entry
    }

    /// A source of the runbook says something of a server.
    @discardableResult
    mutating func source(_ id: String, _ time: String, _ type: String, _ subject: String, _ data: String) throws -> Int
    {
        try take(time, type, subject, data, by: id, via: .source, source: id)
    }

    /// What follows at a time, the last entry's if none is given.
    func situation(_ time: String? = nil) -> Situation {
        Situation(bridge, now: time.flatMap { Instant(rfc3339: $0) } ?? last)
    }

    /// Three servers in one wave and two pools, one gate, one test run, two boards.
    static var smallNight: Runbook {
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        var runbook = Runbook(
            id: "small", title: "Small night", date: "2025-09-14", zones: .init(home: utc, other: utc))
        runbook.window.opens = Instant(rfc3339: "2025-09-13T23:00:00Z")
        runbook.pools = ["outer": .init(name: "outer", title: "Outer"), "inner": .init(name: "inner", title: "Inner")]
        for name in ["a1", "a2", "a10"] { runbook.servers[name] = .init(name: name, pools: ["outer", "inner"]) }
        runbook.waves = ["first": .init(id: "first", servers: ["a1", "a2", "a10"])]
        runbook.tests = ["quick": .init(id: "quick", title: "Quick", after: ["patch"], expect: 3)]
        var india = Runbook.Board(id: "east", title: "East", due: Instant(rfc3339: "2025-09-14T06:00:00Z"))
        india.teams["money"] = .init(id: "money", title: "Money")
        india.teams["money"]!.checks = ["in": .init(id: "in", title: "In"), "out": .init(id: "out", title: "Out")]
        runbook.boards = ["east": india]
        runbook.phases = ["only": .init(id: "only", title: "Only")]
        var patch = Runbook.Step(id: "patch", phase: "only", title: "Patch the first wave")
        patch.at = Instant(rfc3339: "2025-09-14T01:00:00Z")
        patch.doneWhen = Need(.wave, "first", .patch, "installed")
        var open = Runbook.Step(id: "open", phase: "only", title: "Open the doors")
        open.at = Instant(rfc3339: "2025-09-14T02:00:00Z")
        open.gate = "before-open"
        open.owner = "east/money"
        runbook.steps = ["patch": patch, "open": open]
        runbook.gates = [
            "before-open": .init(
                id: "before-open", title: "Before open",
                needs: [Need(.wave, "first", .pools, "in"), Need(.tests, "quick", .is, "passed")])
        ]
        runbook.sources = [
            "patcher": SourcePlan(id: "patcher", kind: .statusFiles(path: "x"), authority: ["patch"]),
            "pools": SourcePlan(
                id: "pools", kind: .statusFiles(path: "y"), staleAfter: .seconds(60), authority: ["pools"]),
        ]
        return runbook
    }
}
