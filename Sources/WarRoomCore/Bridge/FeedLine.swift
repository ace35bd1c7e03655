import OrderedCollections

/// One line of the feed: an entry in a few words.
package struct FeedLine: Hashable, Sendable {
    /// What kind of news it is; screens give each its look.
    package enum Tone: String, Sendable { case good, bad, moving, off, waiting, doubt, act, plain }

    /// The entry's number, from 1.
    package let entry: Int
    /// When the hub took it, in bridge time.
    package let receivedAt: Instant
    /// Who sent it: a user, the id of a source, or `hub`.
    package let by: String
    /// What kind of news it is.
    package let tone: Tone
    /// The entry in a few words, raw.
    package let text: String
}

extension FeedLine {
    /// An entry in a few words, raw: whoever shows it cleans it. `closedWith` is what a close has left, where its own
    /// event does not say.
    package init(_ entry: Entry, runbook: Runbook, isAfterClose: Bool = false, closedWith: String? = nil) {
        let (tone, words) = FeedLine.words(for: entry.event, runbook: runbook)
        let text = words + FeedLine.left(by: entry.event, closedWith)
        // Journals from before the mark do not bear it.
        let late = entry.isAfterClose || isAfterClose ? " (after the close)" : ""
        self.init(
            entry: entry.number, receivedAt: entry.receivedAt, by: entry.by, tone: tone,
            text: text + FeedLine.gap(entry, runbook: runbook) + late)
    }

    /// What a close has left: as it was worked out, else as whoever closed has said.
    private static func left(by event: Event, _ closedWith: String?) -> String {
        guard case .bridge(let report) = event.body, report.state == .closed, event.undoes == nil else { return "" }
        let said = report.with.flatMap { $0.isEmpty ? nil : "with " + $0.joined(separator: "; ") }
        return (closedWith ?? said).map { ", \($0)" } ?? ""
    }

    /// When it happened, where that is more than a minute from its receipt; else nothing (docs/contract.md, Time).
    private static func gap(_ entry: Entry, runbook: Runbook) -> String {
        guard let time = entry.event.time, let gap = Clock.gap(time: time, receivedAt: entry.receivedAt) else {
            return ""
        }
        if gap > .zero { return " (sent by a clock that is \(gap.written) ahead)" }
        let local = runbook.zones.home.zone.local(time)
        return " (at \(local.day3) \(local.clock))"
    }

