import OrderedCollections

extension Situation {
    /// What a close would leave as it is now, a line each.
    package var closesWith: [String] { Closed.lines(of: Closed.left(by: self)) }
}

extension Closed {
    /// What a close would leave now.
    static func left(by situation: Situation) -> [Left] {
        reviews(situation) + steps(situation) + rulings(situation)
    }

    private static func reviews(_ situation: Situation) -> [Left] {
        situation.boards.values.flatMap { board in
            board.teams.values.flatMap { team -> [Left] in
                let who = "\(board.title), \(team.title)"
                let silent = team.checks.count { $0.mark == .noResponse }
                var all: [Left] = []
                if silent > 0 {
                    let share = team.checks.count > 1 ? " to \(silent) of \(team.checks.count)" : ""
                    all.append(
                        Left(
                            kind: .noResponse, subject: "\(board.id)/\(team.id)", text: "no response: \(who)\(share)",
                            name: team.title,
                            place: board.title))
                }
                return all
                    + team.checks.filter { $0.mark == .issues }.map { check in
                        Left(
                            kind: .issues, subject: check.path.text, text: "issues: \(who): \(check.title)",
                            name: "\(team.title): \(check.title)",
                            place: board.title)
                    }
            }
        }
    }

    private static func steps(_ situation: Situation) -> [Left] {
        situation.steps.values.filter { !$0.isGroup }.compactMap { facts in
            let kind: Left.Kind? =
                switch facts.state {
                case .failed: .failedStep
                case .skipped: .skippedStep
                case .planned: .openStep
                case .running, .done, .workaround, .notApplicable: nil
                }
            guard let kind else { return nil }
            let title = facts.step.title
            return Left(
                kind: kind, subject: facts.step.id,
                text:
                    "step \(facts.step.id), \(title): \(kind == .openStep ? "never reported done" : facts.state.word)",
                name: title, place: "")
        }
    }

    private static func rulings(_ situation: Situation) -> [Left] {
        let overrides = situation.gates.values.compactMap { gate -> Left? in
            guard let override = gate.override else { return nil }
            return Left(
                kind: .override, subject: gate.gate.id,
                text: "gate \(gate.gate.id) overridden by \(override.by) as \(override.role)",
                name: gate.gate.title, place: "")
        }
        return overrides
            + situation.bridge.looseEnds.compactMap { id, claims -> Left? in
                guard let claim = claims.latest, claim.value.state == .forgiven else { return nil }
                return Left(
                    kind: .forgiven, subject: id.text, text: "loose end \(id.text) forgiven by \(claim.by)",
                    name: id.text,
                    place: "")
            }
    }
}
