import WarRoomCore

/// The header with what is kept of it: its lines as they were drawn in one form.
struct KeptHeader {
    /// What decides on how the overview is arranged.
    struct Wanted: Equatable {
        let forms: [Header.Form]
        /// Whether it has what needs a person beside the work: where that takes the place of the facts, it stays.
        let hasStrip: Bool
    }

    private let kept: Kept<Wanted>
    private var rest: (form: Header.Form, blocks: [Block])?

    var wanted: Wanted { kept.value }

    /// The same as the last one, where that holds for the sight.
    init(_ sight: Sight, size: Size, isPrinted: Bool = false, after last: (header: KeptHeader, sight: Sight)?) {
        if let last, last.header.kept.holds(for: sight, after: last.sight) {
            self = last.header
            return
        }
        kept = Kept(Header.reads, of: sight) { sight in
            let header = Header(sight, size: size, isPrinted: isPrinted)
            return Wanted(forms: header.forms, hasStrip: header.band.strip != nil)
        }
    }

    /// Adds the header in a form.
    mutating func add(_ header: Header, in form: Header.Form, to layout: inout Layout) {
        if form.hasMode { layout.add([header.modeRow], row: 0, width: header.size.columns) }
        if rest?.form != form {
            let watched = Header(kept.watched(header.sight), size: header.size)
            rest = (
                form,
                watched.blocks(form).map {
                    Block(
                        lines: $0.lines, column: $0.column, row: $0.row, width: $0.width, pane: nil, hasHead: false)
                }
            )
        }
        for block in rest?.blocks ?? [] {
            layout.add(block.lines, column: block.column, row: block.row, width: block.width, hasHead: false)
        }
    }
}
