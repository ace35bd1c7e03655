import OrderedCollections

/// What the rules look up in a runbook, made once for a night: every name resolved to a place, and what steps take from
/// the groups around them. A class, because every situation of the night shares it.
final class PlanIndex: Sendable {
    let runbook: Runbook
    /// The place of each step, in page order.
    let places: OrderedDictionary<String, Int>
    /// The steps by place.
    let steps: [PlannedStep]
    /// For each step the steps that must have ended before it starts; for a group its children.
    let before: [[Int]]
    let looseEnds: LooseEndIndex
    /// The waves that a server belongs to; a runbook should name one at most.
    let waves: [String: [String]]
    /// The servers that others must start after.
    let precedes: Set<String>
    /// The servers of the waves that must run for a while before what is behind them starts.
    let soaks: OrderedSet<String>
    /// The rows with a check that must be looked at again when something has changed.
    let rechecked: [Runbook.TeamPath]
    /// The steps that open or close a loose end, by place.
    let switching: [Int]
    /// How its servers and waves are called in a sentence.
    let names: PlanNames
    private let authorities: [String: String]

    init(_ runbook: Runbook) {
        self.runbook = runbook
        let looseEnds = LooseEndIndex(runbook)
        var places: OrderedDictionary<String, Int> = [:]
        places.reserveCapacity(runbook.steps.count)
        for (place, id) in runbook.steps.keys.enumerated() { places[id] = place }
        steps = runbook.steps.values.enumerated().map { place, step in
            PlannedStep(
                place: place, step: step, children: step.children.compactMap { places[$0] },
                after: runbook.after(step).compactMap { places[$0] }, owner: runbook.owner(of: step),
                gate: runbook.gate(of: step)?.id, time: runbook.time(of: step),
                opens: step.opens.compactMap { looseEnds.numbers[$0] }, waveOut: runbook.waveTakenOut(by: step))
        }
        (self.places, self.looseEnds) = (places, looseEnds)
        names = PlanNames(runbook)
        switching = steps.filter { !$0.step.opens.isEmpty || !$0.step.closes.isEmpty }.map(\.place)
        rechecked = runbook.boards.values.flatMap { board in
            board.teams.values.filter { $0.checks.values.contains { !$0.recheckAfter.isEmpty } }.map {
                Runbook.TeamPath(board: board.id, team: $0.id)
            }
        }
        before = PlanGraph.before(runbook, looseEnds)
        var waves: [String: [String]] = [:]
        waves.reserveCapacity(runbook.servers.count)
        for wave in runbook.waves.values {
            for server in wave.servers { waves[server, default: []].append(wave.id) }
        }
        self.waves = waves
        soaks = OrderedSet(runbook.waves.values.filter { $0.soak != nil }.flatMap(\.servers))
        precedes = Set(runbook.servers.values.flatMap(\.restartAfter))
        var authorities: [String: String] = [:]
        for source in runbook.sources.values {
            for field in source.authority where authorities[field] == nil { authorities[field] = source.id }
        }
        self.authorities = authorities
    }

    func step(_ id: String) -> PlannedStep? { places[id].map { steps[$0] } }

    /// The source that has the word on a field of servers (docs/contract.md, Claims); `nil`: none has.
    func authority(_ field: String) -> String? { authorities.isEmpty ? nil : authorities[field] }
}

/// A step of the runbook with all that follows from the plan alone.
final class PlannedStep: Sendable {
    let place: Int
    let step: Runbook.Step
    let children: [Int]
    /// The steps that must be done before it, its groups' included, by place.
    let after: [Int]
    let owner: String?
    let gate: String?
    /// Its own time, else that of the group around it.
    let time: Instant?
    /// The loose ends that its start opens, by number.
    let opens: [Int]
    /// The wave that it takes out of service.
    let waveOut: String?

    var isGroup: Bool { !children.isEmpty }

    init(
        place: Int, step: Runbook.Step, children: [Int], after: [Int], owner: String?, gate: String?, time: Instant?,
        opens: [Int], waveOut: String?
    ) {
        (self.place, self.step, self.children, self.after) = (place, step, children, after)
        (self.owner, self.gate, self.time, self.opens, self.waveOut) = (owner, gate, time, opens, waveOut)
    }
}

/// The loose ends that the steps of a runbook open or close, numbered in its order.
struct LooseEndIndex: Sendable {
    struct Named: Sendable {
        let id: LooseEndID
        /// The server whose pool or alerts are meant, by its place in the runbook.
        let server: Int?
        /// The steps that close it, by id and by place.
        var closing: [String] = []
        var closers: [Int] = []
        /// The steps whose start opens it, by place.
        var openers: [Int] = []
    }

    private(set) var all: [Named] = []
    private(set) var numbers: [LooseEndID: Int] = [:]

    init(_ runbook: Runbook) {
        for (place, step) in runbook.steps.values.enumerated() {
            for id in step.opens {
                let number = number(id, in: runbook)
                all[number].openers.append(place)
            }
            for id in step.closes {
                let number = number(id, in: runbook)
                all[number].closing.append(step.id)
                all[number].closers.append(place)
            }
        }
    }

    private mutating func number(_ id: LooseEndID, in runbook: Runbook) -> Int {
        if let number = numbers[id] { return number }
        numbers[id] = all.count
        all.append(Named(id: id, server: id.server.flatMap { runbook.servers.index(forKey: $0) }))
        return all.count - 1
    }
}
