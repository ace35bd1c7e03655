import WarRoomCore

/// The keys of a menu and of a text field that are open.
extension Press {
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

    private mutating func choose(_ choice: Menu.Choice, of menu: Menu) {
        view.menu = nil
        guard let draft = choice.draft else { return say("nothing was sent") }
        take(draft, of: menu)
    }

    // MARK: Text fields

    mutating func pressPrompt(_ key: Key) {
        guard var prompt = view.prompt else { return }
        if prompt.purpose == .command, pressCommand(key, prompt) { return }
        switch key {
        case .escape, .control("c"):
            view.prompt = nil
            say(
                prompt.purpose == .search ? "no search" : prompt.purpose == .command ? "no command" : "nothing was sent"
            )
        case .enter:
            guard prompt.field.excess == 0 else { return say("\(prompt.field.tooLong): nothing was sent", .act) }
            finish(prompt)
        case .overlongPaste(let bytes):
            say("the pasted text has \(bytes) bytes, and at most \(TextField.limit) fit: nothing of it was taken", .act)
        default:
            prompt.cycle = nil
            if prompt.field.press(key) {
                view.prompt = prompt
            } else {
                say("\(key.name) does nothing here: Esc goes back")
            }
        }
    }

    private mutating func finish(_ prompt: Prompt) {
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
            guard let proposal = undo.proposal(why: text) else { return say("entry \(undo.entry) cannot be read") }
            send(proposal, as: "undo of entry \(undo.entry), \(CleanText.line(proposal.subject))")
        case .note(let subject):
            guard !isBlank else { return say("a note needs words: Esc goes back") }
            view.prompt = nil
            send(Proposal(subject, .note(text)), as: "note on \(CleanText.line(subject))")
        case .answer(let draft):
            guard !isBlank else { return say((draft.asks?.missing ?? "this needs words") + ": Esc goes back") }
            view.prompt = nil
            pursue(draft, answer: text)
        case .newCheck(let row):
            guard !isBlank else { return say("a check needs a title: Esc goes back") }
            addCheck(row, title: text)
        case .reviewer: setReviewer(text)
        }
    }
}
