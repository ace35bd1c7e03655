import OrderedCollections

/// One written pair of times as it stands now. Until each mismatch has a ruling, the night cannot go live and no step
/// can start (docs/contract.md, Live and close).
package struct PairFacts: Hashable, Sendable {
    /// How a pair stands.
    package enum State: String, Sendable, CaseIterable {
        /// Both halves are one instant, and the step's own.
        case holds
        /// They are not, and somebody has said which time holds.
        case ruled
        /// They are not, and nobody has.
        case open
    }

    /// The pair as the runbook has it.
    package let pair: TimePair
    /// How it stands.
    package let state: State
    /// The last ruling on it, with who ruled and why; `nil` where it needs none, or has none.
    package let ruling: Claim<RulingReport>?
    /// What the ruling takes.
    let choice: TimePair.Choice?

    init(_ pair: TimePair, in bridge: Bridge) {
        self.pair = pair
        let ruling = pair.mismatch == nil ? nil : bridge.rulings[pair.id]
        self.ruling = ruling
        choice = ruling.flatMap { TimePair.Choice(rawValue: $0.value.value) }
        state = pair.mismatch == nil ? .holds : choice == nil ? .open : .ruled
    }
}

extension Bridge {
    /// The runbook's pairs as they stand now, in page order.
    package var pairs: [PairFacts] { runbook.pairs.map { PairFacts($0, in: self) } }

    /// The pairs that do not fit and have no ruling, in page order.
    package var openPairs: [TimePair] { pairs.filter { $0.state == .open }.map(\.pair) }

    /// Whether the night has to be declared live, because a pair of its page did not fit or its text must be signed,
    /// and has not been.
    package var awaitsLive: Bool {
        state == .opened
            && [runbook, begunWith?.value].contains { runbook in
                runbook?.pairs.contains { $0.mismatch != nil } ?? false
                    || !isRehearsal && runbook?.sign.isEmpty == false
            }
    }

    /// A step's planned start as it is now: the runbook's, or what the latest ruling on a pair in the step's words
    /// takes; `nil`: it has none. The baseline stays ``Runbook/planned(_:)``.
    package func planned(_ step: Runbook.Step) -> Instant? {
        if let instant = ruledTime(of: step.id) ?? step.at { return instant }
        guard let parent = step.parent.flatMap({ runbook.steps[$0] }), parent.children.first == step.id else {
            return nil
        }
        return planned(parent)
    }

    /// When a step, or the group around it, is to start: no step of a group starts before its group.
    func time(of step: Runbook.Step) -> Instant? {
        ruledTime(of: step.id) ?? step.at ?? step.parent.flatMap { runbook.steps[$0] }.flatMap { time(of: $0) }
    }

    private func ruledTime(of step: String) -> Instant? {
        guard !rulings.isEmpty else { return nil }
        let ruled = runbook.pairs.filter { $0.step == step }.map { PairFacts($0, in: self) }.filter {
            $0.state == .ruled
        }
        let latest = ruled.max { ($0.ruling?.entry ?? 0) < ($1.ruling?.entry ?? 0) }
        return latest?.choice.flatMap { latest?.pair.instant($0) }
    }

    /// Why no step can start yet; `nil` where no pair is in the way.
    var pairsInTheWay: String? {
        let open = openPairs
        guard let first = open.first, let mismatch = first.mismatch else { return nil }
        let more = open.count > 1 ? ", and \(open.count - 1) more" : ""
        return "a time of the page needs a ruling first: \(first.id), \(mismatch)\(more)"
    }
}
