/// Which of the designed shapes the screen has (docs/screen.md). A size between follows the next smaller one.
enum Cut: Hashable, Sendable {
    /// Below 76 columns: one column.
    case slim
    /// One column, its lower part split in half.
    case narrow
    /// From 120 columns: one column, its lower part split two to one.
    case medium
    /// From 200 columns: three columns of 66.
    case wide

    init(_ size: Size, isPresenting: Bool = false) {
        if size.columns < 76 {
            self = .slim
        } else if size.columns >= 200 && size.rows >= 40 && !isPresenting {
            self = .wide
        } else {
            self = size.columns >= 120 && size.rows >= 28 ? .medium : .narrow
        }
    }
}
