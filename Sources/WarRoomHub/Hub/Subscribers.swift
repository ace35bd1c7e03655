import NIOCore
import Synchronization
import WarRoomCore

/// The hub's connections: who is behind each, what is on its way to it, and who has fallen too far behind.
struct Subscribers {
    /// How far a reader may fall behind before it is cut (docs/contract.md, Subscribing).
    static let mostQueuedBytes = 4 << 20
    static let mostQueuedSeconds: Int64 = 5
    /// With so many bytes on their way to it, a connection's next request waits.
    private static let room = 256 << 10

    private struct Connection {
        let channel: any Channel
        /// Who it is, as the kernel and `access` say, with the roles that `as` on a subscription has left.
        var actingAs: Sender
        /// Who it is, as the kernel says, and then the name service.
        let peer: Names.Peer
        var identity: Names.Identity?
        /// Whether somebody is there at all.
        let presence = Presence()
        var isSubscribed = false
        /// Whether it was sent the bridge: then it gets it anew when the runbook is another.
        var hasBridge = false
        /// The next entry to send to a subscriber that still catches up from the journal.
        var catchingUpFrom: Int?
        /// Which of its subscriptions catches up: a later one takes the place of an earlier.
        var catchingUp = 0
        let backlog: Backlog
        var needsFlush = false
        var isGone = false
    }

    /// What has been written and has not left yet. A class, so that the promise of each write can count it down.
    final class Backlog {
        var queuedBytes = 0
        /// Seconds of the pulse since anything left.
        var secondsWaiting: Int64 = 0
        /// Whether somebody waits for it to become shorter.
        var isWaitedFor = false
    }

    /// Whether somebody is at the other end, for those who work for it on another thread.
    final class Presence: Sendable {
        private let flag = Atomic(true)
        var isHere: Bool { flag.load(ordering: .relaxed) }
        func leave() { flag.store(false, ordering: .relaxed) }
    }

    /// Called with a connection that has room again.
    var onRoom: (Int) -> Void = { _ in }

    private var connections: [Int: Connection] = [:]
    private var touched: [Int] = []
    private var lastID = 0

    /// A connection whose user has no name yet, and no role.
    mutating func add(_ channel: any Channel, _ peer: Names.Peer) -> Int {
        lastID += 1
        let nobody = Sender(user: String(peer.uid), roles: [.viewer])
        connections[lastID] = Connection(channel: channel, actingAs: nobody, peer: peer, backlog: Backlog())
        return lastID
    }

    /// Takes note of who it is.
    mutating func name(_ id: Int, _ identity: Names.Identity, sender: Sender) {
        guard let connection = connections[id] else { return }
        connections[id]!.identity = identity
        connections[id]!.actingAs = connection.actingAs.granted(as: sender)
    }

    /// The connections of somebody of whom only the number is known.
    func nameless(_ peer: Names.Peer) -> [Int] {
        connections.filter { $0.value.peer == peer && $0.value.identity?.user == String(peer.uid) }.keys.sorted()
    }

    /// All connections.
    var all: [Int] { connections.keys.sorted() }

    /// Nobody is there any more; what it has sent may still be looked at.
    mutating func leave(_ id: Int) {
        connections[id]?.presence.leave()
        connections[id]?.isSubscribed = false
        connections[id]?.isGone = true
    }

    mutating func remove(_ id: Int) {
        leave(id)
        connections[id] = nil
    }

    var count: Int { connections.count }

    /// How many are subscribed.
    var attached: Int { connections.values.count { $0.isSubscribed } }

    /// How many connections a user has.
    func count(of uid: UInt32) -> Int { connections.values.count { $0.peer.uid == uid } }

    func sender(of id: Int) -> Sender? { connections[id]?.actingAs }

    func identity(of id: Int) -> Names.Identity? { connections[id]?.identity }

    func presence(of id: Int) -> Presence? { connections[id]?.presence }

    /// Gives every connection the roles of its user anew.
    mutating func grant(_ sender: (Names.Identity) -> Sender) {
        for (id, connection) in connections {
            guard let identity = connection.identity else { continue }
            connections[id]!.actingAs = connection.actingAs.granted(as: sender(identity))
        }
    }

    /// The connections that were sent the bridge.
    var havingBridge: [Int] { connections.filter(\.value.hasBridge).keys.sorted() }

    /// Lessens what a connection may do, for as long as it lives.
    mutating func lessen(_ id: Int, to role: Role) {
        guard let sender = connections[id]?.actingAs else { return }
        connections[id]?.actingAs = sender.lessened(to: role)
    }

