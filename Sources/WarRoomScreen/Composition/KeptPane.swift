/// A pane in the overview with what is kept of it: the shape of its forms, and the lines of the one that was drawn. It
/// is a class because it goes from picture to picture as it is; what it keeps beside its shape are only answers.
final class KeptPane {
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
    private let frame: Frame
    private let kept: Kept<Shape>
    /// The forms themselves, until the lines are made: they hold a whole sight.
    private var forms: [Form]?
    private var lines: (form: Int, height: Int, lines: [Line])?

    var shape: Shape { kept.value }

    init(_ pane: Pane, _ frame: Frame, of sight: Sight) {
        (self.pane, self.frame) = (pane, frame)
        var forms: [Form]?
        kept = Kept(pane.reads, of: sight) { sight in
            let made = pane.forms(sight, frame)
            forms = made
            return Shape(
                forms: made.map { .init(rank: $0.rank, least: $0.least, most: $0.most) },
                isTroubled: pane.isTroubled(sight))
        }
        self.forms = forms
    }

    /// The same, or one made anew where it does not hold for a sight any more.
    func followed(by sight: Sight, after last: Sight) -> KeptPane {
        kept.holds(for: sight, after: last) ? self : KeptPane(pane, frame, of: sight)
    }

    /// The lines of a form at a height.
    func lines(of form: Int, height: Int, _ sight: Sight) -> [Line] {
        defer { forms = nil }
        if let lines, lines.form == form, lines.height == height { return lines.lines }
        let forms = forms ?? pane.forms(kept.watched(sight), frame)
        var made = forms[form].lines(height)
        if frame.rail > 0 {
            while made.count < height { made.append(Line()) }
            for place in made.indices { made[place].rail = frame.rail }
        }
        lines = (form, height, made)
        return made
    }
}
