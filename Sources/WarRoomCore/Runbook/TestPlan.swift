extension Runbook {
    /// One run of a suite, as it is planned.
    package struct TestPlan: Hashable, Sendable {
        /// What reports and needs call it.
        var id: String
        /// What it is called on screens.
        package var title: String
        /// What it is run against, or where its results are.
        package var url: String?
        /// The steps that must be done before a result counts (docs/contract.md, Test counts).
        package var after: [String]
        /// How many cases a whole run has; `nil`: that is not known.
        package var expect: Int?

        /// A test run as the runbook plans it.
        package init(id: String, title: String, url: String? = nil, after: [String] = [], expect: Int? = nil) {
            self.id = id
            self.title = title
            self.url = url
            self.after = after
            self.expect = expect
        }
    }

    /// Another tool's automation, with its stages.
    package struct Pipeline: Hashable, Sendable {
        /// The tool's own name for it.
        package var id: String
        /// What it is called on screens.
        package var title: String
        /// Its stages, verbatim, in the order in which they run.
        package var stages: [String]
        /// Other names that people use for it.
        package var aliases: [String]

        /// A pipeline as the runbook describes it.
        package init(id: String, title: String, stages: [String] = [], aliases: [String] = []) {
            self.id = id
            self.title = title
            self.stages = stages
            self.aliases = aliases
        }
    }
}
