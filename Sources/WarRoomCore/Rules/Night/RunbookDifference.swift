import OrderedCollections

/// What is different between two texts of a runbook, in words: a line for each thing, worst to miss first.
package struct RunbookDifference: Sendable {
    /// All of it, raw; one line at least where the texts differ.
    package let lines: [String]

    /// What is different in `new`.
    package init(from old: Runbook, to new: Runbook) {
        let all =
            Self.steps(old, new) + Self.gates(old, new) + Self.access(old, new) + Self.estate(old, new)
            + Self.boards(old, new) + Self.others(old, new) + Self.head(old, new)
        let isAlike = all.isEmpty && old.fingerprint != new.fingerprint
        lines =
            isAlike ? ["only what the night does not go by: comments, the order of keys, keys that begin with x-"] : all
    }

    /// The first lines, and how many more there are.
    package func lines(upTo limit: Int) -> [String] {
        guard lines.count > limit else { return lines }
        return lines.prefix(limit) + ["and \(lines.count - limit) more"]
    }
}

/// What of one thing is other than it was.
struct Changed {
    private(set) var words: [String] = []

    mutating func text(_ name: String, _ old: String?, _ new: String?) {
        if old != new { words.append("\(name) \(new ?? "none"), was \(old ?? "none")") }
    }

    mutating func list(_ name: String, _ old: [String], _ new: [String]) {
        guard old != new else { return }
        let (gained, lost) = (new.filter { !old.contains($0) }, old.filter { !new.contains($0) })
        switch (gained.isEmpty, lost.isEmpty) {
        case (true, true): words.append("\(name) in another order: \(new.listed(upTo: 8))")
        case (false, true): words.append("\(name) also \(gained.listed(upTo: 8))")
        case (true, false): words.append("\(name) no more \(lost.listed(upTo: 8))")
        case (false, false): words.append("\(name) \(gained.listed(upTo: 8)), no more \(lost.listed(upTo: 8))")
        }
    }

    /// What is too long to be told.
    mutating func other<Value: Equatable>(_ name: String, _ old: Value, _ new: Value) {
        if old != new { words.append("other \(name)") }
    }

    /// The line of a thing, if anything of it is other.
    func line(_ thing: String) -> [String] { words.isEmpty ? [] : ["\(thing): \(words.joined(separator: "; "))"] }
}

extension RunbookDifference {
    /// The lines of one section: what is new, what is gone, and what of the rest is other.
    static func section<Value: Equatable>(
        _ kind: String, _ old: OrderedDictionary<String, Value>, _ new: OrderedDictionary<String, Value>,
        title: (Value) -> String? = { _ in nil }, _ compare: (inout Changed, Value, Value) -> Void
    ) -> [String] {
        func name(_ id: String, _ value: Value) -> String {
            let title = title(value)
            return title == nil || title == id ? "\(kind) \(id)" : "\(kind) \(id) (\(title ?? ""))"
        }
        var lines: [String] = []
        for (id, value) in new where old[id] == nil { lines.append("\(name(id, value)) is added") }
        for (id, value) in old where new[id] == nil { lines.append("\(name(id, value)) is removed") }
        for (id, value) in new {
            guard let last = old[id], last != value else { continue }
            var changed = Changed()
            compare(&changed, last, value)
            lines += changed.line(name(id, value))
        }
        return lines
    }

    private static func needs(_ needs: [Need]) -> [String] { needs.map(\.text) }

    private static func gates(_ old: Runbook, _ new: Runbook) -> [String] {
        section("gate", old.gates, new.gates, title: \.title) { changed, old, new in
            changed.list("needs", needs(old.needs), needs(new.needs))
            changed.list("approvers", old.approvers, new.approvers)
            changed.list("four_eyes", old.fourEyes, new.fourEyes)
            changed.text("button", old.button, new.button)
            changed.text("title", old.title, new.title)
            changed.other("words", old.says, new.says)
        }
    }

    /// Whose roles change, by name: it takes effect with the amendment.
    private static func access(_ old: Runbook, _ new: Runbook) -> [String] {
        func members(_ runbook: Runbook, _ role: Role) -> [String] {
            runbook.access.filter { $0.role == role }.flatMap(\.members)
        }
        let roles = OrderedSet(new.access.map(\.role) + old.access.map(\.role))
        var lines = roles.flatMap { role -> [String] in
            let (before, after) = (members(old, role), members(new, role))
            let (gained, lost) = (after.filter { !before.contains($0) }, before.filter { !after.contains($0) })
            return (gained.isEmpty ? [] : ["access: \(gained.listed(upTo: 8)) may act as \(role.text)"])
                + (lost.isEmpty ? [] : ["access: \(lost.listed(upTo: 8)) may act as \(role.text) no more"])
        }
        if old.access.isEmpty != new.access.isEmpty {
            lines.append(
                new.access.isEmpty
                    ? "access: it is gone, only who started the hub may connect" : "access: other users may connect")
        }
        var changed = Changed()
        changed.list("signatures of", old.sign.map(\.name), new.sign.map(\.name))
        changed.list("approvers", old.approvers, new.approvers)
        return lines + changed.line("roles")
    }

