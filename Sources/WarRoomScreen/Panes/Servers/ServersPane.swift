import OrderedCollections
import WarRoomCore

/// Servers by axis and wave.
enum ServersPane {
    static let pane = Pane(
        name: "servers",
        reads: Reads(facts: [.servers, .looseEnds, .pools, .runbook]),
        forms: forms, items: ZoomedServers.items, head: ZoomedServers.head, rows: ZoomedServers.rows,
        isTroubled: { sight in ServerGroup.all(sight).contains { $0.summary(sight).isTroubled } })

    private static func items(_ sight: Sight) -> [Subject] {
        ServerGroup.all(sight).flatMap { group in [group.subject] + group.servers.map { .server($0.name) } }
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let groups = ServerGroup.all(sight)
        guard !groups.isEmpty else {
            return [
                Form(rank: Rank.servers, least: 1) { _ in
                    var line = frame.hasHeadLine ? frame.heading("SERVERS") : frame.opening("SERVERS")
                    let x = frame.hasHeadLine ? frame.gutter + 12 : frame.text
                    line.put(
                        "no servers in the runbook", at: x, frame.hasHeadLine ? .headNote : .waiting, to: frame.right)
                    return [line]
                }, .none,
            ]
        }
        var forms: [Form] = []
        if frame.isPresenting, let tiles = ServerTiles(groups, sight, frame) {
            forms.append(Form(rank: Rank.servers - 3, least: tiles.rows) { _ in tiles.lines })
        }
        let heads = frame.headings("SERVERS", service(sight))
        // Of thousands nobody has to work out how they would stand one below the other.
        if frame.cut == .wide, sight.situation.servers.count < 1000 {
            let all = items(sight)
            let head = columnHeads(sight, frame)
            func list(_ rank: Int, _ items: [Subject]) {
                forms.append(
                    Form(rank: rank, least: items.count + heads.count + head.count) { _ in
                        heads + head + items.map(rows(sight, frame))
                    })
            }
            list(Rank.rich, all)
            // Those in no wave give way where nothing is to be said of them.
            let waves = groups.filter { $0.subject != .wave("") || groups.count == 1 || $0.summary(sight).isTroubled }
            if waves.count < groups.count {
                list(
                    Rank.hints + 2, waves.flatMap { group in [group.subject] + group.servers.map { .server($0.name) } })
            }
        }
        let waves = WaveTable(groups: groups, sight: sight, frame: frame)
        let size = waves.rows
        func form(_ rank: Int, _ least: Int, _ most: Int, _ lines: @escaping (Int) -> [Line]) -> Form {
            Form(rank: rank, least: least + heads.count, most: most + heads.count) {
                heads + lines($0 - heads.count)
            }
        }
        forms.append(form(Rank.servers - 2, size, size) { _ in waves.lines })
        if size > 6 { forms.append(form(Rank.servers, min(size, 5), size) { waves.lines($0) }) }
        let count = waves.groups.count
        forms.append(form(Rank.servers + 1, min(count, 3), count) { waves.folded($0) })
        if count > 1 { forms.append(form(Rank.last - 1, 1, 1) { waves.folded($0) }) }
        forms.append(.none)
        return forms
    }

    /// `5 of 9 in service, 1 held back`.
    static func service(_ sight: Sight) -> String {
        let service = sight.situation.service
        let held = sight.situation.servers.values.count(where: \.isHeld)
        let tail = held > 0 ? ", \(held) held back" : ""
        guard service.isKnown else { return "not known who is in service" + tail }
        let unknown = service.unknown > 0 ? ", \(service.unknown) not known" : ""
        return "\(service.inService) of \(service.of) in service" + unknown + tail
    }

    /// The heads of the axes in a column of the overview.
    private static func columnHeads(_ sight: Sight, _ frame: Frame) -> [Line] {
        let layout = AxisColumns(words: true, sight: sight, frame: frame)
        var line = Line()
        for column in layout.columns { line.put(column.head, at: column.x + 2, .waiting, to: frame.right) }
        layout.markHidden(&line)
        return [line]
    }

    // MARK: Zoomed

