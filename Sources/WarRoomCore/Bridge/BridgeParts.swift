extension Bridge {
    /// The parts of a bridge that rules rest on. Whoever changes a stored property of one notes the part with it.
    struct Parts: OptionSet, Sendable {
        let rawValue: UInt32

        static let steps = Parts(rawValue: 1 << 0)
        static let servers = Parts(rawValue: 1 << 1)
        /// Marks and added checks.
        static let reviews = Parts(rawValue: 1 << 2)
        static let tests = Parts(rawValue: 1 << 3)
        static let pipelines = Parts(rawValue: 1 << 4)
        static let batch = Parts(rawValue: 1 << 5)
        /// What was heard, and alerts.
        static let heard = Parts(rawValue: 1 << 6)
        /// Holds of servers and of waves.
        static let holds = Parts(rawValue: 1 << 7)
        static let soaking = Parts(rawValue: 1 << 8)
        /// Decisions on gates, buttons that were pressed, and hands in steps.
        static let approvals = Parts(rawValue: 1 << 9)
        static let looseEnds = Parts(rawValue: 1 << 10)
        static let rulings = Parts(rawValue: 1 << 11)
        static let sources = Parts(rawValue: 1 << 12)
        /// The night itself: its state, its lead, its runbook, its clock.
        static let night = Parts(rawValue: 1 << 13)

        /// How many there are.
        fileprivate static let count = 14
        static let all = Parts(rawValue: 1 << UInt32(count) - 1)
    }

    /// For each part the number of the last entry that may have changed it.
    struct PartsChanged: Hashable, Sendable {
        var entries: [Int] = Array(repeating: 0, count: Parts.count)

        mutating func note(_ part: Parts, by entry: Int) {
            let place = part.rawValue.trailingZeroBitCount
            if entries.indices.contains(place) { entries[place] = entry }
        }

        /// The parts that may have changed after an entry.
        func after(_ entry: Int) -> Parts {
            // Another program may have sent fewer than there are.
            guard entries.count == Parts.count else { return .all }
            var parts: Parts = []
            for place in entries.indices where entries[place] > entry {
                parts.insert(Parts(rawValue: 1 << UInt32(place)))
            }
            return parts
        }
    }

    /// Takes note that the entry that is being applied may change a part.
    mutating func note(_ part: Parts) { partsChanged.note(part, by: entry) }
}
