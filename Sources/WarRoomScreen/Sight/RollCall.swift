import OrderedCollections
import WarRoomCore

/// The roll-call: one team after the other is asked, one key an answer. Nothing here answers for more than one check but
/// silence (N-10).
struct RollCall: Equatable {
    /// Whose turn it is, among all teams of all boards.
    var place = 0
    /// Which check of that team is asked.
    var check = 0

    struct Turn {
        let board: BoardFacts
        let team: BoardFacts.Team
    }

    /// All that are asked, board by board.
    static func turns(_ sight: Sight) -> [Turn] {
        sight.situation.boards.values.flatMap { board in board.teams.values.map { Turn(board: board, team: $0) } }
    }

    func turn(_ sight: Sight) -> Turn? {
        let turns = RollCall.turns(sight)
        return turns.isEmpty ? nil : turns[max(0, min(place, turns.count - 1))]
    }

    func checkFacts(_ sight: Sight) -> BoardFacts.Check? {
        guard let checks = turn(sight)?.team.checks, !checks.isEmpty else { return nil }
        return checks[max(0, min(check, checks.count - 1))]
    }

    static let keys = [
        ("o", "ok"), ("v", "ok, how verified"), ("i", "issues"), ("0", "no response"), ("n", "next team"), ("p", "before"), ("w", "who"), ("a", "add check"),
        ("Esc", "leave"),
    ]
}

extension Press {
    mutating func openRollCall() {
        let turns = RollCall.turns(sight)
        guard !turns.isEmpty else { return say("the runbook has no board: nobody to call") }
        var call = RollCall()
        let selected: (board: String, team: String)? =
            switch subject {
            case .team(let board, let team): (board: board, team: team)
            case .check(let path): (board: path.board, team: path.team)
            case .board(let id): turns.first(where: { $0.board.id == id }).map { (board: id, team: $0.team.id) }
            default: nil
            }
        call.place = turns.firstIndex { $0.board.id == selected?.board && $0.team.id == selected?.team }
            ?? turns.firstIndex { $0.team.checks.contains(where: \.isPending) } ?? 0
        if case .check(let path) = subject { call.check = turns[call.place].team.checks.firstIndex { $0.path == path } ?? 0 } else { call.check = firstPending(call, from: 0) }
        view.detail = nil
        view.isHelpOpen = false
        view.rollCall = call
    }

    private func firstPending(_ call: RollCall, from start: Int) -> Int {
        guard let checks = call.turn(sight)?.team.checks, !checks.isEmpty else { return 0 }
        let order = Array(checks.indices.dropFirst(start)) + Array(checks.indices.prefix(start))
        return order.first { checks[$0].isPending } ?? min(max(start - 1, 0), checks.count - 1)
    }

    mutating func pressRollCall(_ key: Key) {
        guard var call = view.rollCall else { return }
        switch key {
        case .escape, .character("q"), .control("c"), .character("R"):
            view.rollCall = nil
            return say("the roll-call is left: \(answeredWords)")
        case .up, .character("k"), .wheelUp: step(check: &call, by: -1)
        case .down, .character("j"), .wheelDown: step(check: &call, by: 1)
        case .character("n"), .right, .tab, .enter, .character("l"): step(team: &call, by: 1)
        case .character("p"), .left, .backTab, .character("h"): step(team: &call, by: -1)
        case .character("o"), .character(" "), .character("v"), .character("i"), .character("0"), .character("w"), .character("a"):
            guard !sight.vitals.isReadOnly else { return say("view only: this screen cannot write, so \(key.name) does nothing", .act) }
            return answer(key, call)
        default: return say("\(key.name) does nothing in the roll-call: Esc leaves it")
        }
        view.rollCall = call
    }

    private var answeredWords: String {
        let turns = RollCall.turns(sight)
        return "\(turns.count { !$0.team.checks.contains(where: \.isPending) }) of \(turns.count) teams have answered"
    }

    private mutating func step(check call: inout RollCall, by offset: Int) {
        let count = call.turn(sight)?.team.checks.count ?? 0
        let target = call.check + offset
        guard target >= 0, target < count else { return say(offset < 0 ? "this is the first check" : "this is the last check: n calls the next team") }
        call.check = target
    }

    private mutating func step(team call: inout RollCall, by offset: Int) {
        let count = RollCall.turns(sight).count
        let target = call.place + offset
        guard target >= 0, target < count else {
            return say(offset < 0 ? "this is the first team" : "this is the last team: \(answeredWords)")
        }
        call.place = target
        call.check = firstPending(call, from: 0)
    }

