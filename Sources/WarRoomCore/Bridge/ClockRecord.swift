import OrderedCollections

/// The hub's last word on the computer's clock beside the night's.
package struct ClockRecord: Hashable, Sendable {
    /// By how many seconds the computer's clock is ahead of the night's; behind it when negative.
    package let offset: Int
    /// When it was told, in bridge time.
    let at: Instant
    /// The number of the entry that told it.
    let entry: Int

    var report: ClockReport { ClockReport(offset: offset) }
}

extension Bridge {
    /// Whether the last ruling on the clocks, as they are now, names this one: `wall` or `night`.
    package func isClockRuled(_ word: String) -> Bool {
        guard let clock, clock.offset != 0, let ruling = rulings[ClockReport.divergence] else { return false }
        return ruling.value.value == word && ruling.entry > clock.entry
    }

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
