import NIOCore
import WarRoomCore

extension Hub {
    /// Starts the beat, once a second of wall time, and with it what follows from time alone.
    package nonisolated func startPulse() {
        loop.execute {
            self.loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                self.assumeIsolated { $0.pulse() }
            }
        }
    }

    func opened(_ channel: any Channel, _ peer: Access.Peer) -> Int {
        subscribers.add(channel, peer, sender: access.sender(peer))
    }

    /// The other end will send no more. Without a subscription it is done when its answers are out.
    func inputClosed(_ connection: Int) { subscribers.closeUnlessSubscribed(connection) }

    func closed(_ connection: Int) { subscribers.remove(connection) }
}
