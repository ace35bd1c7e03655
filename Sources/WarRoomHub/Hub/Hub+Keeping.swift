import NIOCore
import NIOPosix
import WarRoomCore

// Nothing is applied, shown or answered `ok` before it is durable. While a group is written the hub goes on: it answers
// what is asked, and says so on every screen where the disk takes its time.
extension Hub {
    /// Makes a group durable.
    func commit(_ group: Group) {
        guard !group.records.isEmpty else { return deliver(group.answers) }
        // While a rehearsal catches up nobody waits, and each moment needs the one before it.
        guard held == nil else {
            do {
                try journal.append(group.records, runbooks: group.texts)
                finish(group)
                deliver(group.answers)
            } catch { lose(group, error) }
            return
        }
        let (records, texts, journal) = (group.records, group.texts, journal)
        let slow = loop.scheduleTask(in: Keeping.patience) { self.assumeIsolated { $0.isSlow() } }
        writing = Writing(group: group, since: now, began: .now(), slow: slow)
        pen.runIfActive(eventLoop: loop) { try journal.append(records, runbooks: texts) }.whenComplete { result in
            self.assumeIsolated { $0.settle(result) }
        }
    }

    /// Goes on when a group is durable: applies, shows and answers it. Where it cannot be kept, nothing of it has
    /// happened, and its senders are told.
    private func settle(_ result: Result<Void, any Error>) {
        guard let writing else { return }
        self.writing = nil
        writing.slow.cancel()
        let before = keeping.troubles
        switch result {
        case .success:
            let now = NIODeadline.now()
            keeping.kept(since: writing.since, after: now - writing.began, now: now)
            if let payment, writing.group.events.values.contains(where: { $0.id == payment }) { keeping.paid() }
            finish(writing.group)
            deliver(writing.group.answers)
        case .failure(let error): lose(writing.group, error)
        }
        if keeping.troubles != before { tellTroubles() }
        inboxes.queueAll()
        subscribers.flush()
        if inboxes.isWaiting || !found.isEmpty {
            scheduleTurn(forViewer: inboxes.count(viewers: false) == 0 && found.isEmpty)
        }
        for waiter in whenKept { waiter.resume() }
        whenKept = []
    }

    private func deliver(_ answers: [Group.Answer]) {
        for (connection, _, line) in answers {
            subscribers.write(line, to: connection)
            inboxes.count(connection, by: -1)
        }
        for connection in Set(answers.map(\.connection)) {
            inboxes.queue(connection)
            leaveIfDone(connection)
        }
    }

    /// Says that nothing of a group could be kept. What sources found and what the hub had to say is offered again.
    private func lose(_ group: Group, _ error: any Error) {
        let fault = error as? JournalFault
        let why = fault?.sentence ?? "\(error)"
        setup.log("the journal could not be written: \(why)")
        keeping.failed(since: writing?.since ?? now, why: why)
        for record in group.records {
            guard let event = group.events[record.number] else { continue }
            if record.via == .source {
                desks[record.by]?.wasLost(event.json)
            } else if record.via == .hub {
                if case .source(let report) = event.body, desks[event.subject] != nil {
                    desks[event.subject]?.wasLost(report)
                } else if event.id != payment {
                    ownLost.append(event.json)
                }
            }
        }
        deliver(
            group.answers.map { answer in
                let line = Hub.answer(id: answer.id, error: "the journal could not be written: \(why)")
                return (answer.connection, answer.id, line)
            })
        // After a failed sync nobody knows what is on the disk: only a new start can tell.
        if fault?.isFatal ?? false { onStop?("the journal could not be written: \(why)") }
    }

    func finish(_ group: Group) {
        let before = bridge.runbook
        bridge = group.bridge
        bridgeLines = nil
        statusLine = nil
        for record in group.records where record.via == .source {
            if let event = group.events[record.number] { desks[record.by]?.took(event) }
        }
        for (key, taken) in group.taken { repetitions.note(key, taken) }
        if group.isAmended { goBy(before, group.lines) } else { subscribers.publish(group.lines, toAll: true) }
        if group.records.contains(where: { $0.subject == ClockReport.divergence }) { followRuling() }
        stopWaves()
    }

