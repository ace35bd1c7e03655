package import OrderedCollections

extension Runbook {
    /// A review table: a row a team, with its checks.
    package struct Board: Hashable, Sendable {
        /// The first part of every path to its checks.
        package var id: String
        /// Its heading.
        package var title: String
        /// The role that marks it, `monitoring`; `nil`: each team marks its own row.
        package var by: String?
        /// When no answer becomes a proposed no-response; `nil`: never by the clock.
        package var due: Instant?
        /// Its rows, by the team's id.
        package var teams: OrderedDictionary<String, Team>

        /// A board without teams.
        package init(id: String, title: String, by: String? = nil, due: Instant? = nil) {
            self.id = id
            self.title = title
            self.by = by
            self.due = due
            teams = [:]
        }
    }

    /// A row of a board.
    package struct Team: Hashable, Sendable {
        /// The second part of the path to its checks, unique on its board.
        package var id: String
        /// What it is called on screens.
        package var title: String
        /// The words of the page.
        package var says: String?
        /// What it looks at, by the check's id; the runbook's reader gives at least one.
        package var checks: OrderedDictionary<String, Check>

        /// A team without checks.
        package init(id: String, title: String) {
            self.id = id
            self.title = title
            checks = [:]
        }
    }

    /// One thing that a team looks at.
    package struct Check: Hashable, Sendable {
        /// The last part of its path, unique in its team.
        var id: String
        /// What it is called on screens.
        package var title: String
        /// The words of the page.
        package var says: String?
        /// What makes a mark a re-check when it changes afterwards, for a tick is worth what it was made on: step ids,
        /// or `@wave`.
        package var recheckAfter: [String]

        /// A check as the runbook describes it.
        package init(id: String, title: String, says: String? = nil, recheckAfter: [String] = []) {
            self.id = id
            self.title = title
            self.says = says
            self.recheckAfter = recheckAfter
        }
    }
}
