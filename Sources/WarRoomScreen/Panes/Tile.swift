import OrderedCollections
import WarRoomCore

/// A count as a filled area: what is counted, the count in letters as shapes, and what became of it.
struct Tile {
    let title: String
    /// The title where room is short.
    let short: String
    let count: String
    let sign: Sign
    /// What became of it, from the longest words to the shortest.
    let notes: [String]
    let role: TextRole
    /// How much it matters now: the lowest goes first where there is no room for all.
    var weight = 1

    /// The role of its ground and title: where only the letters are loud, that of what waits.
    var ground: TextRole {
        switch role {
        case .tileActQuiet, .tileBadQuiet, .tileGoodQuiet: .tileWaiting
        default: role
        }
    }

    /// The cells that it needs.
    func width(_ isShort: Bool) -> Int {
        let pad = isShort ? 1 : 2
        let least = notes.map { CellWidth.shown($0) }.min() ?? 0
        return max(
            Letters.width(of: count) + 2 * pad, CellWidth.shown(isShort ? short : title) + pad + 1, least + pad + 3)
    }

    /// Three to seven of them, in their order: those that matter least go.
    static func fitting(_ all: [Tile], isShort: Bool, room: Int, gap: Int) -> [Tile] {
        var tiles = all
        func isTooMuch() -> Bool {
            tiles.count > 7 || tiles.reduce(-gap) { $0 + $1.width(isShort) + gap } > room
        }
        while isTooMuch(), let least = tiles.indices.min(by: { tiles[$0].weight < tiles[$1].weight }) {
            tiles.remove(at: least)
        }
        return tiles
    }

    static func all(_ sight: Sight) -> [Tile] {
        let waves = sight.situation.waves.values
        // Of more waves than a call can follow one tile tells all.
        let some = waves.count > 12 ? [Tile.waves(Array(waves))] : waves.map { wave($0, sight) }
        let tiles = [service(sight)].compactMap { $0 } + some + sight.situation.tests.values.map { test($0, sight) }
        // A night that has next to none of these has its steps and its answers.
        return (tiles.count < 2 ? [steps(sight), answers(sight)] : []) + tiles + [off(sight)]
    }

    // MARK: Each

    private static func service(_ sight: Sight) -> Tile? {
        let service = sight.situation.service
        guard service.of > 0 else { return nil }
        func tile(_ count: String, _ sign: Sign, _ notes: [String], _ role: TextRole) -> Tile {
            Tile(
                title: "In service", short: "In service", count: count, sign: sign, notes: notes, role: role, weight: 9)
        }
        guard service.isKnown else {
            return tile("?/\(service.of)", .unknown, ["nobody has told yet", "not known"], .doubt)
        }
        let count = "\(service.inService)/\(service.of)"
        if service.unknown > 0 { return tile(count, .unknown, ["\(service.unknown) not known"], .doubt) }
        if service.inService == service.of {
            return tile(count, .good, ["all serve customers", "all serve"], .tileGood)
        }
        let out = sight.situation.servers.values.filter { server in
            !server.isHeld && server.pools.contains { $0.member?.value != .in }
        }
        let since = sight.situation.steps.values.compactMap { $0.undone?.since }.min()
        guard let since else {
            let isShort = sight.situation.pools.values.contains(where: \.isShort)
            let words = "\(service.of - service.inService) out"
            return isShort
                ? tile(count, .need, ["\(words), too few are left", "too few"], .tileActQuiet)
                : tile(count, .off, ["\(words) for work", words], .tileOff)
        }
        let names = out.map { sight.shortName($0.name) }
        let who = names.count == 1 ? names[0] : "\(names.count)"
        return tile(count, .need, ["\(who) out \(sight.age(since))", "\(who) out"], .tileActQuiet)
    }

    private static func wave(_ wave: WaveFacts, _ sight: Sight) -> Tile {
        let title = sight.title(ofWave: wave.id)
        let of = wave.counted.count
        func tile(_ sign: Sign, _ notes: [String], _ role: TextRole, _ weight: Int) -> Tile {
            Tile(
                title: title + " patched", short: title, count: "\(wave.installed)/\(of)", sign: sign, notes: notes,
                role: role, weight: weight)
        }
        let failed = wave.counted.filter { $0.rollup == .failed }
        if let first = failed.first {
            return tile(
                .bad, ["\(sight.shortName(first.name)) failed", "\(failed.count) failed"], .tileBadQuiet, 8)
        }
        if of > 0, wave.installed == of {
            let held = wave.servers.count - of
            let end = steps(of: wave, sight).compactMap(\.life.endedAt).max()
            let when = end.map { ["done \(sight.toldClock($0))"] } ?? []
            return tile(.good, (held > 0 ? ["done, \(held) held back"] : when) + ["done"], .tileGood, 2)
        }
        let steps = steps(of: wave, sight)
        if wave.installed > 0 || steps.contains(where: { $0.state == .running }) {
            let work = wave.counted.filter { $0.patch?.value == .running }.map { sight.shortName($0.name) }
            let who = work.isEmpty ? [] : [work.listed() + " in work"]
            return tile(.moving, who + ["in work"], .tileMoving, 7)
        }
        let (sign, notes) = starts(steps, sight)
        return tile(sign, notes, .tileWaiting, 4)
    }

