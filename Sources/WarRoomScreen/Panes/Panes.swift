/// All panes, in the order of their numbers.
enum Panes {
    static let all: [Pane] = [
        TimelinePane.pane,
        ServersPane.pane,
        TestsPane.pane,
        ReviewsPane.pane,
        LooseEndsPane.pane,
        GatesPane.pane,
        SourcesPane.pane,
        FeedPane.pane,
        TroublesPane.pane,
        BatchPane.pane,
    ]

    static func named(_ name: String) -> Pane { all.first { $0.name == name } ?? all[0] }

    static func number(_ name: String) -> Int { (all.firstIndex { $0.name == name } ?? 0) + 1 }
}
