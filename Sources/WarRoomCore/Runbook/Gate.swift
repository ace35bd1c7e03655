extension Runbook {
    /// A condition, and who may approve, before the steps that name it may start.
    package struct Gate: Hashable, Sendable {
        /// What steps and approvals call it.
        package var id: String
        /// What it is called on screens.
        package var title: String
        /// The page's own words.
        package var says: String?
        /// The conditions, all of which must hold.
        package var needs: [Need]
        /// The roles that must approve, each by another person; none: it opens by itself when its needs are met.
        package var approvers: [String]
        /// Steps, by id: whoever started one of them may not approve.
        package var fourEyes: [String]
        /// The stage of another tool where its approval is pressed too, `pipeline/stage`; `nil`: there is none.
        package var button: String?

        /// A gate as the runbook describes it.
        package init(
            id: String, title: String, needs: [Need] = [], approvers: [String] = [], fourEyes: [String] = [],
            button: String? = nil
        ) {
            self.id = id
            self.title = title
            self.needs = needs
            self.approvers = approvers
            self.fourEyes = fourEyes
            self.button = button
        }
    }
}
