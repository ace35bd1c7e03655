import WarRoomCore

/// What a state of the band looks like: the tab with the sign, the body, and what stands fainter on it.
struct BandLook {
    let tab: TextRole
    let body: TextRole
    let note: TextRole
    let sign: Sign
    let word: String
    /// The sign as a shape, six pixels high.
    let shape: [String]

    private init(
        _ tab: TextRole, _ body: TextRole, _ note: TextRole, _ sign: Sign, _ word: String, _ shape: [String]
    ) {
        (self.tab, self.body, self.note, self.sign, self.word, self.shape) = (tab, body, note, sign, word, shape)
    }

    init(_ state: Band.State) {
        self =
            switch state {
            case .quiet:
                BandLook(
                    .bandCalmTab, .bandCalm, .bandCalmNote, .good, "ALL QUIET",
                    ["......#", ".....##", "#...##.", "##.##..", ".###...", "..#...."])
            case .running:
                BandLook(
                    .bandMovingTab, .bandMoving, .bandMovingNote, .moving, "WORK IS RUNNING",
                    ["##....", "####..", "######", "######", "####..", "##...."])
            case .act:
                BandLook(
                    .bandActTab, .bandAct, .bandActNote, .need, "SOMEBODY MUST ACT",
                    ["##", "##", "##", "##", "..", "##"])
            case .blocked:
                BandLook(
                    .bandBlockedTab, .bandBlocked, .bandBlockedNote, .bad, "BLOCKED",
                    ["##...##", ".##.##.", "..###..", "..###..", ".##.##.", "##...##"])
            case .old:
                BandLook(
                    .bandSilentTab, .bandSilent, .bandSilentNote, .stale, "THIS PICTURE IS OLD",
                    [".......", ".##...#", "#..#..#", "#..#..#", "#...##.", "......."])
            }
    }
}
