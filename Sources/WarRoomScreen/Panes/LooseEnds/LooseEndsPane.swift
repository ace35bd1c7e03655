import OrderedCollections
import WarRoomCore

/// What is off and must be undone: how many, since when, and which step closes each.
enum LooseEndsPane {
    static let pane = Pane(
        name: "loose ends",
        reads: Reads(facts: [.looseEnds, .steps, .servers, .runbook]),
        forms: forms, items: { $0.situation.looseEnds.map { .looseEnd($0.id) } },
        head: ZoomedLooseEnds.head, rows: ZoomedLooseEnds.rows, empty: "nothing is switched off",
        isTroubled: { sight in sight.situation.looseEnds.contains { LooseFold.need(of: $0, sight) != nil } })

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let fold = LooseFold(sight)
        let count = fold.groups.count
        if frame.hasHeadLine {
            let head = frame.heading("LOOSE ENDS", "still switched off: \(fold.count)", "still off: \(fold.count)")
            guard count > 0 else { return [Form(rank: Rank.looseEnds, least: 1) { _ in [head] }, .none] }
            func list(_ rank: Int, _ least: Int) -> Form {
                Form(rank: rank, least: 1 + min(count, least), most: 1 + count) { rows in
                    let shown = count <= rows - 1 ? count : max(rows - 2, 0)
                    let hidden = fold.groups.dropFirst(shown).reduce(0) { $0 + $1.ends.count }
                    return [head] + fold.groups.prefix(shown).map { line($0, sight, frame) }
                        + (hidden > 0 && rows > 1 ? [frame.more(hidden)] : [])
                }
            }
            let lists = [list(Rank.steps - 1, 5), list(Rank.looseEnds - 1, 2)]
            let one = Form(rank: Rank.looseEnds, least: 1) { _ in [row(fold, sight, frame)] }
            guard frame.cut == .wide, !frame.isPresenting, fold.count > count else { return lists + [one, .none] }
            // Where there are rows to spare each has its own.
            let each = Form(rank: Rank.rich - 3, least: 1 + fold.count) { _ in
                [head]
                    + fold.groups.flatMap { group in
                        group.ends.map { line(LooseFold.Group(ends: [$0], need: group.need), sight, frame) }
                    }
            }
            return [each] + lists + [one, .none]
        }
        if frame.isPrinted, count > 0 {
            return [
                Form(rank: Rank.looseEnds, least: count) { _ in
                    var lines = fold.groups.map { line($0, sight, frame) }
                    lines[0].put("STILL OFF", at: frame.gutter, .head, to: frame.sign)
                    return lines
                }
            ]
        }
        let two = flow(fold, sight, frame)
        let one = Form(rank: Rank.looseEnds, least: 1) { _ in [row(fold, sight, frame)] }
        return
            (two.count > 1 && !(frame.isPresenting && frame.cut == .medium)
            ? [Form(rank: Rank.servers - 4, least: two.count) { _ in two }] : []) + [one, .none]
    }

    private static func line(_ group: LooseFold.Group, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.looseEnd(group.first.id))
        line.put(group.face.sign, group.face.role, at: frame.sign, sight.glyphs)
        let end = line.put(sight.age(group.first.openedAt), endingAt: frame.right, .plain, from: frame.text + 8) - 2
        let titles = [LooseFold.title(group, isShort: false, sight), LooseFold.title(group, isShort: true, sight)]
        let tail = group.need.map { ": \($0.words)" } ?? ""
        let texts = titles.map { $0 + tail } + titles
        line.put(
            texts.first { frame.text + CellWidth.shown($0) <= end } ?? texts[1], at: frame.text, .plain, to: end)
        return line
    }

    /// All in two rows: how many, the one that needs somebody most, then as many others as fit.
    private static func flow(_ fold: LooseFold, _ sight: Sight, _ frame: Frame) -> [Line] {
        guard fold.groups.count > 2, let worst = fold.groups.first, frame.cut != .slim else { return [] }
        var first = frame.opening("STILL OFF", .looseEnd(worst.first.id))
        first.put(.off, .off, at: frame.sign, sight.glyphs)
        var x =
            first.put(
                fold.count == 1 ? "1 thing:" : "\(fold.count) things:", at: frame.text, .plain, to: frame.right) + 1
        var lines = [first]
        var hidden = fold.count
        for (place, group) in fold.groups.enumerated() {
            let age = sight.age(group.first.openedAt)
            let need = group.need.map { ", " + $0.words } ?? ""
            let text = LooseFold.title(group, isShort: true, sight) + " \(age)" + (place == 0 ? need : "")
            let reserve = lines.count > 1 ? 8 : 0
            if x + 2 + CellWidth.shown(text) + reserve > frame.right {
                guard lines.count == 1 else { break }
                lines.append(Line(.looseEnd(group.first.id)))
                x = frame.sign
            }
            let last = lines.count - 1
            lines[last].put(group.face.sign, group.face.role, at: x, sight.glyphs)
            x = lines[last].put(text, at: x + 2, .plain, to: frame.right) + 3
            hidden -= group.ends.count
        }
        if hidden > 0 { lines[lines.count - 1].put("+\(hidden)", at: x, .waiting, to: frame.right) }
        return lines
    }

    /// All on one row: the count, the worst in full, then as many as fit.
    static func row(_ fold: LooseFold, _ sight: Sight, _ frame: Frame) -> Line {
        var line = frame.opening("STILL OFF", fold.groups.first.map { .looseEnd($0.first.id) })
        var x = frame.sign
        if frame.hasHeadLine { x = line.put("STILL OFF", at: frame.gutter, .strong, to: frame.right) + 2 }
        guard !fold.groups.isEmpty else {
            line.put(.good, .good, at: x, sight.glyphs)
            line.put("nothing is switched off", at: x + 2, .plain, to: frame.right)
            return line
        }
        var hidden = fold.count
        func texts(isShort: Bool) -> [String] {
            fold.groups.enumerated().map { place, group in
                let text = LooseFold.title(group, isShort: isShort, sight) + " " + sight.age(group.first.openedAt)
                return place == 0 ? group.need.map { text + ", " + $0.words } ?? text : text
            }
        }
        var words = texts(isShort: false)
        if x + words.reduce(0, { $0 + CellWidth.shown($1) + 5 }) > frame.right { words = texts(isShort: true) }
        for (place, (text, group)) in zip(words, fold.groups).enumerated() {
            let left = hidden - group.ends.count
            let more = left > 0 ? "+\(left)".utf8.count + 3 : 0
            guard place == 0 || x + 2 + CellWidth.shown(text) + more <= frame.right else { break }
            line.put(group.face.sign, group.face.role, at: x, sight.glyphs)
            x = line.put(text, at: x + 2, .plain, to: frame.right - more) + 3
            hidden = left
        }
        if hidden > 0 { line.put("+\(hidden)", at: x, .waiting, to: frame.right) }
        return line
    }
}
