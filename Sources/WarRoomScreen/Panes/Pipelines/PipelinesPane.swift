import OrderedCollections
import WarRoomCore

/// The stages of other tools' pipelines: what has run, what runs, what waits, and what proves nothing.
enum PipelinesPane {
    static let reads = Reads(facts: [.pipelines, .gates, .runbook])

    static let pane = Pane(
        name: "pipelines",
        reads: reads, forms: forms, items: { $0.situation.stages.keys.map { .stage($0) } },
        head: head, rows: { sight, frame in { line($0, sight, frame) } },
        start: { sight in sight.situation.stages.values.first { rank($0) < 4 }.map { .stage($0.id) } },
        empty: "the runbook names no pipeline, and none was heard of",
        isTroubled: { sight in sight.situation.stages.values.contains { rank($0) < 2 } })

    /// How much a stage matters now, the most first.
    private static func rank(_ stage: StageFacts) -> Int {
        switch stage.state {
        case .failed, .canceled: 0
        case .stale: 1
        case .waiting: 2
        case .running: 3
        case .succeeded: 4
        case .notTonight: 5
        case .unheard: 6
        }
    }

    /// The gate whose approval is pressed in that stage.
    static func gate(of stage: StageFacts, _ sight: Sight) -> GateFacts? {
        sight.situation.gates.values.first { $0.gate.button == stage.id }
    }

    // MARK: In one line

    /// What is to be known of pipelines in a few words, at most sixty cells of them where names are short.
    static func watch(_ sight: Sight) -> (Face, String) {
        let stages = Array(sight.situation.stages.values)
        let heard = stages.filter { $0.state != .unheard }
        guard let worst = heard.min(by: { rank($0) < rank($1) }) else {
            return (Face(.pending, "", .waiting), "pipelines: none has run yet")
        }
        var face = Face(worst, gate(of: worst, sight))
        let name = worst.shortName
        switch worst.state {
        case .failed, .canceled, .stale: return (face, "pipelines: \(name) \(face.word)")
        case .waiting:
            let what = gate(of: worst, sight) == nil ? "waits" : "waits for its approval"
            return (face, "pipelines: stage \(name) \(what)")
        case .running:
            return (face, "pipelines: \(name) stage" + (worst.startedAt.map { " " + sight.age($0) } ?? " runs"))
        case .succeeded:
            let done = heard.filter { $0.state == .succeeded }
            let last = done.max { ($0.endedAt ?? .distantPast) < ($1.endedAt ?? .distantPast) } ?? worst
            let words = "pipelines: \(last.shortName) done" + (last.endedAt.map { " " + sight.both($0) } ?? "")
            return (face, CellWidth.shown(words) <= 60 ? words : "pipelines: \(done.count) stages done, none failed")
        case .notTonight, .unheard:
            face.word = ""
            return (face, "pipelines: \(name) proves nothing, its run is not of tonight")
        }
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        // In the overview stand those that have something to tell.
        let shown = sight.situation.stages.values.filter { $0.state != .unheard }
        guard frame.cut == .wide, !sight.situation.stages.isEmpty else { return [.none] }
        let rank = shown.contains { self.rank($0) < 2 } ? Rank.gates : Rank.feed - 3
        let heading = frame.heading("PIPELINES", note(sight))
        guard !shown.isEmpty else { return [Form(rank: rank, least: 1) { _ in [heading] }, .none] }
        return [
            Form(rank: rank, least: 1 + min(shown.count, 2), most: 1 + shown.count) { rows in
                // What ended first gives way first; all keep their order.
                let room = rows - 1
                let kept = Set(
                    shown.indices.sorted { (self.rank(shown[$0]), -$0) < (self.rank(shown[$1]), -$1) }.prefix(room))
                return [heading] + shown.indices.filter(kept.contains).map { line(.stage(shown[$0].id), sight, frame) }
            }, .none,
        ]
    }

    private static func note(_ sight: Sight) -> String {
        let stages = sight.situation.stages.values
        var parts: [String] = []
        func add(_ words: String, _ count: Int) { if count > 0 { parts.append("\(count) \(words)") } }
        add("failed", stages.count { $0.state == .failed || $0.state == .canceled })
        add("done", stages.count { $0.state == .succeeded })
        let running = stages.count { $0.state == .running }
        add(running == 1 ? "runs" : "run", running)
        let waiting = stages.count { $0.state == .waiting }
        add(waiting == 1 ? "waits" : "wait", waiting)
        let nothing = stages.count { $0.state == .notTonight || $0.state == .stale }
        add(nothing == 1 ? "proves nothing" : "prove nothing", nothing)
        return parts.isEmpty ? "none has run yet" : parts.joined(separator: ", ")
    }

    // MARK: Zoomed

    /// Where the columns of the zoomed list stand.
    private struct Columns {
        let home: Int
        let other: Int
        let tail: Int
        let why: Int?

