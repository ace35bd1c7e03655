import Glibc
import NIOCore
import WarRoomCore
import WarRoomSystem

/// Splits what a connection sends into lines.
final class LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let hub: Hub
    private var connection: Int?
    private var lines = LineBuffer(longest: Event.longestLine)

    init(hub: Hub) { self.hub = hub }

    func channelActive(context: ChannelHandlerContext) {
        let credentials =
            (try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self
            ) { LineHandler.credentials(of: $0) }) ?? nil
        guard let credentials else { return context.close(promise: nil) }
        let channel = context.channel
        let peer = Access.Peer(uid: credentials.uid, gid: credentials.gid)
        connection = hub.assumeIsolated { $0.opened(channel, peer) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let connection else { return }
        // A failed write closes at once, while the hub itself is writing: so the news must wait for its turn.
        let hub = hub
        context.eventLoop.execute { hub.assumeIsolated { $0.closed(connection) } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lines.append(unwrapInboundIn(data).readableBytesView)
        guard let connection else { return }
        while let line = lines.nextLine() {
            hub.assumeIsolated { hub in
                guard let bytes = line.bytes else { return hub.receiveTooLong(from: connection) }
                if !bytes.isEmpty { hub.receive(bytes, from: connection) }
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let connection, case .inputClosed? = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        let hub = hub
        // This comes after the group that holds the connection's last line.
        context.eventLoop.execute { hub.assumeIsolated { $0.inputClosed(connection) } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// What the kernel says of the other end (SO_PEERCRED, unix(7)). Swift's Glibc has no `struct ucred`, which is
    /// three integers.
    private static func credentials(of socket: NIOBSDSocket.Handle) -> (uid: UInt32, gid: UInt32)? {
        var words: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: words))
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &words, &size) == 0 else { return nil }
        return (words.uid, words.gid)
    }
}
