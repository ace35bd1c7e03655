import OrderedCollections
import WarRoomCore

/// What a hub knows from its journal when it is taken up: by replaying all of it, or from a snapshot, which must fit
/// the entries that it stands for, and the entries behind it. Both come to the same.
struct Resumption {
    private(set) var bridge: Bridge
    private(set) var repetitions = Repetitions()
    private(set) var desks: [String: SourceDesk]
    /// The first entry; `nil` where the night has none.
    private(set) var opened: Record?
    /// The ids of the events of feeds, by source.
    private(set) var lines: [String: [String]] = [:]
    /// The runbook in force at the last entry.
    private var inForce: Runbook

    /// A night without entries.
    private init(_ runbook: Runbook) {
        (bridge, inForce) = (Bridge(runbook: runbook), runbook)
        desks = SourceDesk.desks(for: runbook, nil, [:])
    }

    /// Takes up a journal whose night began with `runbook`, from a snapshot where there is one that fits. `understand`
    /// reads a runbook's text, `log` takes a line. Throws where the journal cannot be read, or has a gap.
    init(
        _ journal: any Journal, _ runbook: Runbook, _ snapshots: SnapshotKeeper?,
        understand: (String) -> Runbook?, log: (String) -> Void
    ) throws {
        self.init(runbook)
        if let snapshots, let snapshot = snapshots.kept() {
            do {
                var fromSnapshot = self
                try fromSnapshot.take(snapshot, of: journal, understand)
                self = fromSnapshot
                snapshots.wasUsed(asOf: bridge.entry)
            } catch {
                // What is wrong with the journal itself is found once more, and said in its own words.
                log("the snapshot is made anew, it does not fit the journal: \(JournalFault.words(for: error))")
            }
        }
        try replay(journal, understand)
    }

    /// Replays what is behind the last entry.
    private mutating func replay(_ journal: any Journal, _ understand: (String) -> Runbook?) throws {
        var known = self
        let note = { (record: Record, event: Event, amended: Runbook?) in
            if known.opened == nil { known.opened = record }
            known.repetitions.note(event, by: record.by, entry: record.number)
            if record.via == .source {
                known.desks[record.by]?.took(event)
                known.note(line: event.id, of: record.by)
            }
            if let amended {
                known.desks = SourceDesk.desks(for: amended, known.inForce, known.desks)
                known.inForce = amended
            }
        }
        try journal.replay(into: &bridge, understand: understand, each: note)
        known.bridge = bridge
        self = known
    }

    private mutating func note(line id: String, of source: String) {
        if case .ndjson? = inForce.sources[source]?.kind { lines[source, default: []].append(id) }
    }

    // MARK: From a snapshot

    /// Takes a snapshot in place of the entries that it stands for. Their chain of hashes is followed all the same, up
    /// to the one that it names, and what it does not hold is gathered on the way.
    private mutating func take(
        _ snapshot: Snapshot, of journal: any Journal, _ understand: (String) -> Runbook?
    ) throws {
        let end = snapshot.bridge.entry
        guard snapshot.bridge.firstRunbook == inForce else { throw JournalFault("it began with another runbook") }
        var (last, head) = (0, Entry.hashBeforeFirst)
        var known = self
        known.repetitions.reserve(end)
        while last < end {
            // A text cannot be read while entries are.
            var amendment: (record: Record, event: Event)?
            let before = last
            try journal.read(from: last + 1) { record in
                guard record.number == last + 1,
                    Chain.hash(after: head, unhashedLine: record.unhashedLine) == record.hash
                else { throw JournalFault("entry \(last + 1) is missing, or does not fit its hash") }
                (last, head) = (record.number, record.hash)
                if let event = try known.note(record) { amendment = (record, event) }
                return amendment == nil && last < end
            }
            if let (record, event) = amendment {
                known.inForce = try journal.runbook(namedBy: event, in: record, understand)
            }
            guard last > before else { throw JournalFault("the journal ends at entry \(last)") }
        }
        guard head == snapshot.bridge.head else { throw JournalFault("entry \(end) is another") }
        guard snapshot.bridge.runbook == known.inForce else { throw JournalFault("it goes by another runbook") }
        known.bridge = snapshot.bridge
        known.desks = SourceDesk.desks(for: known.inForce, nil, [:])
        for (id, words) in snapshot.words { known.desks[id]?.took(all: words) }
        self = known
    }

    /// Takes note of an entry that the snapshot stands for; returns its event where it amends the runbook.
    private mutating func note(_ record: Record) throws -> Event? {
        if opened == nil { opened = record }
        let isSource = record.via == .source
        let isNoted = EventText.reading(record.event) { text in
            guard let text, !text.type.elementsEqual(EventType.bridge.rawValue.utf8) else { return false }
            repetitions.note(text, by: record.by, entry: record.number)
            if isSource { note(line: String(decoding: text.id, as: UTF8.self), of: record.by) }
            return true
        }
        if isNoted { return nil }
        let event = try record.entry.event
        repetitions.note(event, by: record.by, entry: record.number)
        if isSource { note(line: event.id, of: record.by) }
        return event.amendsTo == nil ? nil : event
    }
}
