/// Two canvases beside each other.
extension Canvas: Equatable {
    /// Whether another canvas has the same size and characters.
    func isAlike(_ other: Canvas) -> Bool { size == other.size && glyphs == other.glyphs }

    /// Whether the cells are the same, wherever seconds may stand.
    package static func == (one: Canvas, other: Canvas) -> Bool {
        one.isAlike(other) && (0..<one.size.rows).allSatisfy { one.changes(from: other, row: $0) == nil }
    }

    /// From which to which column a row has other cells than on a canvas of the same size; `nil` where none is another.
    package func changes(from other: Canvas, row: Int) -> Range<Int>? {
        let places = row * size.columns..<(row + 1) * size.columns
        return cells.withUnsafeBytes { mine in
            other.cells.withUnsafeBytes { theirs in
                // A cell is one number to compare. The marks of the few that have some lie elsewhere.
                func isSame(_ place: Int) -> Bool {
                    let offset = place * MemoryLayout<Cell>.stride
                    return mine.load(fromByteOffset: offset, as: UInt64.self)
                        == theirs.load(fromByteOffset: offset, as: UInt64.self)
                        && (marks.isEmpty || !cells[place].isMarked || marks[place] == other.marks[place])
                }
                guard let first = places.first(where: { !isSame($0) }),
                    let last = places[first...].last(where: { !isSame($0) })
                else { return nil }
                return first - places.lowerBound..<last + 1 - places.lowerBound
            }
        }
    }
}
