/// How a state is shown: never by colour alone.
struct Face: Hashable {
    var sign: Sign
    var word: String
    var role: TextRole

    init(_ sign: Sign, _ word: String, _ role: TextRole) {
        self.sign = sign
        self.word = word
        self.role = role
    }

    /// The role of prose beside the sign: what is in doubt is filled, all else is plain.
    var proseRole: TextRole { role == .doubt ? .doubt : .plain }

    /// The role of its word beside the sign: what is good is told by the sign, all else by both.
    var wordRole: TextRole { role == .good ? .plain : role }
}
