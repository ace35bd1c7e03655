package import OrderedCollections

/// What is known of one step, by person and by tool.
package struct StepRecord: Hashable, Sendable {
    /// The latest word of any person; `nil`: nobody has spoken.
    package var person: StepLife?
    /// The latest word of each tool, by its event source.
    package var tools: OrderedDictionary<String, StepLife> = [:]
    /// The number of the last entry that changed any of this, an undo included; 0: none has.
    package var changed = 0
    /// How the evidence that had ended the step went; `nil`: it has not.
    package internal(set) var lost: Lost?
    /// How its work was first seen under way by a source, where that was past a shut gate.
    var begunPastGate: PastGate?
}

/// One claimant's account of a step. Actual times are never edited; a correction is a later entry.
package struct StepLife: Hashable, Sendable {
    /// What became of the step, by this claimant.
    package var state: StepReport.State
    /// What the claimant added.
    package var note: String?
    /// Who said so: a user, or the id of a source.
    package var by: String
    /// Who said that it started.
    var startedBy: String?
    /// When it started, in bridge time; `nil`: the claimant has not said.
    var startedAt: Instant?
    /// The number of the entry that said that it started.
    var startedEntry: Int?
    /// When it ended, in bridge time; `nil`: it has not, by this claimant.
    var endedAt: Instant?
    /// When this was so, in bridge time: the event's effective time.
    package var at: Instant
    /// The number of the entry that said so; from 1.
    package var entry: Int
    /// Why its gate was shut when a tool reported its start all the same (docs/contract.md, The runbook); `nil`: it was
    /// open, or has none.
    package var pastGate: String?

    /// When it started, as the journal orders it.
    var began: Moment? { startedAt.map { Moment(at: $0, entry: startedEntry ?? entry) } }
    /// When it ended, as the journal orders it.
    var ended: Moment? { endedAt.map { Moment(at: $0, entry: entry) } }
}

/// Work that a source has seen begin while the gate before it was shut.
struct PastGate: Hashable, Sendable {
    /// Who reported it.
    let by: String
    /// When it was seen to begin, in bridge time.
    let at: Instant
    /// Why the gate was shut.
    let why: String
}

/// What is kept of a step that evidence alone had ended, when that evidence went: claims keep only the last word. It
/// follows from entries as they come, and is never journalled.
package struct Lost: Hashable, Sendable {
    /// When it went, in bridge time.
    let at: Instant
    /// Whose word took it.
    let by: String
    /// The number of the entry that took it.
    let entry: Int
    /// When the step had started.
    let began: Moment?
    /// When the step had ended.
    let ended: Moment?
}
