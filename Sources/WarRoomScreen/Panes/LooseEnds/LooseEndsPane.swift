import OrderedCollections
import WarRoomCore

/// What is off and must be undone: how many, since when, and which step closes each.
enum LooseEndsPane {
    static let pane = Pane(
        name: "loose ends",
        slot: { cut in
            switch cut {
            case .slim, .narrow: Slot(Slot.foot, order: -1, joinsNext: true)
            case .medium: Slot(2, 1)
            case .wide: Slot(0, 2)
            }
        },
        reads: Reads(facts: [.looseEnds, .steps, .servers, .runbook]),
        forms: forms, items: { $0.situation.looseEnds.map { .looseEnd($0.id) } },
        head: ZoomedLooseEnds.head, rows: ZoomedLooseEnds.rows,
        presentedSlot: Slot(Slot.foot, order: -1, joinsNext: true), empty: "none open",
        isTroubled: { sight in sight.situation.looseEnds.contains { LooseFold.need(of: $0, sight) != nil } })

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let fold = LooseFold(sight)
        let count = fold.groups.count
        let one = Form(rank: Rank.looseEnds, least: 1) { _ in [row(fold, sight, frame)] }
        // Where a row has no room for all of it, an end that needs somebody says why on a row of its own.
        let isNarrow = frame.cut != .narrow && frame.width < 60 && fold.groups.first?.need != nil
        guard count > 1 || count == 1 && (frame.hasHeadLine || isNarrow), frame.cut != .slim else {
            return [one, .none]
        }
        // Where rows are few, one row tells how many and which is the worst.
        let isColumn = frame.cut != .narrow && !sight.view.isPresenting
        let list = Form(
            rank: isColumn ? Rank.steps - 1 : Rank.rich, least: 1 + min(count, isColumn ? 4 : 3), most: 1 + count
        ) { rows in
            let shown = count <= rows - 1 ? count : max(rows - 2, 0)
            var lines = [summary(fold, sight, frame)]
            lines += fold.groups.prefix(shown).map { line($0, sight, frame) }
            let hidden = fold.groups.dropFirst(shown).reduce(0) { $0 + $1.ends.count }
            if hidden > 0, rows > 1 { lines.append(frame.more(hidden)) }
            return lines
        }
        guard frame.cut == .wide, fold.count > count else { return [list, one, .none] }
        // Where there are rows to spare each has its own.
        let each = Form(rank: Rank.rich - 3, least: 1 + fold.count) { _ in
            [summary(fold, sight, frame)]
                + fold.groups.flatMap { group in
                    group.ends.map { line(LooseFold.Group(ends: [$0], need: group.need), sight, frame) }
                }
        }
        return [each, list, one, .none]
    }

    /// How many are open, above the list of them.
    private static func summary(_ fold: LooseFold, _ sight: Sight, _ frame: Frame) -> Line {
        var needs = fold.needs
        let width = frame.right - (frame.hasHeadLine ? frame.gutter + 10 : frame.text)
        let role: TextRole = needs.isEmpty ? .plain : .act
        func words() -> String { (["\(fold.count) open"] + needs).joined(separator: ", ") }
        while !needs.isEmpty, words().utf8.count > width { needs.removeLast() }
        let text = words()
        var line = frame.opening("LOOSE")
        if frame.hasHeadLine {
            line = frame.heading("LOOSE", text, role: role)
        } else {
            line.put(.off, .off, at: frame.sign, sight.glyphs)
            line.put(text, at: frame.text, role, to: frame.right)
        }
        if let column = closingColumn(frame), text.utf8.count + frame.gutter + 12 < column {
            line.put("closes with", at: column, .gutter, to: frame.right)
        }
        return line
    }

    /// Where the closing step stands in a list, if there is room.
    private static func closingColumn(_ frame: Frame) -> Int? {
        frame.right - frame.text >= 56 ? frame.right - 26 : nil
    }

    private static func line(_ group: LooseFold.Group, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.looseEnd(group.first.id))
        let face = group.face
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        var end = frame.right
        if let column = closingColumn(frame) {
            let closing = LooseFold.closing(group, sight)
            line.put(closing, at: column, group.need == .noStep ? .act : .good, to: frame.right)
            end = column - 2
        }
        end = line.put(
            sight.age(group.first.openedAt), endingAt: end, group.need == nil ? .plain : .act, from: frame.text + 8)
        line.put(
            LooseFold.title(group, isShort: false, sight), at: frame.text, group.need == nil ? .plain : .act,
            to: end - 1)
        return line
    }

    /// All on one row: the count, the worst in full, then as many as fit.
    static func row(_ fold: LooseFold, _ sight: Sight, _ frame: Frame) -> Line {
        guard let worst = fold.groups.first else {
            var line = frame.opening("LOOSE")
            line.put(
                Face(.good, frame.hasHeadLine ? "no loose ends" : "none open", .good), at: frame.sign, sight.glyphs,
                to: frame.right)
            return line
        }
        var line = frame.opening("LOOSE", .looseEnd(worst.first.id))
        let count = "\(fold.count) " + (frame.hasHeadLine ? "loose" : "open")
        line.put(.off, .off, at: frame.sign, sight.glyphs)
        var x = line.put(count, at: frame.text, worst.need == nil ? .off : .act, to: frame.right) + 2
        func texts(isShort: Bool) -> [String] {
            fold.groups.enumerated().map { place, group in
                let text = LooseFold.title(group, isShort: isShort, sight) + " " + sight.age(group.first.openedAt)
                return place == 0 ? group.need.map { text + ", " + $0.words } ?? text : text
            }
        }
        func width(_ texts: [String]) -> Int {
            zip(texts, fold.groups).reduce(0) { $0 + CellWidth.shown($1.0) + ($1.1.need == nil ? 2 : 4) } - 2
        }
        var words = texts(isShort: false)
        if x + width(words) > frame.right { words = texts(isShort: true) }
        var hidden = fold.count
        for (place, (text, group)) in zip(words, fold.groups).enumerated() {
            let sign = group.need == nil ? 0 : 2
            let left = hidden - group.ends.count
            let more = left > 0 ? "+\(left)".utf8.count + 2 : 0
            guard place == 0 || x + sign + CellWidth.shown(text) + more <= frame.right else { break }
            let role: TextRole = group.need == nil ? .good : .act
            if sign > 0, x < frame.right { line.put(.need, .act, at: x, sight.glyphs) }
            x = line.put(text, at: x + sign, role, to: frame.right) + 2
            hidden = left
        }
        if hidden > 0 { line.put("+\(hidden)", at: x, .waiting, to: frame.right) }
        return line
    }
}
