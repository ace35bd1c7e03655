import OrderedCollections

/// One pass of the rules over a bridge, which goes on from an earlier situation: what has changed beneath them so
/// far.
/// Each rule says what it rests on, and is asked again only where something of that is not as it was.
struct Pass {
    /// The parts of the bridge that entries since may have changed.
    let parts: Bridge.Parts
    /// The facts that are not the earlier situation's.
    private(set) var changed: FactKinds = []

    /// `earlier`: that of the earlier situation, of the same night and runbook, and not of a later entry.
    init(_ bridge: Bridge, after earlier: Bridge?) {
        parts = earlier.map { bridge.changed(after: $0.entry) } ?? .all
        if earlier == nil { changed = FactKinds(rawValue: .max) }
    }

    /// Whether something of these has changed.
    func has(_ parts: Bridge.Parts, _ facts: FactKinds) -> Bool {
        !self.parts.isDisjoint(with: parts) || !changed.isDisjoint(with: facts)
    }

    /// Whether a step's answer to a need may have changed by other things than steps. `changedWaves`: `nil` where any
    /// may be.
    func mayChange(_ need: Need, _ changedWaves: Set<String>?) -> Bool {
        switch need.subject {
        case .wave: changedWaves?.contains(need.id) ?? true
        case .server, .pool: has([], .servers)
        case .tests: has([.tests, .sources], [])
        case .pipeline: has([.pipelines, .sources, .approvals], [])
        case .board: has(.evidence, [.answers, .servers])
        case .step, .phase, .looseEnds: false
        }
    }

    /// Whether a gate's answer to a need may have changed, where no decision, hold or ruling has.
    func mayChange(_ need: Need, ofGate changedWaves: Set<String>?) -> Bool {
        switch need.subject {
        case .wave:
            need.predicate == .alerts ? has([], [.servers, .looseEnds]) : changedWaves?.contains(need.id) ?? true
        case .server, .pool: has([], [.servers, .looseEnds])
        case .tests: has(.tests, .tests)
        case .pipeline: has([.pipelines, .sources], [])
        case .board: has(.reviews, .boards)
        case .step, .phase: has(.steps, .lives)
        case .looseEnds: has([], .looseEnds)
        }
    }

    /// Takes note that facts are not as they were.
    mutating func change(_ facts: FactKinds) { changed.insert(facts) }

    /// What a rule says: the earlier, where nothing that it rests on has changed, or where it comes out as it was.
    /// `isDue`: the clock alone may have changed it.
    mutating func carry<Value: Equatable>(
        _ facts: FactKinds, _ earlier: Value?, on parts: Bridge.Parts, _ beneath: FactKinds,
        isDue: Bool = false, _ rule: () -> Value
    ) -> Value {
        if let earlier, !isDue, !has(parts, beneath) { return earlier }
        let value = rule()
        if let earlier, earlier == value { return earlier }
        change(facts)
        return value
    }
}

extension Pass {
    /// Takes note of what differs of the bridge itself.
    mutating func compare(_ bridge: Bridge, with earlier: Bridge?) {
        guard let earlier else { return }
        if bridge.entry != earlier.entry { change(.feed) }
        if parts.contains(.sources), bridge.sources != earlier.sources { change(.sources) }
        guard parts.contains(.night) else { return }
        if !bridge.hasSameState(as: earlier) { change(.night) }
        if bridge.begunWith != earlier.begunWith { change(.runbook) }
    }
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

    /// Whether the holds are as in an earlier bridge.
    func holdsAlike(_ earlier: Bridge?) -> Bool { holds == earlier?.holds && waveHolds == earlier?.waveHolds }
}

extension Bridge.Parts {
    /// All that evidence may rest on.
    static var evidence: Bridge.Parts {
        [
            .steps, .servers, .reviews, .tests, .pipelines, .holds, .looseEnds, .rulings, .sources, .approvals,
        ]
    }
}

extension FactKinds {
    // Beneath what is drawn, and only beneath it.

    /// The boards as they were answered.
    static let answers = FactKinds(rawValue: 1 << 17)
    /// The lives before loose ends are known, and those that are shown.
    static let ownLives = FactKinds(rawValue: 1 << 18)
    static let lives = FactKinds(rawValue: 1 << 19)
    static let divergences = FactKinds(rawValue: 1 << 20)
    /// What can be off of a server, and the steps that switch it.
    static let switches = FactKinds(rawValue: 1 << 21)
    /// Where the plan and a server's source have it otherwise.
    static let againstPlan = FactKinds(rawValue: 1 << 22)
}
