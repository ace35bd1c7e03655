import WarRoomCore

/// One person's focus, scroll, zoom, open menu or text field. It is local, and never journalled.
package struct ViewState: Equatable, Sendable {
    /// The pane with the focus, by name; at first that of the first pane.
    var focus = "timeline"
    /// Whether somebody has gone to a pane. Then its word is reversed; a screen that nobody touches stays calm.
    var showsFocus = false
    var isZoomed = false
    /// Each pane's selected row; none: its head.
    var selected: [String: Subject] = [:]
    /// The first row shown of each zoomed list.
    var top: [String: Int] = [:]
    var detail: Detail?
    /// How far the timeline's bars are zoomed in: 0 where nobody has asked, 1 for the whole night.
    var bars = 0
    var isHelpOpen = false
    var helpTop = 0
    var menu: Menu?
    var prompt: Prompt?
    var search = ""
    /// Who has looked, for the marks that follow; `nil`: whoever sends them.
    var reviewer: String?
    /// The roll-call, while it lasts.
    var rollCall: RollCall?
    var message: Message?
    /// What was written on the command line, the last one last.
    var commands: [String] = []
    /// What was sent and is not answered yet, oldest first, in words.
    var sent: [String] = []

    /// The presenter's layout, which follows what matters by itself.
    var isPresenting = false

    /// The view as a screen begins with it.
    package init(isPresenting: Bool = false) { self.isPresenting = isPresenting }

    /// Whether two views are laid out alike. What stands over the rows, a menu or a message, moves none of them.
    func isLaidOut(as other: ViewState) -> Bool { withoutFoot == other.withoutFoot }

    private var withoutFoot: ViewState {
        var view = self
        (view.message, view.menu, view.prompt, view.sent, view.commands) = (nil, nil, nil, [], [])
        return view
    }

    /// Whether entries are shown one by one as they come, in the history of a detail.
    package var showsHistory: Bool { detail?.history != nil }

    /// The detail view.
    struct Detail: Equatable {
        var subject: Subject
        var top = 0
        /// `nil` until the hub has answered.
        var history: [FeedLine]?
        /// Whose entries the history is made of; more than one for a loose end.
        var asked: [String]?
    }

    /// A word from the screen to its person, on the last row.
    struct Message: Equatable {
        var text: String
        var role: TextRole = .plain
    }

    /// What is selected in the pane with the focus.
    var selection: Subject? { selected[focus] }
}
