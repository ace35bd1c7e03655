import OrderedCollections

/// How the night was closed, and what it left, by name: teams that have not answered, issues, steps that were not done,
/// what was forgiven and overridden. None of it was in the way (docs/contract.md, Live and close), and none of it is
/// forgotten.
package struct Closed: Hashable, Sendable {
    /// One thing that a close leaves as it is.
    package struct Left: Hashable, Sendable {
        /// What kind of thing was left, by the word of `bridge.closedWith` (docs/contract.md, status --json).
        package enum Kind: String, Sendable, CaseIterable {
            case noResponse = "no-response"
            case issues
            case failedStep = "failed-step"
            case skippedStep = "skipped-step"
            case openStep = "open-step"
            case override
            case forgiven
        }

        /// What kind of thing it is.
        package let kind: Kind
        /// The team, the check, the step, the gate or the loose end, by its id.
        let subject: String
        /// The whole of it in one line.
        let text: String
        /// What it is called in a sentence.
        let name: String
        /// The title of the board that it stands on; empty where it is on none.
        let place: String
    }

    /// The number of the entry that closed the night.
    package let entry: Int
    /// When that was, in bridge time.
    let at: Instant
    /// Who closed it.
    let by: String
    /// All that was left, reviews first, then steps, then rulings.
    package let left: [Left]

    /// How many are named one by one; what is more is counted.
    private static let limit = 50

    /// All of it in half a sentence that begins with "with", teams by name; `nil` where nothing was left.
    package var summary: String? {
        guard !left.isEmpty else { return nil }
        var parts: [String] = []
        func teams(_ kind: Left.Kind, _ words: String) {
            var boards: OrderedDictionary<String, [String]> = [:]
            for one in left where one.kind == kind { boards[one.place, default: []].append(one.name) }
            for (board, names) in boards { parts.append("\(words) \(names.named(upTo: 4)) (\(board))") }
        }
        func count(_ kind: Left.Kind, _ one: String, _ many: String) {
            let number = left.count { $0.kind == kind }
            if number > 0 { parts.append(number == 1 ? "1 \(one)" : "\(number) \(many)") }
        }
        teams(.noResponse, "no response of")
        teams(.issues, "issues of")
        count(.failedStep, "step failed", "steps failed")
        count(.skippedStep, "step skipped", "steps skipped")
        count(.openStep, "step not done", "steps not done")
        count(.override, "gate overridden", "gates overridden")
        count(.forgiven, "loose end forgiven", "loose ends forgiven")
        return "with " + parts.joined(separator: ", ")
    }

    static func lines(of left: [Left]) -> [String] {
        var lines: [String] = []
        for kind in Left.Kind.allCases {
            let all = left.filter { $0.kind == kind }
            switch kind {
            case .skippedStep, .openStep:
                guard !all.isEmpty else { continue }
                let words = kind == .skippedStep ? "skipped" : "never reported done"
                let count = all.count == 1 ? "1 step was" : "\(all.count) steps were"
                lines.append("\(count) \(words): \(all.map(\.name).named(upTo: 5))")
            default:
                lines += all.prefix(limit).map(\.text)
                if all.count > limit { lines.append("\(kind.rawValue): \(all.count - limit) more") }
            }
        }
        return lines
    }
}

extension [String] {
    /// Joined as in a sentence; of many the first, and how many more.
    fileprivate func named(upTo limit: Int) -> String {
        guard count > limit else {
            return count > 1 ? dropLast().joined(separator: ", ") + " and " + self[count - 1] : first ?? ""
        }
        return listed(upTo: limit)
    }
}
