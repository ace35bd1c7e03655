/// How the header and the panes share the rows of the overview: which form each pane has, and how many rows. It knows
/// their shapes and nothing of what they show.
struct Arrangement {
    /// A band of the overview: its columns from left to right, in each the places of its panes.
    struct Band {
        let number: Int
        let columns: [[Int]]
    }

    let shapes: [KeptPane.Shape]
    /// Whether no blank stands between a pane and what is under it.
    private let joined: [Bool]
    private let bands: [Band]
    private let size: Size
    private let cut: Cut
    private let isPresenting: Bool

    /// The form of each pane, and how many rows it has beside its least.
    private(set) var chosen: [Int]
    private var extra: [Int]
    private(set) var extent: Header.Extent
    private(set) var headerRows = 0
    private(set) var hasHints: Bool
    /// How many of the blank rows between bands are left, counted from the top.
    private(set) var blanks = 8

    init(
        _ shapes: [KeptPane.Shape], joined: [Bool], bands: [Band], under header: Header, cut: Cut, hasHints: Bool
    ) {
        (self.shapes, self.joined, self.bands, self.cut, self.hasHints) = (shapes, joined, bands, cut, hasHints)
        (size, extent, isPresenting) = (header.size, header.extent, header.sight.view.isPresenting)
        (chosen, extra) = (shapes.map { _ in 0 }, shapes.map { _ in 0 })
        fit(under: header)
        grow()
    }

    /// How many panes found no room.
    var hidden: Int { shapes.indices.count { height($0) == 0 && shapes[$0].forms.count > 1 } }

    // MARK: Heights

    private func form(_ pane: Int) -> KeptPane.Shape.Form { shapes[pane].forms[chosen[pane]] }

    /// The rows of a pane.
    func height(_ pane: Int) -> Int { form(pane).least + extra[pane] }

    /// The height of one column of a band: its parts, with a rule or a blank between them.
    private func height(of column: [Int]) -> Int {
        var height = 0
        var gap = 0
        for index in column where self.height(index) > 0 {
            height += gap + self.height(index)
            gap = blanks > 0 && !joined[index] ? 1 : 0
        }
        return height
    }

    /// The height of a band's columns: that of the highest.
    func height(of columns: [[Int]]) -> Int {
        var most = 0
        for column in columns { most = max(most, height(of: column)) }
        return most
    }

    private var bandsShown: Int { bands.count { height(of: $0.columns) > 0 } }

    private var total: Int {
        var height = headerRows + (hasHints ? 1 : 0)
        var shown = 0
        for band in bands {
            let rows = self.height(of: band.columns)
            if rows > 0 { shown += 1 }
            height += rows
        }
        return height + min(blanks, max(shown - 1, 0))
    }

    // MARK: Giving way

    private mutating func fit(under header: Header) {
        func rows() -> Int { Header(sight: header.sight, size: size, extent: extent).rows }
        headerRows = rows()
        while total > size.rows, giveWay(header) { headerRows = rows() }
        takeBack()
    }

    /// From 24 rows on the line of keys goes after the blanks: answers stand there, and would cover the sources else.
    private var hintsRank: Int { size.rows < 24 ? Rank.hints : Rank.blanks + 1 }

    /// Lets the one thing of the lowest rank give way; false where nothing is left.
    private mutating func giveWay(_ header: Header) -> Bool {
        var options: [(turn: GivingWay, apply: (inout Arrangement) -> Void)] = []
        func offer(_ rank: Int, _ place: GivingWay.Place = .calm, _ apply: @escaping (inout Arrangement) -> Void) {
            options.append((GivingWay(rank, place), apply))
        }
        if hasHints { offer(hintsRank) { $0.hasHints = false } }
        if blanks > 0 {
            offer(isPresenting ? Rank.air + 1 : Rank.blanks) {
                $0.blanks = max(min($0.blanks, $0.bandsShown - 1) - 1, 0)
            }
        }
        if header.clocks == .presented {
            if extent.air > 0 { offer(Rank.air) { $0.extent.air -= 1 } }
            if extent.sentenceRows > 2 { offer(Rank.sentence) { $0.extent.sentenceRows -= 1 } }
        } else if header.clocks != .tall {
            if extent.hasSecondRule { offer(header.statusRank) { $0.extent.hasSecondRule = false } }
            if extent.hasFirstRule { offer(Rank.firstRule) { $0.extent.hasFirstRule = false } }
            let rows = extent.sentenceRows
            // On a narrow screen the sentence is what people came for.
            let rank = cut == .slim ? Rank.last + 5 : rows > 2 ? Rank.thirdRow : Rank.sentence
            if rows > 1 { offer(rank) { $0.extent.sentenceRows -= 1 } }
        } else if extent.hasGauge {
            offer(Rank.rich, .early) { $0.extent.hasGauge = false }
        }
        if extent.hasMode, size.rows < 3 { offer(Rank.source, .late) { $0.extent.hasMode = false } }
        for band in bands {
            let highest = height(of: band.columns)
            // A part that is not in its band's highest column gains nothing by giving way.
            for column in band.columns where height(of: column) == highest {
                for index in column where chosen[index] + 1 < shapes[index].forms.count {
                    offer(form(index).rank, shapes[index].isTroubled ? .troubled : .calm) {
                        $0.chosen[index] += 1
                    }
                }
            }
        }
        guard let first = options.min(by: { $0.turn < $1.turn }) else { return false }
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
                guard total > size.rows else { continue }
                chosen[index] += 1
                break
            }
        }
    }

    /// Gives rows that are left to whoever can use them, one at a time from the top.
    private mutating func grow() {
        var left = size.rows - total
        // Columns of one band first fill up to the highest of them, at no cost.
        for band in bands {
            let highest = height(of: band.columns)
            for column in band.columns {
                for index in column where height(index) > 0 {
                    let room = min(highest - height(of: column), form(index).most - height(index))
                    extra[index] += max(room, 0)
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
