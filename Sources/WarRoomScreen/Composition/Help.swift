/// The page of keys, made from the keymap.
enum Help {
    static func lines(_ frame: Frame) -> [Line] {
        var lines = [frame.heading("KEYS", "Esc goes back")]
        let column = frame.text + 22
        for binding in Keymap.bindings {
            var line = Line()
            line.put(binding.name, at: frame.text, .strong, to: column - 1)
            let x = line.put(binding.words, at: column, .plain, to: frame.right)
            if !binding.panes.isEmpty {
                line.put("in " + binding.panes.joined(separator: ", "), at: x + 2, .waiting, to: frame.right)
            }
            lines.append(line)
        }
        lines.append(Line())
        lines.append(frame.heading("PANES"))
        for (place, pane) in Panes.all.enumerated() {
            var line = Line()
            line.put(Panes.key(pane.name) == nil ? ":pane" : String(place + 1), at: frame.text, .strong, to: column - 1)
            line.put(pane.name, at: column, .plain, to: frame.right)
            lines.append(line)
        }
        return lines
    }
}
