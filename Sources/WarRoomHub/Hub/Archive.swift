import NIOCore
import NIOPosix

/// The threads on which the journal is looked back into, so that a million entries hold up nobody but whoever asked.
struct Archive {
    /// For pieces of a bounded size.
    private let pieces = NIOThreadPool(numberOfThreads: 2)
    /// For the bridge as it was: one for those who have a role, and one for viewers.
    private let past = (roles: NIOThreadPool(numberOfThreads: 1), viewers: NIOThreadPool(numberOfThreads: 1))

    init() { for threads in all { threads.start() } }

    private var all: [NIOThreadPool] { [pieces, past.roles, past.viewers] }

    /// Reads something of a bounded size.
    func piece<Value: Sendable>(
        on loop: any EventLoop, _ body: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        pieces.runIfActive(eventLoop: loop, body)
    }

    /// Replays, for as long as that takes.
    func replay<Value: Sendable>(
        isViewer: Bool, on loop: any EventLoop, _ body: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        (isViewer ? past.viewers : past.roles).runIfActive(eventLoop: loop, body)
    }

    func shutDown() { for threads in all { threads.shutdownGracefully { _ in } } }
}
