import OrderedCollections

/// What waits for what, as places in the runbook's steps: by `after`, by groups, and by what gates need. It is made
/// from the runbook alone, in a time that grows with steps and edges, and is dropped when the edges are known.
struct PlanGraph {
    private let runbook: Runbook
    private let looseEnds: LooseEndIndex
    /// The steps whose end makes a need true, by what they say of themselves.
    private var makers: [Asked: [Int]] = [:]
    private var testSteps: [String: [Int]] = [:]

    private struct Asked: Hashable {
        let subject: Need.Subject
        let id: String
        let predicate: Need.Predicate
    }

    /// For each step the steps that must have ended before it starts; for a group its children.
    static func before(_ runbook: Runbook, _ looseEnds: LooseEndIndex) -> [[Int]] {
        PlanGraph(runbook, looseEnds).before()
    }

    private init(_ runbook: Runbook, _ looseEnds: LooseEndIndex) {
        (self.runbook, self.looseEnds) = (runbook, looseEnds)
        for (place, step) in runbook.steps.values.enumerated() {
            if let need = step.doneWhen {
                makers[Asked(subject: need.subject, id: need.id, predicate: need.predicate), default: []].append(place)
            }
            if let test = step.tests { testSteps[test, default: []].append(place) }
        }
    }

    private func before() -> [[Int]] {
        let gates = runbook.gates.mapValues { OrderedSet($0.needs.flatMap { steps(behind: $0) }) }
        return runbook.steps.values.enumerated().map { place, step in
            guard step.children.isEmpty else { return places(step.children) }
            var all = OrderedSet(places(runbook.after(step)))
            if let gate = runbook.gate(of: step) { all.formUnion(gates[gate.id] ?? []) }
            all.remove(place)
            return Array(all)
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
            return looseEnds.all.filter { !need.but.contains($0.id.text) }.flatMap(\.closers).sorted()
        }
    }

    /// The steps that bring servers into the state that is asked: those that say so in `done_when`, and for pools and
    /// alerts those that put back, or take out.
    private func behind(_ need: Need, servers: [String], pool: String?) -> [Int] {
        let own = makers[Asked(subject: need.subject, id: need.id, predicate: need.predicate)] ?? []
        guard need.predicate == .pools || need.predicate == .alerts else { return own }
        let isBack = need.value == "in" || need.value == "on"
        let ends = servers.filter { !need.but.contains($0) }.flatMap { server -> [LooseEndID] in
            need.predicate == .alerts
                ? [LooseEndID.alerts(server)]
                : (pool.map { [$0] } ?? runbook.servers[server]?.pools ?? []).map { .pool(server: server, pool: $0) }
        }
        let named = ends.compactMap { looseEnds.numbers[$0] }.map { looseEnds.all[$0] }
        return Array(OrderedSet(own + named.flatMap { isBack ? $0.closers : $0.openers }))
    }
}
