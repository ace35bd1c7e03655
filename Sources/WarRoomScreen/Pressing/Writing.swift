import OrderedCollections
import WarRoomCore

/// The keys that write: each sends one event, or says why it cannot.
extension Press {
    /// What is written about: only ever something that stands on the screen.
    var subject: Subject? {
        if view.isHelpOpen { return nil }
        if let detail = view.detail { return detail.subject }
        guard let selection = view.selection, isShown(selection) else { return nil }
        return selection
    }

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
        let reviews = "\(ReviewsPane.pane.name) (\(Panes.number(ReviewsPane.pane.name)))"
        switch subject {
        case .team(let board, let team):
            let count = sight.situation.boards[board]?.teams[team]?.checks.count ?? 0
            say("select one of the \(count) checks: z zooms \(ReviewsPane.pane.name)")
        case .board: say("select one of the checks: z zooms \(ReviewsPane.pane.name)")
        default:
            say(view.focus == ReviewsPane.pane.name ? "nothing is selected: the arrows select a check" : "nothing to \(what) here: a check is marked in \(reviews)")
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
        send("warroom.review", check.path.text, mark(.ok), as: "\(name(of: check)) ok")
    }

    mutating func openMarks() {
        guard let check = check() else {
            if case .team(let board, let team) = subject { return openTeamMarks(board, team) }
            return sayNoCheck("mark")
        }
        func choice(_ key: Character, _ mark: ReviewReport.Mark) -> ViewState.Menu.Choice {
            let draft = Draft(
                type: "warroom.review", subject: check.path.text, data: self.mark(mark), reason: mark == .issues ? "note" : nil,
                asks: "\(Face(mark).word), why (\(name(of: check)))", words: "\(name(of: check)) \(Face(mark).word)")
            return .init(key: key, face: Face(mark), value: mark.rawValue, needsNote: mark == .issues, draft: draft)
        }
        view.menu = ViewState.Menu(
            title: name(of: check) + (view.reviewer.map { ", looked at by \(CleanText.line($0))" } ?? ""), type: "warroom.review", field: "mark", subject: check.path.text,
            choices: [choice("o", .ok), choice("i", .issues), choice("n", .noResponse), choice("p", .pending)])
    }

    mutating func openSteps() {
        let timeline = TimelinePane.pane.name
        guard case .step(let id) = subject, let facts = sight.situation.steps[id] else {
            let hint = view.focus == timeline ? "nothing is selected: the arrows select a step" : "no step here: steps are in \(timeline) (\(Panes.number(timeline)))"
            return say(hint)
        }
        func choice(_ key: Character, _ sign: Sign, _ word: String, _ value: String, note: Bool = false) -> ViewState.Menu.Choice {
            .init(key: key, face: Face(sign, word, .plain), value: value, needsNote: note)
        }
        view.menu = ViewState.Menu(
            title: facts.step.title, type: "warroom.step", field: "state", subject: id,
            choices: [
                choice("s", .moving, "start", "started"), choice("d", .good, "done", "done"),
                choice("f", .bad, "fail", "failed", note: true), choice("k", .skipped, "skip", "skipped", note: true),
                choice("w", .workaround, "workaround", "workaround", note: true),
                choice("a", .notApplicable, "not applicable", "not-applicable", note: true),
                choice("r", .pending, "reset", "reset"),
            ])
    }

    mutating func openNote() {
        let subject = subject?.eventSubject ?? sight.runbook.bridgeID
        view.prompt = ViewState.Prompt(label: "note on \(CleanText.line(subject))", purpose: .note(subject: subject))
    }

    mutating func send(_ type: String, _ subject: String, _ data: JSON.Object, as words: String) {
        view.sent.append(words)
        ask(.send(type: type, subject: subject, data: data))
    }

    // MARK: Menus

    mutating func pressMenu(_ key: Key) {
        guard var menu = view.menu else { return }
        let count = menu.choices.count
        switch key {
        case .escape, .character("q"), .control("c"):
            view.menu = nil
            return say("nothing was sent")
        case .up, .wheelUp: menu.selected = (menu.selected + count - 1) % count
        case .down, .wheelDown, .tab: menu.selected = (menu.selected + 1) % count
        case .home, .pageUp: menu.selected = 0
        case .end, .pageDown: menu.selected = count - 1
        case .enter: return choose(menu.choices[menu.selected], of: menu)
        case .character(let character):
            if let choice = menu.choices.first(where: { $0.key == character }) { return choose(choice, of: menu) }
            say("\(character) is none of these: Esc goes back")
        default: say("\(key.name) does nothing here: Esc goes back")
        }
        view.menu = menu
    }

