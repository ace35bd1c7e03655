import NIOCore
import WarRoomCore

/// The hub's connections: what is on its way to each, and who has fallen too far behind.
struct Subscribers {
    /// With so many bytes on their way to it a connection has no room: its next request waits, and so do entries. It
    /// has room again with less than the lower of both.
    static let room = ChannelOptions.Types.WriteBufferWaterMark(low: 64 << 10, high: 256 << 10)
    /// How far a reader may fall behind with answers before it is cut, and for how long it may take nothing at all
    /// (docs/contract.md, Subscribing).
    static let mostQueuedBytes = 4 << 20
    static let mostQueuedSeconds = 5
    /// How long entries are gathered after some were sent, for each reader. Sending to one costs some 7 µs of CPU: so
    /// this bounds what all together cost, whatever comes, and what comes alone does not wait.
    static let restOfEach = TimeAmount.microseconds(50)

    private var connections: [Int: Subscriber] = [:]
    /// Those who are subscribed.
    private var readers: [Int] = []
    private var touched: [Int] = []
    private var lastID = 0
    private(set) var feed = Feed()
    /// Until when entries are gathered.
    private(set) var restsUntil = NIODeadline.uptimeNanoseconds(0)

    /// A connection whose user has no name yet, and no role.
    mutating func add(_ channel: any Channel, _ peer: Names.Peer) -> Int {
        lastID += 1
        connections[lastID] = Subscriber(channel, peer)
        return lastID
    }

    /// Takes note of who it is.
    func name(_ id: Int, _ identity: Names.Identity, sender: Sender) {
        guard let connection = connections[id] else { return }
        connection.identity = identity
        connection.actingAs = connection.actingAs.granted(as: sender)
    }

    /// The connections of somebody of whom only the number is known.
    func nameless(_ peer: Names.Peer) -> [Int] {
        connections.filter { $0.value.peer == peer && $0.value.identity?.user == String(peer.uid) }.keys.sorted()
    }

    /// All connections.
    var all: [Int] { connections.keys.sorted() }

    /// Nobody is there any more; what it has sent may still be looked at.
    mutating func leave(_ id: Int) {
        guard let connection = connections[id] else { return }
        connection.presence.leave()
        connection.standing = .apart
        connection.isGone = true
        readers.removeAll { $0 == id }
    }

    mutating func remove(_ id: Int) {
        leave(id)
        connections[id] = nil
    }

    var count: Int { connections.count }

    /// How many are subscribed.
    var attached: Int { readers.count }

    /// How many connections a user has.
    func count(of uid: UInt32) -> Int { connections.values.count { $0.peer.uid == uid } }

    func sender(of id: Int) -> Sender? { connections[id]?.actingAs }

    func identity(of id: Int) -> Names.Identity? { connections[id]?.identity }

    func presence(of id: Int) -> Subscriber.Presence? { connections[id]?.presence }

    /// Gives every connection the roles of its user anew.
    func grant(_ sender: (Names.Identity) -> Sender) {
        for connection in connections.values {
            guard let identity = connection.identity else { continue }
            connection.actingAs = connection.actingAs.granted(as: sender(identity))
        }
    }

    /// Lessens what a connection may do, for as long as it lives.
    func lessen(_ id: Int, to role: Role) {
        guard let connection = connections[id] else { return }
        connection.actingAs = connection.actingAs.lessened(to: role)
    }

    /// Whether there is room for another answer. Where there is none, the channel tells when there is.
    func hasRoom(_ id: Int) -> Bool {
        guard let connection = connections[id], !connection.isGone else { return true }
        return connection.hasRoom
    }

    // MARK: Where each stands

    /// Begins to send a connection every entry from a number on. What it lacks of them is read and sent by the caller.
    mutating func subscribe(_ id: Int, from entry: Int, hasBridge: Bool) {
        guard let connection = connections[id], !connection.isGone else { return }
        connection.next = entry
        connection.hasBridge = hasBridge
        connection.needsBridge = false
        connection.reading += 1
        connection.standing = .catchingUp
        if !readers.contains(id) { readers.append(id) }
    }

    /// The connections that were sent the bridge.
    var havingBridge: [Int] { readers.filter { connections[$0]?.hasBridge ?? false } }

    /// What a connection lacks: the next entry that it is to be sent, and which reading of them counts.
    func catchingUp(_ id: Int) -> (from: Int, reading: Int)? {
        guard let connection = connections[id], case .catchingUp = connection.standing else { return nil }
        return (connection.next, connection.reading)
    }

    /// A connection was sent so many bytes of what it lacked, up to an entry.
    func caughtUp(_ id: Int, to entry: Int, bytes: Int) {
        connections[id]?.next = entry
        connections[id]?.place += bytes
    }

    /// A connection that was catching up lacks nothing any more.
    func isInStep(_ id: Int) { connections[id]?.standing = .inStep }

    /// A connection has no room for what it lacks.
    func fallsBehind(_ id: Int) { connections[id]?.standing = .behind }

