/// The screen as it is arranged, with what is kept of it for the next time: the overview or something zoomed.
struct Arranged {
    private var overview: Composition?
    private var zoomed: ZoomedLayout?
    let layout: Layout

    /// The lines of the whole screen, without menus and messages; `last` is what was arranged before.
    init(_ sight: Sight, size: Size, after last: Arranged? = nil) {
        let size = Size(columns: max(size.columns, 1), rows: max(size.rows, 1))
        let view = sight.view
        if view.isHelpOpen || view.detail != nil || view.isZoomed || view.rollCall != nil {
            var zoomed = ZoomedLayout(sight: sight, size: size, after: last?.zoomed)
            layout = zoomed.layout()
            self.zoomed = zoomed
        } else {
            var overview = Composition(sight: sight, size: size, after: last?.overview)
            layout = overview.layout()
            self.overview = overview
        }
    }
}
