internal import OrderedCollections
internal import WarRoomCore

/// The search for what a faultless runbook lacks (docs/lint.md, Holes). Each family of rules has a file of its own,
/// `Lint….swift`.
struct Lint {
    let runbook: Runbook
    let root: Written
    let places: RunbookPlaces
    let steps: [(id: String, written: Written)]
    /// Which steps switch a thing off, and which on again, by the loose end's id.
    let openers: OrderedDictionary<LooseEndID, [String]>
    let closers: OrderedDictionary<LooseEndID, [String]>
    private let order: WaitOrder
    private var holes: [RunbookHole] = []

    /// All holes of a reading without faults, in the order of reading.
    static func holes(of reading: Reading) -> [RunbookHole] {
        var lint = Lint(reading)
        lint.findOpenPlan()
        lint.findOpenEnds()
        lint.findUnguardedPatches()
        lint.findServers()
        lint.findGates()
        lint.findOldDates()
        lint.findChannels()
        lint.findPairs()
        return RunbookHole.inOrder(lint.holes)
    }

    private init(_ reading: Reading) {
        runbook = reading.runbook
        root = reading.root
        places = reading.places
        steps = reading.writtenSteps
        // Only patches, gates and what is closed ask for the order.
        let asksForOrder =
            !runbook.gates.isEmpty
            || runbook.steps.values.contains { $0.doneWhen?.predicate == .patch || !$0.closes.isEmpty }
        order = WaitOrder(asksForOrder ? reading.waits : [])
        openers = Lint.index(runbook) { $0.opens }
        closers = Lint.index(runbook) { $0.closes }
    }

    private static func index(
        _ runbook: Runbook, _ ends: (Runbook.Step) -> [LooseEndID]
    ) -> OrderedDictionary<LooseEndID, [String]> {
        var index: OrderedDictionary<LooseEndID, [String]> = [:]
        for step in runbook.steps.values { for end in ends(step) { index[end, default: []].append(step.id) } }
        return index
    }

    // MARK: Words for every rule

    mutating func hole(_ code: RunbookHole.Code, at place: RunbookPlace, _ text: String) {
        holes.append(RunbookHole(code, at: place, text))
    }

    func place(of step: String) -> RunbookPlace { places["steps/\(step)"] }

    /// The steps without steps of their own, in page order.
    var leaves: [Runbook.Step] { runbook.steps.values.filter(\.children.isEmpty) }

    /// The servers that a step patches, by what shows that it is done; none for all others.
    func patched(by step: Runbook.Step) -> [String] {
        guard let need = step.doneWhen, need.predicate == .patch else { return [] }
        switch need.subject {
        case .wave: return runbook.waves[need.id]?.servers ?? []
        case .server: return [need.id]
        case .pool: return runbook.servers.values.filter { $0.pools.contains(need.id) }.map(\.name)
        default: return []
        }
    }

    /// The steps that must have ended before a step can.
    func stepsBefore(endOf step: String) -> Set<String> {
        Set(order.before(.end(step)).compactMap { if case .end(let id) = $0, id != step { id } else { nil } })
    }

    /// The steps that cannot end before a gate is open.
    func stepsBehind(gate: String) -> Set<String> {
        Set(order.after(.gate(gate)).compactMap { if case .end(let id) = $0 { id } else { nil } })
    }

    /// Names in a sentence: "a, b and c".
    static func list(_ names: [String], _ word: String = "and") -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}

/// What comes before what, by all waits of a plan.
private struct WaitOrder {
    private var forwards: [Wait.Point: [Wait.Point]] = [:]
    private var backwards: [Wait.Point: [Wait.Point]] = [:]

    init(_ waits: [Wait]) {
        for wait in waits {
            forwards[wait.point, default: []].append(wait.other)
            backwards[wait.other, default: []].append(wait.point)
        }
    }

    /// All that a point waits for.
    func before(_ point: Wait.Point) -> Set<Wait.Point> { WaitOrder.reach(point, forwards) }

    /// All that waits for a point.
    func after(_ point: Wait.Point) -> Set<Wait.Point> { WaitOrder.reach(point, backwards) }

    /// All that can be reached from a point. It does not recurse, because a plan may be a chain of any length.
    private static func reach(_ point: Wait.Point, _ edges: [Wait.Point: [Wait.Point]]) -> Set<Wait.Point> {
        var found: Set<Wait.Point> = []
        var open = edges[point] ?? []
        while let next = open.popLast() {
            if found.insert(next).inserted { open += edges[next] ?? [] }
        }
        return found
    }
}
