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
}