    private mutating func choose(_ choice: ViewState.Menu.Choice, of menu: ViewState.Menu) {
        view.menu = nil
        if choice.draft == nil, menu.type.isEmpty || menu.tellsTime { return say("nothing was sent") }
        if let draft = choice.draft { return take(draft, of: menu) }
        if choice.needsNote {
            view.prompt = ViewState.Prompt(
                label: "\(choice.face.word), why (\(menu.title))",
                purpose: .report(
                    type: menu.type, subject: menu.subject, field: menu.field, value: choice.value,
                    words: "\(menu.title) \(choice.face.word)"))
        } else {
            var data = JSON.Object()
            data[menu.field] = .string(choice.value)
            send(menu.type, menu.subject, data, as: "\(menu.title) \(choice.face.word)")
        }
    }

    // MARK: Text fields

    mutating func pressPrompt(_ key: Key) {
        guard var prompt = view.prompt else { return }
        if prompt.purpose == .command, pressCommand(key, prompt) { return }
        switch key {
        case .escape, .control("c"):
            view.prompt = nil
            say(prompt.purpose == .search ? "no search" : prompt.purpose == .command ? "no command" : "nothing was sent")
        case .enter: finish(prompt)
        default:
            prompt.cycle = nil
            if prompt.field.press(key) { view.prompt = prompt } else { say("\(key.name) does nothing here: Esc goes back") }
        }
    }

    private mutating func finish(_ prompt: ViewState.Prompt) {
        let text = prompt.field.text
        let isBlank = text.allSatisfy(\.isWhitespace)
        switch prompt.purpose {
        case .search:
            view.prompt = nil
            if !isBlank { view.search = text }
            find(from: 0)
        case .command: CommandPrompt(sight: sight, text: text).run(in: &self)
        case .undo(let undo):
            guard !isBlank else { return say("an undo needs a word of why: Esc goes back") }
            view.prompt = nil
            send(undo.type, undo.subject, undo.data(why: text), as: "undo of entry \(undo.entry), \(CleanText.line(undo.subject))")
        case .note(let subject):
            guard !isBlank else { return say("a note needs words: Esc goes back") }
            view.prompt = nil
            send("warroom.note", subject, JSON.Object(["text": .string(text)]), as: "note on \(CleanText.line(subject))")
        case .reason(let draft):
            guard !isBlank else { return say("this needs a word of why: Esc goes back") }
            view.prompt = nil
            pursue(draft, why: text)
        case .newCheck(let board, let team):
            guard !isBlank else { return say("a check needs a title: Esc goes back") }
            addCheck(board, team, title: text)
        case .reviewer: setReviewer(text)
        case .report(let type, let subject, let field, let value, let words):
            guard !isBlank else { return say("this needs a word of why: Esc goes back") }
            view.prompt = nil
            var data = JSON.Object()
            data[field] = .string(value)
            data["note"] = .string(text)
            send(type, subject, data, as: words)
        }
    }

    // MARK: Searching

    /// Goes to the next place found, from pane to pane; the pane that has it is zoomed, so that it is seen.
    mutating func find(from direction: Int) {
        guard !view.search.isEmpty else { return say("nothing to search for: / asks") }
        let wanted = view.search.lowercased()
        let frame = ZoomedLayout(sight: sight, size: size).frame
        let places = Panes.all.flatMap { pane in
            let rows = pane.rows(sight, frame)
            return pane.items(sight).map { (pane: pane, subject: $0, words: rows($0).words.lowercased()) }
        }
        let here = places.firstIndex { $0.pane.name == view.focus && $0.subject == view.selection }
            ?? places.firstIndex { $0.pane.name == view.focus } ?? 0
        let isMatch = places.map { $0.words.contains(wanted) }
        // A new search begins where we are, the next one behind it; both go round.
        let steps = (direction == 0 ? 0 : 1)...max(places.count, 1)
        guard let next = steps.lazy.map({ step in
            let offset = direction < 0 ? -step : step
            return (here + offset % max(places.count, 1) + places.count) % max(places.count, 1)
        }).first(where: { isMatch.indices.contains($0) && isMatch[$0] }) else {
            return say("\"\(CleanText.line(view.search))\" is nowhere here")
        }
        view.focus = places[next].pane.name
        view.selected[view.focus] = places[next].subject
        view.detail = nil
        view.isHelpOpen = false
        view.isZoomed = true
        let count = isMatch.count { $0 }
        say("\"\(CleanText.line(view.search))\": \(count) found\(count > 1 ? ", n and N go on" : "")")
    }
}