    private static func estate(_ old: Runbook, _ new: Runbook) -> [String] {
        section("server", old.servers, new.servers) { changed, old, new in
            changed.text("kind", old.kind, new.kind)
            changed.list("pools", old.pools, new.pools)
            changed.list("restart_after", old.restartAfter, new.restartAfter)
            changed.list("aliases", old.aliases, new.aliases)
        }
            + section("wave", old.waves, new.waves) { changed, old, new in
                changed.list("servers", old.servers, new.servers)
                changed.text("boots", "\(old.boots)", "\(new.boots)")
                changed.text("soak", old.soak?.written, new.soak?.written)
                changed.list("stop_on", old.stopOn.map(\.rawValue), new.stopOn.map(\.rawValue))
                changed.list("lift", old.lift.map(\.name), new.lift.map(\.name))
            }
            + section("pool", old.pools, new.pools, title: \.title) { changed, old, new in
                changed.text("minimum", old.minimum.map { "\($0)" }, new.minimum.map { "\($0)" })
                changed.text("in", old.balancer, new.balancer)
                changed.text("title", old.title, new.title)
            }
    }

    private static func boards(_ old: Runbook, _ new: Runbook) -> [String] {
        var lines = section("board", old.boards, new.boards, title: \.title) { changed, board, other in
            changed.text("due", board.due.map(old.zones.both), other.due.map(new.zones.both))
            changed.text("by", board.by, other.by)
            changed.text("title", board.title, other.title)
        }
        for (id, board) in new.boards {
            guard let last = old.boards[id], last.teams != board.teams else { continue }
            func rows(_ board: Runbook.Board) -> OrderedDictionary<String, Runbook.Team> {
                OrderedDictionary(uniqueKeysWithValues: board.teams.map { ("\(id)/\($0)", $1) })
            }
            lines += section("team", rows(last), rows(board), title: \.title) { changed, old, new in
                changed.text("title", old.title, new.title)
                changed.other("words", old.says, new.says)
            }
            for (row, team) in rows(board) {
                guard let before = rows(last)[row], before.checks != team.checks else { continue }
                func checks(_ team: Runbook.Team) -> OrderedDictionary<String, Runbook.Check> {
                    OrderedDictionary(uniqueKeysWithValues: team.checks.map { ("\(row)/\($0)", $1) })
                }
                lines += section("check", checks(before), checks(team), title: \.title) { changed, old, new in
                    changed.list("recheck_after", old.recheckAfter, new.recheckAfter)
                    changed.text("title", old.title, new.title)
                    changed.other("words", old.says, new.says)
                }
            }
        }
        return lines
    }

    private static func others(_ old: Runbook, _ new: Runbook) -> [String] {
        var lines = section("test run", old.tests, new.tests, title: \.title) { changed, old, new in
            changed.list("after", old.after, new.after)
            changed.text("expect", old.expect.map { "\($0)" }, new.expect.map { "\($0)" })
            changed.text("url", old.url, new.url)
            changed.text("title", old.title, new.title)
        }
        lines += section("pipeline", old.pipelines, new.pipelines, title: \.title) { changed, old, new in
            changed.list("stages", old.stages, new.stages)
            changed.list("aliases", old.aliases, new.aliases)
            changed.text("title", old.title, new.title)
        }
        lines += section("source", old.sources, new.sources) { changed, old, new in
            changed.text("reads", old.kind.written, new.kind.written)
            changed.text("every", old.every.written, new.every.written)
            changed.text("timeout", old.timeout.written, new.timeout.written)
            changed.text("stale_after", old.staleAfter?.written, new.staleAfter?.written)
            changed.list("authority", old.authority, new.authority)
        }
        lines += section("metric", old.metrics, new.metrics) { $0.other("words", $1, $2) }
        return lines
    }

    private static func head(_ old: Runbook, _ new: Runbook) -> [String] {
        var changed = Changed()
        changed.text("title", old.title, new.title)
        for (name, last, zone) in [
            ("home", old.zones.home, new.zones.home), ("other", old.zones.other, new.zones.other),
        ] {
            changed.text("\(name) zone", last.zone.identifier, zone.zone.identifier)
            changed.text("\(name) label", last.label, zone.label)
            changed.list("\(name) zone also", last.also, zone.also)
        }
        changed.text("window opens", old.window.opens.map(old.zones.both), new.window.opens.map(new.zones.both))
        changed.text("window closes", old.window.closes.map(old.zones.both), new.window.closes.map(new.zones.both))
        changed.list("channels", old.channels, new.channels)
        changed.text("batch guard", old.batch?.guardBand, new.batch?.guardBand)
        changed.text("batch slot", old.batch?.slot, new.batch?.slot)
        changed.list("batch demo", old.batch?.demo ?? [], new.batch?.demo ?? [])
        changed.text("batch needs_step", old.batch?.needsStep, new.batch?.needsStep)
        changed.text("batch engage", old.batch?.engage, new.batch?.engage)
        changed.list("batch checks", old.batch?.checks ?? [], new.batch?.checks ?? [])
        changed.text("rehearsal", old.rehearsal, new.rehearsal)
        changed.text("socket", old.socket, new.socket)
        return changed.words.map { "the night: \($0)" }
    }
}

extension SourcePlan.Kind {
    /// What it reads, in a few words.
    fileprivate var written: String {
        switch self {
        case .statusFiles(let path), .ndjson(let path): "\(declaration.word) \(path)"
        case .junit(let path, let run): "\(declaration.word) \(path) of \(run)"
        case .socket(let address, let send):
            "\(declaration.word) \(address)" + (send.map { ", asked by '\($0)'" } ?? "")
        }
    }
}
