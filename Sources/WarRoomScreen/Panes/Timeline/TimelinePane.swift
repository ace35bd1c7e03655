import OrderedCollections
import WarRoomCore

/// The steps, by time, in both zones.
enum TimelinePane {
    static let pane = Pane(
        name: "timeline",
        reads: Reads(facts: [.steps, .gates, .forecast, .batch, .runbook]),
        forms: forms, items: { ordered($0).map { .step($0.step.id) } },
        head: ZoomedTimeline.head, rows: ZoomedTimeline.rows,
        start: { sight in ordered(sight).first { !$0.isGroup && !$0.state.isEnded }.map { .step($0.step.id) } },
        isTroubled: { sight in sight.situation.steps.values.contains { $0.isDue || $0.state == .failed } })

    /// By instant, because the page's own order is not always that of the times. A step without a time stands behind
    /// the one before it on the page.
    static func ordered(_ sight: Sight) -> [StepFacts] {
        var last = Instant.distantPast
        let keyed = sight.situation.steps.values.enumerated().map { place, step in
            last = step.planned ?? last
            return (key: last, place: place, step: step)
        }
        return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.step)
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        if frame.cut == .wide, !frame.isPresenting {
            let groups = StepGroups(sight, frame)
            return [Form(rank: Rank.last, least: groups.least, most: groups.most) { groups.lines($0) }]
        }
        let next = NextSteps(sight)
        let count = max(next.count, 1)
        func rows(_ rank: Int, _ least: Int, hasHead: Bool = true, most: Int = .max) -> Form {
            let head = hasHead ? [NextSteps.head(sight, frame)] : []
            return Form(rank: rank, least: min(least, count) + head.count, most: min(count, most) + head.count) {
                head + next.lines($0 - head.count, frame)
            }
        }
        // Where it is presented, what runs and what comes is enough: the list of all is for those who work.
        let most = frame.isPresenting ? 7 : .max
        var forms = [
            rows(Rank.steps - 1, 4, most: most), rows(Rank.steps, 3), rows(Rank.steps + 1, 2),
            rows(Rank.steps + 2, 2, hasHead: false), rows(Rank.last, 1, hasHead: false), .none,
        ]
        if frame.cut == .medium, !frame.isPresenting { forms.insert(rows(Rank.blanks - 2, 6), at: 0) }
        return forms
    }

    /// The title; a group says how many of its steps have ended.
    static func name(_ step: StepFacts, _ sight: Sight) -> String {
        guard step.isGroup, step.state == .running || step.state == .failed else { return step.step.title }
        let leaves = sight.runbook.leaves(of: step.step.id)
        let ended = leaves.count { sight.situation.steps[$0.id]?.state.isEnded ?? false }
        return "\(step.step.title), \(ended)/\(leaves.count)"
    }
}
