/// The screen as it is arranged, the overview or something zoomed, with what is kept of it for the next time.
enum Arranged {
    case overview(Composition)
    case zoomed(ZoomedLayout)

    /// The lines of the whole screen, without menus and messages; `last` is what was arranged before.
    static func layout(of sight: Sight, size: Size, after last: Arranged? = nil) -> (arranged: Arranged, layout: Layout) {
        let size = Size(columns: max(size.columns, 1), rows: max(size.rows, 1))
        let view = sight.view
        if view.isHelpOpen || view.detail != nil || view.isZoomed || view.rollCall != nil {
            var before: ZoomedLayout?
            if case .zoomed(let zoomed) = last { before = zoomed }
            var zoomed = ZoomedLayout(sight: sight, size: size, after: before)
            let layout = zoomed.layout()
            return (.zoomed(zoomed), layout)
        }
        var before: Composition?
        if case .overview(let overview) = last { before = overview }
        var overview = Composition(sight: sight, size: size, after: before)
        let layout = overview.layout()
        return (.overview(overview), layout)
    }
}
