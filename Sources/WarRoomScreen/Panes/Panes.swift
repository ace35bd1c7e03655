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
        AlertsPane.pane,
        PipelinesPane.pane,
    ]

    static func named(_ name: String) -> Pane { all.first { $0.name == name } ?? all[0] }

    /// The key that goes to a pane: 1 to 9, and 0 for the tenth; `nil` for those behind, to which Tab and `:pane` go.
    static func key(_ name: String) -> Character? {
        guard let place = all.firstIndex(where: { $0.name == name }), place < 10 else { return nil }
        return Character(String((place + 1) % 10))
    }

    /// The pane that a number key goes to.
    static func pane(of key: Character) -> Pane? { all.first { Panes.key($0.name) == key } }

    /// A pane with how to get there, as answers name it: `reviews (4)`.
    static func called(_ name: String) -> String { "\(name) (\(key(name).map(String.init) ?? ":pane \(name)"))" }
}
