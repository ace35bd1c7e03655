/// One condition on one subject: what a gate `needs`, or what a step is `done_when` (docs/contract.md, The runbook).
package struct Need: Hashable, Sendable {
    /// What kind of thing is asked about, by the word that a runbook uses.
    package enum Subject: String, Sendable, CaseIterable {
        case step, phase, wave, server, pool, tests, pipeline, board, looseEnds
    }

    /// Which aspect of the subject is asked for; `is` is its state as a whole, the others are axes of its servers.
    package enum Predicate: String, Sendable, CaseIterable {
        case `is`, patch, reboot, verify, reach, pools, alerts
    }

    /// What kind of thing is asked about.
    package var subject: Subject
    /// The subject's id or name; empty for loose ends, which have none.
    package var id: String
    /// Which aspect of it is asked for.
    package var predicate: Predicate
    /// What that aspect must be, in the word of the contract: `passed`, `in`, `installed`.
    package var value: String
    /// What is left out of the count, by id or name.
    package var but: [String]

    /// A need; without a predicate it asks for the state as a whole.
    package init(_ subject: Subject, _ id: String, _ predicate: Predicate = .is, _ value: String, but: [String] = []) {
        self.subject = subject
        self.id = id
        self.predicate = predicate
        self.value = value
        self.but = but
    }
}

extension Need {
    /// The need in one line, much as a runbook writes it: `wave web1-5: pools in but web4`.
    var text: String {
        let asked = predicate == .is ? value : "\(predicate.rawValue) \(value)"
        let left = but.isEmpty ? "" : " but \(but.joined(separator: ", "))"
        return subject == .looseEnds ? "no loose ends" : "\(subject.rawValue) \(id): \(asked)\(left)"
    }
}

extension Need {
    /// Whether it rests on servers and nothing else, as a step's.
    var isOnServers: Bool { subject == .wave || subject == .server || subject == .pool }

    /// Whether it asks that something is off. When that is on again later, nothing has been undone.
    var asksForOff: Bool {
        (predicate == .pools && value != "in") || (predicate == .alerts && value != "on")
            || predicate == .reach && value != "ok"
    }
}
