import ArgumentParser
import Glibc
import NIOCore
import OrderedCollections
import Synchronization
import WarRoomCore
import WarRoomHub
import WarRoomRunbook
import WarRoomSources
import WarRoomWire

/// `warroom serve`: the hub in the foreground; never a screen.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the hub of a runbook in the foreground.")

    @OptionGroup var place: Place

    @Option(help: ArgumentHelp("Sets the clock: RFC 3339, or 'Sun 04:31' in the home zone. Makes it a rehearsal.", valueName: "time"))
    var at: String?

    @Option(help: "How fast the clock runs; 0 stands still. Makes it a rehearsal.")
    var speed: Double?

    @Option(help: .hidden)
    var backgroundReady: Int32?

    func validate() throws {
        if let speed, !(speed >= 0 && speed.isFinite) { throw ValidationError("--speed takes a number from 0") }
    }

    func run() async throws {
        do {
            try await serve()
        } catch let failure as Failure {
            tell("error \(failure.code) \(failure.sentence)")
            throw failure
        }
    }

    /// Tells whoever started the hub in the background how it went.
    private func tell(_ line: String) {
        guard let backgroundReady else { return }
        let bytes = Array((line + "\n").utf8)
        _ = write(backgroundReady, bytes, bytes.count)
        close(backgroundReady)
    }

    private func serve() async throws {
        let ending = Ending()
        let document = try readRunbook(place.runbook)
        let onDisk = document.runbook
        let isRehearsal = at != nil || speed != nil
        let spot = Spot(onDisk, place: place, isRehearsal: isRehearsal)
        let folder: StateFolder
        do throws(ServerFault) { folder = try StateFolder(spot.stateFolder) } catch { throw Failure.no(error.sentence) }
        if isRehearsal, place.state == nil { removeJournal(folder.journal) }

        let clock = try startingClock(onDisk)
        let journal: SQLiteJournal
        let runbook: Runbook
        do {
            journal = try SQLiteJournal(path: folder.journal)
            runbook = try plan(document, in: journal)
        } catch let fault as JournalFault {
            throw Failure.no(fault.sentence)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.unusable("the journal \(folder.journal) cannot be opened: \(error); choose another folder with --state")
        }
        let setup = Hub.Setup(
            bridgeID: spot.bridgeID, isRehearsal: isRehearsal, stateFolder: spot.stateFolder, clock: clock,
            starter: Access.userName(getuid()),
            wall: { wallTime() }, log: { say("\(wallTime().rfc3339) \($0)") })
        let server = Server()
        let hub: Hub
        do {
            hub = try Hub(setup: setup, runbook: runbook, journal: journal, loop: server.loop)
            try await hub.begin()
        } catch {
            throw Failure.no("the journal \(folder.journal) cannot be taken up: \(error)")
        }

        await hub.onStop { ending.ask() }
        let relay = Relay()
        let watch = FolderWatch { folder in relay.bus.withLock { $0 }?.changed(folder) }
        let bus = Bus(
            hub: hub,
            sources: runbook.sources.values.map {
                ($0, Sources.make($0, stateFolder: spot.stateFolder, runbookFolder: spot.runbookFolder))
            },
            clock: await hub.clock, wall: setup.wall, watchFolder: { watch.watch($0) })
        relay.bus.withLock { $0 = bus }
        let access = Access(runbook, starter: getuid(), isRehearsal: isRehearsal)
        do {
            let listener = try await server.listen(at: spot.socket, hub: hub, access: access)
            await bus.start()
            setup.log("\(spot.bridgeID) serves at \(spot.socket), state in \(spot.stateFolder), pid \(getpid())")
            tell("ready")
            await ending.wait()
            await bus.stop()
            watch.close()
            try? await listener.close()
        } catch let fault as ServerFault {
            throw Failure.no(fault.sentence)
        }
        unlink(spot.socket)
        try await hub.end("the hub has ended")
        setup.log("ended in order")
        try? await server.shutDown()
    }

    private func startingClock(_ runbook: Runbook) throws -> Clock {
        guard at != nil || speed != nil else { return .live }
        var start = wallTime()
        if let at {
            do {
                start = try runbook.instant(written: at)
            } catch {
                throw Failure.unusable("--at \(at): \(error)")
            }
        }
        return Clock(startingAt: start, wall: wallTime(), speed: speed ?? 1)
    }

    /// The runbook that the journal began with, if it has begun; a change on disk is said, and taken by nobody but the
    /// lead (CONTRACT 6).
    private func plan(_ onDisk: RunbookDocument, in journal: SQLiteJournal) throws -> Runbook {
        var journalled: String?
        try journal.read(from: 1) { record in
            journalled = try JSON(parsing: record.event)["data"]?["runbook"]?.text
            return false
        }
        guard let journalled, journalled != onDisk.runbook.fingerprint else {
            try journal.keep(runbook: onDisk.text, fingerprint: onDisk.runbook.fingerprint)
            return onDisk.runbook
        }
        guard let text = try journal.runbook(journalled) else {
            throw JournalFault("the journal names a runbook that it does not hold; choose another folder with --state")
        }
        say("the runbook on disk is not the one that this night began with; the night goes on with its own")
        switch RunbookReader.read(text, file: place.runbook) {
        case .success(let runbook): return runbook
        case .failure(let faults): throw Failure.unusable(faults.lines().joined(separator: "\n"))
        }
    }

    private func removeJournal(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }
}

/// Where the bus is found once it is made.
private final class Relay: Sendable {
    let bus = Mutex<Bus?>(nil)
}

/// The computer's wall time; the one place of the program that asks for it.
func wallTime() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
