extension ClockRecord {
    /// The two clocks as claims that disagree; `nil` where they are one.
    var divergence: Divergence? {
        guard offset != 0 else { return nil }
        func side(_ word: String) -> Divergence.Side {
            Divergence.Side(claimant: word, by: "hub", value: word, since: at, entry: entry)
        }
        let id = ClockReport.divergence
        return Divergence(id: id, subject: id, field: id, sides: [side("wall"), side("night")])
    }
}
