import Glibc
package import NIOCore
import NIOPosix
import WarRoomCore
import WarRoomSystem
import WarRoomWire

/// The socket's server side: one event loop for the hub, its journal and all of its connections.
package struct Server {
    private let group: MultiThreadedEventLoopGroup

    /// A server with its loop running; it listens nowhere yet.
    package init() { group = MultiThreadedEventLoopGroup(numberOfThreads: 1) }

    /// The loop on which the hub lives.
    package var loop: any EventLoop { group.any() }

    /// Listens at a path, whose folder is made where it is not there. Throws ``ServerFault`` where another hub listens
    /// there, or the path cannot be used.
    package func listen(at path: String, hub: Hub) async throws -> any Channel {
        try Server.prepareFolder(of: path)
        try Server.refuseTaken(path)
        var facts = stat()
        if lstat(path, &facts) == 0 {
            guard facts.st_mode & S_IFMT == S_IFSOCK else {
                throw ServerFault("\(path) is there and is no socket; choose another path with --socket")
            }
            unlink(path)
        }
        // Between binding and `chmod` the socket must admit those whom it admits afterwards, and nobody else.
        let runbook = await hub.runbook
        let mask = umask(runbook.access.isEmpty ? 0o177 : 0o111)
        defer { umask(mask) }
        let channel: any Channel
        do {
            channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                // Whoever closes the writing end still gets its answers.
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: Subscribers.room)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LineHandler(hub: hub))
                    }
                }
                .bind(unixDomainSocketPath: path).get()
        } catch {
            throw ServerFault("the hub cannot listen at \(path): \(error); choose another path with --socket")
        }
        Access.admit(by: runbook, at: path)
        return channel
    }

    /// Throws ``ServerFault`` where another hub listens at a path already.
    package static func refuseTaken(_ path: String) throws(ServerFault) {
        guard isAnswering(path) else { return }
        throw ServerFault(
            "another hub listens at \(path); attach with 'warroom open --socket \(path)' or choose another path")
    }

    /// Ends the loop, and with it every connection. Throws what SwiftNIO throws.
    package func shutDown() async throws { try await group.shutdownGracefully() }

    private static func prepareFolder(of path: String) throws(ServerFault) {
        guard UnixAddress(path) != nil else {
            throw ServerFault(
                "the socket's path is longer than \(UnixAddress.longestPath) bytes: \(path); choose a shorter one with "
                    + "--socket"
            )
        }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        // Only this one: a path that is mistyped makes no tree of folders.
        if mkdir(folder, 0o700) == 0 { chmod(folder, 0o700) }
        var facts = stat()
        guard stat(folder, &facts) == 0 else {
            throw ServerFault("the folder \(folder) cannot be made: \(systemText(errno))")
        }
        // The common folder below /tmp may be a trap that somebody else has set.
        if folder == "/tmp/warroom-\(getuid())", !SocketPath.isTrusted(folder) {
            throw ServerFault(
                "the folder \(folder) is not this user's alone; remove it, or choose a path with --socket")
        }
    }

    /// A hub that accepts nobody just now is there all the same.
    private static func isAnswering(_ path: String) -> Bool {
        do throws(HubConnectionFault) { _ = try HubConnection(path: path, patience: .zero) } catch {
            if case .busy = error { return true }
            return false
        }
        return true
    }
}
