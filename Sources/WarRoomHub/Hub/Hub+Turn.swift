import DequeModule
import NIOCore
import NIOPosix
import WarRoomCore

// Whose turn it is. A turn takes what there is time for and gives the loop back to its sockets: whoever sends much has
// many turns, and nobody waits longer for it. Nothing is applied, shown or answered `ok` before it is durable; while a
// group is written the hub goes on, and answers what is asked.
extension Hub {
    /// How long a turn may take.
    private static let turn = TimeAmount.milliseconds(4)
    /// How many lines of one connection a turn takes at most.
    private static let linesOfAVisit = 64
    /// How many events that nobody sent on a connection a turn takes at least.
    private static let leastFound = 16

    /// Takes what a source found: its events, and what became of the source itself.
    func take(_ news: SourceDesk.News, from source: String) {
        for event in news.events { enqueue(event, from: source) }
        for report in news.transitions { enqueue(own(source, .source(report))) }
    }

    /// Puts an event in the row of those that nobody sent on a connection; without a source it is the hub's own.
    func enqueue(_ event: JSON, from source: String = "hub") {
        found.append(Found(event: event, source: source))
        scheduleTurn()
    }

    /// Has a turn come. Where only viewers wait, they wait for the one that is to come already.
    func scheduleTurn(forViewer: Bool = false) {
        guard !isTurnScheduled, !forViewer || viewersTurn == nil else { return }
        isTurnScheduled = true
        // This runs after the loop has read every socket that was ready.
        loop.execute { self.assumeIsolated { $0.takeTurn() } }
    }

    func takeTurn() {
        isTurnScheduled = false
        viewersTurn?.cancel()
        viewersTurn = nil
        var group = Group(bridge: bridge)
        let begin = NIODeadline.now()
        let end = begin + Hub.turn
        for isViewer in [false, true] {
            for _ in 0..<inboxes.count(viewers: isViewer) {
                guard let id = inboxes.next(viewers: isViewer) else { break }
                visit(id, &group, until: end)
                if NIODeadline.now() > end { break }
            }
        }
        takeFound(into: &group, until: end)
        commit(group)
        subscribers.flush()
        goOn(after: NIODeadline.now() - begin)
    }

    /// Has the next turn come, where somebody waits for it. Viewers have half of the time, and no more: a machine that
    /// they keep busy is slow for all.
    private func goOn(after turn: TimeAmount) {
        if inboxes.count(viewers: false) > 0 || !found.isEmpty && writing == nil { return scheduleTurn() }
        guard inboxes.count(viewers: true) > 0, viewersTurn == nil else { return }
        viewersTurn = loop.scheduleTask(in: turn) { self.assumeIsolated { $0.takeTurn() } }
    }

    /// Takes everything that sources have found, at a time that is set by hand.
    func takeAllFound() {
        while !found.isEmpty {
            var group = Group(bridge: bridge)
            takeFound(into: &group, until: .distantFuture)
            commit(group)
        }
        subscribers.flush()
    }

    /// Takes lines of one connection, or one request: it sees what was answered before it, and all that this connection
    /// has sent.
    private func visit(_ id: Int, _ group: inout Group, until end: NIODeadline) {
        for _ in 0..<Hub.linesOfAVisit {
            guard let line = inboxes.first(of: id) else { return leaveIfDone(id) }
            switch line {
            case .event(let json):
                guard writing == nil else { return }
                inboxes.drop(of: id)
                order(json, id, nil, into: &group)
            case .broken(let reason):
                guard writing == nil || inboxes.unanswered(id) == 0 else { return }
                inboxes.drop(of: id)
                answer(id, nil, Hub.answer(id: nil, error: reason), in: &group)
            case .request(let json):
                guard inboxes.unanswered(id) == 0, subscribers.hasRoom(id) else { return }
                inboxes.drop(of: id)
                if !inboxes.isGone(id) { handle(json, from: id) }
                leaveIfDone(id)
                return inboxes.queue(id)
            }
            if NIODeadline.now() > end { break }
        }
        inboxes.queue(id)
    }

    private func takeFound(into group: inout Group, until end: NIODeadline) {
        guard writing == nil else { return }
        var count = 0
        while count < Hub.leastFound || NIODeadline.now() <= end, let next = found.popFirst() {
            order(next.event, nil, next.source, into: &group)
            count += 1
        }
    }

