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
        let (first, end) = (row * size.columns, (row + 1) * size.columns)
        return cells.withUnsafeBytes { mine in
            other.cells.withUnsafeBytes { theirs in
                guard let here = mine.baseAddress, let there = theirs.baseAddress else { return nil }
                // A cell is one number to compare.
                func isSame(_ place: Int) -> Bool {
                    let offset = place * MemoryLayout<Cell>.stride
                    return here.load(fromByteOffset: offset, as: UInt64.self)
                        == there.load(fromByteOffset: offset, as: UInt64.self)
                }
                var (low, high) = (first, end)
                while low < high, isSame(low) { low += 1 }
                while high > low, isSame(high - 1) { high -= 1 }
                // The marks of the few cells that have some lie elsewhere.
                if !marks.isEmpty {
                    for place in first..<end where cells[place].isMarked && marks[place] != other.marks[place] {
                        (low, high) = low < high ? (min(low, place), max(high, place + 1)) : (place, place + 1)
                    }
                }
                return low < high ? low - first..<high - first : nil
            }
        }
    }
}