    private static func words(for event: Event, runbook: Runbook) -> (Tone, String) {
        let subject = event.subject
        if let undone = event.undoes {
            return (.act, "\(subject): entry \(undone) is undone" + tail(event.json["data"]?["note"]?.text))
        }
        switch event.body {
        case .bridge(let report):
            if report.awayFrom != nil { return (.doubt, "the hub is back: sources are unknown until heard again") }
            if report.state == .amended { return (.act, "the runbook is amended" + tail(report.reason)) }
            return (.plain, "bridge \(subject) \(report.state.rawValue)\(report.mode.map { ", \($0)" } ?? "")")
        case .step(let report):
            let title = runbook.steps[subject]?.title ?? subject
            return (tone(report.state), "\(title): \(report.state.rawValue)" + tail(report.note))
        case .server(let report): return (tone(report), "\(subject): \(words(report))")
        case .review(let report):
            let who = report.reviewer.map { " by \($0)" } ?? ""
            return (tone(report.mark), "\(subject): \(report.mark.rawValue)\(who)" + tail(report.note))
        case .check(let title): return (.plain, "check added: \(subject), \(title)")
        case .hold(let report): return (.off, "\(subject) \(report.state.rawValue)" + tail(report.reason))
        case .approval(let report):
            let tone: Tone = report.decision == .approved ? .good : .act
            return (tone, "gate \(subject) \(report.decision.rawValue) as \(report.role)" + tail(report.reason))
        case .tests(let report): return (tone(report.state), "\(subject): \(words(report))")
        case .pipeline(let report):
            let tone: Tone =
                switch report.state {
                case .waiting: .waiting
                case .running: .moving
                case .succeeded: .good
                case .failed, .canceled: .bad
                }
            return (tone, "pipeline \(subject): \(report.state.rawValue)")
        case .batch(let report):
            let name = report.biller ?? report.job ?? subject
            return (
                report.state == .failed ? .bad : .plain, "batch \(name): \(report.state.rawValue)" + tail(report.reason)
            )
        case .alert(let report):
            let name = report.name ?? subject
            return (
                report.state == .firing ? .bad : .good, "alert \(name): \(report.state.rawValue)" + tail(report.summary)
            )
        case .message(let report): return (.plain, "message \(subject): \(report.state.rawValue)")
        case .looseEnd(let report):
            return (
                report.state == .open ? .off : .good,
                "loose end \(subject): \(report.state.rawValue)" + tail(report.note)
            )
        case .ruling(let report): return (.act, "ruling on \(subject): \(report.value)" + tail(report.reason))
        case .lead(let report):
            let user = report.user ?? subject
            if report.state == .offered { return (.act, "the lead is offered to \(user)") }
            return (
                .act, report.reason.map { "\(user) has taken the lead back, \($0)" } ?? "\(user) has taken the lead"
            )
        case .substitute(let report):
            let user = report.user ?? "somebody"
            return (
                .plain,
                report.state == .offered
                    ? "\(user) is asked to stand in as \(subject)" : "\(user) stands in as \(subject)"
            )
        case .heard(let report): return (.act, "heard from \(report.from): \(report.text)")
        case .looked(let report): return (.good, "looked at \(subject): \(report.was)")
        case .signature(let report): return (.good, "the runbook is signed as \(report.role)")
        case .note(let text): return (.plain, text)
        case .source(let report):
            let isGood = report.state == .current && report.reason == nil
            let back = report.fresh.isEmpty ? nil : "\(report.fresh.listed()) fresh again"
            return (isGood ? .good : .doubt, "source \(subject) \(report.state.rawValue)" + tail(report.reason ?? back))
        case .clock(let report): return (report.offset == 0 ? .good : .doubt, report.text)
        case .refusal(let report):
            let more = report.more.map { $0 > 0 ? " (and \($0) more)" : "" } ?? ""
            return (.bad, "refused \(report.who): \(report.what), \(report.why)\(more)")
        }
    }

    private static func tail(_ note: String?) -> String { note.map { $0.isEmpty ? "" : ", \($0)" } ?? "" }

    private static func tone(_ state: StepReport.State) -> Tone {
        switch state {
        case .started: .moving
        case .done, .workaround: .good
        case .failed: .bad
        case .skipped, .notApplicable, .reset: .waiting
        }
    }

    private static func tone(_ mark: ReviewReport.Mark) -> Tone {
        switch mark {
        case .ok: .good
        case .issues: .bad
        case .noResponse: .act
        case .pending: .waiting
        }
    }

    private static func tone(_ state: TestsReport.State) -> Tone {
        switch state {
        case .running: .moving
        case .passed: .good
        case .failed: .bad
        case .interrupted: .doubt
        }
    }

    private static func tone(_ report: ServerReport) -> Tone {
        if report.patch == .failed || report.verify == .failed || report.reach == .unreachable { return .bad }
        if report.pools.values.contains(where: { $0 == .down }) { return .bad }
        if report.alerts == .muted || report.pools.values.contains(where: { $0 == .out }) { return .off }
        if report.patch == .running || report.reboot == .rebooting || report.pools.values.contains(.draining) {
            return .moving
        }
        return .good
    }

    private static func words(_ report: ServerReport) -> String {
        var words: [String] = []
        if let patch = report.patch { words.append("patch \(patch.rawValue)") }
        if let reboot = report.reboot { words.append(reboot == .up ? "up" : "reboot \(reboot.rawValue)") }
        if let verify = report.verify { words.append("verify \(verify.rawValue)") }
        if let reach = report.reach { words.append(reach == .ok ? "reachable" : "unreachable") }
        for (pool, membership) in report.pools { words.append("\(membership.rawValue) \(pool)") }
        if let alerts = report.alerts { words.append("alerts \(alerts.rawValue)") }
        if let detail = report.detail { words.append(detail) }
        return words.joined(separator: ", ")
    }

    private static func words(_ report: TestsReport) -> String {
        var words = report.state.rawValue
        if let total = report.total { words += ", \(report.passed ?? 0) of \(total) passed" }
        if let failed = report.failed, failed > 0 {
            words += ", \(failed) failed"
            if let first = report.failures.first { words += ": \(first.name)" + tail(first.message) }
        }
        return words
    }
}