    // MARK: Answers

    static func answer(id: String?, entry: Int) -> [UInt8] {
        JSON.object(["ok": .bool(true), "id": .text(id), "entry": .number(entry)]).bytes
    }

    static func answer(id: String?, error: String) -> [UInt8] {
        JSON.object(["ok": .bool(false), "id": .text(id), "error": .string(error)]).bytes
    }

    private func answer(_ connection: Int, _ id: String?, _ line: [UInt8], in group: inout Group) {
        inboxes.count(connection, by: 1)
        group.answers.append((connection, id, line))
    }

    /// Gives one event its place in the group, or says why it has none.
    private func order(_ json: JSON, _ connection: Int?, _ source: String?, into group: inout Group) {
        let id = json["id"]?.text
        guard let sender = connection.map({ subscribers.sender(of: $0) }) ?? Sender(user: source ?? "", roles: [])
        else {
            return  // The connection is gone, and nobody waits for an answer.
        }
        func refuse(_ reason: String) {
            if let source { desks[source]?.wasRefused(json) }
            if let connection { answer(connection, id, Hub.answer(id: id, error: reason), in: &group) }
            let what = "\(json["type"]?.text ?? "an event") on \(json["subject"]?.text ?? "nothing")"
            let refusal = RefusalLimit.Refusal(
                subject: source ?? json["subject"]?.text ?? setup.bridgeID, who: sender.user, what: what, why: reason)
            guard let more = refusals.mayRecord(refusal, wall: night.steady) else { return }
            // The hub's own words are always an event.
            guard let event = try? Event(own(refusal.subject, .refusal(refusal.report(more: more)))) else { return }
            group.add(event, by: "hub", via: .hub, receivedAt: stamp())
        }
        do throws(EventFault) {
            var event = group.bridge.runbook.resolvingAliases(
                in: source == "hub" ? try Event(json) : try Event(admitting: json))
            let by = source ?? sender.user
            let known =
                group.taken[Repetitions.Key(source: event.source, id: event.id)]
                ?? repetitions.entry(of: event, by: by, journal: journal)
            if let known {
                guard let source, known.by == by,
                    let renewed = renewed(event, from: source, number: group.bridge.entry + 1)
                else {
                    if known.by == by, known.event.map(event.repeats) ?? known.isSame {
                        if let connection {
                            answer(connection, id, Hub.answer(id: id, entry: known.entry), in: &group)
                        } else if let source {
                            desks[source]?.wasKnown(json)
                        }
                    } else {
                        refuse(
                            "the id '\(CleanText.quoted(event.id))' of source "
                                + "'\(CleanText.quoted(event.source))' is taken by entry \(known.entry)"
                        )
                    }
                    return
                }
                event = renewed
            }
            if source != "hub",
                let reason = group.bridge.refusal(of: event, from: sender, source: source, now: now)
            {
                return refuse(reason)
            }
            let via: Entry.Via? =
                source == "hub" ? .hub : source != nil ? .source : group.bridge.via(of: event, from: sender)
            var amended: (runbook: Runbook, text: String)?
            if event.amendsTo != nil {
                do throws(AmendmentFault) {
                    amended = try amendment(event, from: sender, connection, group.bridge)
                } catch {
                    return refuse(error.sentence)
                }
            }
            let number = group.add(event, by: by, via: via, receivedAt: stamp(), amended: amended)
            if let connection { answer(connection, id, Hub.answer(id: id, entry: number), in: &group) }
        } catch {
            refuse(error.reason)
        }
    }

    // MARK: Keeping

