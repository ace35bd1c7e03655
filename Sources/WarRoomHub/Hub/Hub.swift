import DequeModule
import Glibc
package import NIOCore
import NIOPosix
import OrderedCollections
package import WarRoomCore
import WarRoomWire

/// The only one that orders. Everything that wants into the journal passes through here in one row. Nothing is applied,
/// shown or answered `ok` before it is durable.
///
/// The hub lives on one event loop, together with its sockets, and nothing that takes long is done there: the journal
/// is written and looked back into, and names are asked, on threads of their own. What has come while one group was
/// written is the next one: one transaction and one sync. So load makes groups larger, instead of answers later.
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
        /// The computer's wall time now, which somebody may set. The hub asks for it nowhere else, so that tests can
        /// give their own.
        package var wall: @Sendable () -> Instant
        /// How long the computer has been up, which nobody can set.
        var uptime: @Sendable () -> Duration
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
        /// Keeps the last entry that anybody saw; `nil`: nobody does.
        var heads: HeadKeeper?
        /// Keeps what a start need not work out again; `nil`: every start replays all.
        var snapshots: SnapshotKeeper?

        /// A set-up from its parts.
        package init(
            bridgeID: String, isRehearsal: Bool, stateFolder: String, clock: Clock, starter: String, access: Access,
            wall: @escaping @Sendable () -> Instant, uptime: @escaping @Sendable () -> Duration,
            log: @escaping @Sendable (String) -> Void, runbookPath: String,
            readRunbook: @escaping @Sendable () -> RunbookOnDisk,
            understand: @escaping @Sendable (String) -> Runbook?, heads: HeadKeeper? = nil,
            snapshots: SnapshotKeeper? = nil
        ) {
            self.heads = heads
            self.snapshots = snapshots
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
            self.uptime = uptime
            self.log = log
        }
    }

    nonisolated let loop: any EventLoop
    /// The event loop on which the hub lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    let setup: Setup
    let journal: any Journal
    /// The journal's own thread: a disk that takes its time holds nobody up but whoever waits for it.
    let pen = NIOThreadPool(numberOfThreads: 1)
    let archive = Archive()
    var bridge: Bridge
    var stamper: Stamper
    var night: NightClock
    var subscribers = Subscribers()
    var inboxes = Inboxes()
    var names: Names
    var desks: [String: SourceDesk] = [:]
    var repetitions = Repetitions()
    var refusals = RefusalLimit()
    /// What sources found and what the hub itself has to say, in their order.
    var found: Deque<Found> = []
    /// What is being written.
    var writing: Writing?
    var keeping = Keeping()
    var callers = Callers()
    /// Why nothing may be written any more: nobody knows what is on the disk.
    var fatal: JournalFault?
    var isLookingAtDisk = false
    /// The hub's own words that could not be kept; the next pulse offers them again.
    var ownLost: [JSON] = []
    /// The id of the note on the last time in which nothing could be kept.
    var payment: String?
    var isTurnScheduled = false
    /// The turn of viewers that is to come, where nobody else waits.
    var viewersTurn: Scheduled<Void>?
    /// Whether the hub takes no more, because it ends.
    var isEnding = false
    /// Who waits until nothing is being written.
    var whenKept: [CheckedContinuation<Void, Never>] = []
    /// The last offset of the computer's clock that is on its way into the journal.
    var toldOffset: Int?
    private var counter = 0
    /// The ids of the events of feeds that the journal had, until they are asked for.
    private var lines: [String: [String]]
    /// The bridge as lines, as it was last sent: ten terminals that attach at once cost one coding.
    var picture: BridgePicture?
    /// The sending of the entries that are gathered.
    var sending: Scheduled<Void>?
    /// The document of `status` as it was last made, for whoever asks in the same moment.
    var statusLine: (entry: Int, now: Instant, line: [UInt8])?
    var onStop: (@Sendable (String?) -> Void)?
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
    var stopsSeen = 0

    /// An event that nobody sent on a connection: of a source, or the hub's own.
    struct Found {
        let event: JSON
        let source: String
    }

    /// Opens the bridge on its journal and takes up what is there; nothing is written before ``begin(learned:)``.
    /// Throws where the journal cannot be read, has a gap, or belongs to another bridge.
    package init(setup: Setup, runbook: Runbook, journal: sending any Journal, loop: any EventLoop) throws {
        self.setup = setup
        self.loop = loop
        let known = try Resumption(
            journal, runbook, setup.snapshots, understand: setup.understand, log: setup.log)
        let bridge = known.bridge
        if let opened = known.opened, opened.subject != setup.bridgeID || bridge.isRehearsal != setup.isRehearsal {
            let mode = bridge.isRehearsal ? "a rehearsal" : "a live night"
            throw JournalFault("the journal is that of \(opened.subject), \(mode); choose another folder with --state")
        }
        let night = NightClock(wall: setup.wall, uptime: setup.uptime)
        let clock = night.clock(setup.clock, isLive: !setup.isRehearsal, resuming: bridge)
        stamper = Stamper(clock: clock, last: bridge.lastReceivedAt)
        self.night = night
        names = Names(starter: (getuid(), setup.starter))
        pen.start()
        self.bridge = bridge
        self.journal = journal
        firstRunbook = runbook
        access = setup.access.granting(bridge.runbook)
        repetitions = known.repetitions
        desks = known.desks
        lines = known.lines
    }

    /// Bridge time now.
    var now: Instant { held ?? stamper.now(wall: night.steady) }

    /// The ids of the events of each feed that the journal had when it was taken up. They are given once.
    package func linesTaken() -> [String: [String]] {
        defer { lines = [:] }
        return lines
    }

    /// The clock; after a restart it goes on behind the last entry.
    var clock: Clock { stamper.clock }

    /// Bridge time at which the last entry was received; `nil` before the first.
    package var lastReceivedAt: Instant? { bridge.lastReceivedAt }

    func stamp() -> Instant {
        if let held { return stamper.next(bridge: held) }
        return stamper.next(wall: night.steady)
    }

    /// An event of the hub's own.
    func own(_ subject: String, _ body: EventBody) -> JSON {
        Proposal(subject, body).event(id: nextID(), source: "hub")
    }

    func nextID() -> String {
        counter += 1
        return "\(setup.wall().nanoseconds)-\(counter)"
    }

    /// Goes by the computer's clock from now on, where the last ruling wants that.
    func followRuling() {
        guard bridge.isClockRuled("wall"), !setup.isRehearsal else { return }
        stamper = Stamper(clock: night.byTheWall(), last: stamper.last)
    }
}
