/// The hub's last word on the computer's clock beside the night's.
package struct ClockRecord: Hashable, Sendable, Codable {
    /// By how many seconds the computer's clock is ahead of the night's; behind it when negative.
    package let offset: Int
    /// When it was told, in bridge time.
    let at: Instant
    /// The number of the entry that told it.
    let entry: Int

    var report: ClockReport { ClockReport(offset: offset) }

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

extension Bridge {
    /// Why a ruling on the clock says nothing. The night's time never goes back, whoever wants it.
    func refusal(ofRulingTheClock report: RulingReport) -> String? {
        guard let clock, clock.offset != 0 else { return "the computer's clock and the night's are one" }
        switch report.value {
        case "night": return nil
        case "wall" where clock.offset > 0: return nil
        case "wall":
            return "\(clock.report.text), and the night's time never goes back: rule 'night', or set the computer's "
                + "clock right"
        default: return "'\(CleanText.line(report.value))' is no ruling on the clock: write wall or night"
        }
    }
}
