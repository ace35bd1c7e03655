import WarRoomCore

// What every screen is told of the hub itself, with each beat.
extension Hub {
    /// All that the hub tells of itself, worst first.
    var troubles: [HubTrouble] { keeping.troubles + [callers.trouble].compactMap { $0 } }

    /// Tells that what is being written takes long.
    func isSlow() {
        guard let writing else { return }
        keeping.isSlow(since: writing.since, isHeld: journal.isHeld)
        tellTroubles()
    }

    func tellTroubles() {
        statusLine = nil
        subscribers.tell(beat())
        subscribers.flush()
    }

    /// The beat for everybody, with what was confirmed since the last one.
    func beat() -> [UInt8] {
        var confirmed: [String: Instant] = [:]
        for id in desks.keys { confirmed[id] = desks[id]?.takeConfirmation() }
        return beat(confirmed: confirmed)
    }

    /// When each source was last heard, as `hello` and the beat tell it.
    static func json(_ confirmed: [String: Instant]) -> JSON {
        var instants = JSON.Object()
        for (id, instant) in confirmed { instants[id] = .instant(instant) }
        return .object(instants)
    }

    func beat(confirmed: [String: Instant]) -> [UInt8] {
        var beat = JSON.Object([
            "now": .instant(now), "entry": .number(bridge.entry), "attached": .number(subscribers.attached),
        ])
        if !confirmed.isEmpty { beat["confirmed"] = Hub.json(confirmed) }
        let troubles = troubles
        if !troubles.isEmpty { beat["troubles"] = .array(troubles.map(\.json)) }
        return JSON.object(["beat": .object(beat)]).bytes
    }
}
