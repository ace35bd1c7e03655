import WarRoomCore

/// The zoomed list of the journal's last entries: number, both times, who, what.
enum ZoomedFeed {
    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        [frame.heading("FEED", "last entries, up to entry \(sight.bridge.entry)")]
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let recent = sight.bridge.recent
        return { subject in
            // Entries have no gaps, so a number is a place.
            guard case .entry(let number) = subject, let first = recent.first?.entry,
                recent.indices.contains(number - first)
            else { return Line(subject) }
            let entry = recent[number - first]
            var line = Line(subject)
            let face = Face(entry.tone)
            let start = frame.sign
            line.put(String(entry.entry), endingAt: start + 5, .waiting, from: start)
            line.put(sight.home(entry.receivedAt), at: start + 7, .timeHome, to: frame.right)
            line.put(sight.other(entry.receivedAt), at: start + 18, .timeOther, to: frame.right)
            let sign = start + (frame.width >= 95 ? 43 : 38)
            line.put(entry.by, at: start + 29, .waiting, to: sign - 1)
            line.put(face.sign, face.role, at: sign, sight.glyphs)
            line.put(entry.text, at: sign + 2, .plain, to: frame.right)
            return line
        }
    }
}
