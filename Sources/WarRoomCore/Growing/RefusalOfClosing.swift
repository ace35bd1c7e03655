extension Bridge {
    /// Why the lead may not say that the night is closing or closed.
    func refusalOfClosing(_ report: BridgeReport, now: Instant) -> String? {
        if state == .closed { return "the night is closed already" }
        let situation = Situation(self, now: now)
        let facts = situation.closing
        guard report.state == .closing else {
            if let refusal = facts.refusal { return refusal }
            let left = situation.closesWith
            guard let with = report.with, with != left else { return nil }
            let now = left.isEmpty ? "nothing is left open" : left.joined(separator: "; ")
            return "what the close leaves open is not what you saw, look again: \(now)"
        }
        // Closing: the work has ended, and only loose ends, reviews and rulings are left.
        if state == .closing { return "the night is closing already" }
        let running = facts.obstacles.filter { $0.kind == .runningStep }
        return running.isEmpty ? nil : "the night cannot be closing: " + running.map(\.text).joined(separator: "; ")
    }
}
