import WarRoomCore

/// The grid of the overview: where the columns of a band stand.
extension Composition {
    /// Whether there is room for a fourth column beside the three, which do not stretch any more.
    static func isFar(_ size: Size, _ cut: Cut) -> Bool { cut == .wide && size.columns >= 300 }

    /// The columns of a band: all of the width, halves, two thirds and one, three times 66, and what is left for a
    /// fourth.
    static func span(_ slot: Slot, of columns: Int, size: Size, cut: Cut) -> (start: Int, width: Int) {
        guard columns > 1 else { return (0, size.columns) }
        switch cut {
        case .slim, .narrow:
            let half = size.columns / 2
            return slot.column == 0 ? (0, half) : (half, size.columns - half)
        case .medium:
            // On a wide screen the right one has room for a reason beside a name.
            let left = size.columns >= 140 ? size.columns * 3 / 5 : size.columns * 2 / 3
            return slot.column == 0 ? (0, left) : (left + 1, size.columns - left - 1)
        case .wide where columns > 3:
            let start = slot.column * 67
            return (start, slot.column < 3 ? 66 : size.columns - start)
        case .wide:
            let width = (size.columns - columns + 1) / columns
            let start = slot.column * (width + 1)
            return (start, slot.column == columns - 1 ? size.columns - start : width)
        }
    }

    static func frame(_ slot: Slot, of columns: Int, size: Size, cut: Cut) -> Frame {
        let width = span(slot, of: columns, size: size, cut: cut).width
        switch cut {
        case .slim: return Frame(width: width, cut: cut, gutter: width < 34 ? 0 : 1, sign: width < 34 ? 0 : 8)
        case .narrow: return Frame(width: width, cut: cut, gutter: 1, sign: 8)
        case .medium:
            return Frame(width: width, cut: cut, gutter: slot.column == 0 ? 2 : 1, sign: slot.column == 0 ? 10 : 8)
        case .wide: return Frame(width: width, cut: cut, gutter: 1, sign: columns > 1 ? 1 : 9)
        }
    }
}
