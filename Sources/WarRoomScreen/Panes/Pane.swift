import WarRoomCore

/// Which of the three designed shapes the screen has (screens/README.md, one grid).
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

/// The room that a pane is given: its width, and the columns of the grid in it.
struct Frame {
    var width: Int
    var cut: Cut
    /// Whether the pane has the screen for itself.
    var isZoomed = false
    /// Where the section's word stands.
    var gutter: Int
    /// Where signs stand.
    var sign: Int

    /// Where text stands, beside its sign.
    var text: Int { sign + 2 }
    /// Nothing is drawn from here on.
    var right: Int { max(width - 1, 1) }
    /// In three columns the section's word has a line of its own.
    var hasHeadLine: Bool { sign == gutter }
}

/// A place in the overview: bands from top to bottom, in a band columns from left to right.
struct Slot: Hashable, Sendable {
    var band: Int
    var column: Int
    /// Where it stands in its column: lower above, and as the panes are numbered where they are alike.
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

/// One way in which a pane can show itself in the overview.
struct Form {
    /// The order in which forms give way to the next smaller one as rows run out, lowest first (screens/README.md).
    var rank: Int
    var least: Int
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

/// The ranks of giving way, from the first that goes (screens/README.md, what drops).
enum Rank {
    static let rich = 5
    static let feed = 10
    static let hints = 20
    static let gates = 50
    static let blanks = 60
    static let thirdRow = 65
    static let secondRule = 70
    static let firstRule = 75
    static let reviews = 80
    static let tests = 90
    /// The presenter's blank rows: reviews and runs fold before these go, servers after.
    static let air = 95
    static let servers = 100
    static let steps = 110
    static let sentence = 120
    static let last = 130
    static let looseEnds = 138
    static let source = 140
}

/// A part of the screen: a table of functions that read and draw, and can change nothing (rule 5). A new pane is one
/// file with such a table, and one line in ``Panes/all``.
struct Pane: Sendable {
    /// What people call it.
    let name: String
    /// Its word in the gutter.
    let word: String
    let slot: @Sendable (Cut) -> Slot
    /// The ways to show it in the overview, richest first.
    let forms: @Sendable (Sight, Frame) -> [Form]
    /// All that can be selected in it, in order.
    let items: @Sendable (Sight) -> [Subject]
    /// The lines above the list when zoomed; they do not scroll.
    let head: @Sendable (Sight, Frame) -> [Line]
    /// What makes lines of its items, for the zoomed list; what all of them need is worked out once.
    let rows: @Sendable (Sight, Frame) -> (Subject) -> Line
    /// The row that is selected when the pane is first zoomed; `nil`: the first one.
    var start: @Sendable (Sight) -> Subject? = { _ in nil }
    /// Where it stands from 300 columns on, if somewhere else: in a column of its own, the fourth.
    var farSlot: Slot? = nil
    /// Where it stands when it is presented (`--present`), if somewhere else.
    var presentedSlot: Slot? = nil
    /// Whether it is presented: what a call needs to see.
    var isPresented = true
    /// What the zoomed list says when it is empty.
    var empty = "nothing here yet"
    /// Whether something in it is wrong: then it gives way after every calm pane of its rank.
    let isTroubled: @Sendable (Sight) -> Bool
}

extension Frame {
    /// A line that begins with the section's word, unless that has a line of its own.
    func opening(_ word: String, _ subject: Subject? = nil) -> Line {
        var line = Line(subject)
        if !hasHeadLine { line.put(word, at: gutter, .gutter, to: sign) }
        return line
    }

    /// The line of its own that the section's word has in three columns and when zoomed.
    func heading(_ word: String, _ text: String = "", role: TextRole = .plain) -> Line {
        var line = Line()
        let end = line.put(word, at: gutter, .gutter, to: right)
        line.put(text, at: max(gutter + 10, end + 1), role, to: right)
        return line
    }

    /// A line that says how much is not shown.
    func more(_ count: Int, _ what: String = "more") -> Line {
        var line = Line()
        line.put("\(count) \(what)", at: text, .waiting, to: right)
        return line
    }
}
