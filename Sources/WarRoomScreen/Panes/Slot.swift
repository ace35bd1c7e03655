/// A place in the overview: bands from top to bottom, in a band columns from left to right.
struct Slot: Hashable, Sendable {
    var band: Int
    var column: Int
    /// Where it stands in its column: the lower number above, and panes of one number in their own order.
    var order: Int
    /// Whether no blank stands between it and what is under it in its column.
    var joinsNext: Bool

    init(_ band: Int, _ column: Int = 0, order: Int = 0, joinsNext: Bool = false) {
        self.band = band
        self.column = column
        self.order = order
        self.joinsNext = joinsNext
    }

    /// The band that stands at the foot of the screen.
    static let foot = 9
}
