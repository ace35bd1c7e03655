import OrderedCollections

// What can be spoken of by a name of the runbook, and what it is called in a sentence.
extension Runbook {
    /// The names that something heard can be about: steps, servers, waves, pools, gates, test runs, boards with their
    /// teams and checks.
    var names: [String] {
        var names = Array(steps.keys)
        names += servers.keys
        names += waves.keys
        names += pools.keys
        names += gates.keys
        names += tests.keys
        for board in boards.values {
            names.append(board.id)
            for team in board.teams.values {
                let row = TeamPath(board: board.id, team: team.id)
                names.append(row.text)
                names += team.checks.keys.map { CheckPath(row, $0).text }
            }
        }
        return names
    }

    /// Whether it is one of ``names``.
    package func isNamed(_ name: String) -> Bool {
        if steps[name] != nil || servers[name] != nil || waves[name] != nil || pools[name] != nil { return true }
        if gates[name] != nil || tests[name] != nil || boards[name] != nil { return true }
        if let path = CheckPath(name) { return team(path.row)?.checks[path.check] != nil }
        return TeamPath(name).flatMap { team($0) } != nil
    }

    /// What is meant by a name, in a sentence: a title where it has one, else the name itself.
    func title(ofSubject name: String) -> String {
        if let title = steps[name]?.title ?? gates[name]?.title ?? tests[name]?.title { return title }
        if let title = pools[name]?.title ?? boards[name]?.title { return title }
        guard let row = TeamPath(of: name), let team = team(row) else { return name }
        guard let path = CheckPath(name) else { return team.title }
        return "\(team.title), \(team.checks[path.check]?.title ?? path.check)"
    }
}