    private static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let layout = AxisColumns(words: true, sight: sight, frame: frame)
        let groups = ServerGroup.all(sight)
        return { line($0, groups, layout, sight, frame) }
    }

    private static func line(
        _ subject: Subject, _ groups: [ServerGroup], _ layout: AxisColumns, _ sight: Sight, _ frame: Frame
    ) -> Line {
        switch subject {
        case .wave:
            var line = Line(subject)
            guard let group = groups.first(where: { $0.subject == subject }) else { return line }
            line.put(group.title(sight), at: frame.gutter, .strong, to: layout.start - 1)
            let summary = group.summary(sight)
            for column in layout.columns {
                guard let count = summary.count(column.axis) else { continue }
                line.put(count.face.sign, count.face.role, at: column.x, sight.glyphs)
                line.put("\(count.done)/\(count.of)", at: column.x + 2, count.numberRole, to: column.end)
            }
            return line
        case .server(let name):
            var line = Line(subject)
            guard let server = sight.situation.servers[name] else { return line }
            let roll = Face(server)
            line.put(roll.sign, roll.role, at: frame.sign, sight.glyphs)
            let tag = server.isHeld ? " held" : server.isInRunbook ? "" : " not in the runbook"
            let name = sight.shortName(server.name)
            let isTagged = frame.text + CellWidth.shown(name + tag) < layout.start
            line.put(isTagged ? name + tag : name, at: frame.text, .plain, to: layout.start - 1)
            let isLost =
                (server.reach?.value == .unreachable || server.reach?.isDisputed == true)
                && !layout.columns.contains { $0.axis == .reach }
            let told = isLost ? reachInstead(server, into: &line, layout, sight) : 0..<0
            for (place, column) in layout.columns.enumerated() where !told.contains(place) {
                guard var (face, since) = column.axis.face(server, sight.situation) else { continue }
                // A server that started before what it depends on was ready is up, and yet must be restarted.
                if column.axis == .reboot, let restart = sight.situation.restarts[name], restart.state == .recycleNeeded
                {
                    (face, since) = (Face(.need, "recycle", .act), restart.since)
                }
                line.put(face.sign, face.role, at: column.x, sight.glyphs)
                line.put(
                    word(face, since, column.axis, server, sight, room: column.end - column.x - 3), at: column.x + 2,
                    face.wordRole, to: column.end - 1)
            }
            return line
        default: return Line(subject)
        }
    }

    /// Where reach has no column of its own, a server that cannot be reached says so in place of how it was booted and
    /// checked, which nobody can see now. Returns the columns that it takes.
    private static func reachInstead(
        _ server: ServerFacts, into line: inout Line, _ layout: AxisColumns, _ sight: Sight
    ) -> Range<Int> {
        guard let (face, since) = Axis.reach.face(server, sight.situation), !layout.columns.isEmpty else {
            return 0..<0
        }
        let first = layout.columns.firstIndex { $0.axis == .reboot } ?? 0
        let word = face.sign == .divergence ? "reach disputed" : face.word
        let words = [since.map { "\(word) \(sight.age($0))" }, word].compactMap { $0 }
        let end =
            layout.columns.indices.first {
                $0 > first && layout.columns[$0].end - layout.columns[first].x >= CellWidth.of(word) + 4
            }
            ?? layout.columns.count - 1
        let room = layout.columns[end].end - layout.columns[first].x - 3
        line.put(face.sign, face.role, at: layout.columns[first].x, sight.glyphs)
        line.put(
            words.first { CellWidth.of($0) <= room } ?? word, at: layout.columns[first].x + 2, face.role,
            to: layout.columns[end].end - 1)
        return first..<end + 1
    }

    /// Words for columns that are too narrow for the usual ones.
    private static let short = [
        "installed": "done", "installing": "runs", "pending": "waits", "no report": "none", "rebooting": "boots",
        "not needed": "none", "not yet": "no", "draining": "drain", "unknown": "unkn.", "excluded": "excl.",
        "skipped": "skip",
        "recycle": "redo", "all muted": "muted", "reachable": "ok", "unreachable": "lost", "disputed": "disp.",
    ]

    /// The state's word, with since when where there is room: what is off is known by its age, what is up by its boot.
    private static func word(
        _ face: Face, _ since: Instant?, _ axis: Axis, _ server: ServerFacts, _ sight: Sight, room: Int
    ) -> String {
        var word = face.word
        if axis == .reboot, face.sign == .good, let booted = server.bootedAt {
            let time = sight.home(booted)
            if word.utf8.count + 1 + time.utf8.count <= room { return "\(word) \(time)" }
            return time.utf8.count <= room ? time : String(time.suffix(5))
        }
        if word.utf8.count > room, let short = ServersPane.short[word] { word = short }
        if face.sign == .off || face.sign == .moving, let since {
            let age = sight.age(since)
            if word.utf8.count + 1 + age.utf8.count <= room { word += " " + age }
        }
        return word
    }
}

extension Face {
    /// A server as a whole: the worst of its axes.
    init(_ server: ServerFacts) {
        if server.isHeld {
            self.init(.off, "held", .off)
            return
        }
        switch server.rollup {
        case .failed: self.init(.bad, "failed", .bad)
        case .doubt:
            let disputed =
                server.patch?.isDisputed ?? false || server.reboot?.isDisputed ?? false
                || server.verify?.isDisputed ?? false || server.reach?.isDisputed ?? false
                || server.alerts?.isDisputed ?? false
                || server.pools.contains { $0.member?.isDisputed ?? false }
            self.init(disputed ? .divergence : .stale, disputed ? "disputed" : "in doubt", .doubt)
        case .off: self.init(.off, "off", .off)
        case .moving: self.init(.moving, "running", .moving)
        case .waiting: self.init(.pending, "waiting", .waiting)
        case .confirmed: self.init(.good, "confirmed", .good)
        }
    }
}
