import NIOCore
import WarRoomCore

/// The hub's connections: who is behind each, what is on its way to it, and who has fallen too far behind.
struct Subscribers {
    /// How far a reader may fall behind before it is cut (docs/contract.md, Subscribing).
    static let mostQueuedBytes = 4 << 20
    static let mostQueuedSeconds: Int64 = 5

    private struct Connection {
        let channel: any Channel
        /// Who it is, as the kernel and `access` say, with the roles that `as` on a subscription has left.
        var actingAs: Sender
        /// Who it is, as the kernel says.
        let peer: Access.Peer
        var isSubscribed = false
        /// Whether it was sent the bridge: then it gets it anew when the runbook is another.
        var hasBridge = false
        /// The next entry to send to a subscriber that still catches up from the journal.
        var catchingUpFrom: Int?
        let backlog: Backlog
        var needsFlush = false
    }

    /// What has been written and has not left yet. A class, so that the promise of each write can count it down.
    final class Backlog {
        var queuedBytes = 0
        /// Seconds of the pulse since anything left.
        var secondsWaiting: Int64 = 0
    }

    private var connections: [Int: Connection] = [:]
    private var touched: [Int] = []
    private var lastID = 0

    mutating func add(_ channel: any Channel, _ peer: Access.Peer, sender: Sender) -> Int {
        lastID += 1
        connections[lastID] = Connection(channel: channel, actingAs: sender, peer: peer, backlog: Backlog())
        return lastID
    }

    mutating func remove(_ id: Int) { connections[id] = nil }

    func sender(of id: Int) -> Sender? { connections[id]?.actingAs }

    func peer(of id: Int) -> Access.Peer? { connections[id]?.peer }

    /// Gives every connection the roles of its user anew.
    mutating func grant(_ sender: (Access.Peer) -> Sender) {
        for (id, connection) in connections {
            connections[id]!.actingAs = connection.actingAs.granted(as: sender(connection.peer))
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
    }

    func catchingUpFrom(_ id: Int) -> Int? { connections[id]?.catchingUpFrom }

    mutating func caughtUp(_ id: Int, to entry: Int?) { connections[id]?.catchingUpFrom = entry }

    /// Whether there is room for more of the journal.
    func hasRoom(_ id: Int) -> Bool { (connections[id]?.backlog.queuedBytes ?? .max) < 1 << 20 }

    // MARK: Writing

    mutating func write(_ line: [UInt8], to id: Int) {
        guard let channel = connections[id]?.channel else { return }
        write(channel.allocator.buffer(bytes: line), to: id)
    }

    private mutating func write(_ buffer: ByteBuffer, to id: Int) {
        guard let connection = connections[id] else { return }
        let backlog = connection.backlog
        let count = buffer.readableBytes
        backlog.queuedBytes += count
        let written = connection.channel.write(buffer)
        written.assumeIsolated().whenComplete { _ in
            backlog.queuedBytes -= count
            backlog.secondsWaiting = 0
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
        let channel = connection.channel
        let line = JSON.object(["cut": .string(reason)]).bytes
        channel.writeAndFlush(channel.allocator.buffer(bytes: line)).whenComplete { _ in channel.close(promise: nil) }
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    /// Closes a connection behind its last answer, unless entries are to follow.
    mutating func closeUnlessSubscribed(_ id: Int) {
        guard let connection = connections[id], !connection.isSubscribed else { return }
        let channel = connection.channel
        channel.writeAndFlush(channel.allocator.buffer(capacity: 0)).whenComplete { _ in channel.close(promise: nil) }
    }

    mutating func cutAll(_ reason: String) {
        flush()
        for id in connections.keys.sorted() { cut(id, reason) }
    }
}
