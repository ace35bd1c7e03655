/// The kinds of facts that whoever draws may rest on. Everything of a situation and its bridge that a pane reads
/// belongs to one of them; what only keys and details read (what was said, an undo) is new with every entry.
package struct FactKinds: OptionSet, Sendable, Hashable {
    /// A bit for each kind, in the order below.
    package let rawValue: UInt32

    /// The kinds of a number.
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// ``Situation/servers``, ``Situation/waves``, ``Situation/restarts``, how waves soak, and of the bridge
    /// `holds` and `waveHolds`.
    package static let servers = FactKinds(rawValue: 1 << 0)
    /// ``Situation/steps`` with the lives in them.
    package static let steps = FactKinds(rawValue: 1 << 1)
    /// ``Situation/gates``.
    package static let gates = FactKinds(rawValue: 1 << 2)
    /// ``Situation/boards``, re-checks included.
    package static let boards = FactKinds(rawValue: 1 << 3)
    /// ``Situation/tests``, and `Bridge.planned(_:)` of every step.
    package static let tests = FactKinds(rawValue: 1 << 4)
    /// ``Situation/forecast``.
    package static let forecast = FactKinds(rawValue: 1 << 5)
    /// ``Situation/batch``.
    package static let batch = FactKinds(rawValue: 1 << 6)
    /// ``Situation/looseEnds`` and ``Situation/mute``.
    package static let looseEnds = FactKinds(rawValue: 1 << 7)
    /// ``Situation/pools`` and ``Situation/service``.
    package static let pools = FactKinds(rawValue: 1 << 8)
    /// ``Situation/heard``, and `Bridge.title(of:)` of what was heard.
    package static let heard = FactKinds(rawValue: 1 << 9)
    /// ``Situation/troubles`` and ``Situation/divergences``.
    package static let troubles = FactKinds(rawValue: 1 << 10)
    /// ``Situation/sentence``.
    package static let sentence = FactKinds(rawValue: 1 << 11)
    /// `Bridge.sources`.
    package static let sources = FactKinds(rawValue: 1 << 12)
    /// `Bridge.recent` and `Bridge.entry`: every entry changes them.
    package static let feed = FactKinds(rawValue: 1 << 13)
    /// What the header tells of the bridge itself: `id`, `state`, `lead`, `leadership`, `amendment`, the
    /// signatures and which are missing, `awaitsLive`, how it was closed, the clock.
    package static let night = FactKinds(rawValue: 1 << 14)
    /// `Bridge.runbook` with all that follows from it alone, and `Bridge.baseline(of:)`.
    package static let runbook = FactKinds(rawValue: 1 << 15)
    /// ``Situation/stages``.
    package static let pipelines = FactKinds(rawValue: 1 << 16)

    /// How many kinds there are.
    static let count = 17
}

/// For each kind of facts the situation in which they came to be as they are. Two situations have the same facts of a
/// kind where they have them from the same one, so that whoever asks compares no values.
struct FactMarks: Sendable {
    /// A situation, known by its reference.
    private final class Origin: Sendable {}

    private var origins: [Origin]

    /// `changed`: the facts that are not the earlier situation's.
    init(after earlier: FactMarks?, changed: FactKinds) {
        let own = Origin()
        origins = earlier?.origins ?? Array(repeating: own, count: FactKinds.count)
        for kind in origins.indices where changed.contains(FactKinds(rawValue: 1 << UInt32(kind))) {
            origins[kind] = own
        }
    }

    func isSame(in facts: FactKinds, as earlier: FactMarks) -> Bool {
        origins.indices.allSatisfy { kind in
            !facts.contains(FactKinds(rawValue: 1 << UInt32(kind))) || origins[kind] === earlier.origins[kind]
        }
    }
}
