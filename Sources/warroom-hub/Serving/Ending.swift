import Dispatch
import Glibc
import WarRoomSystem

/// Where a signal's handler leaves its word. It is made before the first handler is set.
private let signals = Pipe()

/// Waits for the reason to end: SIGTERM, SIGINT, or a request on the socket.
///
/// The signals are caught and not held back: a program whose `main` is asynchronous has its main thread opened to every
/// signal by libdispatch, whatever its mask was.
struct Ending: Sendable {
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let pipe = signals
        DispatchQueue(label: "signals").async { [request] in
            while pipe?.wait() ?? false { request.yield() }
        }
        for number in [SIGTERM, SIGINT] { signal(number) { _ in signals?.ring() } }
        // A hub in the background outlives the terminal that started it.
        signal(SIGHUP, SIG_IGN)
    }

    /// Asks for the end.
    func ask() { request.yield() }

    /// Returns when the end has been asked for.
    func wait() async {
        for await _ in requests { return }
    }
}
