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

    /// Whether a row of the pane with the focus stands on the screen.
    func isShown(_ subject: Subject) -> Bool { layout.subjects(of: view.focus).contains(subject) }

    /// What is written about: only ever something that stands on the screen.
    var subject: Subject? {
        if view.isHelpOpen { return nil }
        if let detail = view.detail { return detail.subject }
        guard let selection = view.selection, isShown(selection) else { return nil }
        return selection
    }

    var layout: Layout {
        var sight = sight
        sight.view = view
        return Layout.of(sight, size: size)
    }

    var pane: Pane { Panes.named(view.focus) }

    mutating func say(_ text: String, _ role: TextRole = .plain) { view.message = ViewState.Message(text: text, role: role) }

    mutating func ask(_ intent: Intent) { intents.append(intent) }

    mutating func send(_ type: String, _ subject: String, _ data: JSON.Object, as words: String) {
        view.sent.append(words)
        ask(.send(type: type, subject: subject, data: data))
    }
}
