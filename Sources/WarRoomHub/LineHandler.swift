import Glibc
import NIOCore
import WarRoomCore
import WarRoomSystem

/// Splits what a connection sends into lines, and reads no faster than the hub takes them.
final class LineHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let hub: Hub
    private var connection: Int?
    private var lines = LineBuffer(longest: Event.longestLine)
    /// Whether the hub has as many lines as it takes.
    private var isFull = false
    /// Whether the channel would have read on meanwhile.
    private var wantsRead = false
    private var hasEnded = false

    init(hub: Hub) { self.hub = hub }

    func channelActive(context: ChannelHandlerContext) {
        let credentials =
            (try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self
            ) { LineHandler.credentials(of: $0) }) ?? nil
        guard let credentials else { return context.close(promise: nil) }
        let channel = context.channel
        let peer = Names.Peer(uid: credentials.uid, gid: credentials.gid)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        connection = hub.assumeIsolated { hub in
            hub.opened(channel, peer) {
                // The hub is in the middle of a turn: its lines come afterwards.
                bound.eventLoop.execute { bound.value.0.resume(bound.value.1) }
            }
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let connection else { return }
        isFull = false
        // What breaks off in the middle of a line may be cut: only whole lines count.
        pass(to: connection, isLast: true)
        // A failed write closes at once, while the hub itself is writing: so the news must wait for its turn.
        let hub = hub
        context.eventLoop.execute { hub.assumeIsolated { $0.closed(connection) } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let connection else { return }
        lines.append(unwrapInboundIn(data).readableBytesView)
        if !isFull { pass(to: connection, isLast: false) }
    }

    func read(context: ChannelHandlerContext) {
        if isFull || connection == nil { wantsRead = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.fireChannelWritabilityChanged()
        guard let connection, context.channel.isWritable else { return }
        // It may come in the middle of a write of the hub's.
        let hub = hub
        context.eventLoop.execute { hub.assumeIsolated { $0.gotRoom(connection) } }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let connection, case .inputClosed? = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        hasEnded = true
        if !isFull { end(connection) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Gives the hub as many lines as it takes, or all of them where nobody is there to wait.
    private func pass(to connection: Int, isLast: Bool) {
        let hub = hub
        while !isFull || isLast, let line = lines.nextLine() {
            if line.bytes?.isEmpty ?? false { continue }
            let bytes = line.bytes
            isFull = !hub.assumeIsolated { $0.receive(bytes, from: connection) }
        }
    }

    /// The other end has closed its writing end: what it left without a newline is a line too.
    private func end(_ connection: Int) {
        pass(to: connection, isLast: true)
        let (hub, rest) = (hub, lines.takeRest()?.bytes)
        hub.assumeIsolated { hub in
            if let rest { _ = hub.receive(rest, from: connection) }
            hub.inputClosed(connection)
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard let connection, isFull else { return }
        isFull = false
        pass(to: connection, isLast: false)
        guard !isFull else { return }
        if hasEnded { return end(connection) }
        guard wantsRead else { return }
        wantsRead = false
        context.read()
    }

    /// What the kernel says of the other end (SO_PEERCRED, unix(7)). Swift's Glibc has no `struct ucred`, which is
    /// three integers.
    private static func credentials(of socket: NIOBSDSocket.Handle) -> (uid: UInt32, gid: UInt32)? {
        var words: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: words))
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &words, &size) == 0 else { return nil }
        return (words.uid, words.gid)
    }
}
