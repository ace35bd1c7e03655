import Dispatch
import Glibc

/// Waits for the reason to end: SIGTERM, SIGINT, or a request on the socket.
struct Ending: Sendable {
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    /// Keeps the signals that end a hub for the one thread that waits for them. Must be called before there is any other
    /// thread: each inherits this from the one that made it, and a thread without it would die of the signal.
    static func holdSignals() {
        var signals = endingSignals()
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A hub in the background outlives the terminal that started it.
        signal(SIGHUP, SIG_IGN)
    }

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        DispatchQueue(label: "signals").async { [request] in
            var signals = Ending.endingSignals()
            var number: Int32 = 0
            while sigwait(&signals, &number) == 0 { request.yield() }
        }
    }

    private static func endingSignals() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGTERM, SIGINT] { sigaddset(&signals, number) }
        return signals
    }

    /// Asks for the end.
    func ask() { request.yield() }

    /// Returns when the end has been asked for.
    func wait() async {
        for await _ in requests { return }
    }
}
