import OrderedCollections
import WarRoomCore

/// What is watched beside the servers, in one row: alerts, pipelines, the batch closes.
enum WatchPlate {
    static let plate = Pane(
        name: "watch",
        reads: Reads(facts: [.heard, .servers, .looseEnds, .pipelines, .gates, .batch, .steps, .runbook]),
        forms: { sight, frame in
            let parts = parts(sight)
            guard !parts.isEmpty else { return [.none] }
            return [Form(rank: Rank.watch, least: 1) { _ in [line(parts, sight, frame)] }, .none]
        },
        items: { _ in [] }, head: { _, _ in [] }, rows: { _, _ in { Line($0) } }, isTroubled: { _ in false })

    private static func parts(_ sight: Sight) -> [(face: Face, words: String)] {
        let alerts = AlertsPane.watch(sight)
        let pipelines = PipelinesPane.watch(sight)
        return [
            (face: alerts.0, words: alerts.1),
            sight.situation.stages.isEmpty ? nil : (face: pipelines.0, words: pipelines.1),
            BatchPane.watch(sight),
        ].compactMap { $0 }
    }

    private static func line(_ parts: [(face: Face, words: String)], _ sight: Sight, _ frame: Frame) -> Line {
        var line = frame.opening("WATCH")
        if frame.hasHeadLine { line.put("WATCH", at: frame.gutter, .strong, to: frame.right) }
        var x = frame.hasHeadLine ? frame.gutter + 10 : frame.sign
        let start = x
        // What has no room is told by its pane; half a word of it says nothing.
        for (face, words) in parts where x == start || x + 2 + CellWidth.shown(words) <= frame.right {
            line.put(face.sign, face.role, at: x, sight.glyphs)
            x = line.put(words, at: x + 2, .plain, to: frame.right) + (frame.cut == .wide ? 5 : 3)
        }
        return line
    }
}
