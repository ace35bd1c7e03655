import OrderedCollections

/// What is in the way of closing the night (docs/contract.md, Live and close): what was heard or fires and nobody has
/// looked at, an open loose end, a running step, a mark that is pending or must be made again, a divergence.
package struct CloseFacts: Hashable, Sendable {
    /// One thing that is in the way.
    package struct Obstacle: Hashable, Sendable {
        /// What kind of thing is in the way, by the word of `closing` (docs/contract.md, status --json).
        package enum Kind: String, Sendable, CaseIterable {
            case heard
            case unlookedAlert = "unlooked-alert"
            case looseEnd = "loose-end"
            case runningStep = "running-step"
            case mark, divergence
            case heldWave = "held-wave"
        }

        /// What kind of thing it is.
        package let kind: Kind
        /// What was heard, the alert, the loose end, the step, the check or the divergence, by its id.
        package let subject: String
        /// The whole of it in one line.
        package let text: String
    }

    /// All that is in the way, by kind in the order of the list above, each kind in the order of the screens.
    package let obstacles: [Obstacle]

    /// All that is in the way, in one line for whoever asked; `nil` where nothing is.
    var refusal: String? {
        guard !obstacles.isEmpty else { return nil }
        let count = obstacles.count == 1 ? "1 thing is" : "\(obstacles.count) things are"
        return "the night cannot be closed, \(count) in the way: " + obstacles.map(\.text).joined(separator: "; ")
    }

    init(_ situation: Situation) {
        let now = situation.now
        var obstacles: [Obstacle] = []
        for heard in situation.heard.open {
            obstacles.append(
                Obstacle(
                    kind: .heard, subject: heard.name,
                    text: "\(heard.name), from \(CleanText.line(heard.from)) on \(situation.bridge.title(of: heard)): "
                        + "\(CleanText.line(heard.text)), \((now - heard.at).written) ago, nobody has looked"))
        }
        for alert in situation.heard.alerts {
            obstacles.append(
                Obstacle(
                    kind: .unlookedAlert, subject: alert.name,
                    text: CleanText.line("\(alert.name), \(alert.words)")
                        + ", firing for \((now - alert.since).written), nobody has looked"))
        }
        for end in situation.looseEnds {
            let closing = end.closing.isEmpty ? ", no step ends it" : ""
            obstacles.append(
                Obstacle(
                    kind: .looseEnd, subject: end.id.text,
                    text: "loose end \(end.id.text): \(end.what), for \((now - end.openedAt).written)\(closing)"))
        }
        for step in situation.steps.values where !step.isGroup && step.state == .running {
            let since = step.life.startedAt.map { " for \((now - $0).written)" } ?? ""
            obstacles.append(
                Obstacle(
                    kind: .runningStep, subject: step.step.id, text: "step \(step.step.id) is running\(since)"))
        }
        for board in situation.boards.values {
            for check in board.checks where check.isPending {
                obstacles.append(
                    Obstacle(kind: .mark, subject: check.path.text, text: "mark \(check.path.text): \(check.openWord)"))
            }
        }
        for divergence in situation.divergences {
            obstacles.append(
                Obstacle(
                    kind: .divergence, subject: divergence.id, text: "divergence \(divergence.id): \(divergence.text)"))
        }
        for (wave, hold) in situation.bridge.waveHolds {
            obstacles.append(
                Obstacle(kind: .heldWave, subject: wave, text: hold.words(wave, in: situation.runbook)))
        }
        self.obstacles = obstacles
    }
}

extension BoardFacts.Check {
    /// Why it is in the way of the close, where an answer is still wanted of it; a confirmed no-response is one.
    fileprivate var openWord: String {
        recheck.map { "to check again, \($0.reason)" }
            ?? (isProposedNoResponse ? "no answer, no-response is proposed" : "pending")
    }
}

extension Situation {
    /// What is in the way of closing the night.
    package var closing: CloseFacts { CloseFacts(self) }
}
