import OrderedCollections
import WarRoomCore

/// The keys that write: each sends one event, or says why it cannot.
extension Press {
    /// The check that is meant: a selected check, or a selected team's only one.
    private func check() -> BoardFacts.Check? {
        switch subject {
        case .check(let path):
            return sight.situation.boards[path.board]?.teams[path.team]?.checks.first { $0.path == path }
        case .team(let board, let team):
            let checks = sight.situation.boards[board]?.teams[team]?.checks ?? []
            return checks.count == 1 ? checks[0] : nil
        default: return nil
        }
    }

    private mutating func sayNoCheck(_ what: String) {
        let reviews = Panes.called(ReviewsPane.pane.name)
        switch subject {
        case .team(let board, let team):
            let count = sight.situation.boards[board]?.teams[team]?.checks.count ?? 0
            say("select one of the \(count) checks: z zooms \(ReviewsPane.pane.name)")
        case .board: say("select one of the checks: z zooms \(ReviewsPane.pane.name)")
        default:
            say(
                view.focus == ReviewsPane.pane.name
                    ? "nothing is selected: the arrows select a check"
                    : "nothing to \(what) here: a check is marked in \(reviews)")
        }
    }

    /// A check with its team and its board, as menus and answers call it.
    private func name(of check: BoardFacts.Check) -> String {
        let board = sight.situation.boards[check.path.board]
        let team = board?.teams[check.path.team]?.title ?? check.path.team
        return "\(board?.title ?? check.path.board), \(team): \(check.title)"
    }

    mutating func tick() {
        guard let check = check() else { return sayNoCheck("tick") }
        if check.isOk, let mark = check.current {
            return say("\(check.title) is ok already, by \(mark.reviewer) at \(sight.both(mark.at)): m changes it")
        }
        pursue(
            Draft(
                check.path.text, .review(mark(.ok)), asks: asks(.ok, check.path.text, "ok", name(of: check)),
                words: "\(name(of: check)) ok"))
    }

    mutating func openMarks() {
        guard let check = check() else {
            if case .team(let board, let team) = subject { return openTeamMarks(board, team) }
            return sayNoCheck("mark")
        }
        func choice(_ key: Character, _ mark: ReviewReport.Mark) -> Menu.Choice {
            let draft = Draft(
                check.path.text, .review(self.mark(mark)),
                asks: mark == .issues
                    ? .why(label: "\(Face(mark).word), why (\(name(of: check)))")
                    : asks(mark, check.path.text, Face(mark).word, name(of: check)),
                words: "\(name(of: check)) \(Face(mark).word)")
            return .init(key: key, face: Face(mark), value: mark.rawValue, draft: draft)
        }
        view.menu = Menu(
            title: name(of: check) + (view.reviewer.map { ", looked at by \(CleanText.line($0))" } ?? ""),
            choices: [choice("o", .ok), choice("i", .issues), choice("n", .noResponse), choice("p", .pending)])
    }

    mutating func openSteps() {
        let timeline = TimelinePane.pane.name
        guard case .step(let id) = subject, let facts = sight.situation.steps[id] else {
            let hint =
                view.focus == timeline
                ? "nothing is selected: the arrows select a step"
                : "no step here: steps are in \(Panes.called(timeline))"
            return say(hint)
        }
        let title = facts.step.title
        func choice(_ key: Character, _ sign: Sign, _ word: String, _ state: StepReport.State) -> Menu.Choice {
            let outOfTurn = sight.situation.outOfTurn(state, of: id, at: sight.now)
            let draft = Draft(
                id, .step(StepReport(state: state)),
                asks: state.needsNote || outOfTurn != nil ? .why(label: "\(word), why (\(title))") : nil,
                words: "\(title) \(word)", follows: outOfTurn.map { [.init($0, Face(.need, "", .act))] } ?? [])
            return .init(key: key, face: Face(sign, word, .plain), value: state.rawValue, draft: draft)
        }
        view.menu = Menu(
            title: title,
            choices: [
                choice("s", .moving, "start", .started), choice("d", .good, "done", .done),
                choice("f", .bad, "fail", .failed), choice("k", .skipped, "skip", .skipped),
                choice("w", .workaround, "workaround", .workaround),
                choice("a", .notApplicable, "not applicable", .notApplicable), choice("r", .pending, "reset", .reset),
            ])
    }

    /// What a mark asks for before it is sent: why, where its turn has not come.
    func asks(_ mark: ReviewReport.Mark, _ subject: String, _ word: String, _ name: String) -> Draft.Question? {
        sight.situation.outOfTurn(mark, on: subject).map { .why(label: "\(word), why: \($0) (\(name))") }
    }

    mutating func openNote() {
        let subject = subject?.eventSubject ?? sight.runbook.bridgeID
        view.prompt = Prompt(label: "note on \(CleanText.line(subject))", purpose: .note(subject: subject))
    }
}
