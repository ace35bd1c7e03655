import WarRoomCore

@testable import WarRoomScreen

extension Screen {
    /// A bridge as it is seen, without what stands where.
    static func draw(_ sight: Sight, size: Size) -> Canvas { picture(of: sight, size: size).canvas }
}

extension Canvas {
    /// The cell at a place; blank outside.
    subscript(column: Int, row: Int) -> Cell {
        guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return .blank }
        return cells[row * size.columns + column]
    }
}

extension Cell {
    /// What is drawn, without its marks.
    var glyph: Character { Character(letter) }
}

extension Layout {
    /// What stands where, laid out from nothing.
    static func of(_ sight: Sight, size: Size) -> Layout { Arranged(sight, size: size).layout }
}
