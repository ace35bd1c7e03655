import OrderedCollections
import Synchronization
import WarRoomCore

/// What was counted of servers, from one picture to the next. An entry speaks of one server, and a night may have
/// thousands: a group of which none has changed is not counted again.
final class Recall: Sendable {
    /// What a summary rests on beside the servers.
    private struct Basis: Equatable {
        let hold: WaveHold?
        let mute: LooseEndFacts?
        let restarts: OrderedDictionary<String, RestartFacts>
        let runbook: String
    }

    private struct Known {
        let servers: [ServerFacts]
        let basis: Basis
        let summary: GroupSummary
    }

    private let known = Mutex<[Subject: Known]>([:])

    fileprivate func summary(of group: ServerGroup, _ sight: Sight) -> GroupSummary {
        var hold: WaveHold?
        if case .wave(let id) = group.subject { hold = sight.bridge.waveHolds[id] }
        let basis = Basis(
            hold: hold, mute: sight.situation.mute, restarts: sight.situation.restarts,
            runbook: sight.runbook.fingerprint)
        let last = known.withLock { $0[group.subject] }
        if let last, last.basis == basis, last.servers.elementsEqual(group.servers, by: ===) { return last.summary }
        let summary = GroupSummary(group, sight)
        known.withLock { $0[group.subject] = Known(servers: group.servers, basis: basis, summary: summary) }
        return summary
    }
}

extension ServerGroup {
    /// What is counted of it, as it was counted before where none of its servers has changed.
    func summary(_ sight: Sight) -> GroupSummary {
        sight.recall?.summary(of: self, sight) ?? GroupSummary(self, sight)
    }
}
