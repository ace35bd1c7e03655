import WarRoomCore

/// The page of keys, made from the keymap: first what can be done at this moment and what cannot, with why; then the
/// keys by what they are for. From 100 columns on in two columns.
enum Help {
    static func lines(_ sight: Sight, _ frame: Frame) -> [Line] {
        let doable = Doable.all(sight)
        let can = doable.filter { $0.obstacle == nil }
        let cannot = doable.filter { $0.obstacle != nil }
        let column = Column(frame)
        var lines = [frame.heading("KEYS", "Esc goes back   \(Doable.who(sight))")]
        let none = [column.row("", "nothing here: this screen only shows")]
        let now =
            [column.head("WHAT CAN BE DONE NOW")]
            + (can.isEmpty ? none : can.flatMap { column.rows($0.binding.name, $0.words) })
        let not =
            cannot.isEmpty
            ? []
            : [column.head("NOT NOW, AND WHY")]
                + cannot.flatMap { column.rows($0.binding.name, "\($0.words): \($0.obstacle ?? "")") }
        lines += column.beside(now, not)
        lines.append(Line())
        let groups = Group.allCases.map { group in
            [column.head(group.title)]
                + Keymap.bindings.filter { Group($0) == group }.flatMap { binding in
                    let places = binding.panes.isEmpty ? "" : " (\(binding.panes.joined(separator: ", ")))"
                    return column.rows(binding.name, binding.words + places)
                } + [Line()]
        }
        let panes =
            [column.head("PANES")]
            + Panes.all.flatMap { pane in
                column.rows(Panes.key(pane.name).map(String.init) ?? ":pane", pane.name)
            }
        lines +=
            frame.width >= 100
            ? column.beside(groups[0] + groups[1] + panes, groups[2] + groups[3])
            : groups.flatMap { $0 } + panes
        return lines
    }

    /// What keys are for.
    private enum Group: CaseIterable {
        case moving, looking, writing, screen

        init(_ binding: Binding) {
            switch binding.action {
            case .nextPane, .previousPane, .numberedPane, .up, .down, .pageUp, .pageDown, .first, .last, .click, .wheel:
                self = .moving
            case .zoom, .detail, .back, .command, .search, .searchNext, .searchPrevious, .barsIn, .barsOut, .rollCall,
                .handover:
                self = .looking
            case .redraw, .help, .quit, .suspend: self = .screen
            case .tick, .markMenu, .stepMenu, .note, .heard, .undo, .decide, .confirm, .reviewer, .close:
                self = .writing
            }
        }

        var title: String {
            switch self {
            case .moving: "TO GO SOMEWHERE"
            case .looking: "TO LOOK AND TO FIND"
            case .writing: "TO WRITE INTO THE JOURNAL"
            case .screen: "THE SCREEN"
            }
        }
    }

    /// One of the two columns, or the only one.
    private struct Column {
        let frame: Frame
        let width: Int
        private let keyRoom = 13

        init(_ frame: Frame) {
            self.frame = frame
            width = frame.width >= 100 ? (frame.right - frame.gutter - 2) / 2 : frame.right - frame.gutter
        }

        func head(_ word: String) -> Line {
            var line = Line()
            line.put(" ", times: width, at: frame.gutter, .headNote)
            line.put(word, at: frame.gutter + 1, .head, to: frame.gutter + width)
            return line
        }

        func row(_ key: String, _ words: String) -> Line {
            var line = Line()
            if !key.isEmpty { line.put(" \(key) ", at: frame.gutter + 1, .key, to: frame.gutter + width) }
            line.put(words, at: frame.gutter + keyRoom, .plain, to: frame.gutter + width)
            return line
        }

        /// A key with its words, wrapped; several keys for one thing wrap as well.
        func rows(_ key: String, _ words: String) -> [Line] {
            let keys = key.split(separator: " ").map(String.init)
            let parts = words.wrapped(to: max(width - keyRoom, 8))
            var lines = [Line()]
            var x = frame.gutter + 1
            for key in keys {
                if x > frame.gutter + 1, x + CellWidth.shown(key) + 2 > frame.gutter + keyRoom - 1 {
                    lines.append(Line())
                    x = frame.gutter + 1
                }
                x = lines[lines.count - 1].put(" \(key) ", at: x, .key, to: frame.gutter + width) + 1
            }
            while lines.count < parts.count { lines.append(Line()) }
            for (place, part) in parts.enumerated() {
                lines[place].put(part, at: frame.gutter + keyRoom, .plain, to: frame.gutter + width)
            }
            return lines
        }

        /// Two lists side by side where there is room, else one below the other.
        func beside(_ left: [Line], _ right: [Line]) -> [Line] {
            guard frame.width >= 100 else { return left + (right.isEmpty ? [] : [Line()]) + right }
            return (0..<max(left.count, right.count)).map { place in
                var line = place < left.count ? left[place] : Line()
                guard place < right.count else { return line }
                line.pieces += right[place].pieces.map { piece in
                    var piece = piece
                    piece.column += width + 2
                    piece.limit = piece.limit == .max ? .max : piece.limit + width + 2
                    return piece
                }
                return line
            }
        }
    }
}
