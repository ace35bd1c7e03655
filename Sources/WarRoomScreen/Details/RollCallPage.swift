import OrderedCollections
import WarRoomCore

/// The page of the roll-call: who is asked what, large enough for a call to read, the answers so far, and the keys.
/// From 110 columns on all teams stand on a rail at its left.
struct RollCallPage {
    let sight: Sight
    let frame: Frame
    let call: RollCall
    /// How many rows there are.
    let rows: Int

    private var hasRail: Bool { frame.width >= 110 }
    /// Where fills begin, and where text does.
    private var edge: Int { hasRail ? RollCallRail.width + 2 : 0 }
    private var text: Int { hasRail ? edge + 1 : frame.gutter }
    /// Where the table ends: on a wide screen its columns stay near each other.
    private var right: Int { min(frame.right, text + 120) }

    var lines: [Line] {
        guard let turn = call.turn(sight) else { return [] }
        let turns = RollCall.turns(sight)
        var page = body(turn)
        guard hasRail else {
            var head = frame.heading(
                "ROLL-CALL", "team \(min(call.place, turns.count - 1) + 1) of \(turns.count)")
            let end = head.pieces.last.map { $0.column + CellWidth.shown($0.text) + 3 } ?? text
            let info = info(turn)
            let forms = [info, [info[0]] + info.dropFirst(2), info.suffix(1)].map { $0.joined(separator: ", ") }
            let words = forms.first { CellWidth.shown($0) <= frame.right - end } ?? info[0]
            head.put(words, at: end, .headNote, to: frame.right)
            return [head] + page
        }
        let rail = RollCallRail(sight: sight, call: call, rows: rows).lines
        while page.count < rail.count { page.append(Line()) }
        for place in rail.indices { page[place].pieces = rail[place].pieces + page[place].pieces }
        return page
    }

    // MARK: Who is asked what

    private func body(_ turn: RollCall.Turn) -> [Line] {
        let name = name(turn)
        let ask = ask(turn)
        let checks = checks(turn)
        let keys = keys()
        let judge = judge()
        // What to judge the answers by goes first, then the blanks.
        let needed = name.count + ask.count + checks.count + keys.count + (hasRail ? 0 : 1)
        let hasJudge = needed + judge.count + 5 <= rows
        var gaps = max(rows - needed - (hasJudge ? judge.count : 0), 0)
        func gap() -> [Line] {
            guard gaps > 0 else { return [] }
            gaps -= 1
            return [Line()]
        }
        let above = gap() + ask + gap() + checks + gap()
        // The keys that answer stand apart from those that move on.
        let answers = keys.isEmpty || keys.count == 1 ? keys : Array(keys.dropLast()) + gap() + keys.suffix(1)
        return name + above + answers + (hasJudge ? gap() + judge : [])
    }

    /// The team's name large, and its board at the right, because two boards may have a team of one name.
    private func name(_ turn: RollCall.Turn) -> [Line] {
        guard hasRail else { return Headline.lines(turn.team.title, at: text, to: frame.right, sight.glyphs) }
        let info = info(turn)
        let room = info.map { CellWidth.shown($0) }.max() ?? 0
        var lines = Headline.lines(
            turn.team.title, at: text, to: max(right - room - 3, text + 20), sight.glyphs)
        while lines.count < info.count { lines.append(Line()) }
        for (place, words) in info.enumerated() {
            lines[place].put(words, endingAt: right, .plain, from: text + 20)
        }
        return lines
    }

    /// Board, what the team has said, and until when it must.
    private func info(_ turn: RollCall.Turn) -> [String] {
        let due = turn.board.due.map { due in
            "due \(sight.both(due))" + (sight.isAhead(due) ? "" : ", \(sight.age(due)) ago")
        }
        return [turn.board.title, turn.team.answers, due].compactMap { $0 }
    }

    /// What is read out now.
    private func ask(_ turn: RollCall.Turn) -> [Line] {
        let checks = turn.team.checks
        let place = max(0, min(call.check, checks.count - 1))
        var words = "\(turn.team.title) has no check yet: a adds one"
        if checks.indices.contains(place) {
            let check = checks[place]
            words =
                check.recheck.map { "\(turn.team.title), is \(check.title) still ok? \($0.reason)" }
                ?? "\(turn.team.title), is \(check.title) ok?"
            if !checks.contains(where: \.isPending) { words = "\(turn.team.title) has answered: n calls the next team" }
        }
        let count = checks.isEmpty ? "" : "check \(place + 1) of \(checks.count)"
        let room = frame.right - text - 3 - (hasRail ? CellWidth.shown(count) + 2 : 0)
        let parts = "\"\(words)\"".wrapped(to: max(room, 10))
        var lines = hasRail ? [banded("ASK NOW", .bandMovingNote)] : []
        for (row, part) in parts.enumerated() {
            var line = banded(part, .bandMoving)
            if row == 0, hasRail { line.put(count, endingAt: right, .bandMovingNote, from: text) }
            lines.append(line)
        }
        return lines
    }

