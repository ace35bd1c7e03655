import Dispatch
import Glibc

/// Waits for the reason to end: SIGTERM, SIGINT, or a request on the socket.
struct Ending: Sendable {
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // Signals are waited for on a thread of their own: every other thread leaves them alone from here on.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGTERM, SIGINT] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A hub in the background outlives the terminal that started it.
        signal(SIGHUP, SIG_IGN)
        DispatchQueue(label: "signals").async { [request, signals] in
            var signals = signals
            var number: Int32 = 0
            while sigwait(&signals, &number) == 0 { request.yield() }
        }
    }

    /// Asks for the end.
    func ask() { request.yield() }

    /// Returns when the end has been asked for.
    func wait() async {
        for await _ in requests { return }
    }
}
