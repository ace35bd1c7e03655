import WarRoomCore

/// The keys that move: from pane to pane, from row to row, into a detail and back.
extension Press {
    // MARK: Panes

    mutating func step(by offset: Int) {
        let place = Panes.all.firstIndex { $0.name == view.focus } ?? 0
        focus(Panes.all[(place + offset + Panes.all.count) % Panes.all.count].name)
    }

    mutating func number(_ key: Key) {
        guard case .character(let character) = key else { return }
        guard let name = Panes.pane(of: character)?.name else {
            return say("there is no pane \(character): they go from 1 to \(Panes.all.count)")
        }
        if name == view.focus, view.detail == nil, !view.isHelpOpen { say("\(name) has the focus already: z zooms it") }
        focus(name)
    }

    mutating func focus(_ name: String) {
        view.focus = name
        view.showsFocus = true
        view.detail = nil
        view.isHelpOpen = false
        let isShown = view.isZoomed || layout.blocks.contains { $0.pane == name }
        if !isShown {
            let why = pane.items(sight).isEmpty ? pane.empty : "no room on this screen"
            say("\(Panes.called(name)): \(why), z zooms it")
        }
        if view.isZoomed { keepSelection() }
    }

    mutating func zoom() {
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

    mutating func back() {
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

    mutating func enter() {
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

    /// Opens the page for somebody who takes over.
    mutating func openHandover() {
        view.isHelpOpen = false
        view.detail = ViewState.Detail(subject: .handover)
    }

    private mutating func open(_ subject: Subject) {
        view.detail = ViewState.Detail(subject: subject)
        let subjects = subject.historySubjects(sight)
        view.detail?.asked = subjects
        for name in subjects { ask(.history(subject: name)) }
    }

    /// Zooms the timeline's bars, and the timeline itself where it is not zoomed yet.
    mutating func bars(by step: Int) {
        guard view.focus == "timeline" else { return say("the bars are the timeline's: 1 goes there") }
        if !view.isZoomed || view.detail != nil { zoom() }
        let next = min(max(view.bars + step, 0), TimelineBars.spans.count)
        guard next != view.bars else { return say(step > 0 ? "an hour is the shortest" : "this is the whole night") }
        view.bars = next
        let hours = TimelineBars.spans[max(next - 1, 0)]
        say(hours == 0 ? "the whole night" : hours == 1 ? "1 hour" : "\(hours) hours")
    }

    // MARK: Rows

    enum Direction { case up, down }

    var page: Int { max(layout.listRows - 2, 1) }

    mutating func move(_ direction: Direction, by count: Int) {
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

    mutating func click(_ column: Int, _ row: Int) {
        guard let placed = layout.at(column: column, row: row), let name = placed.pane else {
            return say("nothing to select there")
        }
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
