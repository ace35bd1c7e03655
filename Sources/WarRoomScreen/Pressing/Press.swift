import WarRoomCore

/// One key press: every key acts, or says why it does not.
struct Press {
    let sight: Sight
    let size: Size
    var view: ViewState
    private(set) var intents: [Intent] = []

    init(sight: Sight, size: Size) {
        self.sight = sight
        self.size = size
        view = sight.view
    }

    mutating func take(_ key: Key) {
        view.message = nil
        if view.prompt != nil {
            pressPrompt(key)
        } else if view.menu != nil {
            pressMenu(key)
        } else if view.rollCall != nil, !Press.isGlobal(key) {
            pressRollCall(key)
        } else if let binding = Keymap.binding(for: key) {
            perform(binding, key)
        } else if case .paste = key {
            say("nothing to paste into: t opens a note")
        } else {
            say("\(key.name) does nothing here: ? shows the keys")
        }
    }

    /// Whether a row of the pane with the focus stands on the screen.
    func isShown(_ subject: Subject) -> Bool { layout.subjects(of: view.focus).contains(subject) }

    private var layout: Layout {
        var sight = sight
        sight.view = view
        return Layout.of(sight, size: size)
    }

    private var pane: Pane { Panes.named(view.focus) }

    mutating func say(_ text: String, _ role: TextRole = .plain) { view.message = ViewState.Message(text: text, role: role) }

    mutating func ask(_ intent: Intent) { intents.append(intent) }

    /// Does what is bound; without a key where it was called by its name.
    mutating func perform(_ binding: Binding, _ key: Key?) {
        if binding.writes, sight.vitals.isReadOnly {
            return say("view only: this screen cannot write, so \(key?.name ?? ":" + binding.action.rawValue) does nothing (\(binding.words))", .act)
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
        case .search: view.prompt = ViewState.Prompt(label: "search", purpose: .search)
        case .searchNext: find(from: 1)
        case .searchPrevious: find(from: -1)
        case .tick: tick()
        case .markMenu: openMarks()
        case .stepMenu: openSteps()
        case .note: openNote()
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
            if case .wheelUp = key { move(.up, by: view.detail == nil && !view.isHelpOpen ? 1 : 3) } else { move(.down, by: view.detail == nil && !view.isHelpOpen ? 1 : 3) }
        }
    }

    // MARK: Panes

    private mutating func step(by offset: Int) {
        let place = Panes.all.firstIndex { $0.name == view.focus } ?? 0
        focus(Panes.all[(place + offset + Panes.all.count) % Panes.all.count].name)
    }

    private mutating func number(_ key: Key) {
        guard case .character(let character) = key, let digit = character.wholeNumberValue else { return }
        let number = digit == 0 ? 10 : digit
        guard Panes.all.indices.contains(number - 1) else { return say("there is no pane \(number): they go from 1 to \(Panes.all.count)") }
        let name = Panes.all[number - 1].name
        if name == view.focus, view.detail == nil, !view.isHelpOpen { say("\(name) has the focus already: z zooms it") }
        focus(name)
    }

    mutating func focus(_ name: String) {
        view.focus = name
        view.showsFocus = true
        view.detail = nil
        view.isHelpOpen = false
        let isShown = view.isZoomed || layout.placed.contains { $0.pane == name }
        if !isShown {
            let why = pane.items(sight).isEmpty ? pane.empty : "no room on this screen"
            say("\(name) (\(Panes.number(name))): \(why), z zooms it")
        }
        if view.isZoomed { keepSelection() }
    }

    private mutating func zoom() {
        view.isHelpOpen = false
        if view.detail != nil {
            view.detail = nil
            view.isZoomed = true
        } else {
            view.isZoomed.toggle()
        }
        if view.isZoomed { keepSelection() }
    }

    /// A zoomed list always has a selected row.
    mutating func keepSelection() {
        let items = pane.items(sight)
        if view.selection.map(items.contains) != true { view.selected[view.focus] = pane.start(sight) ?? items.first }
        if view.isZoomed, view.top[view.focus] == nil { view.top[view.focus] = layout.top }
    }