    /// Makes a group durable.
    func commit(_ group: Group) {
        guard !group.records.isEmpty else { return deliver(group.answers) }
        if let fatal { return lose(group, fatal, since: now) }
        // While a rehearsal catches up nobody waits, and each moment needs the one before it.
        guard held == nil else {
            do {
                try journal.append(group.records, runbooks: group.texts)
                finish(group)
                deliver(group.answers)
            } catch { lose(group, error, since: now) }
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
            if let payment, writing.group.events.values.contains(where: { $0.id == payment }) {
                keeping.paid()
                self.payment = nil
            }
            finish(writing.group)
            deliver(writing.group.answers)
        case .failure(let error): lose(writing.group, error, since: writing.since)
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
    private func lose(_ group: Group, _ error: any Error, since: Instant) {
        let fault = error as? JournalFault
        let why = fault?.sentence ?? "\(error)"
        setup.log("the journal could not be written: \(why)")
        keeping.failed(since: since, why: why)
        for record in group.records {
            guard let event = group.events[record.number] else { continue }
            if record.via == .source { wasLost(event.json, from: record.by) }
            if record.via == .hub { wasLost(event.json, from: "hub") }
        }
        // What waits behind it would overtake it.
        for next in found { wasLost(next.event, from: next.source) }
        found = []
        deliver(
            group.answers.map { answer in
                let line = Hub.answer(id: answer.id, error: "the journal could not be written: \(why)")
                return (answer.connection, answer.id, line)
            })
        // After a failed sync nobody knows what is on the disk: only a new start can tell.
        guard let fault, fault.isFatal, fatal == nil else { return }
        fatal = fault
        onStop?("the journal could not be written: \(why)")
    }

    /// What was not kept is offered again: by its source at the next look, by the hub with the next pulse.
    private func wasLost(_ event: JSON, from source: String) {
        guard source == "hub" else {
            desks[source]?.wasLost(event)
            return
        }
        guard let known = try? Event(event) else { return }
        if case .source(let report) = known.body, desks[known.subject] != nil {
            desks[known.subject]?.wasLost(report)
        } else if known.id == payment {
            payment = nil
        } else if case .clock = known.body {
            // The next pulse tells how the clock is then.
            toldOffset = nil
        } else {
            ownLost.append(event)
        }
    }

    func finish(_ group: Group) {
        let before = bridge.runbook
        bridge = group.bridge
        statusLine = nil
        for record in group.records where record.via == .source {
            if let event = group.events[record.number] { desks[record.by]?.took(event) }
        }
        for (key, taken) in group.taken { repetitions.note(key, taken) }
        if let first = group.records.first { subscribers.gather(group.lines, from: first.number) }
        if group.isAmended { goBy(before) }
        sendEntries()
        let changesRoles = group.events.values.contains { [.lead, .substitute, .bridge].contains($0.type) }
        if changesRoles { for id in subscribers.all { classify(id) } }
        if group.records.contains(where: { $0.subject == ClockReport.divergence }) { followRuling() }
        stopWaves()
    }

    /// Sends what is gathered at once, or, while entries come so often that sending each would cost too much, with
    /// those that come next.
    private func sendEntries() {
        guard sending == nil else { return }
        let now = NIODeadline.now()
        guard now < subscribers.restsUntil else { return subscribers.sendGathered(now: now) }
        sending = loop.scheduleTask(deadline: subscribers.restsUntil) {
            self.assumeIsolated { hub in
                hub.sending = nil
                hub.subscribers.sendGathered(now: .now())
            }
        }
    }

    /// Holds the waves that stop by what has just been entered.
    private func stopWaves() {
        let stops = bridge.stops(after: stopsSeen)
        stopsSeen = bridge.entry
        for stop in stops { enqueue(stop.proposal.event(id: nextID(), source: "hub")) }
    }

    // MARK: Connections in turn

    /// Puts a connection among those who have a role, or among the viewers.
    func classify(_ id: Int) {
        guard let sender = subscribers.sender(of: id).map({ bridge.acting($0) }) else { return }
        inboxes.setViewer(id, !sender.mayDoEverything && sender.roles.allSatisfy { $0 == .viewer })
    }

    /// Has a connection wait for something that is done elsewhere, or go on.
    func setBusy(_ id: Int, _ isBusy: Bool) {
        inboxes.setBusy(id, isBusy)
        if !isBusy { goOn(with: id) }
    }

    /// Has a connection's turn come, where it has something to say.
    func goOn(with id: Int) {
        inboxes.queue(id)
        leaveIfDone(id)
        if inboxes.isWaiting { scheduleTurn(forViewer: inboxes.isViewer(id)) }
    }

    /// Lets a connection go, of which everything has been answered.
    func leaveIfDone(_ id: Int) {
        guard inboxes.isDone(id) else { return }
        guard inboxes.isGone(id) else { return subscribers.closeUnlessSubscribed(id) }
        inboxes.remove(id)
        subscribers.remove(id)
    }
}
