package import NIOCore
package import OrderedCollections
package import WarRoomCore
import WarRoomWire

/// The only one that orders. Everything that wants into the journal passes through here in one row. Nothing is applied,
/// shown or answered `ok` before it is durable.
///
/// The hub lives on one event loop, together with its sockets: what all connections sent since the loop last looked is
/// one group, one transaction and one sync. So load makes groups larger, instead of answers later.
package actor Hub {
    /// What a hub is started with.
    package struct Setup: Sendable {
        /// The bridge's id: `monthly-2025-09-14`, or that with `.rehearsal`.
        var bridgeID: String
        /// Whether the night is a rehearsal, which its journal remembers.
        var isRehearsal: Bool
        /// The folder in which the journal lies, for whoever asks.
        var stateFolder: String
        /// How bridge time follows from wall time.
        var clock: Clock
        /// The user who started it: lead where `access` names none, and free to do everything in a rehearsal.
        var starter: String
        /// Wall time now. The hub asks for it nowhere else, so that tests can give their own.
        package var wall: @Sendable () -> Instant
        /// Takes one line for the log.
        package var log: @Sendable (String) -> Void
        /// Who may do what, as the runbook says with which the hub was started.
        var access: Access
        /// The path of the runbook's file, for whoever asks.
        var runbookPath: String
        /// Reads the runbook's file anew.
        var readRunbook: @Sendable () -> RunbookOnDisk
        /// Reads a runbook's text that the journal holds; `nil` where it has faults.
        var understand: @Sendable (String) -> Runbook?

        /// A set-up from its parts.
        package init(
            bridgeID: String, isRehearsal: Bool, stateFolder: String, clock: Clock, starter: String, access: Access,
            wall: @escaping @Sendable () -> Instant, log: @escaping @Sendable (String) -> Void, runbookPath: String,
            readRunbook: @escaping @Sendable () -> RunbookOnDisk,
            understand: @escaping @Sendable (String) -> Runbook?
        ) {
            self.access = access
            self.runbookPath = runbookPath
            self.readRunbook = readRunbook
            self.understand = understand
            self.bridgeID = bridgeID
            self.isRehearsal = isRehearsal
            self.stateFolder = stateFolder
            self.clock = clock
            self.starter = starter
            self.wall = wall
            self.log = log
        }
    }

    nonisolated let loop: any EventLoop
    /// The event loop on which the hub lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    let setup: Setup
    let journal: any Journal
    var bridge: Bridge
    var stamper: Stamper
    var subscribers = Subscribers()
    var desks: [String: SourceDesk] = [:]
    var repetitions = Repetitions()
    private var refusals = RefusalLimit()
    private var pending: [Pending] = []
    private var isCommitScheduled = false
    private var counter = 0
    /// The ids of the events of feeds that the journal had, until they are asked for.
    private var lines: [String: [String]]
    /// The bridge as lines, for as long as it stays the same: ten terminals that attach at once cost one coding.
    var bridgeLines: (entry: Int, lines: [[UInt8]])?
    var onStop: (@Sendable () -> Void)?
    var onAmended: (@Sendable (Runbook, Runbook) -> Void)?
    /// Who may do what, as the runbook in force says.
    var access: Access
    /// The runbook's file as it was found last; `nil` before the first look.
    var onDisk: RunbookOnDisk?
    /// The runbook that the night began with: every replay begins with it.
    let firstRunbook: Runbook
    /// The bridge's time while a rehearsal catches up: then it is set by hand, and what is received is received at it.
    var held: Instant?
    /// The entry up to which it has been looked whether a wave stops by itself.
    private var stopsSeen = 0

    /// What waits for its place: an event, or a request that must see what came before it.
    enum Pending {
        case event(JSON, from: Int?, source: String?)
        case broken(reason: String, from: Int)
        case request(JSON, from: Int)
    }

    /// Opens the bridge on its journal and replays what is there; nothing is written before ``begin(learned:)``. Throws
    /// where the journal cannot be read, has a gap, or belongs to another bridge.
    package init(setup: Setup, runbook: Runbook, journal: sending any Journal, loop: any EventLoop) throws {
        self.setup = setup
        self.loop = loop
        var bridge = Bridge(runbook: runbook)
        var repetitions = Repetitions()
        var desks = Hub.desks(for: runbook, nil, [:])
        var opened: Record?
        var lines: [String: [String]] = [:]
        var inForce = runbook
        let note = { (record: Record, event: Event, bridge: Bridge) in
            if opened == nil { opened = record }
            repetitions.note(source: event.source, id: event.id, entry: record.number)
            if record.via == .source {
                desks[record.by]?.took(event)
                if case .ndjson? = inForce.sources[record.by]?.kind { lines[record.by, default: []].append(event.id) }
            }
            if event.amendsTo != nil {
                desks = Hub.desks(for: bridge.runbook, inForce, desks)
                inForce = bridge.runbook
            }
        }
        try journal.replay(into: &bridge, understand: setup.understand, each: note)
        if let opened, opened.subject != setup.bridgeID || bridge.isRehearsal != setup.isRehearsal {
            let mode = bridge.isRehearsal ? "a rehearsal" : "a live night"
            throw JournalFault("the journal is that of \(opened.subject), \(mode); choose another folder with --state")
        }
        let clock = bridge.lastReceivedAt.map { setup.clock.resuming(after: $0, wall: setup.wall()) } ?? setup.clock
        stamper = Stamper(clock: clock, last: bridge.lastReceivedAt)
        self.bridge = bridge
        self.journal = journal
        firstRunbook = runbook
        access = setup.access.granting(bridge.runbook)
        self.repetitions = repetitions
        self.desks = desks
        self.lines = lines
    }

    /// Bridge time now.
    var now: Instant { held ?? stamper.now(wall: setup.wall()) }

    /// The ids of the events of each feed that the journal had when it was taken up. They are given once.
    package func linesTaken() -> [String: [String]] {
        defer { lines = [:] }
        return lines
    }

    /// The clock; after a restart it goes on behind the last entry.
    var clock: Clock { stamper.clock }

    /// Bridge time at which the last entry was received; `nil` before the first.
    package var lastReceivedAt: Instant? { bridge.lastReceivedAt }

    private func stamp() -> Instant {
        if let held { return stamper.next(bridge: held) }
        return stamper.next(wall: setup.wall())
    }

    /// Writes the entry with which a hub begins: opened, or back after it was away. Throws where it cannot be kept.
    /// `learned` says how long steps took on earlier nights. It is asked only when the night begins, and journalled
    /// with its first entry, so that every replay knows the same.
    package func begin(learned: @Sendable () -> OrderedDictionary<String, Duration> = { [:] }) throws {
        let last = bridge.lastReceivedAt
        let report = BridgeReport(
            state: .opened, mode: setup.isRehearsal ? "rehearsal" : "live", runbook: bridge.runbook.fingerprint,
            awayFrom: last, learned: last == nil ? learned() : [:])
        try record(own(setup.bridgeID, .bridge(report)), by: setup.starter)
    }

    /// Writes one entry of the hub's own at once.
    private func record(_ event: JSON, by: String) throws {
        var group = Group(bridge: bridge)
        group.add(try Event(event), by: by, via: .hub, receivedAt: stamp())
        try journal.append(group.records)
        finish(group)
    }

    // MARK: Coming in

    /// Takes a line from a connection.
    func receive(_ line: [UInt8], from connection: Int) {
        do throws(JSONFault) {
            let json = try JSON(parsing: line)
            if json["type"] != nil {
                enqueue(.event(json, from: connection, source: nil))
            } else {
                enqueue(.request(json, from: connection))
            }
        } catch {
            enqueue(.broken(reason: error.description, from: connection))
        }
    }

    /// Takes note that a line was too long to be read.
    func receiveTooLong(from connection: Int) {
        enqueue(.broken(reason: "a line is longer than \(Event.longestLine) bytes", from: connection))
    }

    /// Takes what a source found: its events, and what became of the source itself.
    func take(_ news: SourceDesk.News, from source: String) {
        for event in news.events { enqueue(.event(event, from: nil, source: source)) }
        for report in news.transitions {
            enqueue(.event(own(source, .source(report)), from: nil, source: "hub"))
        }
    }

    func enqueue(_ item: Pending) {
        pending.append(item)
        guard !isCommitScheduled else { return }
        isCommitScheduled = true
        // This runs after the loop has read every socket that was ready: what they sent is the group.
        loop.execute { self.assumeIsolated { $0.commitPending() } }
    }

    /// An event of the hub's own.
    func own(_ subject: String, _ body: EventBody) -> JSON {
        Proposal(subject, body).event(id: nextID(), source: "hub")
    }

    private func nextID() -> String {
        counter += 1
        return "\(setup.wall().nanoseconds)-\(counter)"
    }

    // MARK: Ordering

    func commitPending() {
        isCommitScheduled = false
        let items = pending
        pending = []
        var group = Group(bridge: bridge)
        for item in items {
            switch item {
            case .event(let json, let connection, let source): order(json, connection, source, into: &group)
            case .broken(let reason, let connection):
                group.answers.append((connection, Hub.answer(id: nil, error: reason)))
            case .request(let json, let connection):
                commit(group)
                group = Group(bridge: bridge)
                handle(json, from: connection)
            }
        }
        commit(group)
        subscribers.flush()
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
            if let connection { group.answers.append((connection, Hub.answer(id: id, error: reason))) }
            let what = "\(json["type"]?.text ?? "an event") on \(json["subject"]?.text ?? "nothing")"
            let refusal = RefusalLimit.Refusal(
                subject: source ?? json["subject"]?.text ?? setup.bridgeID, who: sender.user, what: what, why: reason)
            guard let more = refusals.mayRecord(refusal, wall: setup.wall()) else { return }
            // The hub's own words are always an event.
            guard let event = try? Event(own(refusal.subject, .refusal(refusal.report(more: more)))) else { return }
            group.add(event, by: "hub", via: .hub, receivedAt: stamp())
        }
        do throws(EventFault) {
            var event = group.bridge.runbook.resolvingAliases(in: try Event(json))
            let by = source ?? sender.user
            let known =
                group.taken[Repetitions.Key(source: event.source, id: event.id)]
                ?? repetitions.entry(source: event.source, id: event.id, journal: journal)
            if let known {
                guard let source, known.by == by,
                    let renewed = renewed(event, from: source, number: group.bridge.entry + 1)
                else {
                    let first = group.events[known.entry] ?? known.event
                    if let first, known.by == by, event.repeats(first) {
                        if let connection {
                            group.answers.append((connection, Hub.answer(id: id, entry: known.entry)))
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
            var amended: Runbook?
            if event.amendsTo != nil {
                do throws(AmendmentFault) {
                    amended = try amendment(event, from: sender, connection, group.bridge)
                } catch {
                    return refuse(error.sentence)
                }
            }
            let number = group.add(event, by: by, via: via, receivedAt: stamp(), amended: amended)
            if let connection { group.answers.append((connection, Hub.answer(id: id, entry: number))) }
        } catch {
            refuse(error.reason)
        }
    }

    /// Makes a group durable, then applies, shows and answers it. Where it cannot be kept, nothing of it has happened
    /// and its senders are told.
    private func commit(_ group: Group) {
        guard !group.records.isEmpty else {
            for (connection, line) in group.answers { subscribers.write(line, to: connection) }
            return
        }
        do {
            try journal.append(group.records)
            finish(group)
            for (connection, line) in group.answers { subscribers.write(line, to: connection) }
        } catch {
            let words = JournalFault.words(for: error)
            setup.log("the journal could not be written: \(words)")
            for record in group.records where record.via == .source {
                if let event = group.events[record.number] { desks[record.by]?.wasLost(event.json) }
            }
            for (connection, _) in group.answers {
                subscribers.write(
                    Hub.answer(id: nil, error: "the journal could not be written: \(words)"), to: connection)
            }
            // After a failed sync nobody knows what is on the disk: only a new start can tell.
            if JournalFault.isFatal(error) { onStop?() }
        }
    }

    private func finish(_ group: Group) {
        let before = bridge.runbook
        bridge = group.bridge
        bridgeLines = nil
        for record in group.records where record.via == .source {
            if let event = group.events[record.number] { desks[record.by]?.took(event) }
        }
        for (key, taken) in group.taken { repetitions.note(key, entry: taken.entry) }
        if group.isAmended { goBy(before, group.lines) } else { subscribers.publish(group.lines, toAll: true) }
        stopWaves()
    }

    /// Holds the waves that stop by what has just been entered.
    private func stopWaves() {
        let stops = bridge.stops(after: stopsSeen)
        stopsSeen = bridge.entry
        for stop in stops {
            let event = stop.proposal.event(id: nextID(), source: "hub")
            enqueue(.event(event, from: nil, source: "hub"))
        }
    }

    // MARK: Answers

    static func answer(id: String?, entry: Int) -> [UInt8] {
        JSON.object(["ok": .bool(true), "id": .text(id), "entry": .number(entry)]).bytes
    }

    static func answer(id: String?, error: String) -> [UInt8] {
        JSON.object(["ok": .bool(false), "id": .text(id), "error": .string(error)]).bytes
    }

    // MARK: The pulse

    /// Once a second of wall time: staleness, the beat, readers that have fallen behind.
    func pulse() {
        for id in desks.keys.sorted() {
            if let news = desks[id]?.age(now: now) { take(news, from: id) }
        }
        for (refusal, more) in refusals.takeCounted(wall: setup.wall()) {
            let event = own(refusal.subject, .refusal(refusal.report(more: more)))
            enqueue(.event(event, from: nil, source: "hub"))
        }
        var confirmed = JSON.Object()
        for id in desks.keys {
            if let instant = desks[id]?.takeConfirmation() { confirmed[id] = .instant(instant) }
        }
        var beat = JSON.Object(["now": .instant(now), "entry": .number(bridge.entry)])
        if !confirmed.members.isEmpty { beat["confirmed"] = .object(confirmed) }
        subscribers.beat(JSON.object(["beat": .object(beat)]).bytes)
        subscribers.flush()
    }

    /// Has a body called when the hub should end: somebody who may ask for it has asked, or the journal has failed.
    package func onStop(_ body: @escaping @Sendable () -> Void) { onStop = body }

    /// Takes what is still waiting, ends every connection with a reason, and closes the journal. Throws where that
    /// fails.
    package func end(_ reason: String) throws {
        if !pending.isEmpty { commitPending() }
        subscribers.cutAll(reason)
        try journal.close()
    }
}
