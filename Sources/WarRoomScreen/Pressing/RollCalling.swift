import WarRoomCore

/// The keys of the roll-call, which has all of them for itself.
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
        call.place =
            turns.firstIndex { $0.board.id == selected?.board && $0.team.id == selected?.team }
            ?? turns.firstIndex { $0.team.checks.contains(where: \.isPending) } ?? 0
        if case .check(let path) = subject {
            call.check = turns[call.place].team.checks.firstIndex { $0.path == path } ?? 0
        } else {
            call.check = firstPending(call, from: 0)
        }
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
        guard let deed = RollCall.deed(of: key) else {
            return say("\(key.name) does nothing in the roll-call: Esc leaves it")
        }
        guard !deed.writes || !sight.vitals.isReadOnly else {
            return say("view only: this screen cannot write, so \(key.name) does nothing", .act)
        }
        switch deed {
        case .leave:
            view.rollCall = nil
            return say("the roll-call is left: \(answeredWords)")
        case .checkAbove: step(check: &call, by: -1)
        case .checkBelow: step(check: &call, by: 1)
        case .nextTeam: step(team: &call, by: 1)
        case .teamBefore: step(team: &call, by: -1)
        case .ok, .verified, .issues, .silence, .reviewer, .newCheck: return answer(deed, call)
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
        guard target >= 0, target < count else {
            return say(offset < 0 ? "this is the first check" : "this is the last check: n calls the next team")
        }
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

    private mutating func answer(_ deed: RollCall.Deed, _ call: RollCall) {
        guard let turn = call.turn(sight) else { return }
        let who = "\(turn.board.title), \(turn.team.title)"
        var call = call
        switch deed {
        case .reviewer: return openReviewer()
        case .newCheck: return openNewCheck(turn.board.id, turn.team.id)
        case .silence:
            let pending = turn.team.count(.pending)
            guard pending > 0 else { return say("\(turn.team.title) has answered: n calls the next team") }
            let row = Runbook.TeamPath(board: turn.board.id, team: turn.team.id)
            let draft = Draft(
                row.text, .review(ReviewReport(mark: .noResponse)),
                asks: asks(.noResponse, row.text, "no response", who), words: "\(who): no response to \(pending)")
            pursue(draft)
            guard draft.asks == nil else { return }
            if call.place + 1 < RollCall.turns(sight).count { step(team: &call, by: 1) }
        case .nextTeam, .teamBefore, .checkAbove, .checkBelow, .leave: return
        case .ok, .verified, .issues:
            guard let check = call.checkFacts(sight) else { return say("\(turn.team.title) has no check: a adds one") }
            if deed != .ok {
                let mark: ReviewReport.Mark = deed == .verified ? .ok : .issues
                let draft = Draft(
                    check.path.text, .review(self.mark(mark)),
                    asks: .why(label: "\(mark == .ok ? "how it was verified" : "what was observed") (\(check.title))"),
                    words: "\(who): \(check.title) \(mark.rawValue)")
                return pursue(draft)
            }
            if check.isOk { return say("\(check.title) is ok already: v says how it was verified, i changes it") }
            let draft = Draft(
                check.path.text, .review(mark(.ok)), asks: asks(.ok, check.path.text, "ok", check.title),
                words: "\(who): \(check.title) ok")
            pursue(draft)
            guard draft.asks == nil else { return }
            call.check = firstPending(call, from: call.check + 1)
        }
        view.rollCall = call
    }
}