    private mutating func answer(_ key: Key, _ call: RollCall) {
        guard let turn = call.turn(sight) else { return }
        let who = "\(turn.board.title), \(turn.team.title)"
        var call = call
        switch key {
        case .character("w"): return openReviewer()
        case .character("a"): return openNewCheck(turn.board.id, turn.team.id)
        case .character("0"):
            let pending = turn.team.count(.pending)
            guard pending > 0 else { return say("\(turn.team.title) has answered: n calls the next team") }
            send("warroom.review", "\(turn.board.id)/\(turn.team.id)", JSON.Object(["mark": "no-response"]), as: "\(who): no response to \(pending)")
            if call.place + 1 < RollCall.turns(sight).count { step(team: &call, by: 1) }
        default:
            guard let check = call.checkFacts(sight) else { return say("\(turn.team.title) has no check: a adds one") }
            if key == .character("v") || key == .character("i") {
                let mark: ReviewReport.Mark = key == .character("v") ? .ok : .issues
                let draft = Draft(
                    type: "warroom.review", subject: check.path.text, data: self.mark(mark), reason: "note",
                    asks: "\(mark == .ok ? "how it was verified" : "what was observed") (\(check.title))", words: "\(who): \(check.title) \(mark.rawValue)")
                return pursue(draft)
            }
            if check.isOk { return say("\(check.title) is ok already: v says how it was verified, i changes it") }
            send("warroom.review", check.path.text, mark(.ok), as: "\(who): \(check.title) ok")
            call.check = firstPending(call, from: call.check + 1)
        }
        view.rollCall = call
    }
}

/// The page of the roll-call: the team's name large, its checks with their live state beside or under it.
struct RollCallPage {
    let sight: Sight
    let frame: Frame
    let call: RollCall

    var lines: [Line] {
        guard let turn = call.turn(sight) else { return [] }
        let turns = RollCall.turns(sight)
        var head = frame.heading("ROLL-CALL", "\(min(call.place, turns.count - 1) + 1) of \(turns.count)")
        let x = head.pieces.last.map { $0.column + CellWidth.shown($0.text) + 3 } ?? frame.text
        let end = head.put(turn.board.title, at: x, .sentence, to: frame.right) + 2
        if let due = turn.board.due {
            let words = "due \(sight.bothShort(due)), \(due > sight.now ? sight.left(due) : sight.age(due) + " ago")"
            if end + words.count <= frame.right { head.put(words, at: end, due > sight.now ? .waiting : .act, to: frame.right) }
        }
        let isBeside = frame.width >= 110
        let name = self.name(turn, width: isBeside ? 40 : frame.right - frame.text)
        let checks = self.checks(turn, at: isBeside ? 46 : frame.text)
        var lines = [head, Line()]
        if isBeside {
            for row in 0..<max(name.count, checks.count) {
                var line = row < name.count ? name[row] : Line()
                if row < checks.count { line.pieces += checks[row].pieces }
                lines.append(line)
            }
        } else {
            lines += name + [Line()] + checks
        }
        lines.append(Line())
        lines += keys()
        return lines
    }

    /// The team's name in spaced letters, its board and its state under it: two boards may have a team of one name (T-26).
    private func name(_ turn: RollCall.Turn, width: Int) -> [Line] {
        let title = CleanText.line(turn.team.title).uppercased()
        let spaced = title.split(separator: " ").map { $0.map(String.init).joined(separator: " ") }
        var rows = spaced.joined(separator: "   ")
        if CellWidth.shown(rows) > width { rows = title }
        var lines: [Line] = []
        let parts = rows == title ? title.wrapped(to: width) : [rows]
        for part in parts {
            var line = Line()
            line.put(part, at: frame.text, .clock, to: frame.text + width)
            lines.append(line)
        }
        var state = Line()
        let face = turn.team.face
        state.put(face.sign, face.role, at: frame.text, sight.glyphs)
        state.put("\(turn.board.title), \(turn.team.phrase)", at: frame.text + 2, face.role, to: frame.text + width)
        return lines + [state]
    }

    private func checks(_ turn: RollCall.Turn, at column: Int) -> [Line] {
        let title = column + 2
        let widest = turn.team.checks.map { CellWidth.shown($0.title) }.max() ?? 8
        let word = title + min(widest, max((frame.right - title) / 2, 12)) + 2
        return turn.team.checks.enumerated().map { place, check in
            var line = Line()
            let face = Face(check)
            let isAsked = place == max(0, min(call.check, turn.team.checks.count - 1))
            if isAsked { line.put(Shape.cursor.text(sight.glyphs), times: 1, at: column - 2, .act) }
            line.put(face.sign, face.role, at: column, sight.glyphs)
            line.put(check.title, at: title, isAsked ? .sentence : .plain, to: word - 1)
            let end = line.put(face.word, at: word, face.role, to: frame.right) + 2
            guard let mark = check.current else { return line }
            // What was found is read out; by whom and when stands behind it, as far as there is room.
            let note = mark.note.map { $0.isEmpty ? "" : "\($0), " } ?? ""
            line.put("\(note)\(mark.reviewer) \(sight.bothShort(mark.at))", at: end, .waiting, to: frame.right)
            return line
        }
    }

    private func keys() -> [Line] {
        var lines = [Line()]
        var x = frame.text
        for (key, words) in RollCall.keys where !sight.vitals.isReadOnly || ["n", "p", "Esc"].contains(key) {
            if x > frame.text, x + key.count + 1 + words.count > frame.right {
                lines.append(Line())
                x = frame.text
            }
            x = lines[lines.count - 1].put(key, at: x, .gutter) + 1
            x = lines[lines.count - 1].put(words, at: x, .plain, to: frame.right) + 3
        }
        return lines
    }
}
