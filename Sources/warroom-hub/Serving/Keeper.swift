import Glibc
import Synchronization
import WarRoomSystem

/// Starts a hub in the background, and starts it again where it ends otherwise than in order: killed, crashed, or
/// because its disk failed. Under systemd that is the unit's own work, and nobody needs this.
struct Keeper {
    /// How often the hub is started again, and within what time.
    private static let most = 3
    private static let span = Duration.seconds(300)

    /// The hub's arguments, without the descriptor that says how it went.
    let arguments: [String]
    /// Where to tell whoever wanted the hub how it went.
    let ready: Int32

    /// A hub's words on the command line, without those that are for its keeper.
    static func withoutItsOwn(_ words: [String]) -> [String] {
        var kept: [String] = []
        var isValue = false
        for word in words {
            if !isValue, word != "--kept", word != "--background-ready" { kept.append(word) }
            isValue = word == "--background-ready"
        }
        return kept
    }

    /// Runs until the hub has ended in order or is given up; returns the exit code.
    func run() -> Int32 {
        var ends: [ContinuousClock.Instant] = []
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in
                isToldToEnd.store(true, ordering: .relaxed)
                let hub = hubID.load(ordering: .relaxed)
                if hub > 0 { kill(hub, SIGTERM) }
            }
        }
        signal(SIGHUP, SIG_IGN)
        _ = fcntl(ready, F_SETFD, FD_CLOEXEC)
        var isFirst = true
        var hasServed = false
        while true {
            let end = start { word in
                guard isFirst else { return }
                _ = write(ready, word, word.utf8.count)
                close(ready)
                hasServed = word == "ready\n"
            }
            isFirst = false
            guard hasServed else { return end.code }
            if end.isOrderly || isToldToEnd.load(ordering: .relaxed) { return end.code }
            let now = ContinuousClock.now
            ends = ends.filter { now - $0 < Keeper.span } + [now]
            guard ends.count <= Keeper.most else {
                say("the hub \(end.text); it has ended \(ends.count) times in five minutes and stays down")
                return 1
            }
            say("the hub \(end.text); it is started again, \(ends.count) of \(Keeper.most) times in five minutes")
            // What has just failed may fail again: the second try waits a little.
            if ends.count > 1 { sleep(UInt32(ends.count)) }
            if isToldToEnd.load(ordering: .relaxed) { return end.code }
        }
    }

    /// How the hub ended.
    private struct End {
        var code: Int32
        var text: String
        var isOrderly: Bool
    }

    /// Starts the hub, tells what it says of its start, and waits until it has ended.
    private func start(telling tell: (String) -> Void) -> End {
        guard let pipe = Pipe() else { return End(code: 1, text: "has no pipe", isOrderly: false) }
        _ = fcntl(pipe.writing, F_SETFD, 0)
        let words = ["warroom-hub"] + arguments + ["--background-ready", "\(pipe.writing)"]
        var list = words.map { strdup($0) } + [nil]
        defer { for text in list { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, "/proc/self/exe", nil, nil, &list, environ)
        close(pipe.writing)
        guard code == 0 else {
            close(pipe.reading)
            return End(code: 1, text: "cannot be started: \(systemText(code))", isOrderly: false)
        }
        hubID.store(id, ordering: .relaxed)
        if isToldToEnd.load(ordering: .relaxed) { kill(id, SIGTERM) }
        tell(word(pipe.reading))
        close(pipe.reading)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        hubID.store(0, ordering: .relaxed)
        let signal = status & 0x7F
        guard signal == 0 else {
            return End(code: 128 + signal, text: "was ended by signal \(signal)", isOrderly: false)
        }
        let exit = (status >> 8) & 0xFF
        return End(code: exit, text: "ended with code \(exit)", isOrderly: exit == 0)
    }

    /// The word `ready`, or else all that comes.
    private func word(_ descriptor: Int32) -> String {
        var said: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            said += buffer[0..<max(count, 0)]
            if said == Array("ready\n".utf8) || count == 0 || count < 0 && errno != EINTR {
                return String(decoding: said, as: UTF8.self)
            }
        }
    }
}

/// For the handlers of signals, which know nothing but what is global.
private let hubID = Atomic<Int32>(0)
private let isToldToEnd = Atomic(false)
