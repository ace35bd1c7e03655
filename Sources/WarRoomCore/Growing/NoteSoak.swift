import OrderedCollections

extension Bridge {
    /// Keeps since when the servers of the waves that soak have run without a gap. It begins when the hub knows that
    /// all is well: what was so before nobody has watched.
    mutating func noteSoak(by entry: Entry) {
        let index = index
        guard !index.soaks.isEmpty else { return }
        let touched = serversTouched(after: entry.number - 1)
        for name in index.soaks where touched?.contains(name) ?? true {
            let server = ServerFacts(name, in: self, index)
            if gap(in: server) != nil {
                if soaking[name] != nil { soaking[name] = nil }
            } else if soaking[name] == nil || server.boots.last?.entry == entry.number {
                soaking[name] = Moment(at: entry.receivedAt, entry: entry.number)
            }
        }
    }
}
