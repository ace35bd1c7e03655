/// The header with what is kept of it: all but its first row, which changes with every entry.
struct KeptHeader {
    /// What decides on how the overview is arranged.
    struct Wanted: Equatable {
        let extent: Header.Extent
        /// Whether it says what somebody must look at.
        let mustTell: Bool
    }

    private let kept: Kept<Wanted>
    private var rest: (extent: Header.Extent, lines: [Line])?

    var wanted: Wanted { kept.value }

    /// The same as the last one, where that holds for the sight.
    init(sight: Sight, size: Size, isZoomed: Bool, after last: (header: KeptHeader, sight: Sight)?) {
        if let last, last.header.kept.holds(for: sight, after: last.sight) {
            self = last.header
            return
        }
        kept = Kept(Header.reads, of: sight) { sight in
            let header = Header(sight: sight, size: size, isZoomed: isZoomed)
            return Wanted(extent: header.extent, mustTell: header.mustTell)
        }
    }

    /// The rows of the header as far as it is drawn.
    mutating func lines(of header: Header) -> [Line] {
        let first = header.hasModeLine ? [header.modeLine] : []
        if let rest, rest.extent == header.extent { return first + rest.lines }
        let lines = Header(sight: kept.watched(header.sight), size: header.size, extent: header.extent).rest
        rest = (header.extent, lines)
        return first + lines
    }
}
