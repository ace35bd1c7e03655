import NIOCore
import WarRoomCore

// What follows from time alone, once a second of it.
extension Hub {
    /// Starts the beat, and with it what follows from time alone.
    package nonisolated func startPulse() {
        loop.execute {
            self.loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                self.assumeIsolated { $0.pulse() }
            }
        }
    }

    /// Once a second: staleness, the clock, the disk, what could not be kept, the beat, readers that have fallen
    /// behind.
    private func pulse() {
        if writing != nil, keeping.unkept != nil { isSlow() }
        for event in ownLost { enqueue(event) }
        ownLost = []
        lookAtClock()
        lookAtDisk()
        callers.forget(now: .now())
        payOwed()
        for id in desks.keys.sorted() {
            if let news = desks[id]?.age(now: now) { take(news, from: id) }
        }
        for (refusal, more) in refusals.takeCounted(wall: night.steady) {
            enqueue(own(refusal.subject, .refusal(refusal.report(more: more))))
        }
        subscribers.beat(beat())
        subscribers.flush()
        setup.heads?.note(entry: bridge.entry, hash: bridge.head)
        keepSnapshot()
    }

    /// Has a snapshot written where so many entries have come that a start would feel it.
    func keepSnapshot() {
        guard let snapshots = setup.snapshots, snapshots.isDue(at: bridge.entry) else { return }
        let desks = desks
        snapshots.keep(bridge) { desks.mapValues(\.taken) }
    }

    /// Enters that there was a time in which nothing could be kept, with how long it was.
    private func payOwed() {
        guard let owed = keeping.owed, writing == nil, payment == nil else { return }
        let zones = bridge.runbook.zones
        let text =
            "nothing could be kept from \(zones.both(owed.since)) on, for \((now - owed.since).written): \(owed.text)"
        let event = own(setup.bridgeID, .note(text))
        payment = event["id"]?.text
        enqueue(event)
    }

    private func lookAtDisk() {
        guard !isLookingAtDisk else { return }
        isLookingAtDisk = true
        let path = setup.stateFolder
        archive.piece(on: loop) { DiskRoom.free(at: path) }.whenComplete { free in
            self.assumeIsolated { hub in
                hub.isLookingAtDisk = false
                hub.keeping.look(free: (try? free.get()) ?? nil, at: hub.now, now: .now())
            }
        }
    }

    /// Tells that somebody has set the computer's clock, or that it is right again. A rehearsal has a time of its own.
    private func lookAtClock() {
        guard !setup.isRehearsal, held == nil else { return }
        let offset = night.offset(of: now)
        let told = toldOffset ?? bridge.clock?.offset ?? 0
        guard abs(offset - told) >= NightClock.tolerance else { return }
        let new = abs(offset) < NightClock.tolerance ? 0 : offset
        toldOffset = new
        for id in desks.keys { desks[id]?.clockWasSet() }
        enqueue(own(setup.bridgeID, .clock(ClockReport(offset: new))))
    }
}
