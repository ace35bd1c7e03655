import OrderedCollections
import WarRoomCore

/// The zoomed list of servers: each axis with since when it is so, and when and by whom each was seen to boot. Where
/// there is little room, ages go before words.
enum ZoomedServers {
    /// All servers, each followed by what must be known of its boots where there were too many.
    static func items(_ sight: Sight) -> [Subject] {
        ServerGroup.all(sight).flatMap { group in
            [group.subject]
                + group.servers.flatMap { server -> [Subject] in
                    let isOdd = !server.surplusBoots.isEmpty
                    return [.server(server.name)] + (isOdd ? [.trouble(.secondBoot, server.name)] : [])
                }
        }
    }

    // MARK: Columns

    struct Columns {
        struct Column {
            let axis: Axis
            let x: Int
            let end: Int
            let head: String
        }

        var columns: [Column] = []
        var hidden = 0
        /// Where the boots stand, one zone beside the other; `nil`: there is no room for them.
        var boots: (home: Int, other: Int, by: Int)?
        let start: Int

        init(_ sight: Sight, _ frame: Frame) {
            let names = sight.situation.servers.keys.map { CellWidth.shown($0) }.max() ?? 6
            start = frame.text + min(max(names, 8), max(frame.width / 6, 8)) + 1
            var right = frame.right
            if frame.width >= 160 {
                let by = right - 14
                boots = (by - 23, by - 12, by)
                right = by - 24
            }
            var axes = Axis.all(sight.runbook)
            // Reach has a column only where no other has to give way for it.
            if (right - start) / max(axes.count, 1) < 12 { axes.removeAll { $0 == .reach } }
            let shown = max(min(axes.count, (right - start) / 8), 1)
            hidden = axes.count - shown
            // Where a server cannot be reached, the word for that is not cut.
            let isLost = sight.situation.servers.values.contains { $0.reach?.value == .unreachable }
            let isWider = isLost && axes.prefix(shown).contains(.reach)
            let most = (right - start - (isWider ? 3 : 0)) / shown
            var x = start
            for (place, axis) in axes.prefix(shown).enumerated() {
                let isLast = place == shown - 1
                let width = isLast ? right + 1 - x : min(most, 24) + (isWider && axis == .reach ? 3 : 0)
                let head = CleanText.line(axis.wordHead(sight.runbook)).abbreviated(to: width - 2)
                columns.append(Column(axis: axis, x: x, end: x + width, head: head))
                x += width
            }
        }
    }

    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let columns = Columns(sight, frame)
        var line = Line()
        for column in columns.columns { line.put(column.head, at: column.x + 2, .waiting, to: column.end) }
        if columns.hidden > 0 { line.put("+\(columns.hidden)", endingAt: frame.right, .waiting) }
        if let boots = columns.boots {
            sight.putZoneHeads(into: &line, home: boots.home, other: boots.other, right: boots.by - 1)
            line.put("booted, by", at: boots.by, .waiting, to: frame.right)
        }
        return [frame.heading("SERVERS", sight.situation.service.of == 0 ? "" : ServersPane.service(sight)), line]
    }

    // MARK: Rows

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let columns = Columns(sight, frame)
        let groups = ServerGroup.all(sight)
        return { subject in
            switch subject {
            case .wave: wave(subject, groups, columns, sight, frame)
            case .server(let name): server(name, columns, sight, frame)
            case .trouble(_, let name): boots(name, subject, sight, frame)
            default: Line(subject)
            }
        }
    }

    private static func wave(
        _ subject: Subject, _ groups: [ServerGroup], _ columns: Columns, _ sight: Sight, _ frame: Frame
    ) -> Line {
        var line = Line(subject)
        guard let group = groups.first(where: { $0.subject == subject }) else { return line }
        line.put(group.title, at: frame.gutter, .strong, to: columns.start - 1)
        let summary = group.summary(sight)
        for column in columns.columns {
            guard let count = summary.count(column.axis) else { continue }
            line.put(count.face.sign, count.face.role, at: column.x, sight.glyphs)
            line.put("\(count.done)/\(count.of)", at: column.x + 2, .plain, to: column.end)
        }
        return line
    }

    private static func server(_ name: String, _ columns: Columns, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.server(name))
        guard let server = sight.situation.servers[name] else { return line }
        let roll = Face(server)
        line.put(roll.sign, roll.role, at: frame.sign, sight.glyphs)
        let tag = server.isHeld ? " held" : server.isInRunbook ? "" : " not in the runbook"
        line.put(server.name + tag, at: frame.text, .plain, to: columns.start - 1)
        let told = lost(server, into: &line, columns, sight)
        for (place, column) in columns.columns.enumerated() where !told.contains(place) {
            guard var (face, since) = column.axis.face(server, sight.situation) else { continue }
            // A server that started before what it depends on was ready is up, and yet must be restarted.
            if column.axis == .reboot, let restart = sight.situation.restarts[name], restart.state == .recycleNeeded {
                (face, since) = (Face(.need, "recycle", .act), restart.since)
            }
            line.put(face.sign, face.role, at: column.x, sight.glyphs)
            let room = column.end - column.x - 3
            let words = word(face, since, column.axis, server, sight, room: room)
            line.put(words, at: column.x + 2, wordRole(face), to: column.end - 1)
        }
        if let place = columns.boots, let boot = server.boots.last {
            line.put(sight.home(boot.at), at: place.home, .timeHome, to: place.other - 1)
            line.put(sight.other(boot.at), at: place.other, .timeOther, to: place.by - 1)
            line.put(boot.by, at: place.by, .plain, to: frame.right)
        }
        return line
    }

    /// Prose stays plain: only what is wrong, off or in doubt is told by its look as well.
    private static func wordRole(_ face: Face) -> TextRole { face.role == .good ? .plain : face.role }

    /// Where reach has no column of its own, a server that cannot be reached says so in place of how it was booted and
    /// checked, which nobody can see now. Returns the columns that it takes.
    private static func lost(
        _ server: ServerFacts, into line: inout Line, _ columns: Columns, _ sight: Sight
    ) -> Range<Int> {
        let isLost = server.reach?.value == .unreachable || server.reach?.isDisputed == true
        guard isLost, !columns.columns.contains(where: { $0.axis == .reach }),
            let (face, since) = Axis.reach.face(server, sight.situation),
            let first = columns.columns.firstIndex(where: { $0.axis == .reboot }), first + 1 < columns.columns.count
        else { return 0..<0 }
        let word = face.sign == .divergence ? "reach disputed" : face.word
        let (x, end) = (columns.columns[first].x, columns.columns[first + 1].end)
        let words = [since.map { "\(word) \(sight.age($0))" }, word].compactMap { $0 }
        line.put(face.sign, face.role, at: x, sight.glyphs)
        line.put(words.first { CellWidth.of($0) <= end - x - 3 } ?? word, at: x + 2, wordRole(face), to: end - 1)
        return first..<first + 2
    }

    /// Words for columns that are too narrow for the usual ones.
    private static let short = [
        "installed": "done", "installing": "runs", "pending": "waits", "no report": "none", "rebooting": "boots",
        "not needed": "none", "not yet": "no", "draining": "drain", "unknown": "unkn.", "excluded": "excl.",
        "skipped": "skip", "recycle": "redo", "reachable": "ok", "unreachable": "lost", "disputed": "disp.",
        "passed": "ok", "rebooted": "up",
    ]

    /// The state's word with its age; the word gives way to a shorter one, then the age.
    private static func word(
        _ face: Face, _ since: Instant?, _ axis: Axis, _ server: ServerFacts, _ sight: Sight, room: Int
    ) -> String {
        let word = face.word
        let brief = CellWidth.of(word) > room ? short[word] ?? word : word
        if axis == .reboot, face.sign == .good, let booted = server.bootedAt {
            let time = sight.home(booted)
            let forms = ["\(word) \(time)", time]
            return forms.first { CellWidth.of($0) <= room } ?? String(time.suffix(5))
        }
        // What has not begun has no age worth telling.
        guard let since, face.role != .waiting else { return brief }
        let age = sight.age(since)
        // What is wrong is told in its whole word before its age.
        let isWrong = face.role == .bad || face.role == .doubt || face.role == .act
        let least = short[word] ?? word
        // In hours alone it is still told.
        let hours = age.split(separator: " ").prefix(2).joined(separator: " ")
        let forms = ["\(word) \(age)"] + (isWrong ? [word] : []) + ["\(least) \(age)", "\(least) \(hours)"]
        return forms.first { CellWidth.of($0) <= room } ?? brief
    }

    /// That it has booted more often than it should have: each boot, by whom it was seen.
    private static func boots(_ name: String, _ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(subject)
        guard let server = sight.situation.servers[name] else { return line }
        line.put(.need, .act, at: frame.text, sight.glyphs)
        let expected = server.bootsExpected.map { ", \($0) expected" } ?? ""
        let seen = server.boots.map { "\(sight.both($0.at)) by \($0.by)" }.joined(separator: "; ")
        line.put("booted \(server.boots.count) times\(expected): \(seen)", at: frame.text + 2, .plain, to: frame.right)
        return line
    }
}
