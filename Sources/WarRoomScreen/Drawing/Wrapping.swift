import WarRoomCore

extension String {
    /// The text on lines of at most so many cells, broken between words where there are some.
    func wrapped(to width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in CleanText.line(self).split(separator: " ") {
            var word = String(word)
            var cells = CellWidth.of(word)
            if used > 0, used + 1 + cells <= width {
                line += " " + word
                used += 1 + cells
                continue
            }
            if used > 0 { lines.append(line) }
            while cells > width {
                let (head, rest) = word.cut(at: width)
                guard !head.isEmpty else { break }
                lines.append(head)
                word = rest
                cells = CellWidth.of(word)
            }
            line = word
            used = cells
        }
        if used > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// The part that fits into so many cells, and the rest.
    private func cut(at width: Int) -> (String, String) {
        var used = 0
        var place = startIndex
        while place < endIndex {
            let cells = CellWidth.of(self[place])
            if used + cells > width { break }
            used += cells
            place = index(after: place)
        }
        return (String(self[..<place]), String(self[place...]))
    }
}
