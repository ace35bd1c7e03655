extension Situation {
    /// The kinds of facts that whoever draws may rest on. Everything of a situation and its bridge that a pane reads
    /// belongs to one of them; what only keys and details read (what was said, an undo) is new with every entry.
    package struct Facts: OptionSet, Sendable, Hashable {
        /// A bit for each kind, in the order below.
        package let rawValue: UInt32

        /// The kinds of a number.
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// ``Situation/servers``, ``Situation/waves``, ``Situation/restarts``, how waves soak, and of the bridge
        /// `holds` and `waveHolds`.
        package static let servers = Facts(rawValue: 1 << 0)
        /// ``Situation/steps`` with the lives in them.
        package static let steps = Facts(rawValue: 1 << 1)
        /// ``Situation/gates``.
        package static let gates = Facts(rawValue: 1 << 2)
        /// ``Situation/boards``, re-checks included.
        package static let boards = Facts(rawValue: 1 << 3)
        /// ``Situation/tests``, and `Bridge.planned(_:)` of every step.
        package static let tests = Facts(rawValue: 1 << 4)
        /// ``Situation/forecast``.
        package static let forecast = Facts(rawValue: 1 << 5)
        /// ``Situation/batch``.
        package static let batch = Facts(rawValue: 1 << 6)
        /// ``Situation/looseEnds`` and ``Situation/mute``.
        package static let looseEnds = Facts(rawValue: 1 << 7)
        /// ``Situation/pools`` and ``Situation/service``.
        package static let pools = Facts(rawValue: 1 << 8)
        /// ``Situation/heard``, and `Bridge.title(of:)` of what was heard.
        package static let heard = Facts(rawValue: 1 << 9)
        /// ``Situation/troubles`` and ``Situation/divergences``.
        package static let troubles = Facts(rawValue: 1 << 10)
        /// ``Situation/sentence``.
        package static let sentence = Facts(rawValue: 1 << 11)
        /// `Bridge.sources`.
        package static let sources = Facts(rawValue: 1 << 12)
        /// `Bridge.recent` and `Bridge.entry`: every entry changes them.
        package static let feed = Facts(rawValue: 1 << 13)
        /// What the header tells of the bridge itself: `id`, `state`, `lead`, `leadership`, `amendment`, the
        /// signatures and which are missing, `awaitsLive`, how it was closed, the clock.
        package static let night = Facts(rawValue: 1 << 14)
        /// `Bridge.runbook` with all that follows from it alone, and `Bridge.baseline(of:)`.
        package static let runbook = Facts(rawValue: 1 << 15)

        /// How many kinds there are.
        static let count = 16
    }

    /// Whether these facts are the same as in an earlier situation from which this one was made, directly or over
    /// others. It may say no where they are; never yes where they are not.
    package func isSame(in facts: Facts, as earlier: Situation) -> Bool { marks.isSame(in: facts, as: earlier.marks) }
}

extension Bridge {
    /// Whether all is the same that the header tells of the bridge itself.
    func hasSameState(as other: Bridge) -> Bool {
        let isSame =
            id == other.id && state == other.state && lead == other.lead && leadership == other.leadership
            && amendment == other.amendment && signatures == other.signatures && signedBefore == other.signedBefore
        return isSame && openedAt == other.openedAt && substitutes == other.substitutes && closed == other.closed
            && afterClose == other.afterClose && clock == other.clock
    }
}

/// For each kind of facts the situation in which they came to be as they are. Two situations have the same facts of a
/// kind where they have them from the same one, so that whoever asks compares no values.
struct FactMarks: Sendable {
    /// A situation, known by its reference.
    private final class Origin: Sendable {}

    private var origins: [Origin]

    /// `changed`: the facts that are not the earlier situation's.
    init(after earlier: FactMarks?, changed: Situation.Facts) {
        let own = Origin()
        origins = earlier?.origins ?? Array(repeating: own, count: Situation.Facts.count)
        for kind in origins.indices where changed.contains(Situation.Facts(rawValue: 1 << UInt32(kind))) {
            origins[kind] = own
        }
    }

    func isSame(in facts: Situation.Facts, as earlier: FactMarks) -> Bool {
        origins.indices.allSatisfy { kind in
            !facts.contains(Situation.Facts(rawValue: 1 << UInt32(kind))) || origins[kind] === earlier.origins[kind]
        }
    }
}