    /// Begins to send a connection every entry from a number on. The caller fetches what it lacks.
    mutating func subscribe(_ id: Int, catchingUpFrom entry: Int?, hasBridge: Bool = false) {
        connections[id]?.isSubscribed = true
        connections[id]?.hasBridge = hasBridge
        connections[id]?.catchingUpFrom = entry
        connections[id]?.catchingUp += 1
    }

    /// Where a connection's last subscription stands, and which it is.
    func catchingUp(_ id: Int) -> (from: Int, run: Int)? {
        guard let connection = connections[id], let from = connection.catchingUpFrom else { return nil }
        return (from, connection.catchingUp)
    }

    mutating func caughtUp(_ id: Int, to entry: Int?) { connections[id]?.catchingUpFrom = entry }

    /// Whether there is room for another answer. Where there is none, ``onRoom`` is called when there is.
    func hasRoom(_ id: Int) -> Bool {
        guard let connection = connections[id], !connection.isGone else { return true }
        if connection.backlog.queuedBytes < Subscribers.room { return true }
        connection.backlog.isWaitedFor = true
        return false
    }

    // MARK: Writing

    mutating func write(_ line: [UInt8], to id: Int) {
        guard let channel = connections[id]?.channel else { return }
        write(channel.allocator.buffer(bytes: line), to: id)
    }

    private mutating func write(_ buffer: ByteBuffer, to id: Int) {
        guard let connection = connections[id], !connection.isGone else { return }
        let (backlog, onRoom) = (connection.backlog, onRoom)
        let count = buffer.readableBytes
        backlog.queuedBytes += count
        let written = connection.channel.write(buffer)
        written.assumeIsolated().whenComplete { _ in
            backlog.queuedBytes -= count
            backlog.secondsWaiting = 0
            guard backlog.isWaitedFor, backlog.queuedBytes < Subscribers.room else { return }
            backlog.isWaitedFor = false
            onRoom(id)
        }
        if !connection.needsFlush {
            connections[id]!.needsFlush = true
            touched.append(id)
        }
        if backlog.queuedBytes > Subscribers.mostQueuedBytes {
            cut(id, "more than \(Subscribers.mostQueuedBytes >> 20) MB behind")
        }
    }

    /// Sends entries to every subscriber that is up to date, or only to those that were not sent the bridge.
    mutating func publish(_ lines: [[UInt8]], toAll: Bool) {
        let ids = connections.filter { _, connection in
            connection.isSubscribed && connection.catchingUpFrom == nil && (toAll || !connection.hasBridge)
        }.keys
        guard !ids.isEmpty, let channel = connections[ids.first!]?.channel else { return }
        var buffer = channel.allocator.buffer(capacity: lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            buffer.writeBytes(line)
            buffer.writeInteger(UInt8(ascii: "\n"))
        }
        for id in ids.sorted() { write(buffer, to: id) }
    }

    /// Sends a line to every subscriber that is up to date.
    mutating func tell(_ line: [UInt8]) {
        for (id, connection) in connections.sorted(by: { $0.key < $1.key })
        where connection.isSubscribed && connection.catchingUpFrom == nil {
            write(line, to: id)
        }
    }

    /// Sends the beat, and cuts whoever has taken nothing for too long.
    mutating func beat(_ line: [UInt8]) {
        for id in connections.keys.sorted() {
            guard let connection = connections[id] else { continue }
            if connection.backlog.queuedBytes > 0 {
                connection.backlog.secondsWaiting += 1
                if connection.backlog.secondsWaiting > Subscribers.mostQueuedSeconds {
                    cut(id, "more than \(Subscribers.mostQueuedSeconds) s behind")
                    continue
                }
            }
            if connection.isSubscribed, connection.catchingUpFrom == nil { write(line, to: id) }
        }
    }

    mutating func flush() {
        for id in touched {
            connections[id]?.channel.flush()
            connections[id]?.needsFlush = false
        }
        touched = []
    }

    /// Ends a connection with a reason; what does not leave within two seconds is dropped.
    mutating func cut(_ id: Int, _ reason: String) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        connection.presence.leave()
        guard !connection.isGone else { return }
        let channel = connection.channel
        let line = JSON.object(["cut": .string(reason)]).bytes
        channel.writeAndFlush(channel.allocator.buffer(bytes: line)).whenComplete { _ in channel.close(promise: nil) }
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    /// Closes a connection behind its last answer, unless entries are to follow.
    mutating func closeUnlessSubscribed(_ id: Int) {
        guard let connection = connections[id], !connection.isSubscribed, !connection.isGone else { return }
        let channel = connection.channel
        channel.writeAndFlush(channel.allocator.buffer(capacity: 0)).whenComplete { _ in channel.close(promise: nil) }
    }

    mutating func cutAll(_ reason: String) {
        flush()
        for id in connections.keys.sorted() { cut(id, reason) }
    }
}
