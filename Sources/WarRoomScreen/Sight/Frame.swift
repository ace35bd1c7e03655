/// The room that a pane is given: its width, and the columns of the grid in it.
struct Frame {
    var width: Int
    var cut: Cut
    /// Whether the pane has the screen for itself.
    var isZoomed = false
    /// Where the section's word stands.
    var gutter: Int
    /// Where signs stand.
    var sign: Int

    /// Where text stands, beside its sign.
    var text: Int { sign + 2 }
    /// Nothing is drawn from here on.
    var right: Int { max(width - 1, 1) }
    /// In three columns the section's word has a line of its own.
    var hasHeadLine: Bool { sign == gutter }
}

extension Frame {
    /// A line that begins with the section's word, unless that has a line of its own.
    func opening(_ word: String, _ subject: Subject? = nil) -> Line {
        var line = Line(subject)
        if !hasHeadLine { line.put(word, at: gutter, .gutter, to: sign) }
        return line
    }

    /// The line of its own that the section's word has in three columns and when zoomed.
    func heading(_ word: String, _ text: String = "", role: TextRole = .plain) -> Line {
        var line = Line()
        let end = line.put(word, at: gutter, .gutter, to: right)
        line.put(text, at: max(gutter + 10, end + 1), role, to: right)
        return line
    }

    /// A line that says how much is not shown.
    func more(_ count: Int, _ what: String = "more") -> Line {
        var line = Line()
        line.put("\(count) \(what)", at: text, .waiting, to: right)
        return line
    }
}