    /// Has a connection that was behind catch up; `nil` where it was not. `bytes` counts what it lacks. `takesBridge`
    /// says whether it may get the bridge in its place, `mustTakeIt` whether nothing else will do.
    func resume(_ id: Int) -> (bytes: Int, takesBridge: Bool, mustTakeIt: Bool)? {
        guard let connection = connections[id], case .behind = connection.standing else { return nil }
        connection.reading += 1
        connection.standing = .catchingUp
        return (feed.size - connection.place, connection.hasBridge, connection.needsBridge)
    }

    /// No entry will do for a connection that was sent the bridge; returns whether there is room for it now.
    func mustTakeBridge(_ id: Int) -> Bool {
        guard let connection = connections[id] else { return false }
        connection.needsBridge = true
        connection.reading += 1
        connection.standing = connection.hasRoom ? .catchingUp : .behind
        return connection.hasRoom
    }

    // MARK: Writing

    mutating func write(_ line: [UInt8], to id: Int) {
        guard let connection = connections[id] else { return }
        write(connection.channel.allocator.buffer(bytes: line), to: id)
    }

    /// Writes lines behind all entries that there are. Whoever leaves too much of its answers is cut.
    mutating func write(_ buffer: ByteBuffer, to id: Int) {
        guard let connection = connections[id], !connection.isGone else { return }
        sendRest(to: connection)
        if !connection.hasRoom, connection.queuedBytes > Subscribers.mostQueuedBytes + connection.bridgeSize {
            return cut(id, "more than \(Subscribers.mostQueuedBytes >> 20) MB behind")
        }
        connection.write(buffer)
        touch(connection, id)
    }

    /// Writes the bridge. To a connection that catches up with it, the entries behind its last one follow.
    mutating func write(_ picture: BridgePicture, to id: Int) {
        guard let connection = connections[id], !connection.isGone else { return }
        connection.bridgeSize = picture.lines.readableBytes
        if case .catchingUp = connection.standing {
            connection.needsBridge = false
            (connection.next, connection.place) = (picture.entry + 1, picture.place)
        }
        connection.write(picture.lines)
        touch(connection, id)
    }

    private mutating func touch(_ connection: Subscriber, _ id: Int) {
        guard !connection.needsFlush else { return }
        connection.needsFlush = true
        touched.append(id)
    }

    /// Takes entries' lines for everybody who is subscribed; `number` is that of the first. They are sent with
    /// ``sendGathered(now:)``, or with whatever a connection is sent before that.
    mutating func gather(_ lines: [[UInt8]], from number: Int) {
        feed.append(lines, from: number)
        if readers.isEmpty { feed.drop() }
    }

    /// Sends everybody the entries that were gathered, and rests for as long as they are many.
    mutating func sendGathered(now: NIODeadline) {
        guard !feed.isEmpty else { return }
        var count: Int64 = 0
        for id in readers {
            guard let connection = connections[id], sendRest(to: connection) else { continue }
            count += 1
            connection.channel.flush()
        }
        feed.drop()
        restsUntil = now + Subscribers.restOfEach * count
    }

    /// Writes what a connection lacks of the entries that were gathered; returns whether it was anything. Without room
    /// for them it is behind from now on.
    @discardableResult
    private func sendRest(to connection: Subscriber) -> Bool {
        guard connection.isInStep, let (lines, place) = feed.rest(from: connection.next) else { return false }
        guard connection.hasRoom else {
            connection.standing = .behind
            connection.place = place
            return false
        }
        connection.write(lines)
        connection.next = feed.next
        return true
    }

    /// Sends a line to every subscriber that is in step.
    mutating func tell(_ line: [UInt8]) {
        let buffer = ByteBuffer(bytes: line)
        for id in readers {
            guard let connection = connections[id] else { continue }
            sendRest(to: connection)
            if connection.isInStep { write(buffer, to: id) }
        }
    }

    /// Sends the beat, and cuts whoever has taken nothing for too long.
    mutating func beat(_ line: [UInt8]) {
        for (id, connection) in connections where connection.waits() > Subscribers.mostQueuedSeconds {
            cut(id, "more than \(Subscribers.mostQueuedSeconds) s behind")
        }
        tell(line)
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
        readers.removeAll { $0 == id }
        connection.presence.leave()
        guard !connection.isGone else { return }
        sendRest(to: connection)
        let channel = connection.channel
        let line = JSON.object(["cut": .string(reason)]).bytes
        channel.writeAndFlush(channel.allocator.buffer(bytes: line)).whenComplete { _ in channel.close(promise: nil) }
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    /// Closes a connection behind its last answer, unless entries are to follow.
    func closeUnlessSubscribed(_ id: Int) {
        guard let connection = connections[id], !connection.isSubscribed, !connection.isGone else { return }
        let channel = connection.channel
        channel.writeAndFlush(channel.allocator.buffer(capacity: 0)).whenComplete { _ in channel.close(promise: nil) }
    }

    mutating func cutAll(_ reason: String) {
        flush()
        for id in connections.keys.sorted() { cut(id, reason) }
    }
}
