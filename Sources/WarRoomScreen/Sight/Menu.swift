/// A choice of things to report.
struct Menu: Equatable {
    struct Choice: Equatable {
        let key: Character
        let face: Face
        /// What the command line calls it.
        let value: String
        /// What it sends, once what it asks is answered; `nil`: nothing, it goes back.
        var draft: Draft?

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
