/// All panes, in the order of their numbers.
enum Panes {
    static let all: [Pane] = [
        TimelinePane.pane,
        ServersPane.pane,
        ReviewsPane.pane,
        TestsPane.pane,
        LooseEndsPane.pane,
        GatesPane.pane,
        BatchPane.pane,
        TroublesPane.pane,
        FeedPane.pane,
        SourcesPane.pane,
        AlertsPane.pane,
        PipelinesPane.pane,
    ]

    /// What stands in the overview beside the panes: nobody goes there, and nothing in it is selected.
    static let plates: [Pane] = [CountsPlate.plate, NightPlate.plate, WatchPlate.plate]

    static func named(_ name: String) -> Pane { all.first { $0.name == name } ?? all[0] }

    /// A pane or a plate.
    static func part(_ name: String) -> Pane? { (all + plates).first { $0.name == name } }

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
