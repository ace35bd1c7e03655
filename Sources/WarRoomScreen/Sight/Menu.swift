/// A choice of things to report.
struct Menu: Equatable, Sendable {
    struct Choice: Equatable, Sendable {
        let key: Character
        let face: Face
        /// What the command line calls it.
        let value: String
        /// What it sends, once what it asks is answered; `nil`: nothing, it goes back.
        var draft: Draft?

        /// The same under another word.
        func named(_ word: String) -> Choice {
            Choice(key: key, face: Face(face.sign, word, face.role), value: value, draft: draft)
        }

        var needsNote: Bool { if case .why = draft?.asks { true } else { false } }
    }

    var title: String
    var choices: [Choice]
    var selected = 0
    /// What must be seen before choosing, above the choices.
    var facts: [Draft.Fact] = []
    /// Whether it is a confirmation, which tells the time in both zones; its yes sends.
    var isConfirmation = false
}
