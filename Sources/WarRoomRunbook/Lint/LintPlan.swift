internal import OrderedCollections
internal import WarRoomCore

// What the plan leaves open: who does it, when, for how long, how it is undone, and until when.
extension Lint {
    mutating func findOpenPlan() {
        if runbook.window.closes == nil {
            hole(
                .noWindowEnd, at: places["window"],
                "the window has no end, so nothing can be called late: write closes:")
        }
        for step in leaves {
            let place = place(of: step.id)
            if runbook.owner(of: step) == nil { hole(.noOwner, at: place, "'\(step.id)' has no owner: write owner:") }
            if step.takes == nil { hole(.noDuration, at: place, "'\(step.id)' has no duration: write takes:") }
            if step.backout == nil, step.risk != nil || !patched(by: step).isEmpty {
                hole(.noBackout, at: place, "'\(step.id)' has no back-out time: write backout:")
            }
            if !isPlaced(step) {
                hole(.noTime, at: place, "'\(step.id)' has no time and comes after nothing: write at: or after:")
            }
        }
    }

    /// Whether the clock, another step or a gate says when a step can begin, or that of a group around it.
    private func isPlaced(_ step: Runbook.Step) -> Bool {
        if step.at != nil || !step.after.isEmpty || step.gate != nil { return true }
        return step.parent.flatMap { runbook.steps[$0] }.map { isPlaced($0) } ?? false
    }
}
