/// The page of keys and commands for the documentation, docs/keys.md.
package enum KeysPage {
    /// The page in Markdown.
    package static func markdown() -> String {
        var text = "# Keys\n\nMade from the keymap: `make golden` writes this page, a test holds it.\n\n"
        text += "| keys | what they do | where | `:` |\n|---|---|---|---|\n"
        func cell(_ text: String) -> String {
            text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
        }
        let names = Set(LineCommand.all.map(\.name))
        for binding in Keymap.bindings {
            let keys = binding.label.map { "`\($0)`" } ?? binding.keys.map { "`\($0.name)`" }.joined(separator: " ")
            let command = names.contains(binding.action.rawValue) ? "`:\(binding.action.rawValue)`" : ""
            let words = binding.words + (binding.writes ? " (writes)" : "")
            text += "| \(cell(keys)) | \(cell(words)) | \(binding.panes.joined(separator: ", ")) | \(command) |\n"
        }
        text +=
            "\nOn the command line, which Tab completes and whose earlier lines Up brings back:\n\n"
            + "| command | what it does |\n|---|---|\n"
        for command in LineCommand.all where !Keymap.bindings.contains(where: { $0.action.rawValue == command.name }) {
            text += "| `:\(command.name) \(cell(command.takes))` | \(cell(command.words)) |\n"
        }
        text += """

            The name of any action may be cut to a beginning that no other has, and takes what its menu and its text
            field would be given: `:mark issues 503 from the portal`, `:step done`, `:note rollback?`,
            `:undo the wrong row`.

            A key that can do nothing now says why. What changes the night is said to be sent until the hub has it in
            its journal. A presenter (`--present`) and a viewer change nothing.

            """
        return text
    }
}
