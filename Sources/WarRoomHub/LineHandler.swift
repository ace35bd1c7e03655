import Glibc
import NIOCore
import WarRoomCore

/// Splits what a connection sends into lines.
final class LineHandler: ChannelInboundHandler {
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
        let credentials =
            (try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self
            ) { LineHandler.credentials(of: $0) }) ?? nil
        guard let credentials else { return context.close(promise: nil) }
        let sender = access.sender(uid: credentials.uid, gid: credentials.gid)
        let channel = context.channel
        connection = hub.assumeIsolated { $0.opened(channel, sender) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let connection else { return }
        // A failed write closes at once, while the hub itself is writing: so the news must wait for its turn.
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
