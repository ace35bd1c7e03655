import WarRoomCore

// What a team has said, and how a test run stands, in the few words of a roll-call.

extension BoardFacts.Team {
    /// What it has said: `1 ok, 1 issue, 2 open`.
    var answers: String {
        let issues = checks.count { $0.mark == .issues }
        let again = checks.count { $0.mark == .ok && $0.recheck != nil }
        let open = checks.count { $0.mark == .pending }
        let parts = [
            (checks.count(where: \.isOk), "ok"), (issues, issues == 1 ? "issue" : "issues"), (again, "to check again"),
            (checks.count { $0.mark == .noResponse }, "silent"), (open, "open"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// The same in few words: what is ok, and the worst of the rest.
    var shortAnswers: String {
        let parts = answers.split(separator: ",").map { $0.drop { $0 == " " } }
        let words = parts.count > 2 ? parts.prefix(2).joined(separator: ", ") : answers
        let end = " to check again"
        return words.hasSuffix(end) ? words.dropLast(end.count) + " again" : words
    }
}

extension TestFacts {
    /// `Smoke 2 32/32, 1 flaky`, or in words what has no counts.
    var counted: String {
        guard report != nil, state != .notTonight else { return "\(title) \(word)" }
        let flaky = report?.flaky ?? 0
        return "\(title) \(run)/\(total.map(String.init) ?? "?")" + (flaky > 0 ? ", \(flaky) flaky" : "")
    }
}
