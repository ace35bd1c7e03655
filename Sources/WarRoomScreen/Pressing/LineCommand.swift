import WarRoomCore

/// Something that the command line does: an action of the keymap by its name, or one that takes words only.
struct LineCommand: Sendable {
    let name: String
    /// What is written after the name, as the hint says it; empty where nothing is.
    let takes: String
    let words: String
    /// What can be written after the name, for completion.
    let choices: @Sendable (Sight) -> [String]
    let perform: @Sendable (inout Press, String) -> Void

    /// All commands, those that take words of their own first.
    static let all: [LineCommand] = own + Keymap.bindings.compactMap(LineCommand.init)

    private static let own: [LineCommand] = [
        LineCommand(
            name: "goto", takes: "STEP|SERVER|CHECK|GATE…", words: "select what has that name, wherever it is",
            choices: { Goal.all($0).map(\.name) }, perform: { $0.go(to: $1) }),
        LineCommand(
            name: "pane", takes: "NAME", words: "go to the pane of that name", choices: { _ in Panes.all.map(\.name) },
            perform: { $0.goToPane($1) }),
        LineCommand(
            name: "looked", takes: "heard/N|alert/FINGERPRINT TEXT", words: "say what it was, which closes it",
            choices: { $0.situation.heard.names }, perform: { $0.looked($1) }),
        LineCommand(
            name: "theme", takes: "NAME|FILE", words: "look like this", choices: { _ in Theme.choices },
            perform: { press, name in
                guard !name.isEmpty else { return press.say("which theme? " + Theme.choices.joined(separator: ", ")) }
                press.ask(.theme(name))
            }),
    ]

    private init(
        name: String, takes: String, words: String, choices: @escaping @Sendable (Sight) -> [String],
        perform: @escaping @Sendable (inout Press, String) -> Void
    ) {
        (self.name, self.takes, self.words) = (name, takes, words)
        (self.choices, self.perform) = (choices, perform)
    }

    /// `nil` for what only a key or the mouse can do.
    private init?(_ binding: Binding) {
        switch binding.action {
        case .numberedPane, .command, .click, .wheel: return nil
        default: break
        }
        self.init(
            name: binding.action.rawValue, takes: "", words: binding.words, choices: { _ in [] },
            perform: { $0.perform(binding, words: $1) })
    }

    /// The command that a word names: in full, or by a beginning that no other has.
    static func named(_ word: String) -> [LineCommand] {
        let word = word.lowercased()
        if let whole = all.first(where: { $0.name == word }) { return [whole] }
        return all.filter { $0.name.hasPrefix(word) }
    }
}
