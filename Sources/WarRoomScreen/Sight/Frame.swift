/// The room that a pane is given: its width, and the columns of the grid in it.
struct Frame {
    var width: Int
    var cut: Cut
    /// Whether the pane has the screen for itself.
    var isZoomed = false
    var isPresenting = false
    /// Whether it is printed: then everything is told.
    var isPrinted = false
    /// Where the section's word stands.
    var gutter: Int
    /// Where signs stand.
    var sign: Int
    /// How many cells at the left are filled, with the section's word on them.
    var rail = 0
    /// Whether the section's word has a filled line of its own.
    var hasHeadLine = false
    /// The key that goes to the pane, where its head tells that.
    var number: Character?

    /// Where text stands, beside its sign.
    var text: Int { sign + 2 }
    /// Nothing is drawn from here on.
    var right: Int { max(width - 1, 1) }
    /// The cells for text.
    var room: Int { max(right - text, 0) }
}

extension Frame {
    /// A line that begins with the section's word, unless that has a line of its own.
    func opening(_ word: String, _ subject: Subject? = nil) -> Line {
        var line = Line(subject)
        if !hasHeadLine { line.put(word, at: gutter, .head, to: rail > 0 ? rail : sign) }
        return line
    }

    /// The filled line of its own that the section's word has in columns and when zoomed.
    /// `texts` are from the longest to the shortest: the first that fits is taken.
    func heading(_ word: String, _ texts: String...) -> Line {
        var line = Line()
        line.fill = .headNote
        let end = line.put((number.map { "\($0) " } ?? "") + word, at: gutter, .head, to: right) + 2
        let text = texts.first { end + CellWidth.shown($0) <= right } ?? texts.last ?? ""
        line.put(text, at: end, .headNote, to: right)
        return line
    }

    /// The heading, where the section's word has a line of its own.
    func headings(_ word: String, _ text: String = "") -> [Line] { hasHeadLine ? [heading(word, text)] : [] }

    /// A line that says how much is not shown.
    func more(_ count: Int, _ what: String = "more") -> Line {
        var line = Line()
        line.put("\(count) \(what)", at: text, .waiting, to: right)
        return line
    }
}
