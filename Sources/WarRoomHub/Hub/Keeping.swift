import NIOCore
import WarRoomCore

/// A group on its way to the disk.
struct Writing {
    let group: Group
    /// Bridge time when it was begun, and the same by a clock that nobody sets.
    let since: Instant
    let began: NIODeadline
    /// Tells when it takes long.
    let slow: Scheduled<Void>
}

/// Whether what comes in is kept, for every screen to say. A value: what became of each group in, words out.
struct Keeping {
    /// How long a group may take before every screen says so.
    static let patience = TimeAmount.seconds(1)
    /// How long it is told that the disk was slow.
    private static let memory = TimeAmount.seconds(60)

    /// Since when nothing is kept, and why.
    private(set) var unkept: HubTrouble?
    private var disk: HubTrouble?
    private var slow: (trouble: HubTrouble, at: NIODeadline)?
    /// What must still be entered of a time in which nothing could be kept.
    private(set) var owed: HubTrouble?

    /// All that there is to tell, worst first.
    var troubles: [HubTrouble] { [unkept, slow?.trouble, disk].compactMap { $0 } }

    /// A group takes long.
    mutating func isSlow(since: Instant, isHeld: Bool) {
        let why = isHeld ? "another program holds the journal" : "the disk takes its time"
        unkept = HubTrouble(.unkept, since: unkept?.since ?? since, text: why)
    }

    /// A group could not be kept.
    mutating func failed(since: Instant, why: String) {
        if let known = unkept, owed != nil, known.text == why { return }
        let trouble = HubTrouble(.unkept, since: owed?.since ?? unkept?.since ?? since, text: why)
        (unkept, owed) = (trouble, trouble)
    }

    /// A group is durable.
    mutating func kept(since: Instant, after took: TimeAmount, now: NIODeadline) {
        unkept = nil
        guard took > Keeping.patience else { return }
        let text = "it took \(Duration.nanoseconds(took.nanoseconds).inTenths) to keep an entry"
        slow = (HubTrouble(.disk, since: since, text: text), now)
    }

    /// The hub's note on the time in which nothing was kept is in the journal.
    mutating func paid() { owed = nil }

    /// Takes note of the room on the disk, and of time.
    mutating func look(free: Int?, at night: Instant, now: NIODeadline) {
        if let slow, now - slow.at > Keeping.memory { self.slow = nil }
        guard let free else { return }
        guard free < DiskRoom.little else {
            disk = nil
            return
        }
        let text = "\(free >> 20) MB are left on the disk of the journal"
        disk = HubTrouble(.disk, since: disk?.since ?? night, text: text)
    }
}

extension Duration {
    /// `2.1 s`.
    fileprivate var inTenths: String {
        let tenths = Int(components.seconds) * 10 + Int(components.attoseconds / 100_000_000_000_000_000)
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
