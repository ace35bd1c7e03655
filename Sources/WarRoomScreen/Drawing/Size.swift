/// How many cells a terminal has.
package struct Size: Hashable, Sendable {
    /// Its columns.
    package var columns: Int
    /// Its rows.
    package var rows: Int

    /// A size in cells; below 1x1 a canvas takes it for 1x1.
    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
