import OrderedCollections
import WarRoomCore
import WarRoomHub
import WarRoomRunbook
import WarRoomSystem
import WarRoomWire

/// The journals of earlier nights of the same runbook on this machine, from which durations are learned. They are only
/// read. One that cannot be read is left out, and that is said.
struct EarlierNights {
    let log: (String) -> Void

    /// How long steps took, for those of which the runbook does not say.
    func learned(for runbook: Runbook) -> OrderedDictionary<String, Duration> {
        guard runbook.steps.values.contains(where: { $0.children.isEmpty && $0.takes == nil }) else { return [:] }
        let own = SocketPath.stateFolder(for: runbook.bridgeID)
        guard let slash = own.lastIndex(of: "/") else { return [:] }
        let root = String(own[..<slash])
        var nights: [[String: Duration]] = []
        for name in FolderTree.names(in: root) where isEarlier(name, than: runbook) {
            do {
                nights.append(try durations(of: "\(root)/\(name)/journal.sqlite"))
            } catch {
                log("durations of \(name) are not learned: \(JournalFault.words(for: error))")
            }
        }
        let learned = LearnedDurations.median(of: nights, for: runbook)
        if !learned.isEmpty {
            log("durations of \(learned.count) steps are learned from \(nights.count) earlier nights")
        }
        return learned
    }

    /// `<id>-<date>` with an earlier date; a rehearsal's folder has another name.
    private func isEarlier(_ name: String, than runbook: Runbook) -> Bool {
        let prefix = "\(runbook.id)-"
        guard name.hasPrefix(prefix) else { return false }
        let date = String(name.dropFirst(prefix.count))
        return CivilDate(date) != nil && date < runbook.date
    }

    private func durations(of path: String) throws -> [String: Duration] {
        let journal = try SQLiteJournal(reading: path)
        defer { try? journal.close() }
        var opening: BridgeReport?
        try journal.read(from: 1) { record in
            if case .bridge(let report) = try Event(try JSON(parsing: record.event)).body { opening = report }
            return false
        }
        guard let opening, opening.mode != "rehearsal",
            let text = try opening.runbook.flatMap({ try journal.runbook($0) }),
            case .success(let runbook) = RunbookReader.kept(text, file: path), runbook.fingerprint == opening.runbook
        else { return [:] }
        var bridge = Bridge(runbook: runbook)
        try journal.replay(into: &bridge) { text in try? RunbookReader.kept(text, file: path).get() }
        guard let last = bridge.lastReceivedAt else { return [:] }
        return LearnedDurations.ofNight(Situation(bridge, now: last))
    }
}