        init(_ frame: Frame) {
            let isWide = frame.width >= 110
            let name = isWide ? min(max(frame.width / 3, 44), 60) : 26
            home = frame.text + name
            other = home + (isWide ? 18 : 16)
            tail = other + (isWide ? 18 : 16)
            why = frame.width >= 110 ? tail + 12 : nil
        }
    }

    private static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let columns = Columns(frame)
        var line = Line()
        line.put(frame.width >= 110 ? "pipeline and stage" : "stage", at: frame.text, .waiting, to: columns.home - 1)
        sight.putZoneHeads(into: &line, home: columns.home, other: columns.other, right: columns.tail - 1)
        line.put("for", at: columns.tail, .waiting, to: frame.right)
        return [frame.heading("PIPELINES", note(sight)), line]
    }

    private static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(subject)
        guard case .stage(let id) = subject, let stage = sight.situation.stages[id] else { return line }
        let gate = gate(of: stage, sight)
        let face = Face(stage, gate)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        guard frame.isZoomed else {
            let end = line.put(tail(stage, face, sight), endingAt: frame.right, tailRole(stage, face)) - 1
            line.put(stage.name + (stage.lastRun.map { ": \($0)" } ?? ""), at: frame.text, .plain, to: end)
            return line
        }
        let columns = Columns(frame)
        line.put(
            frame.width >= 110 ? stage.name : stage.shortName, at: frame.text,
            stage.state == .unheard ? .waiting : .plain,
            to: columns.home - 1)
        if stage.state == .notTonight, let why = stage.why {
            // The weekday of another month would be taken for tonight's.
            line.put("\(face.word), \(why)", at: columns.home, .waiting, to: frame.right)
            return line
        }
        guard stage.startedAt != nil || stage.endedAt != nil else {
            line.put(
                stage.state == .waiting && gate != nil ? "waits for its approval" : face.word, at: columns.home,
                face.role == .act ? .plain : face.role, to: frame.right)
            return line
        }
        sight.putRan(
            from: stage.startedAt, to: stage.endedAt, into: &line, home: columns.home, other: columns.other,
            right: columns.tail - 1)
        if let start = stage.startedAt {
            let age = stage.endedAt.map { ($0 - start).written } ?? sight.age(start)
            line.put(age, at: columns.tail, stage.endedAt == nil ? .moving : .plain, to: frame.right)
        } else if columns.why == nil {
            line.put(face.word, at: columns.tail, face.role, to: frame.right)
        }
        if let why = columns.why {
            let words = [face.word, stage.runID.map { "run \($0)" }].compactMap { $0 }
            line.put(words.joined(separator: ", "), at: why, .waiting, to: frame.right)
        }
        return line
    }

    /// When it ended, for how long it runs, or what it waits for.
    private static func tail(_ stage: StageFacts, _ face: Face, _ sight: Sight) -> String {
        switch stage.state {
        case .succeeded: stage.endedAt.map { sight.home($0) } ?? face.word
        case .running: stage.startedAt.map { sight.age($0) } ?? face.word
        case .failed, .canceled: face.word + (stage.endedAt.map { " " + sight.home($0) } ?? "")
        case .waiting, .stale, .notTonight, .unheard: face.word
        }
    }

    private static func tailRole(_ stage: StageFacts, _ face: Face) -> TextRole {
        stage.state == .succeeded ? .plain : face.role
    }
}

extension StageFacts {
    /// Pipeline and stage; a stage that is merely called `Run` says nothing beside its pipeline.
    var name: String { isBare ? pipeline : "\(pipeline): \(stage)" }

    /// What it is called where there is little room.
    var shortName: String { isBare ? pipeline : stage }

    private var isBare: Bool { stage.isEmpty || stage == "Run" }

    /// Of which day the run is that proves nothing: `run dated 24 Aug`.
    fileprivate var lastRun: String? {
        guard state == .notTonight, let why else { return nil }
        return why.split(separator: ":").dropFirst().first?.split(separator: ",").first.map {
            $0.drop { $0 == " " }.description
        }
    }
}

extension Face {
    /// A stage; where it is a gate's button, somebody must press it once the gate is open.
    init(_ stage: StageFacts, _ gate: GateFacts?) {
        switch stage.state {
        case .unheard: self.init(.pending, "not started", .waiting)
        case .waiting where gate?.state == .open: self.init(.need, "waits for its approval", .act)
        case .waiting where gate != nil: self.init(.gateShut, "waits for its approval", .plain)
        case .waiting: self.init(.pending, "waits", .waiting)
        case .running: self.init(.moving, "runs", .moving)
        case .succeeded: self.init(.good, "done", .good)
        case .failed: self.init(.bad, "failed", .bad)
        case .canceled: self.init(.bad, "canceled", .bad)
        case .stale: self.init(.stale, "stale", .doubt)
        case .notTonight: self.init(.skipped, "no proof", .waiting)
        }
    }
}
