import OrderedCollections
package import WarRoomCore
import WarRoomWire

// The runbook's file, and the lead's amendments (docs/contract.md, The runbook).
extension Hub {
    /// The plan by which the night goes.
    package var runbook: Runbook { bridge.runbook }

    /// Takes note of the runbook's file. Where it is not the text in force, that is shown like a source that cannot be
    /// believed, until an amendment takes it.
    package func saw(onDisk: RunbookOnDisk) {
        self.onDisk = onDisk
        judgeRunbookOnDisk()
    }

    private func judgeRunbookOnDisk() {
        guard let onDisk else { return }
        let trouble: String?
        switch onDisk {
        case .good(let runbook, _) where runbook.fingerprint == bridge.runbook.fingerprint: trouble = nil
        case .good:
            trouble =
                "the runbook on disk has changed: 'warroom amend --reason TEXT' takes it, with --dry-run it shows what "
                + "is different"
        case .faulty(_, let faults):
            trouble = "the runbook on disk has changed and has faults, it cannot be taken: \(faults)"
        case .missing(let why): trouble = "the runbook's file cannot be read, the night goes on with its own: \(why)"
        }
        let known = bridge.sources["runbook"]
        guard trouble == nil ? known != nil && known?.state != .current : known?.reason != trouble else { return }
        let report = SourceReport(state: trouble == nil ? .current : .stale, reason: trouble)
        enqueue(own("runbook", .source(report)))
    }

    /// Has a body called with the new runbook, and the one before it, when an amendment has been taken.
    package func onAmended(_ body: @escaping @Sendable (Runbook, Runbook) -> Void) { onAmended = body }

    /// Reads the runbook's file anew for an amendment, with its text; throws where it is not taken.
    func amendment(_ event: Event, from sender: Sender, _ connection: Int?, _ bridge: Bridge) throws(AmendmentFault)
        -> (runbook: Runbook, text: String)
    {
        let found = setup.readRunbook()
        onDisk = found
        switch found {
        case .missing(let why): throw AmendmentFault(sentence: "the runbook's file cannot be read: \(why)")
        case .faulty(_, let faults):
            throw AmendmentFault(
                sentence: "the runbook has faults, 'warroom check' lists them: \(CleanText.quoted(faults))")
        case .good(let runbook, let text):
            if let reason = bridge.refusal(
                ofAmendmentTo: runbook, seenAs: event.amendsTo ?? "", on: event.subject, now: now)
            {
                throw AmendmentFault(sentence: reason)
            }
            if let role = approverGained(by: sender, connection, in: runbook) {
                throw AmendmentFault(
                    sentence: "nobody makes himself an approver: this runbook makes \(sender.user) '\(role)'")
            }
            return (runbook, text)
        }
    }

    /// An approver's role that another runbook would give to its sender.
    private func approverGained(by sender: Sender, _ connection: Int?, in runbook: Runbook) -> String? {
        guard !sender.mayDoEverything, let identity = connection.flatMap({ subscribers.identity(of: $0) }) else {
            return nil
        }
        let gained = access.granting(runbook).sender(identity)
        return gained.approverRoles.first { !sender.approverRoles.contains($0) }
    }

    /// Goes by the runbook that an amendment has taken: who may do what, what is watched, what screens know. `lines`
    /// are the entries that readers get who have no bridge.
    func goBy(_ before: Runbook, _ lines: [[UInt8]]) {
        let runbook = bridge.runbook
        access = access.granting(runbook)
        subscribers.grant { access.sender($0) }
        desks = Hub.desks(for: runbook, before, desks)
        subscribers.publish(lines, toAll: false)
        let bridgeLines = currentBridgeLines()
        for connection in subscribers.havingBridge {
            subscribers.write(hello(for: connection, now: now), to: connection)
            for line in bridgeLines { subscribers.write(line + [0x0A], to: connection) }
        }
        onAmended?(runbook, before)
        judgeRunbookOnDisk()
    }

    /// A desk for each source of a runbook; that of one that is as it was before stays.
    static func desks(
        for runbook: Runbook, _ before: Runbook?, _ desks: [String: SourceDesk]
    ) -> [String: SourceDesk] {
        var following: [String: SourceDesk] = [:]
        for plan in runbook.sources.values {
            let isAsItWas = before?.sources[plan.id] == plan
            following[plan.id] = isAsItWas ? desks[plan.id] ?? SourceDesk(plan) : SourceDesk(plan)
        }
        return following
    }
}
