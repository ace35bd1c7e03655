import Glibc
package import NIOCore
import NIOPosix
import WarRoomCore
import WarRoomWire

/// The socket's server side: one event loop for the hub, its journal and all of its connections.
package struct Server {
    private let group: MultiThreadedEventLoopGroup

    package init() { group = MultiThreadedEventLoopGroup(numberOfThreads: 1) }

    /// The loop on which the hub lives.
    package var loop: any EventLoop { group.any() }

    /// Listens at a path. Throws ``ServerFault`` where another hub listens there or the path cannot be used.
    package func listen(at path: String, hub: Hub, access: Access) async throws -> any Channel {
        try Server.prepareFolder(of: path)
        try Server.refuseTaken(path)
        unlink(path)
        // Between binding and setting the mode nobody may connect who may not afterwards, and everybody may who may.
        let mask = umask(access.admitsOthers ? 0o111 : 0o177)
        defer { umask(mask) }
        let channel: any Channel
        do {
            channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                // Whoever writes and closes that end still gets an answer.
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LineHandler(hub: hub, access: access))
                    }
                }
                .bind(unixDomainSocketPath: path).get()
        } catch {
            throw ServerFault("the hub cannot listen at \(path): \(error); choose another path with --socket")
        }
        chmod(path, access.admitsOthers ? 0o666 : 0o600)
        return channel
    }

    /// Throws ``ServerFault`` where another hub listens at a path.
    package static func refuseTaken(_ path: String) throws(ServerFault) {
        guard isAnswering(path) else { return }
        throw ServerFault("another hub listens at \(path); attach with 'warroom open --socket \(path)' or choose another path")
    }

    /// Ends the loop.
    package func shutDown() async throws { try await group.shutdownGracefully() }

    private static func prepareFolder(of path: String) throws(ServerFault) {
        guard UnixAddress(path) != nil else {
            throw ServerFault("the socket's path is longer than \(UnixAddress.longestPath) bytes: \(path); choose a shorter one with --socket")
        }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        mkdir(folder, 0o700)
        var facts = stat()
        guard stat(folder, &facts) == 0 else {
            throw ServerFault("the folder \(folder) cannot be made: \(UnixAddress.reason(errno))")
        }
        // The common folder below /tmp may be a trap that somebody else has set (CONTRACT 2).
        if folder == "/tmp/warroom-\(getuid())", !SocketPath.isTrusted(folder) {
            throw ServerFault("the folder \(folder) is not this user's alone; remove it, or choose a path with --socket")
        }
    }

    private static func isAnswering(_ path: String) -> Bool { (try? HubConnection(path: path)) != nil }
}

/// Why the hub cannot listen, in a sentence that says what to do next.
package struct ServerFault: Error, Hashable, Sendable {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
}

extension Hub {
    /// Starts the beat, and with it what follows from time alone.
    package nonisolated func startPulse() {
        loop.execute {
            self.loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                self.assumeIsolated { $0.pulse() }
            }
        }
    }

    func opened(_ channel: any Channel, _ sender: Sender) -> Int { subscribers.add(channel, sender: sender) }

    /// The other end will send no more: without a subscription it is done when its answers are out.
    func inputClosed(_ connection: Int) { subscribers.closeUnlessSubscribed(connection) }

    func closed(_ connection: Int) { subscribers.remove(connection) }
}

/// Splits what a connection sends into lines.
private final class LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let hub: Hub
    private let access: Access
    private var connection: Int?
    private var waiting = ByteBuffer()
    private var isSkipping = false

    init(hub: Hub, access: Access) {
        self.hub = hub
        self.access = access
    }

    func channelActive(context: ChannelHandlerContext) {
        let credentials = (try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self) { LineHandler.credentials(of: $0) }) ?? nil
        guard let credentials else { return context.close(promise: nil) }
        let sender = access.sender(uid: credentials.uid, gid: credentials.gid)
        let channel = context.channel
        connection = hub.assumeIsolated { $0.opened(channel, sender) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let connection else { return }
        // A failed write closes at once, in the middle of the hub's own writing: the news must wait for its turn.
        let hub = hub
        context.eventLoop.execute { hub.assumeIsolated { $0.closed(connection) } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if waiting.readableBytes == 0 { swap(&waiting, &buffer) } else { waiting.writeBuffer(&buffer) }
        guard let connection else { return }
        while let newline = waiting.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let length = newline - waiting.readerIndex
            if isSkipping {
                isSkipping = false
            } else if length > Event.longestLine {
                hub.assumeIsolated { $0.receiveTooLong(from: connection) }
            } else if length > 0, let line = waiting.getSlice(at: waiting.readerIndex, length: length) {
                let view = line.readableBytesView
                hub.assumeIsolated { $0.receive(view, from: connection) }
            }
            waiting.moveReaderIndex(to: newline + 1)
        }
        if waiting.readableBytes > Event.longestLine {
            if !isSkipping { hub.assumeIsolated { $0.receiveTooLong(from: connection) } }
            isSkipping = true
            waiting.clear()
        } else if waiting.readableBytes == 0 {
            waiting.clear()
        } else {
            waiting.discardReadBytes()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let connection, case .inputClosed? = event as? ChannelEvent else { return context.fireUserInboundEventTriggered(event) }
        let hub = hub
        // After the group that holds the connection's last line.
        context.eventLoop.execute { hub.assumeIsolated { $0.inputClosed(connection) } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// What the kernel says of the other end (SO_PEERCRED); Swift's Glibc has no `struct ucred`, it is three integers.
    private static func credentials(of socket: NIOBSDSocket.Handle) -> (uid: UInt32, gid: UInt32)? {
        var words: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: words))
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &words, &size) == 0 else { return nil }
        return (words.uid, words.gid)
    }
}
