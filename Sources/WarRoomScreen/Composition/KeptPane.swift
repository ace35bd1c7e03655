/// A pane in the overview with what is kept of it: the shape of its forms, and the lines of the one that was drawn.
struct KeptPane {
    /// What decides on how the overview is arranged.
    struct Shape: Equatable {
        struct Form: Equatable {
            let rank: Int
            let least: Int
            let most: Int
        }

        let forms: [Form]
        let isTroubled: Bool
    }

    let pane: Pane
    let slot: Slot
    private let frame: Frame
    private var kept: Kept<Shape>
    /// The forms themselves, until the lines are made: they hold a whole sight.
    private var forms: [Form]?
    private var lines: (form: Int, height: Int, lines: [Line])?

    var shape: Shape { kept.value }

    init(_ pane: Pane, at slot: Slot, _ frame: Frame, of sight: Sight) {
        (self.pane, self.slot, self.frame) = (pane, slot, frame)
        (kept, forms) = KeptPane.made(pane, frame, sight)
    }

    private static func made(_ pane: Pane, _ frame: Frame, _ sight: Sight) -> (Kept<Shape>, [Form]?) {
        var forms: [Form]?
        let kept = Kept(pane.reads, of: sight) { sight in
            let made = pane.forms(sight, frame)
            forms = made
            return Shape(
                forms: made.map { .init(rank: $0.rank, least: $0.least, most: $0.most) },
                isTroubled: pane.isTroubled(sight))
        }
        return (kept, forms)
    }

    /// Makes it anew, where it does not hold for a sight any more.
    mutating func follow(_ sight: Sight, after last: Sight) {
        guard !kept.holds(for: sight, after: last) else { return }
        (kept, forms) = KeptPane.made(pane, frame, sight)
        lines = nil
    }

    /// The lines of a form at a height.
    mutating func lines(of form: Int, height: Int, _ sight: Sight) -> [Line] {
        defer { forms = nil }
        if let lines, lines.form == form, lines.height == height { return lines.lines }
        let forms = forms ?? pane.forms(kept.watched(sight), frame)
        let made = forms[form].lines(height)
        lines = (form, height, made)
        return made
    }
}
