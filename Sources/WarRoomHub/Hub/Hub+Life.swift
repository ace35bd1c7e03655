import NIOCore
import NIOPosix
package import OrderedCollections
import WarRoomCore

// How a hub begins and ends.
extension Hub {
    /// Writes the entry with which a hub begins: opened, or back after it was away. Throws where it cannot be kept.
    /// `learned` says how long steps took on earlier nights. It is asked only when the night begins, and journalled
    /// with its first entry, so that every replay knows the same. `loss` says what of the journal is missing, where
    /// somebody goes on without it.
    package func begin(
        loss: String? = nil, learned: @Sendable () -> OrderedDictionary<String, Duration> = { [:] }
    ) throws {
        let last = bridge.lastReceivedAt
        let report = BridgeReport(
            state: .opened, mode: setup.isRehearsal ? "rehearsal" : "live", runbook: bridge.runbook.fingerprint,
            awayFrom: last, learned: last == nil ? learned() : [:])
        try record(own(setup.bridgeID, .bridge(report)), by: setup.starter)
        if let loss { try record(own(setup.bridgeID, .note(loss)), by: setup.starter) }
        // From now on a journal without entries is one that has lost them.
        setup.heads?.note(entry: bridge.entry, hash: bridge.head)
        setup.heads?.finish()
    }

    /// Writes one entry of the hub's own at once.
    private func record(_ event: JSON, by: String) throws {
        var group = Group(bridge: bridge)
        group.add(try Event(event), by: by, via: .hub, receivedAt: stamp())
        try journal.append(group.records, runbooks: [:])
        finish(group)
    }

    /// Returns when what was found is durable, or could not be kept; with `lines` what connections have sent as well.
    func settled(lines: Bool = false) async {
        while writing != nil || !found.isEmpty || lines && inboxes.isWaiting {
            if writing == nil { takeTurn() } else { await withCheckedContinuation { whenKept.append($0) } }
        }
    }

    /// Has a body called when the hub should end: somebody who may ask for it has asked, or the journal has failed, and
    /// how.
    package func onStop(_ body: @escaping @Sendable (String?) -> Void) { onStop = body }

    /// Takes what is still waiting, ends every connection with a reason, and closes the journal. Throws where that
    /// fails.
    package func end(_ reason: String) async throws {
        isEnding = true
        // What is on its way is waited for, but not a program that will not let go of the journal.
        loop.scheduleTask(in: .seconds(5)) { [journal] in journal.giveUpWaiting() }
        await settled(lines: true)
        subscribers.cutAll(reason)
        setup.heads?.note(entry: bridge.entry, hash: bridge.head)
        setup.heads?.finish()
        setup.snapshots?.finish()
        keepSnapshot()
        setup.snapshots?.finish()
        archive.shutDown()
        names.shutDown()
        try await pen.shutdownGracefully()
        try journal.close()
    }
}
