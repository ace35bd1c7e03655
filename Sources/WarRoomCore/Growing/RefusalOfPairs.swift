extension Bridge {
    /// Why a ruling on a pair may not be taken.
    func refusal(ofRuling report: RulingReport, onPair id: String) -> String? {
        guard let pair = runbook.pairs.first(where: { $0.id == id }) else {
            return "the runbook has no pair of times '\(CleanText.quoted(id))'"
        }
        guard pair.mismatch != nil else { return "\(id) needs no ruling: its times are one" }
        if let choice = TimePair.Choice(rawValue: report.value), pair.choices.contains(choice) { return nil }
        let zones = runbook.zones
        let choices = pair.choices.compactMap { choice -> String? in
            guard let instant = pair.instant(choice) else { return nil }
            let (home, other) = (zones.home.zone.local(instant), zones.other.zone.local(instant))
            return "\(choice.rawValue) (\(home.day3) \(home.clock) / \(other.day3) \(other.clock))"
        }
        return "'\(CleanText.quoted(report.value))' is no ruling on \(id): write \(choices.joined(separator: " or "))"
    }

    /// Why the night may not go live.
    func refusalOfLive() -> String? {
        switch state {
        case .closing, .closed: return "the night is \(state.rawValue)"
        case .live: return "the night is live already"
        case .opened, .amended:
            let open = openPairs
            if open.isEmpty { return awaitsLive ? refusalOfUnsignedLife : "the night is live already" }
            let list = open.map { "\($0.id): \($0.mismatch ?? "")" }.joined(separator: "; ")
            return "\(open.count == 1 ? "one time" : "\(open.count) times") of the page must have a ruling first "
                + "(warroom rule PAIR home|other --reason TEXT): \(list)"
        }
    }
}