    private mutating func back() {
        if view.isHelpOpen {
            view.isHelpOpen = false
        } else if view.detail != nil {
            view.detail = nil
        } else if view.isZoomed {
            view.isZoomed = false
        } else if view.selection != nil {
            view.selected[view.focus] = nil
        } else {
            view.showsFocus = false
            say("this is the overview: q quits")
        }
    }

    private mutating func enter() {
        if view.isHelpOpen {
            view.isHelpOpen = false
        } else if view.detail != nil {
            say("this is all there is: Esc goes back")
        } else if let subject = view.selection, isShown(subject) {
            open(subject)
        } else if view.isZoomed {
            say("nothing is selected here")
        } else {
            zoom()
        }
    }

    /// What a key does everywhere, the roll-call included.
    private static func isGlobal(_ key: Key) -> Bool { key == .control("z") || key == .control("l") }

    /// The page for whoever takes over.
    private mutating func openHandover() {
        view.isHelpOpen = false
        view.detail = ViewState.Detail(subject: .handover)
    }

    private mutating func open(_ subject: Subject) {
        view.detail = ViewState.Detail(subject: subject)
        let subjects = subject.historySubjects(sight)
        view.detail?.asked = subjects
        for name in subjects { ask(.history(subject: name)) }
    }

    /// Zooms the timeline's bars; where it is not zoomed itself, this does it.
    private mutating func bars(by step: Int) {
        guard view.focus == "timeline" else { return say("the bars are the timeline's: 1 goes there") }
        if !view.isZoomed || view.detail != nil { zoom() }
        let next = min(max(view.bars + step, 0), TimelineBars.spans.count)
        guard next != view.bars else { return say(step > 0 ? "an hour is the shortest" : "this is the whole night") }
        view.bars = next
        let hours = TimelineBars.spans[max(next - 1, 0)]
        say(hours == 0 ? "the whole night" : hours == 1 ? "1 hour" : "\(hours) hours")
    }

    // MARK: Moving

    private enum Direction { case up, down }

    private var page: Int { max(layout.listRows - 2, 1) }

    private mutating func move(_ direction: Direction, by count: Int) {
        if view.isHelpOpen || view.detail != nil { return scroll(direction, by: count) }
        let items = view.isZoomed ? pane.items(sight) : layout.subjects(of: view.focus)
        guard !items.isEmpty else {
            return say(view.isZoomed ? "nothing here yet" : "\(view.focus) has no rows on this screen: z zooms it")
        }
        guard let selected = view.selection, let place = items.firstIndex(of: selected) else {
            view.selected[view.focus] = direction == .down && count < .max ? items[0] : items[items.count - 1]
            if direction == .up, count == .max { view.selected[view.focus] = items[0] }
            return
        }
        let step = min(count, items.count)
        let target = direction == .up ? max(place - step, 0) : min(place + step, items.count - 1)
        if target == place {
            let hidden = view.isZoomed ? 0 : pane.items(sight).count - items.count
            let edge = direction == .up ? "this is the first row" : "this is the last row"
            say(hidden > 0 ? "\(edge) shown: z zooms \(view.focus), \(hidden) more" : edge)
        }
        view.selected[view.focus] = items[target]
        if view.isZoomed { view.top[view.focus] = layout.top }
    }

    private mutating func scroll(_ direction: Direction, by count: Int) {
        let now = layout.top
        let step = min(count, 100_000)
        if view.isHelpOpen {
            view.helpTop = max(0, now + (direction == .up ? -step : step))
            let top = layout.top
            view.helpTop = top
        } else {
            view.detail?.top = max(0, now + (direction == .up ? -step : step))
            let top = layout.top
            view.detail?.top = top
        }
        if layout.top == now { say(direction == .up ? "this is the top" : "this is the end") }
    }

    private mutating func click(_ column: Int, _ row: Int) {
        guard let placed = layout.at(column: column, row: row), let name = placed.pane else { return say("nothing to select there") }
        let wasFocused = view.focus == name
        view.focus = name
        view.showsFocus = true
        if let subject = placed.line.subject {
            if wasFocused, view.selection == subject { return open(subject) }
            view.selected[name] = subject
        } else if placed.isHead || !wasFocused {
            view.selected[name] = nil
            if wasFocused, !view.isZoomed { zoom() } else if wasFocused { say("this is the head of \(name)") }
        } else {
            say("nothing to select there")
        }
    }
}
