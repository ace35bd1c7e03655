/// How the header and the panes share the rows of the overview: which form each has, and how many rows. It knows their
/// shapes and nothing of what they show.
struct Arrangement {
    /// A part in its column.
    struct Place {
        let part: Int
        /// Whether no blank stands between it and what is under it.
        let isJoined: Bool

        init(_ part: Int, isJoined: Bool) { (self.part, self.isJoined) = (part, isJoined) }
    }

    /// A band of the overview: its columns from left to right, in each the places of its parts.
    struct Band {
        let columns: [[Place]]
    }

    let shapes: [KeptPane.Shape]
    private let bands: [Band]
    private let wanted: KeptHeader.Wanted
    private let grid: Grid

    /// The form of each pane, and how many rows it has beside its least.
    private(set) var chosen: [Int]
    private var extra: [Int]
    private var headerForm = 0
    private(set) var hasHints: Bool
    /// How many of the blank rows between bands are left, counted from the foot.
    private var blanks: Int

    init(_ shapes: [KeptPane.Shape], bands: [Band], under wanted: KeptHeader.Wanted, grid: Grid, hasHints: Bool) {
        (self.shapes, self.bands, self.wanted, self.grid) = (shapes, bands, wanted, grid)
        (self.hasHints, blanks) = (hasHints, bands.count)
        (chosen, extra) = (shapes.map { _ in 0 }, shapes.map { _ in 0 })
        fit()
        grow()
    }

    /// The form of the header.
    var header: Header.Form { wanted.forms[headerForm] }

    /// How many panes found no room.
    var hidden: Int { shapes.indices.count { height($0) == 0 && shapes[$0].forms.count > 1 } }

    /// Whether any blank row is left: then those inside the columns are, too.
    var hasBlanks: Bool { blanks > 0 }

    /// Whether a blank row parts the header from what is under it. Where it is presented the row of the strip does, and
    /// on smaller screens every row is needed.
    var hasGapUnderHeader: Bool { grid.cut == .wide && !grid.isPresenting && hasBlanks }

    // MARK: Heights

    private func form(_ pane: Int) -> KeptPane.Shape.Form { shapes[pane].forms[chosen[pane]] }

    /// The rows of a pane.
    func height(_ pane: Int) -> Int { form(pane).least + extra[pane] }

    /// The height of one column of a band: its parts with the blanks between them.
    private func height(of column: [Place]) -> Int {
        var height = 0
        var gap = 0
        for place in column where self.height(place.part) > 0 {
            height += gap + self.height(place.part)
            gap = hasBlanks && !place.isJoined ? 1 : 0
        }
        return height
    }

    /// The height of a band: that of its highest column.
    func height(of band: Band) -> Int {
        var most = 0
        for column in band.columns { most = max(most, height(of: column)) }
        return most
    }

    private var bandsShown: Int { bands.count { height(of: $0) > 0 } }

    /// Whether a blank row follows on one of so many bands that are shown; none stands over the foot.
    func hasBlank(after place: Int, of shown: Int) -> Bool { shown - 2 - place > 0 && shown - 2 - place <= blanks }

    private var total: Int {
        let heights = bands.reduce(0) { $0 + height(of: $1) }
        return header.height + (hasGapUnderHeader ? 1 : 0) + (hasHints ? 1 : 0) + heights
            + min(blanks, max(bandsShown - 2, 0))
    }

    // MARK: Giving way

    private mutating func fit() {
        while total > grid.size.rows, giveWay() {}
        takeBack()
    }

    /// From 24 rows on the line of keys goes after the blanks: answers stand there, and would cover the sources else.
    private var hintsRank: Int { grid.size.rows < 24 ? Rank.hints : Rank.blanks + 1 }

    /// What needs a person stays longer than the facts in whose place it stands.
    private var headerRank: Int {
        header.rank == Rank.facts && wanted.hasStrip ? Rank.looseEnds : header.rank
    }

    /// Lets the one thing of the lowest rank give way; false where nothing is left.
    private mutating func giveWay() -> Bool {
        var first: (turn: GivingWay, apply: (inout Arrangement) -> Void)?
        func offer(_ rank: Int, _ place: GivingWay.Place = .calm, _ apply: @escaping (inout Arrangement) -> Void) {
            let turn = GivingWay(rank, place)
            if first.map({ turn < $0.turn }) ?? true { first = (turn, apply) }
        }
        if hasHints { offer(hintsRank) { $0.hasHints = false } }
        if blanks > 0 { offer(Rank.blanks) { $0.blanks = max(min($0.blanks, $0.bandsShown - 2) - 1, 0) } }
        if headerForm + 1 < wanted.forms.count { offer(headerRank) { $0.headerForm += 1 } }
        for band in bands {
            let highest = height(of: band)
            // A part that is not in its band's highest column gains nothing by giving way.
            for column in band.columns where height(of: column) == highest {
                for place in column where chosen[place.part] + 1 < shapes[place.part].forms.count {
                    offer(form(place.part).rank, shapes[place.part].isTroubled ? .troubled : .calm) {
                        $0.chosen[place.part] += 1
                    }
                }
            }
        }
        guard let first else { return false }
        first.apply(&self)
        return true
    }

    /// What gave way for more rows than were needed comes back where it fits, the most important first.
    private mutating func takeBack() {
        let order = shapes.indices.sorted { one, other in
            func rank(_ part: Int) -> Int {
                let chosen = self.chosen[part]
                return chosen > 0 ? shapes[part].forms[chosen - 1].rank : 0
            }
            return rank(one) > rank(other)
        }
        for index in order {
            while chosen[index] > 0 {
                chosen[index] -= 1
                guard total > grid.size.rows else { continue }
                chosen[index] += 1
                break
            }
        }
    }

    /// Gives rows that are left to whoever can use them, one at a time from the top.
    private mutating func grow() {
        var left = grid.size.rows - total
        // Columns of one band first fill up to the highest of them, at no cost.
        for band in bands {
            let highest = height(of: band)
            for column in band.columns {
                for place in column where height(place.part) > 0 {
                    let room = min(highest - height(of: column), form(place.part).most - height(place.part))
                    extra[place.part] += max(room, 0)
                }
            }
        }
        while left > 0 {
            let before = left
            for index in shapes.indices
            where left > 0 && height(index) > 0 && height(index) < form(index).most {
                let old = total
                extra[index] += 1
                left -= total - old
            }
            if left == before { break }
        }
    }
}
