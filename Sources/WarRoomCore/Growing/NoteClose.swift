extension Bridge {
    /// Takes note of a close with what it leaves, once; an undo opens the night again.
    mutating func noteClose(_ entry: Entry) {
        guard state == .closed else {
            if closed != nil { closed = nil }
            return
        }
        guard closed == nil else { return }
        closed = Closed(
            entry: entry.number, at: entry.receivedAt, by: entry.by,
            left: Closed.left(by: Situation(self, now: entry.receivedAt)))
    }
}
