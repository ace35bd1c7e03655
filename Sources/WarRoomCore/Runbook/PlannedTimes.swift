import OrderedCollections

extension Runbook {
    /// A step's planned start: its own, else that of the group around it if it is the group's first child. The page
    /// gives a group one time, and only its first step is due then. `nil`: the plan gives it none.
    package func planned(_ step: Step) -> Instant? {
        if let at = step.at { return at }
        guard let parent = step.parent.flatMap({ steps[$0] }), parent.children.first == step.id else { return nil }
        return planned(parent)
    }

    /// When a step may start by the plan: its own time, or that of the group around it, for no step of a group starts
    /// before its group.
    func time(of step: Step) -> Instant? {
        step.at ?? step.parent.flatMap { steps[$0] }.flatMap { time(of: $0) }
    }
}