    private static func waves(_ waves: [WaveFacts]) -> Tile {
        let done = waves.count { !$0.counted.isEmpty && $0.installed == $0.counted.count }
        let begun = waves.count { $0.installed > 0 } - done
        let isDone = done == waves.count
        return Tile(
            title: "Waves patched", short: "Waves", count: "\(done)/\(waves.count)",
            sign: isDone ? .good : done + begun > 0 ? .moving : .pending,
            notes: isDone
                ? ["done"] : begun > 0 ? ["\(begun) in work", "in work"] : [done > 0 ? "more to come" : "not yet"],
            role: isDone ? .tileGood : done + begun > 0 ? .tileMoving : .tileWaiting, weight: 7)
    }

    private static func steps(_ sight: Sight) -> Tile {
        let steps = sight.situation.steps.values.filter { !$0.isGroup }
        let (ended, failed) = (steps.count(where: \.state.isEnded), steps.count { $0.state == .failed })
        let isRunning = steps.contains { $0.state == .running }
        func tile(_ sign: Sign, _ note: String, _ role: TextRole) -> Tile {
            Tile(
                title: "Steps done", short: "Steps", count: "\(ended)/\(steps.count)", sign: sign, notes: [note],
                role: role, weight: 6)
        }
        if failed > 0 { return tile(.bad, "\(failed) failed", .tileBadQuiet) }
        if ended == steps.count, ended > 0 { return tile(.good, "all done", .tileGood) }
        return isRunning ? tile(.moving, "running", .tileMoving) : tile(.pending, "nothing runs", .tileWaiting)
    }

    private static func answers(_ sight: Sight) -> Tile {
        let checks = sight.situation.boards.values.flatMap(\.checks)
        let (answered, issues) = (checks.count { !$0.isPending }, checks.count { $0.mark == .issues })
        let isDone = answered == checks.count
        return Tile(
            title: "Reviews answered", short: "Reviews", count: "\(answered)/\(checks.count)",
            sign: issues > 0 ? .bad : isDone ? .good : .pending,
            notes: [issues > 0 ? (issues == 1 ? "1 issue" : "\(issues) issues") : isDone ? "all answered" : "not yet"],
            role: issues > 0 ? .tileBadQuiet : isDone ? .tileGood : .tileWaiting, weight: 5)
    }

    private static func steps(of wave: WaveFacts, _ sight: Sight) -> [StepFacts] {
        sight.situation.steps.values.filter { $0.step.doneWhen?.id == wave.id && $0.step.doneWhen?.predicate == .patch }
    }

    /// When what has not begun is planned, or what it waits for.
    private static func starts(_ steps: [StepFacts], _ sight: Sight) -> (Sign, [String]) {
        guard let step = steps.first else { return (.pending, ["not yet"]) }
        if step.isDue, let gate = step.gate, gate.state == .ready { return (.gateReady, ["waits for approval"]) }
        if step.isDue { return (.pending, ["waits, was due \(step.time.map { sight.toldClock($0) } ?? "")", "waits"]) }
        guard let time = step.time else { return (.pending, StepWhen.words(step, sight) + ["later"]) }
        return (.pending, ["starts \(sight.toldClock(time))", "not yet"])
    }

    private static func test(_ test: TestFacts, _ sight: Sight) -> Tile {
        let face = Face(test)
        func tile(_ count: String, _ notes: [String], _ role: TextRole, _ weight: Int) -> Tile {
            Tile(
                title: test.title, short: test.title, count: count, sign: face.sign, notes: notes, role: role,
                weight: weight)
        }
        let count = "\(test.run)/\(test.total.map(String.init) ?? "?")"
        switch test.state {
        case .notStarted:
            let step = sight.situation.steps.values.first { $0.step.tests == test.id }
            let zones = sight.runbook.zones
            if let time = step?.time {
                let other = "or \(zones.other.label) \(zones.other.zone.local(time).clock)"
                return tile(
                    zones.home.zone.local(time).clock, ["starts \(sight.toldClock(time))", other], .tileWaiting, 3)
            }
            return tile("later", [test.phrase(sight, room: 22), "later"], .tileWaiting, 1)
        case .running where test.failed > 0:
            return tile(count, ["\(test.failed) failed so far", "\(test.failed) failed"], .tileBadQuiet, 8)
        case .running: return tile(count, ["running"], .tileMoving, 7)
        case .passed:
            let (passed, flaky) = (test.report?.passed ?? 0, test.report?.flaky ?? 0)
            let share = "\(passed)/\(test.total.map(String.init) ?? "?")"
            return tile(share, (flaky > 0 ? ["passed, \(flaky) flaky"] : []) + ["passed"], .tileGood, 2)
        case .failed:
            let passed = "\(test.report?.passed ?? 0)/\(test.total.map(String.init) ?? "?")"
            let ended = sight.situation.steps.values.first { $0.step.tests == test.id }?.life.endedAt
            let when = ended.map { ["failed \(sight.toldClock($0))"] } ?? []
            return tile(passed, when + ["\(test.failed) failed"], .tileBadQuiet, 8)
        case .interrupted: return tile(count, ["interrupted"], .tileBadQuiet, 8)
        case .stale, .notTonight: return tile(count, [face.word], .doubt, 6)
        }
    }

    private static func off(_ sight: Sight) -> Tile {
        let ends = sight.situation.looseEnds
        func tile(_ sign: Sign, _ notes: [String], _ role: TextRole) -> Tile {
            Tile(
                title: "Still switched off", short: "Still off", count: String(ends.count), sign: sign, notes: notes,
                role: role, weight: 9)
        }
        guard let oldest = ends.map(\.openedAt).min() else { return tile(.good, ["nothing"], .tileGood) }
        let age = sight.age(oldest)
        return tile(.off, [ends.count == 1 ? "for \(age)" : "oldest \(age)", age], .tileOff)
    }
}
