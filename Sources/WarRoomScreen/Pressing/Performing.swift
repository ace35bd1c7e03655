/// From a key to what it does. What it can do stands in the files beside this one.
extension Press {
    mutating func take(_ key: Key) {
        view.message = nil
        if Press.isGlobal(key), let binding = Keymap.binding(for: key) {
            perform(binding, key)
        } else if view.prompt != nil {
            pressPrompt(key)
        } else if view.menu != nil {
            pressMenu(key)
        } else if view.rollCall != nil {
            pressRollCall(key)
        } else if let binding = Keymap.binding(for: key) {
            perform(binding, key)
        } else if key.name == "paste" {
            say("nothing to paste into: t opens a note")
        } else {
            say("\(key.name) does nothing here: ? shows the keys")
        }
    }

    /// Does what is bound. The key is `nil` where the action was called by its name.
    mutating func perform(_ binding: Binding, _ key: Key?) {
        if binding.writes, sight.vitals.isReadOnly {
            return say(
                "view only: this screen cannot write, so \(key?.name ?? ":" + binding.action.rawValue) does nothing "
                    + "(\(binding.words))",
                .act)
        }
        switch binding.action {
        case .nextPane: step(by: 1)
        case .previousPane: step(by: -1)
        case .numberedPane: if let key { number(key) }
        case .up: move(.up, by: 1)
        case .down: move(.down, by: 1)
        case .pageUp: move(.up, by: page)
        case .pageDown: move(.down, by: page)
        case .first: move(.up, by: .max)
        case .last: move(.down, by: .max)
        case .zoom: zoom()
        case .detail: enter()
        case .back: back()
        case .command: openCommand()
        case .search: view.prompt = Prompt(label: "search", purpose: .search)
        case .searchNext: find(from: 1)
        case .searchPrevious: find(from: -1)
        case .tick: tick()
        case .markMenu: openMarks()
        case .stepMenu: openSteps()
        case .note: openNote()
        case .heard: openHeard()
        case .undo: openUndo()
        case .decide: openDecision()
        case .confirm: confirmSilence()
        case .reviewer: openReviewer()
        case .rollCall: openRollCall()
        case .handover: openHandover()
        case .close: openClose()
        case .barsIn: bars(by: 1)
        case .barsOut: bars(by: -1)
        case .redraw:
            say("drawn anew")
            ask(.redraw)
        case .help:
            view.isHelpOpen.toggle()
            view.helpTop = 0
        case .quit: ask(.quit)
        case .suspend: ask(.suspend)
        case .click: if case .click(let column, let row) = key { click(column, row) }
        case .wheel:
            if case .wheelUp = key {
                move(.up, by: view.detail == nil && !view.isHelpOpen ? 1 : 3)
            } else {
                move(.down, by: view.detail == nil && !view.isHelpOpen ? 1 : 3)
            }
        }
    }

    /// Whether a key does the same everywhere: in text fields, menus and the roll-call too.
    private static func isGlobal(_ key: Key) -> Bool { key == .control("z") || key == .control("l") }
}
