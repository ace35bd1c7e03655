import NIOCore
import WarRoomCore
import WarRoomWire

/// What a client may ask (docs/contract.md, Requests). Each request sees all entries that were committed before it.
extension Hub {
    /// How long a document of `status` is one of now, in bridge time.
    private static let sameMoment = Duration.milliseconds(100)
    /// How many bytes of the journal are read at a time for one subscriber.
    private static let pieceBytes = 64 << 10

    func handle(_ request: JSON, from connection: Int) {
        if let options = request["subscribe"] {
            subscribe(connection, options)
        } else if let options = request["history"] {
            answerHistory(connection, options)
        } else if let options = request["status"] {
            if isOfNow(options) { return subscribers.write(currentStatusLine(), to: connection) }
            let disk = onDisk?.fingerprint
            lookBack(connection, options) { hub, moment in
                let lastGood = hub.confirmations(until: moment)
                return { bridge in
                    let situation = Situation(bridge, now: moment)
                    let document = StatusDocument.json(
                        situation, lastGood: lastGood, head: bridge.head, onDisk: disk)
                    return [JSON.object(["status": document]).bytes]
                }
            }
        } else if let options = request["bridge"] {
            if isOfNow(options) { return sendBridge(connection) }
            lookBack(connection, options) { hub, moment in
                let hello = hub.hello(for: connection, now: moment)
                return { bridge in [hello] + BridgeLines.lines(for: bridge).map { $0 + [0x0A] } }
            }
        } else if request["whereabouts"] != nil {
            let answer = JSON.object([
                "whereabouts": .object([
                    "state": .string(setup.stateFolder), "runbook": .string(setup.runbookPath),
                    "user": .text(subscribers.sender(of: connection)?.user),
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
        return JSON.object([
            "hello": .object([
                "protocol": .number(1), "bridge": .string(setup.bridgeID),
                "mode": .string(setup.isRehearsal ? "rehearsal" : "live"), "now": .instant(now),
                "speed": .number("\(stamper.clock.speed)"), "entry": .number(bridge.entry),
                "user": .text(sender?.user),
                "roles": .texts((sender?.mayDoEverything == true ? [.lead] : sender?.roles ?? []).map(\.text)),
                "confirmed": Hub.json(confirmations(until: now)), "troubles": .array(troubles.map(\.json)),
                "attached": .number(subscribers.attached),
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
            classify(connection)
        }
        var from: Int?
        if let given = options["from"], given != .null {
            guard let number = given.int, Ranges.entries.contains(number) else {
                return refuse(connection, "'from' must be the number of an entry, \(Ranges.asked(Ranges.entries))")
            }
            from = number
        }
        guard let from else {
            return sendBridge(connection, subscribing: true)
        }
        subscribers.subscribe(connection, from: from, hasBridge: false)
        subscribers.write(hello(for: connection, now: now), to: connection)
        catchUp(connection)
    }

    /// Sends the bridge as it stands, and has every later entry follow where it is subscribed to.
    private func sendBridge(_ connection: Int, subscribing: Bool = false) {
        let picture = currentPicture()
        if subscribing { subscribers.subscribe(connection, from: bridge.entry + 1, hasBridge: true) }
        send(picture, to: connection)
        if subscribing { subscribers.isInStep(connection) }
    }

    private func send(_ picture: BridgePicture, to connection: Int) {
        subscribers.write(hello(for: connection, now: now), to: connection)
        subscribers.write(picture, to: connection)
    }

    private func currentPicture() -> BridgePicture {
        if let picture, picture.entry == bridge.entry { return picture }
        var lines = ByteBuffer()
        for line in BridgeLines.lines(for: bridge) {
            lines.writeBytes(line)
            lines.writeInteger(UInt8(ascii: "\n"))
        }
        let new = BridgePicture(entry: bridge.entry, place: subscribers.feed.size, lines: lines)
        picture = new
        return new
    }

    /// Goes on with a connection that has taken what was on its way to it. What it lacks follows, or the bridge anew
    /// where that is smaller: as it was last sent, if little has come since, so that many who lag cost few codings.
    func gotRoom(_ connection: Int) {
        defer {
            subscribers.flush()
            goOn(with: connection)
        }
        guard let lag = subscribers.resume(connection) else { return }
        let (size, since) = picture.map { ($0.lines.readableBytes, subscribers.feed.size - $0.place) } ?? (0, Int.max)
        let isOld = since >= Hub.pieceBytes
        guard lag.mustTakeIt || lag.takesBridge && lag.bytes > size + (isOld ? 0 : since) else {
            return catchUp(connection)
        }
        if isOld { picture = nil }
        sendAnew(connection)
    }

    /// Sends a subscriber the bridge anew, and what has come since.
    private func sendAnew(_ connection: Int) {
        send(picture ?? currentPicture(), to: connection)
        catchUp(connection)
    }

    /// Sends the bridge anew to all who were sent it: nothing else tells them of another runbook.
    func sendAllAnew() {
        picture = nil
        for connection in subscribers.havingBridge where subscribers.mustTakeBridge(connection) { sendAnew(connection) }
    }

    /// The document of `status`. Whoever asks in the same moment gets the same.
    private func currentStatusLine() -> [UInt8] {
        let moment = now
        if let last = statusLine, last.entry == bridge.entry, moment - last.now < Hub.sameMoment { return last.line }
        let document = StatusDocument.json(
            Situation(bridge, now: moment, told: troubles), lastGood: confirmations(until: moment),
            head: bridge.head, onDisk: onDisk?.fingerprint)
        let line = JSON.object(["status": document]).bytes
        statusLine = (bridge.entry, moment, line)
        return line
    }

    /// Sends a subscriber what it lacks, a piece at a time, read on another thread. The next piece is read when this
    /// one has left.
    private func catchUp(_ connection: Int) {
        guard let (from, reading) = subscribers.catchingUp(connection) else { return }
        // What is being written will be published, once it is durable and applied.
        let last = bridge.entry
        guard from <= last else {
            subscribers.isInStep(connection)
            // Beats have gone by meanwhile, and with them what was confirmed.
            subscribers.write(beat(confirmed: confirmations(until: now)), to: connection)
            return
        }
        guard subscribers.hasRoom(connection) else { return subscribers.fallsBehind(connection) }
        let journal = journal
        archive.piece(on: loop) { () -> (lines: [UInt8], next: Int) in
            var lines: [UInt8] = []
            var next = from
            try journal.read(from: from) { record in
                guard record.number <= last else { return false }
                lines += record.line + [0x0A]
                next = record.number + 1
                return lines.count < Hub.pieceBytes
            }
            return (lines, next)
        }.whenComplete { result in
            self.assumeIsolated { $0.took(piece: result, of: connection, reading: reading) }
        }
    }

    private func took(piece: Result<(lines: [UInt8], next: Int), any Error>, of connection: Int, reading: Int) {
        guard subscribers.catchingUp(connection)?.reading == reading else { return }
        switch piece {
        case .success(let (lines, next)):
            guard !lines.isEmpty else { return subscribers.cut(connection, "entries are missing in the journal") }
            subscribers.write(lines, to: connection)
            subscribers.caughtUp(connection, to: next, bytes: lines.count)
            subscribers.flush()
            catchUp(connection)
            subscribers.flush()
        case .failure(let error):
            setup.log("the journal could not be read: \(JournalFault.words(for: error))")
            subscribers.cut(connection, "the journal could not be read")
        }
    }

    // MARK: Looking back

    private func isOfNow(_ options: JSON) -> Bool { options["at"] == nil || options["at"] == .null }

    /// Answers with lines that are made of the bridge as it was, on another thread. `prepare` is called at once, and
    /// what it returns there.
    private func lookBack(
        _ connection: Int, _ options: JSON,
        _ prepare: (isolated Hub, Instant) -> @Sendable (Bridge) throws -> [[UInt8]]
    ) {
        let zones = bridge.runbook.zones
        guard let moment = options["at"]?.instant else { return refuse(connection, "'at' must be an RFC 3339 time") }
        guard Ranges.instants.contains(moment) else {
            return refuse(connection, "'at' must be \(Ranges.askedOfInstants)")
        }
        guard moment <= now else {
            return refuse(connection, "\(zones.both(moment)) has not come: it is \(zones.both(now))")
        }
        guard let presence = subscribers.presence(of: connection) else { return }
        let lines = prepare(self, moment)
        let (journal, runbook, understand) = (journal, firstRunbook, setup.understand)
        let made = archive.replay(isViewer: inboxes.isViewer(connection), on: loop) { () -> [[UInt8]] in
            var past = Bridge(runbook: runbook)
            try journal.replay(into: &past, understand: understand) { presence.isHere && $0.receivedAt <= moment }
            guard presence.isHere else { return [] }
            guard past.entry > 0 else {
                return [Hub.answer(id: nil, error: "the night has no entry yet at \(zones.both(moment))")]
            }
            return try lines(past)
        }
        answer(connection, made, orSay: "the bridge cannot be shown")
    }

    /// Answers with lines that are made on another thread. The connection's next request waits for them.
    private func answer(_ connection: Int, _ made: EventLoopFuture<[[UInt8]]>, orSay trouble: String) {
        setBusy(connection, true)
        made.whenComplete { result in
            self.assumeIsolated { hub in
                switch result {
                case .success(let lines): for line in lines { hub.subscribers.write(line, to: connection) }
                case .failure(let error): hub.refuse(connection, "\(trouble): \(JournalFault.words(for: error))")
                }
                hub.subscribers.flush()
                hub.setBusy(connection, false)
            }
        }
    }

    private func answerHistory(_ connection: Int, _ options: JSON) {
        guard let subject = options["subject"]?.text else { return refuse(connection, "'subject' is missing") }
        func number(_ key: String, _ range: ClosedRange<Int>) throws(JournalFault) -> Int? {
            guard let given = options[key], given != .null else { return nil }
            guard let number = given.int, range.contains(number) else {
                throw JournalFault("'\(key)' must be \(Ranges.asked(range))")
            }
            return number
        }
        let (before, limit): (Int?, Int)
        do throws(JournalFault) {
            (before, limit) = (try number("before", Ranges.entries), try number("limit", Ranges.limits) ?? 50)
        } catch { return refuse(connection, error.sentence) }
        let journal = journal
        let made = archive.piece(on: loop) { () -> [[UInt8]] in
            let records = try journal.history(of: subject, before: before, limit: limit)
            var line = Array("{\"history\":{\"entries\":[".utf8)
            for (index, record) in records.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                line.append(contentsOf: record.line)
            }
            line.append(contentsOf: "],\"subject\":".utf8)
            JSON.write(subject, to: &line)
            line.append(contentsOf: "}}\n".utf8)
            return [line]
        }
        answer(connection, made, orSay: "the journal cannot be read")
    }

    private func stop(_ connection: Int) {
        guard let sender = subscribers.sender(of: connection).map({ bridge.acting($0) }) else { return }
        let isStarter = sender.user.isSame(as: setup.starter) && !sender.isLessenedToViewer
        guard sender.mayDoEverything || sender.roles.contains(.lead) || isStarter else {
            return refuse(connection, "only the lead may stop the hub")
        }
        subscribers.write(Hub.answer(id: nil, entry: bridge.entry), to: connection)
        subscribers.flush()
        onStop?(nil)
    }
}
