import OrderedCollections

/// What waits for what, as positions in the runbook's steps: by `after`, by groups, and by what gates need. Made from the
/// runbook alone, in a time that grows with steps and edges.
struct PlanGraph: Sendable {
    /// For each step the steps that must have ended before it starts; for a group its children.
    private(set) var before: [[Int]]

    private let runbook: Runbook
    /// The steps whose end makes a need true, by what they say of themselves.
    private var makers: [Asked: [Int]] = [:]
    /// The steps that close and open loose ends.
    private var closers: [String: [Int]] = [:]
    private var openers: [String: [Int]] = [:]
    private var testSteps: [String: [Int]] = [:]
    private var gates: [String: [Int]] = [:]

    private struct Asked: Hashable, Sendable {
        let subject: Need.Subject
        let id: String
        let predicate: Need.Predicate
    }

    init(_ runbook: Runbook) {
        self.runbook = runbook
        before = Array(repeating: [], count: runbook.steps.count)
        for (place, step) in runbook.steps.values.enumerated() {
            if let need = step.doneWhen {
                makers[Asked(subject: need.subject, id: need.id, predicate: need.predicate), default: []].append(place)
            }
            if let test = step.tests { testSteps[test, default: []].append(place) }
            for id in step.closes { closers[id, default: []].append(place) }
            for id in step.opens { openers[id, default: []].append(place) }
        }
        for gate in runbook.gates.values {
            var all: OrderedSet<Int> = []
            for need in gate.needs { all.formUnion(steps(behind: need)) }
            gates[gate.id] = Array(all)
        }
        for (place, step) in runbook.steps.values.enumerated() {
            if !step.children.isEmpty {
                before[place] = places(step.children)
                continue
            }
            var all = OrderedSet(places(runbook.after(step)))
            if let gate = runbook.gate(of: step) { all.formUnion(gates[gate.id] ?? []) }
            all.remove(place)
            before[place] = Array(all)
        }
    }

    private func places(_ ids: [String]) -> [Int] { ids.compactMap { runbook.steps.index(forKey: $0) } }

    /// The steps whose end is what a need waits for.
    private func steps(behind need: Need) -> [Int] {
        switch need.subject {
        case .step:
            if need.but.isEmpty { return places([need.id]) }
            return places(runbook.leaves(of: need.id).map(\.id).filter { !need.but.contains($0) })
        case .phase:
            return runbook.steps.values.enumerated().filter { _, step in
                step.phase == need.id && step.children.isEmpty && !need.but.contains(step.id)
            }.map(\.offset)
        case .tests:
            let own = (testSteps[need.id] ?? []) + (makers[Asked(subject: .tests, id: need.id, predicate: .is)] ?? [])
            return own.isEmpty ? places(runbook.tests[need.id]?.after ?? []) : own
        case .pipeline: return makers[Asked(subject: .pipeline, id: need.id, predicate: .is)] ?? []
        case .wave: return behind(need, servers: runbook.waves[need.id]?.servers ?? [], pool: nil)
        case .server: return behind(need, servers: [need.id], pool: nil)
        case .pool:
            let members = runbook.servers.values.filter { $0.pools.contains(need.id) }.map(\.name)
            return behind(need, servers: members, pool: need.id)
        case .board: return []
        case .looseEnds:
            return closers.filter { !need.but.contains($0.key) }.values.flatMap { $0 }.sorted()
        }
    }

    /// The steps that bring servers into the state that is asked: those that say so in `done_when`, and for pools and
    /// alerts those that put back, or take out.
    private func behind(_ need: Need, servers: [String], pool: String?) -> [Int] {
        let own = makers[Asked(subject: need.subject, id: need.id, predicate: need.predicate)] ?? []
        guard need.predicate == .pools || need.predicate == .alerts else { return own }
        let index = need.value == "in" || need.value == "on" ? closers : openers
        var all = OrderedSet(own)
        for server in servers where !need.but.contains(server) {
            if need.predicate == .alerts {
                all.formUnion(index["alerts/\(server)"] ?? [])
            } else {
                for name in pool.map({ [$0] }) ?? runbook.servers[server]?.pools ?? [] {
                    all.formUnion(index["pool/\(server)/\(name)"] ?? [])
                }
            }
        }
        return Array(all)
    }
}
