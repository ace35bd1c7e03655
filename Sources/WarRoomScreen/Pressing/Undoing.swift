import WarRoomCore

/// The key that takes back, with a word of why.
extension Press {
    /// Asks why the last entry on what is selected shall be taken back.
    mutating func openUndo() {
        guard let subject else { return say("nothing is selected: the arrows select what an undo is about") }
        guard let undo = Undo(subject, in: sight.bridge) else { return say(Press.nothingToUndo(subject)) }
        view.prompt = Prompt(label: "undo entry \(undo.entry), \(undo.words), why", purpose: .undo(undo))
    }

    private static func nothingToUndo(_ subject: Subject) -> String {
        if case .entry(let number) = subject { return "entry \(number) is not the last word of a person on its subject: only that is taken back" }
        return "nobody has said anything here that could be taken back"
    }
}
