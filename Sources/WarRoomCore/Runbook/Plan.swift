import Synchronization

/// What follows from a bridge's runbook alone: made when it is first asked for, and shared by all copies of the bridge,
/// the ones in situations too. It is neither compared nor coded.
struct Plan: Hashable, Sendable {
    private final class Made: Sendable {
        let index = Mutex<PlanIndex?>(nil)
    }

    private let made = Made()

    init() {}

    func index(of runbook: Runbook) -> PlanIndex {
        made.index.withLock { made in
            if let made { return made }
            let index = PlanIndex(runbook)
            made = index
            return index
        }
    }

    static func == (one: Plan, other: Plan) -> Bool { true }

    func hash(into hasher: inout Hasher) {}
}
