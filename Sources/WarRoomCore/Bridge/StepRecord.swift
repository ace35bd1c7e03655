package import OrderedCollections

/// What is known of one step, by person and by tool.
package struct StepRecord: Hashable, Sendable, Codable {
    /// The latest word of any person.
    package var person: StepLife?
    /// The latest word of each tool, by its event source.
    package var tools: OrderedDictionary<String, StepLife> = [:]
    /// The last entry that changed any of this, an undo included.
    package var changed = 0
    /// Evidence that had ended the step, and went.
    package internal(set) var lost: Lost?
    /// How its work was first seen under way by a source, where that was past a shut gate.
    var begunPastGate: PastGate?
}

/// One claimant's account of a step. Actual times are never edited; a correction is a later entry (P-27).
package struct StepLife: Hashable, Sendable, Codable {
    package var state: StepReport.State
    package var note: String?
    package var by: String
    /// Who said that it started.
    var startedBy: String?
    var startedAt: Instant?
    var endedAt: Instant?
    package var at: Instant
    package var entry: Int
    /// Why its gate was shut when a tool reported its start all the same (CONTRACT 6).
    package var pastGate: String?
}

/// Work that a source has seen begin while the gate before it was shut.
struct PastGate: Hashable, Sendable, Codable {
    let by: String
    let at: Instant
    let why: String
}

/// A step that evidence alone had ended, when that evidence went: the journal's claims keep only the last word, so the
/// bridge keeps this. Derived from entries as they come, never journalled.
package struct Lost: Hashable, Sendable, Codable {
    let at: Instant
    /// Whose word took it.
    let by: String
    let entry: Int
    let startedAt: Instant?
    let endedAt: Instant?
}
