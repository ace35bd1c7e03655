import WarRoomCore

/// A text field and what its text is for.
struct Prompt: Equatable {
    enum Purpose: Equatable {
        case search, command
        case note(subject: String)
        case undo(Undo)
        /// What a draft lacks: why it is done, or to whom it goes.
        case answer(Draft)
        case newCheck(Runbook.TeamPath)
        case reviewer
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
