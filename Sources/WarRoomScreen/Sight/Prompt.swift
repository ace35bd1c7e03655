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