    private func banded(_ words: String, _ role: TextRole) -> Line {
        var line = Line()
        line.put(" ", times: frame.width - edge, at: edge, .bandMoving)
        line.put(words, at: text + (hasRail ? 1 : 0), role, to: frame.right)
        return line
    }

    // MARK: The answers

    private struct Columns {
        let answer: Int
        let by: Int
        let home: Int
        let other: Int

        init(endingAt right: Int, isWide: Bool) {
            other = right - (isWide ? 14 : 9)
            home = other - (isWide ? 18 : 11)
            by = home - (isWide ? 11 : 9)
            answer = by - 12
        }
    }

    private func checks(_ turn: RollCall.Turn) -> [Line] {
        let columns = Columns(endingAt: right, isWide: hasRail)
        var head = Line()
        head.put("check", at: text, .waiting, to: columns.answer - 1)
        head.put("answer", at: columns.answer, .waiting, to: columns.by - 1)
        head.put("by", at: columns.by, .waiting, to: columns.home - 1)
        sight.putZoneHeads(into: &head, home: columns.home, other: columns.other, right: frame.right)
        let asked = max(0, min(call.check, turn.team.checks.count - 1))
        return [head] + turn.team.checks.enumerated().flatMap { check($1, isAsked: $0 == asked, columns) }
    }

    private func check(_ check: BoardFacts.Check, isAsked: Bool, _ columns: Columns) -> [Line] {
        var line = Line()
        let face = Face(check)
        func role(_ role: TextRole) -> TextRole { isAsked ? .cursor : role }
        if isAsked { line.put(" ", times: frame.width - edge, at: edge, .cursor) }
        let sign = isAsked ? Sign.moving : face.sign
        line.put(sign, role(face.role), at: text, sight.glyphs)
        line.put(check.title, at: text + 2, role(.plain), to: columns.answer - 1)
        if isAsked, check.isPending, !sight.vitals.isReadOnly {
            let end = line.put(
                check.recheck == nil ? "asked now" : face.word, at: columns.answer, .cursor, to: columns.by)
            line.put("press o, v, i or 0", at: max(columns.by, end + 1), .cursor, to: frame.right)
        } else {
            line.put(face.word, at: columns.answer, role(face.role), to: columns.by - 1)
        }
        guard let mark = check.current else { return [line] }
        if !(isAsked && check.isPending) {
            line.put(mark.reviewer, at: columns.by, role(.plain), to: columns.home - 1)
            line.put(sight.home(mark.at), at: columns.home, role(.timeHome), to: columns.other - 1)
            line.put(sight.other(mark.at), at: columns.other, role(.timeOther), to: frame.right)
        }
        // What was found is read out: it has a row of its own.
        let note = check.recheck?.reason ?? mark.note ?? ""
        guard !note.isEmpty else { return [line] }
        var second = Line()
        second.put(note, at: text + 2, .plain, to: frame.right)
        return [line, second]
    }

    // MARK: Keys, and what to judge by

    private func keys() -> [Line] {
        var lines: [Line] = []
        for isAnswer in [true, false] {
            var line = Line()
            var x = text
            for binding in RollCall.bindings where binding.deed.isAnswer == isAnswer {
                guard !sight.vitals.isReadOnly || !binding.deed.writes, let words = binding.words,
                    let key = binding.keys.first?.name
                else { continue }
                let room = key.count + words.count + 6
                if x > text, x + room > frame.right + 2 {
                    lines.append(line)
                    line = Line()
                    x = text
                }
                x = line.put(" \(key) ", at: x, .key, to: frame.right)
                x = line.put(words, at: x + 1, isAnswer ? .strong : .keyWord, to: frame.right) + 2
            }
            if !line.pieces.isEmpty { lines.append(line) }
        }
        return lines
    }

    private func judge() -> [Line] {
        let batch = sight.situation.batch
        var head = Line()
        head.put("TO JUDGE IT BY", at: text, .waiting, to: frame.right)
        var lines = [head]
        func add(_ word: String, _ parts: [(Face?, String)]) {
            var line = Line()
            line.put(word, at: text, .plain, to: text + 13)
            var x = text + 14
            for (face, words) in parts {
                if let face {
                    line.put(face.sign, face.role, at: x, sight.glyphs)
                    x += 2
                }
                x = line.put(words, at: x, .plain, to: frame.right) + 3
            }
            lines.append(line)
        }
        if batch.counts.total + batch.demo.total > 0 {
            add("batch closes", [(nil, BatchPane.words(batch.counts, demo: batch.demo))])
        }
        if let slot = batch.nextSlot { add("next slot", [(nil, "\(sight.both(slot)), \(sight.left(slot))")]) }
        let tests = sight.situation.tests.values
        if !tests.isEmpty { add("tests", tests.map { (Face($0), $0.counted) }) }
        return lines.count > 1 ? lines : []
    }
}

extension RollCall.Deed {
    /// Whether it answers for the team, and not merely moves or adds.
    fileprivate var isAnswer: Bool {
        switch self {
        case .ok, .verified, .issues, .silence: true
        case .nextTeam, .teamBefore, .checkAbove, .checkBelow, .reviewer, .newCheck, .leave: false
        }
    }
}
