import WarRoomCore

/// The journal's last entries, newest last.
enum FeedPane {
    static let pane = Pane(
        name: "feed",
        slot: { cut in Slot(cut == .wide ? 8 : 5) },
        reads: Reads(facts: [.feed, .runbook]),
        forms: { sight, frame in
            let count = sight.bridge.recent.count
            guard count > 0, frame.cut != .slim else { return [.none] }
            if frame.cut == .wide, frame.hasHeadLine { return [column(sight, frame), .none] }
            let most = min(count, 6)
            return [
                Form(rank: Rank.feed, least: min(most, frame.cut == .wide ? 4 : 2), most: most) { rows in
                    sight.bridge.recent.suffix(rows).enumerated().map { place, entry in
                        fill(place == 0 ? opening(frame) : Line(), entry, sight, frame)
                    }
                }, .none,
            ]
        },
        items: { $0.bridge.recent.map { .entry($0.entry) } },
        head: ZoomedFeed.head, rows: ZoomedFeed.rows,
        start: { $0.bridge.recent.last.map { .entry($0.entry) } },
        farSlot: Slot(0, 3), isPresented: false, isTroubled: { _ in false })

    /// In a column of its own: as much of the journal as there is room for, the newest at the foot.
    private static func column(_ sight: Sight, _ frame: Frame) -> Form {
        let recent = sight.bridge.recent
        return Form(rank: Rank.feed, least: min(recent.count, 6) + 1, most: recent.count + 1) { rows in
            [frame.heading("FEED", "entry \(sight.bridge.entry)")]
                + recent.suffix(rows - 1).map { fill(Line(), $0, sight, frame) }
        }
    }

    private static func opening(_ frame: Frame) -> Line {
        var line = Line()
        line.put("FEED", at: frame.gutter, .gutter, to: frame.gutter + 6)
        return line
    }

    /// One entry: number, both times, who, what.
    static func fill(_ line: Line, _ entry: FeedLine, _ sight: Sight, _ frame: Frame) -> Line {
        var line = line
        line.subject = .entry(entry.entry)
        let start = frame.isZoomed || frame.hasHeadLine ? frame.sign : max(frame.sign, frame.gutter + 7)
        let number = String(entry.entry)
        line.put(number, endingAt: start + 5, .waiting, from: start)
        line.put(sight.home(entry.receivedAt), at: start + 7, .timeHome, to: frame.right)
        line.put(sight.other(entry.receivedAt), at: start + 18, .timeOther, to: frame.right)
        let sign = start + (frame.width >= 95 ? 43 : 38)
        line.put(entry.by, at: start + 29, .plain, to: sign - 1)
        let face = Face(entry.tone)
        line.put(face.sign, face.role, at: sign, sight.glyphs)
        line.put(entry.text, at: sign + 2, face.role == .waiting ? .good : face.role, to: frame.right)
        return line
    }
}
