/// Which of the designed shapes the screen has (docs/screen.md). A size between follows the next smaller one.
enum Cut: Hashable, Sendable {
    /// Below 76 columns: one column.
    case slim
    /// One column, its lower part split in half.
    case narrow
    /// From 120 columns: lists at the left, with their words on a rail, and a column at the right; from 100
    /// where it is presented.
    case medium
    /// From 200 columns: the night from edge to edge, three columns under it.
    case wide

    init(_ size: Size, isPresenting: Bool = false) {
        if size.columns < 76 {
            self = .slim
        } else if size.columns >= 200 && size.rows >= (isPresenting ? 46 : 40) {
            self = .wide
        } else {
            // For a call the letters are worth the columns of the lists.
            self = size.columns >= (isPresenting ? 100 : 120) && size.rows >= 28 ? .medium : .narrow
        }
    }
}
