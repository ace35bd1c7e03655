import NIOCore
import Synchronization
import WarRoomCore

/// One connection: who is behind it, what it was sent, and how far it has fallen behind.
final class Subscriber {
    /// Where a connection stands with the entries.
    enum Standing {
        /// It has asked for none.
        case apart
        /// It gets each as it comes.
        case inStep
        /// What it lacks is being read in the journal.
        case catchingUp
        /// It has so much before it that it gets no more until it has taken that.
        case behind
    }

    let channel: any Channel
    /// Who it is, as the kernel and `access` say, with the roles that `as` on a subscription has left.
    var actingAs: Sender
    /// Who it is, as the kernel says, and then the name service.
    let peer: Names.Peer
    var identity: Names.Identity?
    /// Whether somebody is there at all.
    let presence = Presence()
    var isGone = false

    var standing = Standing.apart
    /// The next entry that it is to be sent.
    var next = 0
    /// Where that begins in all bytes of entries that there were, where it has fallen behind.
    var place = 0
    /// Whether it was sent the bridge: then it may get it anew.
    var hasBridge = false
    /// Whether it must get it anew, because no entry holds the text of a runbook.
    var needsBridge = false
    /// Which of its readings in the journal counts: a later one takes the place of an earlier.
    var reading = 0
    /// The size of the bridge that it was sent last, in bytes, which it may take its time over.
    var bridgeSize = 0
    var needsFlush = false

    /// How many bytes it was sent, and how many of them had left with the last pulse.
    private var written = 0
    private var left = 0
    /// Seconds of the pulse since anything left.
    private var secondsWaiting = 0

    /// A connection whose user has no name yet, and no role.
    init(_ channel: any Channel, _ peer: Names.Peer) {
        self.channel = channel
        self.peer = peer
        actingAs = Sender(user: String(peer.uid), roles: [.viewer])
    }

    /// Whether somebody is at the other end, for those who work for it on another thread.
    final class Presence: Sendable {
        private let flag = Atomic(true)
        var isHere: Bool { flag.load(ordering: .relaxed) }
        func leave() { flag.store(false, ordering: .relaxed) }
    }

    var isSubscribed: Bool { if case .apart = standing { false } else { !isGone } }

    var isInStep: Bool { if case .inStep = standing { true } else { false } }

    /// Whether it takes what it is sent: not much is on its way to it.
    var hasRoom: Bool { channel.isWritable }

    /// How many bytes are on their way to it.
    var queuedBytes: Int { (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 }

    /// Writes without sending: what is written together leaves together.
    func write(_ buffer: ByteBuffer) {
        written += buffer.readableBytes
        channel.write(buffer, promise: nil)
    }

    /// Takes note of a second; returns for how many nothing has left of what waits.
    func waits() -> Int {
        let before = left
        left = written - queuedBytes
        secondsWaiting = left == written || left != before ? 0 : secondsWaiting + 1
        return secondsWaiting
    }
}
