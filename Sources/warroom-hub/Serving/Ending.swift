import Dispatch
import Glibc

/// A signal's handler leaves its word here. It is made before the first handler is set.
private let pipeOfSignals: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    return (ends[0], ends[1])
}()

/// Waits for the reason to end: SIGTERM, SIGINT, or a request on the socket.
///
/// The signals are caught and not held back: a program whose `main` is asynchronous has its main thread opened to every
/// signal by libdispatch, whatever its mask was.
struct Ending: Sendable {
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let ends = pipeOfSignals
        DispatchQueue(label: "signals").async { [request] in
            var byte: UInt8 = 0
            while true {
                let count = read(ends.read, &byte, 1)
                if count == 1 { request.yield() } else if count == 0 || errno != EINTR { return }
            }
        }
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in
                var byte: UInt8 = 1
                _ = write(pipeOfSignals.write, &byte, 1)
            }
        }
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
