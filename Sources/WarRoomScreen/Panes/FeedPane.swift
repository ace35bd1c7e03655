import WarRoomCore

/// The journal's last entries, newest last.
enum FeedPane {
    static let pane = Pane(
        name: "feed",
        reads: Reads(facts: [.feed, .runbook]),
        forms: { sight, frame in
            let count = sight.bridge.recent.count
            guard count > 0, frame.hasHeadLine else { return [.none] }
            let head = frame.heading("FEED", "last entries")
            return [
                Form(rank: Rank.feed, least: 1 + min(count, 2), most: 1 + count) { rows in
                    [head] + sight.bridge.recent.suffix(rows - 1).reversed().map { short($0, sight, frame) }
                }, .none,
            ]
        },
        items: { $0.bridge.recent.map { .entry($0.entry) } },
        head: ZoomedFeed.head, rows: ZoomedFeed.rows,
        start: { $0.bridge.recent.last.map { .entry($0.entry) } },
        isTroubled: { _ in false })

    /// One entry in a column: both clocks, and what was said.
    private static func short(_ entry: FeedLine, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.entry(entry.entry))
        let zones = sight.runbook.zones
        line.put(zones.home.zone.local(entry.receivedAt).clock, at: frame.sign, .timeHome, to: frame.right)
        line.put(zones.other.zone.local(entry.receivedAt).clock, at: frame.sign + 6, .timeOther, to: frame.right)
        let face = Face(entry.tone)
        line.put(face.sign, face.role, at: frame.sign + 12, sight.glyphs)
        let by = frame.cut == .wide ? "\(entry.by): " : ""
        line.put(by + entry.text, at: frame.sign + 14, face.proseRole, to: frame.right)
        return line
    }
}
