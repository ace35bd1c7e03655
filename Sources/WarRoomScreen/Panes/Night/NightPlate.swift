import WarRoomCore

/// The night on one time line in both zones: plan and what became of it, lane by lane.
enum NightPlate {
    static let plate = Pane(
        name: "night",
        reads: Reads(facts: [.steps, .gates, .servers, .tests, .looseEnds, .batch, .forecast, .runbook]),
        forms: { sight, frame in
            guard frame.cut == .wide, let axis = NightAxis(sight, left: 14, right: frame.width - 2) else {
                return [.none]
            }
            let lanes = Lanes(sight, axis).all
            guard !lanes.isEmpty else { return [.none] }
            let form = Form(rank: Rank.night, least: lanes.count + 3) { _ in
                [head(sight, frame)] + axis.hours + lanes.map { $0.line(sight.glyphs, width: frame.right) }
            }
            return [form, .none]
        },
        items: { _ in [] }, head: { _, _ in [] }, rows: { _, _ in { Line($0) } }, isTroubled: { _ in false })

    private static func head(_ sight: Sight, _ frame: Frame) -> Line {
        var line = frame.heading("THE NIGHT")
        var x = frame.gutter + 12
        let words = [
            (Shape.lanePlan, "planned start"), (.laneRun, "done or running"), (.laneOff, "alerts off"),
            (.band, "batch closes, start nothing"),
        ]
        for (shape, word) in words where x + word.count + 3 < frame.right {
            line.put(shape.text(sight.glyphs), times: 1, at: x, .headNote)
            x = line.put(word, at: x + 2, .headNote, to: frame.right) + 4
        }
        return line
    }
}
