extension Runbook {
    /// When batch closes run, so that work is kept out of their way (docs/glossary.md, guard and slot). Times of day
    /// are the home zone's, as they are written.
    package struct BatchPlan: Hashable, Sendable {
        /// The time of day that must stay clear of patching: `23:00-00:30`.
        package var guardBand: String?
        /// The minute of each hour at which runs start: `:45`.
        package var slot: String?
        /// Names of demo billers, with `*` for anything; their runs are counted apart.
        var demo: [String]
        /// The step that keeps the jobs away, by id; it must be done before the band begins.
        package var needsStep: String?
        /// Whom to engage when a slot was missed, in the office's words.
        var engage: String?
        /// The checks that speak of batch closes, `board/team/check`: one that is marked with issues waits for the next
        /// slot, as a failed run does.
        package var checks: [String]

        /// The batch closes as the runbook describes them.
        package init(
            guardBand: String? = nil, slot: String? = nil, demo: [String] = [], needsStep: String? = nil,
            engage: String? = nil, checks: [String] = []
        ) {
            self.guardBand = guardBand
            self.slot = slot
            self.demo = demo
            self.needsStep = needsStep
            self.engage = engage
            self.checks = checks
        }
    }
}
