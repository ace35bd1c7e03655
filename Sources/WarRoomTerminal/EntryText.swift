public import WarRoomCore

extension Entry {
    /// The entry in a few words, raw, as the feed has it.
    public func feedText(_ runbook: Runbook) -> String {
        // Only a bridge makes feed lines, and only of the entry that follows its last one; so a new one is shown this entry
        // as its first.
        var bridge = Bridge(runbook: runbook)
        bridge.apply(Entry(number: 1, receivedAt: receivedAt, by: by, via: via, event: event, hash: hash))
        return bridge.recent.last?.text ?? ""
    }
}
