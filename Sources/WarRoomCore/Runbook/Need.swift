/// One condition on one subject (CONTRACT 6, `needs` and `done_when`).
package struct Need: Hashable, Sendable, Codable {
    package enum Subject: String, Sendable, Codable, CaseIterable {
        case step, phase, wave, server, pool, tests, pipeline, board, looseEnds
    }

    /// What is asked of the subject; `is` speaks of its state as a whole.
    package enum Predicate: String, Sendable, Codable, CaseIterable {
        case `is`, patch, reboot, verify, reach, pools, alerts
    }

    package var subject: Subject
    /// The subject's id; empty for loose ends.
    package var id: String
    package var predicate: Predicate
    package var value: String
    /// Ids left out of the count.
    package var but: [String]

    package init(_ subject: Subject, _ id: String, _ predicate: Predicate = .is, _ value: String, but: [String] = []) {
        self.subject = subject
        self.id = id
        self.predicate = predicate
        self.value = value
        self.but = but
    }
}

extension Need {
    /// The need in the words of a runbook.
    var text: String {
        let asked = predicate == .is ? value : "\(predicate.rawValue) \(value)"
        let left = but.isEmpty ? "" : " but \(but.joined(separator: ", "))"
        return subject == .looseEnds ? "no loose ends" : "\(subject.rawValue) \(id): \(asked)\(left)"
    }
}

extension Need {
    /// Whether the need asks that something is off; that it is on again later is no undoing.
    var asksForOff: Bool {
        (predicate == .pools && value != "in") || (predicate == .alerts && value != "on")
            || predicate == .reach && value != "ok"
    }
}
