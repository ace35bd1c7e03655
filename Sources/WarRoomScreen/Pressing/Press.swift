import WarRoomCore

/// One key press: every key acts, or says why it does not.
struct Press {
    let sight: Sight
    let size: Size
    var view: ViewState
    private(set) var intents: [Intent] = []

    /// The layout of the view as it was last asked for. It is made once for each change of the view, not for each
    /// question.
    private let known: Known

    private final class Known {
        var layout: (of: ViewState, Layout)?
        var arranged: Arranged?

        init(layout: (ViewState, Layout)?, arranged: Arranged?) { (self.layout, self.arranged) = (layout, arranged) }
    }

    /// A press on a sight. `layout` is that of this sight, where it is at hand, and `arranged` what was drawn last.
    init(sight: Sight, size: Size, laidOut layout: Layout? = nil, arranged: Arranged? = nil) {
        self.sight = sight
        self.size = size
        view = sight.view
        known = Known(layout: layout.map { (sight.view, $0) }, arranged: arranged)
    }

    /// Whether a row of the pane with the focus stands on the screen.
    func isShown(_ subject: Subject) -> Bool { layout.subjects(of: view.focus).contains(subject) }

    /// What is written about. It always stands on the screen.
    var subject: Subject? {
        if view.isHelpOpen { return nil }
        if let detail = view.detail { return detail.subject }
        guard let selection = view.selection, isShown(selection) else { return nil }
        return selection
    }

    var layout: Layout {
        if let (of, layout) = known.layout, of.isLaidOut(as: view) { return layout }
        var sight = sight
        sight.view = view
        let arranged = Arranged(sight, size: size, after: known.arranged)
        (known.layout, known.arranged) = ((view, arranged.layout), arranged)
        return arranged.layout
    }

    var pane: Pane { Panes.named(view.focus) }

    mutating func say(_ text: String, _ role: TextRole = .plain) {
        view.message = ViewState.Message(text: text, role: role)
    }

    mutating func ask(_ intent: Intent) { intents.append(intent) }

    mutating func send(_ proposal: Proposal, as words: String) {
        view.sent.append(words)
        ask(.send(proposal))
    }
}
