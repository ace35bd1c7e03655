import OrderedCollections
import WarRoomCore

/// The zoomed list of what is still switched off: since when in both zones, by what, and which step ends it.
enum ZoomedLooseEnds {
    private struct Columns {
        let home: Int
        let other: Int
        let ageEnd: Int
        let opened: Int?
        let closing: Int

        init(_ sight: Sight, _ frame: Frame) {
            let isWide = frame.width >= 110
            let longest = sight.situation.looseEnds.map { CellWidth.shown($0.what) }.max() ?? 0
            home = frame.text + (isWide ? min(max(longest + 2, 20), 34) : max(min(frame.width - 54, 26), 8))
            other = home + 11
            ageEnd = other + 19
            opened = isWide ? ageEnd + 2 : nil
            closing = ageEnd + (isWide ? 24 : 2)
        }
    }

    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let fold = LooseFold(sight)
        let columns = Columns(sight, frame)
        let note = (["still switched off: \(fold.count)"] + fold.needs).joined(separator: ", ")
        var heads = Line()
        heads.put("what", at: frame.text, .waiting, to: columns.home - 1)
        sight.putZoneHeads(into: &heads, home: columns.home, other: columns.other, right: columns.ageEnd - 8)
        heads.put("for", endingAt: columns.ageEnd, .waiting)
        if let opened = columns.opened { heads.put("opened by", at: opened, .waiting, to: columns.closing - 1) }
        heads.put("ended by", at: columns.closing, .waiting, to: frame.right)
        return [frame.heading("LOOSE ENDS", note), heads]
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let columns = Columns(sight, frame)
        let ends = Dictionary(sight.situation.looseEnds.map { ($0.id, $0) }) { one, _ in one }
        return { subject in
            var line = Line(subject)
            guard case .looseEnd(let id) = subject, let end = ends[id] else { return line }
            let group = LooseFold.Group(ends: [end], need: LooseFold.need(of: end, sight))
            line.put(group.face.sign, group.face.role, at: frame.sign, sight.glyphs)
            line.put(end.what, at: frame.text, .plain, to: columns.home - 1)
            line.put(sight.home(end.openedAt), at: columns.home, .timeHome, to: frame.right)
            line.put(sight.other(end.openedAt), at: columns.other, .timeOther, to: frame.right)
            line.put(sight.age(end.openedAt), endingAt: columns.ageEnd, .plain, from: columns.other + 10)
            if let opened = columns.opened { line.put(end.openedBy, at: opened, .waiting, to: columns.closing - 1) }
            var closing = end.closing.isEmpty ? "no step ends it" : LooseFold.closing(group, sight)
            if let need = group.need, need != .noStep { closing = need.words + ": " + closing }
            line.put(closing, at: columns.closing, .plain, to: frame.right)
            return line
        }
    }
}
