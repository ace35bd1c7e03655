import Glibc
import NIOCore
import OrderedCollections
import Synchronization
import WarRoomCore
import WarRoomHub
import WarRoomRehearsal
import WarRoomRunbook
import WarRoomSources
import WarRoomSystem
import WarRoomWire

/// One hub, from its runbook to its orderly end: what `serve` and `rehearse` have in common.
struct Serving {
    let place: Place
    let isRehearsal: Bool
    let at: String?
    let speed: Double
    /// Whether the runbook's script plays.
    let playsScript: Bool
    /// Where to tell whoever started the hub in the background how it went.
    let ready: Int32?
    /// Why the hub goes on without entries that are missing at the journal's end; `nil`: it does not.
    let acceptLoss: String?

    func run() async throws {
        if let ready { _ = fcntl(ready, F_SETFD, FD_CLOEXEC) }
        do {
            try await serve()
        } catch let failure as Failure {
            tell("error \(failure.code) \(failure.sentence)")
            throw failure
        }
    }

    private func tell(_ line: String) {
        guard let ready else { return }
        let bytes = Array((line + "\n").utf8)
        _ = write(ready, bytes, bytes.count)
        close(ready)
    }

    private func serve() async throws {
        FileLimit.raise()
        let ending = Ending()
        let document = try place.document()
        let spot = Spot(document.runbook, place: place, isRehearsal: isRehearsal)
        let folder: StateFolder
        do throws(ServerFault) { folder = try StateFolder(spot.stateFolder) } catch { throw Failure.no(error.sentence) }
        do throws(ServerFault) { try Server.refuseTaken(spot.socket) } catch { throw Failure.no(error.sentence) }
        do throws(ServerFault) {
            if isRehearsal, place.state == nil { try folder.empty() }
            try folder.closeJournal()
        } catch { throw Failure.no(error.sentence) }

        let (journal, runbook) = try openJournal(folder.journal, document)
        let loss = try LostEntries.accept(
            in: journal, at: folder.journal, folder: spot.stateFolder, reason: acceptLoss)
        let program = playsScript ? try Program(runbook, spot: spot) : nil
        let start = try startingTime(runbook, program)
        // While a rehearsal catches up, wall time is bridge time: files bear the night's own times.
        let clock: Clock =
            isRehearsal && program == nil ? Clock(startingAt: start, wall: wallTime(), speed: speed) : .live
        let file = RunbookWatch(path: spot.runbook)
        let setup = Hub.Setup(
            bridgeID: spot.bridgeID, isRehearsal: isRehearsal, stateFolder: spot.stateFolder, clock: clock,
            starter: Access.userName(getuid()),
            access: Access(runbook, starter: getuid(), isRehearsal: isRehearsal),
            wall: { wallTime() }, uptime: { uptime() }, log: { say("\(wallTime().rfc3339) \($0)") },
            runbookPath: spot.runbook, readRunbook: { file.read() },
            understand: { text in try? RunbookReader.kept(text, file: file.path).get() },
            heads: HeadKeeper(folder: spot.stateFolder) { say("\(wallTime().rfc3339) \($0)") },
            snapshots: thisProgram().map { program in
                SnapshotKeeper(folder: spot.stateFolder, program: program) { say("\(wallTime().rfc3339) \($0)") }
            })
        let server = Server()
        let hub: Hub
        let resumed: Instant?
        do {
            hub = try Hub(setup: setup, runbook: runbook, journal: journal, loop: server.loop)
            resumed = await hub.lastReceivedAt
            if let program { await hub.hold(at: resumed ?? min(start, program.begins ?? start)) }
            try await hub.begin(loss: loss) { EarlierNights(log: setup.log).learned(for: runbook) }
        } catch {
            throw Failure.no("the journal \(folder.journal) cannot be taken up: \(JournalFault.words(for: error))")
        }

        let inForce = await hub.runbook
        if inForce.fingerprint != document.runbook.fingerprint {
            say("the runbook on disk is not the one of this night; the night goes on with its own")
        }
        await hub.saw(onDisk: .good(document.runbook, text: document.text))
        let failure = Mutex<String?>(nil)
        await hub.onStop { why in
            failure.withLock { $0 = $0 ?? why }
            ending.ask()
        }
        let relay = Relay()
        let watch = FolderWatch { folder in relay.bus.withLock { $0 }?.changed(folder) }
        let taken = await hub.linesTaken()
        let made: @Sendable (SourcePlan, [String]) -> (plan: SourcePlan, source: any Source) = { plan, taken in
            let source = Sources.make(
                plan, stateFolder: spot.stateFolder, runbookFolder: spot.runbookFolder, taken: taken, wall: setup.wall)
            return (plan, source)
        }
        let bus = Bus(
            hub: hub, sources: inForce.sources.values.map { made($0, taken[$0.id] ?? []) },
            watchFolder: { watch.watch($0) })
        relay.bus.withLock { $0 = bus }
        await hub.onAmended { runbook, before in
            let gone = before.sources.keys.filter { runbook.sources[$0] == nil }
            let new = runbook.sources.values.filter { before.sources[$0.id] != $0 }.map { made($0, []) }
            bus.assumeIsolated { $0.follow(without: Set(gone), with: new) }
            Access.admit(by: runbook, at: spot.socket)
        }
        var playing: Playing?
        do {
            // Only the player may attach to a hub that still catches up, and nobody to one that has not looked once: so
            // the socket gets its name afterwards.
            let path = "\(spot.socket)~"
            var listener: (any Channel)?
            if let program {
                listener = try await server.listen(at: path, hub: hub)
                playing = try await program.play(
                    hub: hub, bus: bus, socket: path, after: resumed, start: resumed ?? start, speed: speed,
                    log: setup.log)
            }
            hub.startPulse()
            await bus.start()
            if listener == nil { listener = try await server.listen(at: spot.socket, hub: hub) }
            guard let listener else { return }
            if program != nil { rename(path, spot.socket) }
            setup.log("\(spot.bridgeID) serves at \(spot.socket), state in \(spot.stateFolder), pid \(getpid())")
            tell("ready")
            let runbookWatch = Task { await file.run(hub) }
            let door = Task { try await keepOpen(spot.socket, listener, server, hub, log: setup.log) }
            await ending.wait()
            door.cancel()
            runbookWatch.cancel()
            playing?.end()
            await bus.stop()
            watch.close()
            try? await door.value.close()
        } catch let fault as ServerFault {
            throw Failure.no(fault.sentence)
        }
        unlink(spot.socket)
        try await hub.end("the hub has ended")
        if let why = failure.withLock({ $0 }) { throw Failure.no(why) }
        setup.log("ended in order")
        try? await server.shutDown()
    }

