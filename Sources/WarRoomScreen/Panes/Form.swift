/// One way in which a pane can show itself in the overview.
struct Form {
    /// When it gives way to the pane's next smaller form as rows run out: the lowest rank goes first.
    var rank: Int
    /// The fewest rows it can be drawn in.
    var least: Int
    /// The most rows it can use.
    var most: Int
    /// Lines for a height between `least` and `most`.
    var lines: (Int) -> [Line]

    init(rank: Int, least: Int, most: Int? = nil, lines: @escaping (Int) -> [Line]) {
        self.rank = rank
        self.least = least
        self.most = max(most ?? least, least)
        self.lines = lines
    }

    /// Not shown at all.
    static var none: Form { Form(rank: .max, least: 0) { _ in [] } }
}

/// The ranks of giving way, from the first that goes (docs/screen.md, What drops when rows run out).
enum Rank {
    static let rich = 5
    static let feed = 10
    static let hints = 20
    static let watch = 30
    static let night = 40
    static let gates = 50
    static let batch = 54
    static let counts = 57
    static let blanks = 60
    static let reviews = 80
    static let tests = 90
    static let facts = 92
    /// Clocks as shapes where rows are few.
    static let air = 95
    static let servers = 100
    static let steps = 110
    static let sentence = 120
    static let last = 130
    static let looseEnds = 138
    static let source = 140
}
