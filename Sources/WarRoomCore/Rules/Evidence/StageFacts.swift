import OrderedCollections

/// One stage of a pipeline as it is shown: a run that is not of this night, and one whose source has fallen silent,
/// prove nothing.
package struct StageFacts: Hashable, Sendable {
    /// How a stage stands, by the word of the contract; `unheard`: nobody has reported it, `stale`: it was under way
    /// when its source fell silent.
    package enum State: String, Sendable, CaseIterable {
        case unheard, waiting, running, succeeded, failed, canceled, stale
        case notTonight = "not-tonight"
    }

    /// What reports and needs call it: `PIPELINE/STAGE`.
    package let id: String
    /// The pipeline's own name.
    package let pipeline: String
    /// The stage's name in it, verbatim.
    package let stage: String
    /// The claim that is shown; `nil`: nobody has reported.
    package let claim: Claim<PipelineReport>?
    /// How it stands.
    package let state: State
    /// Why it proves nothing, in words; `nil` where its state alone says it.
    package let why: String?
    /// When it began, in bridge time; `nil` where that is not known.
    package let startedAt: Instant?
    /// When it ended, in bridge time; `nil` while it has not.
    package let endedAt: Instant?

    /// What the tool calls this run; `nil` where it does not say.
    package var runID: String? { claim?.value.runID }
    /// Where the run can be looked at; `nil` where the tool does not say.
    package var url: String? { claim?.value.url }

    private init(_ pipeline: String, _ stage: String, id: String, in bridge: Bridge) {
        (self.id, self.pipeline, self.stage) = (id, pipeline, stage)
        claim = bridge.pipelines[id]?.latest
        guard let claim else {
            (state, why, startedAt, endedAt) = (.unheard, nil, nil, nil)
            return
        }
        let report = claim.value
        let hasEnded = report.state != .waiting && report.state != .running
        startedAt = report.startedAt ?? (report.state == .running ? claim.since : nil)
        endedAt = hasEnded ? report.finishedAt ?? claim.since : nil
        why = bridge.notTonight(
            runID: report.runID, startedAt: report.startedAt, finishedAt: report.finishedAt, at: claim.at)
        state =
            why != nil
            ? .notTonight : bridge.isHeardOrEnded(claim, on: id) ? State(rawValue: report.state.rawValue)! : .stale
    }

    /// The stages of the runbook in its order, then those that it does not know, in the order in which they were first
    /// heard of; by id.
    static func all(in bridge: Bridge) -> OrderedDictionary<String, StageFacts> {
        var all: OrderedDictionary<String, StageFacts> = [:]
        for pipeline in bridge.runbook.pipelines.values {
            for stage in pipeline.stages {
                let id = "\(pipeline.id)/\(stage)"
                all[id] = StageFacts(pipeline.id, stage, id: id, in: bridge)
            }
        }
        for id in bridge.pipelines.keys where all[id] == nil {
            let end = id.firstIndex(of: "/") ?? id.endIndex
            all[id] = StageFacts(String(id[..<end]), String(id[end...].dropFirst()), id: id, in: bridge)
        }
        return all
    }
}
