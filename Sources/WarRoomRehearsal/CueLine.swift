import Glibc
package import WarRoomCore
import WarRoomSystem

/// What player and hub say to each other about time: the player asks, the hub answers, a line each. It ends with either
/// of them.
package final class CueLine {
    /// For `poll`: once the other end is gone, it is readable.
    package let descriptor: Int32
    private var lines = LineBuffer()

    /// Speaks on one end of a pair of connected sockets.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// What the player asks of the hub.
    package enum Cue: Hashable, Sendable {
        /// It is that bridge time now: look, and say when all is in the journal. With `goesOn`, what is confirmed now
        /// was confirmed ever since the last moment.
        case moment(Instant, goesOn: Bool)
        /// Everything before the start has been played: let the clock run, and say how.
        case caughtUp
        /// The files bear the wall times of that clock now.
        case stamped

        var line: String {
            switch self {
            case .moment(let at, let goesOn): "\(goesOn ? "again" : "at") \(at.nanoseconds)"
            case .caughtUp: "caught-up"
            case .stamped: "stamped"
            }
        }

        init?(_ line: String) {
            let words = line.split(separator: " ")
            switch (words.first, words.count) {
            case ("caught-up", 1): self = .caughtUp
            case ("stamped", 1): self = .stamped
            case ("at", 2), ("again", 2):
                guard let count = Int64(words[1]) else { return nil }
                self = .moment(Instant(nanoseconds: count), goesOn: words[0] == "again")
            default: return nil
            }
        }
    }

    /// The other end has gone.
    package struct Ended: Error {}

    // MARK: The player's end

    func moment(_ at: Instant, goesOn: Bool) throws(Ended) {
        write(Cue.moment(at, goesOn: goesOn).line)
        guard next() != nil else { throw Ended() }
    }

    /// Says that it is caught up; returns the clock that runs from now on, `nil` where what came is none.
    func caughtUp() throws(Ended) -> Clock? {
        write(Cue.caughtUp.line)
        guard let line = next() else { throw Ended() }
        let words = line.split(separator: " ")
        guard words.count == 3, let bridge = Int64(words[0]), let wall = Int64(words[1]), let speed = Double(words[2])
        else { return nil }
        return Clock(startingAt: Instant(nanoseconds: bridge), wall: Instant(nanoseconds: wall), speed: speed)
    }

    func stamped() throws(Ended) {
        write(Cue.stamped.line)
        guard next() != nil else { throw Ended() }
    }

    // MARK: The hub's end

    /// Waits for the next cue, on the calling thread; `nil` when the player is gone.
    package func nextCue() -> Cue? { next().flatMap { Cue($0) } }

    /// Answers ``Cue/moment(_:goesOn:)`` and ``Cue/stamped``.
    package func done() { write("done") }

    /// Answers ``Cue/caughtUp`` with the clock that runs from now on.
    package func runs(_ clock: Clock) {
        write("\(clock.bridgeAnchor.nanoseconds) \(clock.wallAnchor.nanoseconds) \(clock.speed)")
    }

    // MARK: Lines

    private func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // A line is far shorter than the socket's buffer: it goes whole or the other end is gone.
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func next() -> String? {
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            if let line = lines.next() { return String(decoding: line, as: UTF8.self) }
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 { lines.append(buffer[0..<count]) } else if count == 0 || errno != EINTR { return nil }
        }
    }
}
