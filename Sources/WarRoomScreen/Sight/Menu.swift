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