    /// Looks after the socket's file once a second, and makes it anew where somebody has removed it; returns who
    /// listens at the end.
    private func keepOpen(
        _ path: String, _ listener: any Channel, _ server: Server, _ hub: Hub, log: @Sendable (String) -> Void
    ) async throws -> any Channel {
        var listener = listener
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            guard access(path, F_OK) != 0, errno == ENOENT else { continue }
            // The one before goes first: it removes whatever has its name.
            try? await listener.close()
            guard let anew = try? await server.listen(at: path, hub: hub) else { continue }
            listener = anew
            log("the socket \(path) had been removed and is made anew")
        }
        return listener
    }

    private func openJournal(_ path: String, _ document: RunbookDocument) throws -> (SQLiteJournal, Runbook) {
        do {
            let journal = try SQLiteJournal(path: path)
            return (journal, try plan(document, in: journal))
        } catch let fault as JournalFault {
            throw Failure.no(fault.sentence)
        } catch let failure as Failure {
            throw failure
        } catch {
            let words = JournalFault.words(for: error)
            throw Failure.unusable("the journal \(path) cannot be opened: \(words); choose another folder with --state")
        }
    }

    private func startingTime(_ runbook: Runbook, _ program: Program?) throws -> Instant {
        guard let at else { return program?.begins ?? wallTime() }
        do {
            return try runbook.instant(written: at)
        } catch {
            throw Failure.unusable("--at \(at): \(error)")
        }
    }

    /// The runbook that the journal began with, or the one on disk where it has not begun.
    private func plan(_ onDisk: RunbookDocument, in journal: SQLiteJournal) throws -> Runbook {
        var journalled: String?
        try journal.read(from: 1) { record in
            journalled = try JSON(parsing: record.event)["data"]?["runbook"]?.text
            return false
        }
        guard let journalled else {
            try journal.keep(runbook: onDisk.text, fingerprint: onDisk.runbook.fingerprint)
            return onDisk.runbook
        }
        // Whoever can write to the journal could give himself a role by its text alone.
        if let fault = try journal.faultOfRunbook(journalled) {
            throw JournalFault("the journal names a runbook, and \(fault), or choose another folder with --state")
        }
        guard journalled != onDisk.runbook.fingerprint, let text = try journal.runbook(journalled) else {
            return onDisk.runbook
        }
        switch RunbookReader.kept(text, file: place.runbook) {
        case .success(let runbook): return runbook
        case .failure(let faults): throw Failure.unusable(faults.lines().joined(separator: "\n"))
        }
    }
}

/// Which file this program was started from, and its state: another build is another program.
private func thisProgram() -> String? {
    var facts = stat()
    guard stat("/proc/self/exe", &facts) == 0 else { return nil }
    let written = "\(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec)"
    return "\(facts.st_dev)-\(facts.st_ino)-\(facts.st_size)-\(written)"
}

/// Where the bus is found once it is made.
private final class Relay: Sendable {
    let bus = Mutex<Bus?>(nil)
}
