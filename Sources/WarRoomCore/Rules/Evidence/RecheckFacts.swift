import OrderedCollections

/// Why a mark must be looked at again: its subject changed after it was made, and a tick is worth what it was made on.
/// Both entries stay.
package struct Recheck: Hashable, Sendable {
    /// What changed, in words: "PLAT-12 finished after this test".
    package let reason: String
    /// When it changed, in bridge time; `nil`: its evidence has no time.
    package let since: Instant?
}

extension Evidence {
    /// What changed after a check was marked, by its `recheck_after`; `nil` where nobody has tested it or nothing
    /// changed.
    mutating func recheck(of check: BoardFacts.Check) -> Recheck? {
        guard !check.recheckAfter.isEmpty, let mark = check.current, mark.mark == .ok || mark.mark == .issues else {
            return nil
        }
        var found: [(name: String, what: String, at: Instant?)] = []
        for subject in check.recheckAfter {
            if subject.hasPrefix("@") {
                for server in waves[String(subject.dropFirst())]?.servers ?? [] {
                    if let (what, at) = change(of: server, after: mark) { found.append((server.name, what, at)) }
                }
            } else if isFinished(subject, after: mark) {
                let step = bridge.runbook.steps[subject]
                found.append((step?.tickets.first ?? step?.title ?? subject, "finished", life(of: subject).endedAt))
            }
        }
        // The first change already made the test worthless.
        let early = found.enumerated().min {
            ($0.element.at ?? .distantFuture, $0.offset) < ($1.element.at ?? .distantFuture, $1.offset)
        }
        guard let first = early?.element else { return nil }
        let more = found.count > 1 ? ", and \(found.count - 1) more" : ""
        return Recheck(reason: "\(first.name) \(first.what) after this test\(more)", since: first.at)
    }

    /// Whether a step ended after the mark; one that was left out has changed nothing.
    private mutating func isFinished(_ step: String, after mark: ReviewRecord.Mark) -> Bool {
        let life = self.life(of: step)
        guard life.state == .done || life.state == .workaround || life.state == .failed else { return false }
        guard let end = life.ended else {
            // Evidence without a time: the order of the journal decides.
            return bridge.runbook.steps[step]?.doneWhen.map { check($0).entry > mark.entry } ?? false
        }
        return end > mark.moment
    }

    /// What happened to a server after the mark: booted, patched, taken out of a pool or put back.
    private func change(of server: ServerFacts, after mark: ReviewRecord.Mark) -> (String, Instant)? {
        func isLater<Value>(_ claim: Claim<Value>) -> Bool { claim.moment > mark.moment }
        if let booted = server.bootedAt, let told = bridge.servers[server.name]?.value.bootedAt.latest?.sinceEntry,
            Moment(at: booted, entry: told) > mark.moment
        {
            return ("restarted", booted)
        }
        if let reboot = server.reboot, reboot.value == .rebooting || reboot.value == .up, isLater(reboot.claim) {
            return (reboot.value == .up ? "restarted" : "is restarting", reboot.claim.since)
        }
        if let patch = server.patch, isLater(patch.claim) {
            switch patch.value {
            case .running, .installed, .failed: return ("was patched", patch.claim.since)
            case .pending, .skipped, .excluded: break
            }
        }
        for (pool, member) in server.pools {
            guard let member, isLater(member.claim) else { continue }
            let title = bridge.runbook.pools[pool]?.title ?? pool
            switch member.value {
            case .in: return ("was put into \(title)", member.claim.since)
            case .out, .draining: return ("was taken out of \(title)", member.claim.since)
            case .down, .unknown: continue
            }
        }
        return nil
    }
}