    /// Holds the waves that stop by what has just been entered.
    private func stopWaves() {
        let stops = bridge.stops(after: stopsSeen)
        stopsSeen = bridge.entry
        for stop in stops { enqueue(stop.proposal.event(id: nextID(), source: "hub")) }
    }

    // MARK: What every screen is told

    /// All that the hub tells of itself, worst first.
    var troubles: [HubTrouble] { keeping.troubles + [callers.trouble].compactMap { $0 } }

    private func isSlow() {
        guard let writing else { return }
        keeping.isSlow(since: writing.since, isHeld: journal.isHeld)
        tellTroubles()
    }

    func tellTroubles() {
        statusLine = nil
        subscribers.tell(beat())
        subscribers.flush()
    }

    func beat() -> [UInt8] {
        var confirmed = JSON.Object()
        for id in desks.keys {
            if let instant = desks[id]?.takeConfirmation() { confirmed[id] = .instant(instant) }
        }
        var beat = JSON.Object(["now": .instant(now), "entry": .number(bridge.entry)])
        if !confirmed.members.isEmpty { beat["confirmed"] = .object(confirmed) }
        let troubles = troubles
        if !troubles.isEmpty { beat["troubles"] = .array(troubles.map(\.json)) }
        return JSON.object(["beat": .object(beat)]).bytes
    }

    /// Once a second: staleness, the clock, the disk, what could not be kept, the beat, readers that have fallen
    /// behind.
    func pulse() {
        if writing != nil, keeping.unkept != nil { isSlow() }
        lookAtClock()
        lookAtDisk()
        callers.forget(now: .now())
        for event in ownLost { enqueue(event) }
        ownLost = []
        payOwed()
        for id in desks.keys.sorted() {
            if let news = desks[id]?.age(now: now) { take(news, from: id) }
        }
        for (refusal, more) in refusals.takeCounted(wall: night.steady) {
            enqueue(own(refusal.subject, .refusal(refusal.report(more: more))))
        }
        subscribers.beat(beat())
        subscribers.flush()
    }

    /// Enters that there was a time in which nothing could be kept, with how long it was.
    private func payOwed() {
        guard let owed = keeping.owed, writing == nil else { return }
        let zones = bridge.runbook.zones
        let text =
            "nothing could be kept from \(zones.both(owed.since)) on, for \((now - owed.since).written): \(owed.text)"
        let event = own(setup.bridgeID, .note(text))
        payment = event["id"]?.text
        enqueue(event)
    }

    private func lookAtDisk() {
        let path = setup.stateFolder
        archive.piece(on: loop) { DiskRoom.free(at: path) }.whenSuccess { free in
            self.assumeIsolated { $0.keeping.look(free: free, at: $0.now, now: .now()) }
        }
    }

    /// Returns when what has come is durable, or could not be kept.
    func settled() async {
        while writing != nil || !found.isEmpty {
            if writing == nil { takeTurn() } else { await withCheckedContinuation { whenKept.append($0) } }
        }
    }

    // MARK: The end

    /// Has a body called when the hub should end: somebody who may ask for it has asked, or the journal has failed, and
    /// how.
    package func onStop(_ body: @escaping @Sendable (String?) -> Void) { onStop = body }

    /// Takes what is still waiting, ends every connection with a reason, and closes the journal. Throws where that
    /// fails.
    package func end(_ reason: String) async throws {
        isEnding = true
        // What is on its way is waited for, but not a program that will not let go of the journal.
        loop.scheduleTask(in: .seconds(5)) { [journal] in journal.giveUpWaiting() }
        while writing != nil || inboxes.isWaiting || !found.isEmpty {
            if writing == nil { takeTurn() } else { await withCheckedContinuation { whenKept.append($0) } }
        }
        subscribers.cutAll(reason)
        archive.shutDown()
        names.shutDown()
        try await pen.shutdownGracefully()
        try journal.close()
    }
}
