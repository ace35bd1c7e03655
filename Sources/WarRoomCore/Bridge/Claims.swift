/// How near to the fact a claimant stands (docs/contract.md, Claims): where claims meet, probe before tool before
/// person.
package enum Standing: String, Hashable, Sendable {
    case probe, tool, person

    /// Lower comes first.
    var rank: Int {
        switch self {
        case .probe: 0
        case .tool: 1
        case .person: 2
        }
    }
}

/// One fact as one claimant has it: facts keep their claimant, so that those who disagree are seen to disagree.
package struct Claim<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Whose word it is: the event's source.
    package let claimant: String
    /// How near to the fact the claimant stands.
    package let standing: Standing
    /// Who sent it: a user, or the id of a source.
    package let by: String
    /// What the claimant says.
    package let value: Value
    /// When it was so, in bridge time: the event's effective time.
    package let at: Instant
    /// Since when this claimant says so without a break, in bridge time.
    package let since: Instant
    /// The number of the entry that said so; from 1.
    package let entry: Int
    /// The number of the entry since which this claimant says so without a break; from 1.
    let sinceEntry: Int

    /// Since when this claimant says so, as the journal orders it.
    var moment: Moment { Moment(at: since, entry: sinceEntry) }
}

// Words on how far something has come. Two of one age are not ordered by which came in first: what has ended holds
// against what is under way, and of two ends the worse, so that no order of arrival turns anything green.

extension TestsReport {
    fileprivate var weight: Int {
        switch state {
        case .running: 0
        case .passed: 1
        case .interrupted: 2
        case .failed: 3
        }
    }
}

extension PipelineReport {
    fileprivate var weight: Int {
        switch state {
        case .waiting: 0
        case .running: 1
        case .succeeded: 2
        case .canceled: 3
        case .failed: 4
        }
    }
}

extension BatchReport {
    fileprivate var weight: Int {
        switch state {
        case .waiting: 0
        case .running: 1
        case .closed: 2
        case .failed: 3
        }
    }
}

extension EventBody {
    /// How far what it says has come: of one age the higher holds.
    package var weight: Int {
        switch self {
        case .tests(let report): report.weight
        case .pipeline(let report): report.weight
        case .batch(let report): report.weight
        default: 0
        }
    }
}

/// What all claimants say of one fact, each with its latest word.
package struct Claims<Value: Hashable & Sendable>: Hashable, Sendable {
    /// One claim for each claimant, in the order in which they first spoke.
    package internal(set) var all: [Claim<Value>] = []

    init() {}

    /// Whether nobody has said anything.
    package var isEmpty: Bool { all.isEmpty }

    /// Whether a word is news, and not history (docs/contract.md, Time): this claimant has said nothing later, nor
    /// something of the same time that holds against it.
    func isNews(_ value: Value, from entry: Entry) -> Bool {
        guard let last = of(entry.event.source) else { return true }
        // What a source finds when it looks is its word now, whatever time it bears.
        if entry.via == .source { return true }
        // Whoever gives no time speaks of now: then the later entry is the later word.
        guard entry.at == last.at, entry.event.time != nil else { return entry.at >= last.at }
        return Claims.weight(value) >= Claims.weight(last.value)
    }

    /// Takes a claim, unless it is history: that changes nothing.
    mutating func take(_ value: Value, from entry: Entry, standing: Standing) {
        guard isNews(value, from: entry) else { return }
        let claimant = entry.event.source
        guard let place = all.firstIndex(where: { $0.claimant == claimant }) else {
            all.append(
                Claim(
                    claimant: claimant, standing: standing, by: entry.by, value: value, at: entry.at, since: entry.at,
                    entry: entry.number, sinceEntry: entry.number))
            return
        }
        let last = all[place]
        let isSame = last.value == value
        all[place] = Claim(
            claimant: claimant, standing: standing, by: entry.by, value: value, at: entry.at,
            since: isSame ? last.since : entry.at, entry: entry.number,
            sinceEntry: isSame ? last.sinceEntry : entry.number)
    }

    /// What one claimant says.
    func of(_ claimant: String) -> Claim<Value>? { all.first { $0.claimant == claimant } }

    /// Puts another claim, or none, in the place of a claimant's; returns the one that was there.
    mutating func replace(of claimant: String, with claim: Claim<Value>?) -> Claim<Value>? {
        let last = of(claimant)
        all.removeAll { $0.claimant == claimant }
        if let claim { all.append(claim) }
        return last
    }

    /// The latest claim by effective time; of one age the one that has come further, then the later entry. `nil`:
    /// nobody has said anything.
    package var latest: Claim<Value>? {
        all.max { one, other in
            guard one.at == other.at else { return one.at < other.at }
            return (Claims.weight(one.value), one.entry) < (Claims.weight(other.value), other.entry)
        }
    }

    /// The types are asked for one by one: a protocol would be looked for among all that any type here conforms to.
    private static func weight(_ value: Value) -> Int {
        switch value {
        case let report as TestsReport: report.weight
        case let report as PipelineReport: report.weight
        case let report as BatchReport: report.weight
        default: 0
        }
    }
}
