import OrderedCollections
import WarRoomCore

/// What is known of a stage of a pipeline.
extension DetailPage {
    mutating func stage(_ id: String) {
        guard let stage = sight.situation.stages[id] else { return title("\(id) is not heard of any more", nil) }
        let gate = PipelinesPane.gate(of: stage, sight)
        let face = Face(stage, gate)
        title(stage.name, face)
        add("NAME", id)
        add("TITLE", sight.runbook.pipelines[stage.pipeline].flatMap { $0.title == stage.pipeline ? nil : $0.title })
        add("STARTED", at: stage.startedAt)
        add("ENDED", at: stage.endedAt)
        add("WHY", stage.why)
        add("RUN", stage.runID)
        add("LINK", stage.url)
        let done = sight.situation.steps.values.filter {
            $0.step.doneWhen.map { $0.subject == .pipeline && $0.id == id } ?? false
        }
        for (place, step) in done.enumerated() {
            let face = Face(step)
            add(place == 0 ? "ENDS" : "", face, "\(step.step.title), \(face.word)")
        }
        if let gate {
            add("GATE", Face(gate), "its approval is gate \(gate.gate.id), \(Face(gate).word) here")
        }
        for (place, claim) in (sight.bridge.pipelines[id]?.all ?? []).enumerated() {
            let words = "\(claim.claimant): \(claim.value.state.rawValue), since \(sight.both(claim.since))"
            add(place == 0 ? "CLAIMS" : "", words + ", entry \(claim.entry)")
        }
    }
}
