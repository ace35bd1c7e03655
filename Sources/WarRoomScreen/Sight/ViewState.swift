import WarRoomCore

/// One person's focus, scroll, zoom, open menu or text field; local, never journalled (rule 5).
package struct ViewState: Equatable, Sendable {
    /// The pane with the focus, by name.
    var focus = Panes.all[0].name
    /// Whether somebody has gone to a pane: then its word is reversed; a screen that nobody touches stays calm.
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

    package init(isPresenting: Bool = false) { self.isPresenting = isPresenting }

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

    /// A choice of things to report.
    struct Menu: Equatable {
        struct Choice: Equatable {
            let key: Character
            let face: Face
            /// The value that the event carries.
            let value: String
            let needsNote: Bool
            /// What is sent instead of the field's value; in a confirmation, on the yes.
            var draft: Draft?
        }

        var title: String
        var type: String
        var field: String
        var subject: String
        var choices: [Choice]
        var selected = 0
        /// What must be seen before choosing, above the choices.
        var facts: [Draft.Fact] = []
        /// Whether it is a confirmation, which tells the time in both zones.
        var tellsTime = false
    }

    /// A text field and what its text is for.
    struct Prompt: Equatable {
        enum Purpose: Equatable {
            case search, command
            case note(subject: String)
            case undo(Undo)
            /// Why something is done that must not be done without a word.
            case reason(Draft)
            case newCheck(board: String, team: String)
            case reviewer
            /// A report that says why: an event with a note.
            case report(type: String, subject: String, field: String, value: String, words: String)
        }

        var label: String
        var purpose: Purpose
        var field = TextField()
        /// Which of the earlier commands stands there, where one does.
        var recalled: Int?
        /// What Tab goes through.
        var cycle: Cycle?

        struct Cycle: Equatable {
            let before: String
            let words: [String]
            var at: Int
        }
    }

    /// What is selected in the pane with the focus.
    var selection: Subject? { selected[focus] }
}
