import NIOCore
import WarRoomCore
import WarRoomWire

/// What a client may ask (docs/contract.md, Requests). Each request sees all entries that were committed before it.
extension Hub {
    func handle(_ request: JSON, from connection: Int) {
        if let options = request["subscribe"] {
            subscribe(connection, options)
        } else if let options = request["history"] {
            answerHistory(connection, options)
        } else if let options = request["status"] {
            answer(connection, options) { hub, bridge, moment in
                let document = StatusDocument.json(
                    Situation(bridge, now: moment), lastGood: hub.confirmations(until: moment), head: bridge.head,
                    onDisk: hub.onDisk?.fingerprint)
                return [JSON.object(["status": document]).bytes]
            }
        } else if let options = request["bridge"] {
            answer(connection, options) { hub, bridge, moment in
                try [hub.hello(for: connection, now: moment)] + BridgeLines.lines(for: bridge).map { $0 + [0x0A] }
            }
        } else if request["whereabouts"] != nil {
            let answer = JSON.object([
                "whereabouts": .object([
                    "state": .string(setup.stateFolder), "runbook": .string(setup.runbookPath),
                ])
            ])
            subscribers.write(answer.bytes, to: connection)
        } else if request["stop"] != nil {
            stop(connection)
        } else {
            refuse(connection, "neither an event (it has no 'type') nor a request that this hub knows")
        }
    }

    private func refuse(_ connection: Int, _ reason: String) {
        subscribers.write(Hub.answer(id: nil, error: reason), to: connection)
    }

    // MARK: Subscribing

    func hello(for connection: Int, now: Instant) -> [UInt8] {
        let sender = subscribers.sender(of: connection).map { bridge.acting($0) }
        var confirmed = JSON.Object()
        for (id, instant) in confirmations(until: now) { confirmed[id] = .instant(instant) }
        return JSON.object([
            "hello": .object([
                "protocol": .number(1), "bridge": .string(setup.bridgeID),
                "mode": .string(setup.isRehearsal ? "rehearsal" : "live"), "now": .instant(now),
                "speed": .number("\(stamper.clock.speed)"), "entry": .number(bridge.entry),
                "user": .text(sender?.user),
                "roles": .texts((sender?.mayDoEverything == true ? [.lead] : sender?.roles ?? []).map(\.text)),
                "confirmed": .object(confirmed),
            ])
        ]).bytes
    }

    /// Bridge time of each source's last good answer, as far as it is not later than a time.
    private func confirmations(until moment: Instant) -> [String: Instant] {
        var all: [String: Instant] = [:]
        for (id, desk) in desks {
            if let good = desk.lastGood, good <= moment { all[id] = good }
        }
        return all
    }

    private func subscribe(_ connection: Int, _ options: JSON) {
        if let name = options["as"]?.text {
            guard let role = Role(name) else {
                return refuse(connection, "there is no role '\(CleanText.quoted(name))'")
            }
            subscribers.lessen(connection, to: role)
        }
        var from: Int?
        if let given = options["from"], given != .null {
            guard let number = given.int, number >= 1 else {
                return refuse(connection, "'from' must be the number of an entry")
            }
            from = number
        }
        subscribers.write(hello(for: connection, now: now), to: connection)
        if let from {
            subscribers.subscribe(connection, catchingUpFrom: from)
            catchUp(connection)
            return
        }
        do {
            for line in try currentBridgeLines() { subscribers.write(line + [0x0A], to: connection) }
            subscribers.subscribe(connection, catchingUpFrom: nil, hasBridge: true)
        } catch {
            refuse(connection, "the bridge cannot be sent: \(error)")
        }
    }

    func currentBridgeLines() throws -> [[UInt8]] {
        if let cached = bridgeLines, cached.entry == bridge.entry { return cached.lines }
        let lines = try BridgeLines.lines(for: bridge)
        bridgeLines = (bridge.entry, lines)
        return lines
    }

    /// Sends a subscriber what it lacks, a piece at a time. The next piece is read when this one has left.
    private func catchUp(_ connection: Int) {
        guard let from = subscribers.catchingUpFrom(connection) else { return }
        var next = from
        do {
            try journal.read(from: from) { record in
                subscribers.write(record.line + [0x0A], to: connection)
                next = record.number + 1
                return subscribers.hasRoom(connection)
            }
        } catch {
            setup.log("the journal could not be read: \(JournalFault.words(for: error))")
            subscribers.cut(connection, "the journal could not be read")
            return
        }
        subscribers.caughtUp(connection, to: next > bridge.entry ? nil : next)
        subscribers.flush()
        if next <= bridge.entry {
            loop.scheduleTask(in: .milliseconds(5)) { self.assumeIsolated { $0.continueCatchUp(connection) } }
        }
    }

    private func continueCatchUp(_ connection: Int) {
        guard subscribers.catchingUpFrom(connection) != nil else { return }
        if subscribers.hasRoom(connection) {
            catchUp(connection)
        } else {
            loop.scheduleTask(in: .milliseconds(20)) { self.assumeIsolated { $0.continueCatchUp(connection) } }
        }
    }

    // MARK: Looking back

    private func answer(
        _ connection: Int, _ options: JSON, _ lines: (isolated Hub, Bridge, Instant) throws -> [[UInt8]]
    ) {
        do {
            var moment = now
            var asOf = bridge
            if let given = options["at"], given != .null {
                guard let instant = given.instant else { return refuse(connection, "'at' must be an RFC 3339 time") }
                let zones = bridge.runbook.zones
                guard instant <= now else {
                    return refuse(connection, "\(zones.both(instant)) has not come: it is \(zones.both(now))")
                }
                moment = instant
                asOf = try bridge(at: instant)
                guard asOf.entry > 0 else {
                    return refuse(connection, "the night has no entry yet at \(zones.both(instant))")
                }
            }
            for line in try lines(self, asOf, moment) { subscribers.write(line, to: connection) }
        } catch {
            refuse(connection, "the bridge cannot be shown: \(error)")
        }
    }

    /// The bridge after the last entry that was received at a bridge time or before.
    func bridge(at moment: Instant) throws -> Bridge {
        var past = Bridge(runbook: firstRunbook)
        try journal.replay(into: &past, understand: setup.understand) { $0.receivedAt <= moment }
        return past
    }

    private func answerHistory(_ connection: Int, _ options: JSON) {
        guard let subject = options["subject"]?.text else { return refuse(connection, "'subject' is missing") }
        let limit = min(max(options["limit"]?.int ?? 50, 1), 500)
        do {
            let records = try journal.history(of: subject, before: options["before"]?.int, limit: limit)
            var line = Array("{\"history\":{\"entries\":[".utf8)
            for (index, record) in records.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                line.append(contentsOf: record.line)
            }
            line.append(contentsOf: "],\"subject\":".utf8)
            JSON.write(subject, to: &line)
            line.append(contentsOf: "}}\n".utf8)
            subscribers.write(line, to: connection)
        } catch {
            refuse(connection, "the journal cannot be read: \(JournalFault.words(for: error))")
        }
    }

    private func stop(_ connection: Int) {
        guard let sender = subscribers.sender(of: connection).map({ bridge.acting($0) }) else { return }
        guard sender.mayDoEverything || sender.roles.contains(.lead) || sender.user == setup.starter else {
            return refuse(connection, "only the lead may stop the hub")
        }
        subscribers.write(Hub.answer(id: nil, entry: bridge.entry), to: connection)
        subscribers.flush()
        onStop?()
    }
}
