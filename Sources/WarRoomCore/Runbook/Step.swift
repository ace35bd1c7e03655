package import OrderedCollections

extension Runbook {
    /// A section of the runbook.
    package struct Phase: Hashable, Sendable {
        /// What needs and steps call it.
        package var id: String
        /// Its heading.
        package var title: String
        /// The page's own words.
        package var says: String?

        /// A phase as the runbook describes it.
        package init(id: String, title: String, says: String? = nil) {
            self.id = id
            self.title = title
            self.says = says
        }
    }

    /// One thing to do. A step with children is a group; its state is derived from theirs.
    package struct Step: Hashable, Sendable {
        /// What reports, needs and other steps call it, unique in the runbook.
        package var id: String
        /// The phase that it stands in, by id.
        package var phase: String
        /// The group around it, by id; `nil`: it stands in its phase alone.
        package var parent: String?
        /// The steps of the group, by id in page order; none: it is no group.
        package var children: [String]
        /// One line for a row of a screen.
        package var title: String
        /// The page's own words, shown as they are, even where they are wrong; the clock goes by ``at``.
        package var says: String?
        /// The planned start as the file gives it; `nil` where it names none.
        package var at: Instant?
        /// Who does it: `board/team`, a role or a name.
        package var owner: String?
        /// The wave that it works on, by id.
        package var wave: String?
        /// The server that it works on, by name.
        package var server: String?
        /// The steps that must be done before it starts, by id.
        package var after: [String]
        /// The gate that must be open before it starts, by id.
        package var gate: String?
        /// How long it takes, in bridge time.
        package var takes: Duration?
        /// How long it takes to undo it, in bridge time.
        package var backout: Duration?
        /// The evidence that it is done, with nobody typing.
        package var doneWhen: Need?
        /// The loose ends that its start opens, a range or a wave resolved to one of each server.
        package var opens: [LooseEndID]
        /// The loose ends that its being done closes, named as in ``opens``.
        package var closes: [LooseEndID]
        /// The test run that it starts, by id.
        package var tests: String?
        /// The texts to post, by channel.
        package var messages: OrderedDictionary<String, String>
        /// The tickets that it belongs to, verbatim.
        package var tickets: [String]
        /// How risky it is, in the page's word: low, medium, high.
        package var risk: String?
        /// The links of the page.
        package var links: [Link]
        /// What will show that it worked, in the page's words.
        package var evidence: [String]

        /// A step with nothing but its place and title; its reader fills in the rest.
        package init(id: String, phase: String, title: String) {
            self.id = id
            self.phase = phase
            self.title = title
            children = []
            after = []
            opens = []
            closes = []
            messages = [:]
            tickets = []
            links = []
            evidence = []
        }
    }

    /// A link of the page.
    package struct Link: Hashable, Sendable {
        /// Its words.
        package var title: String
        /// Where it leads; `nil` where the page has lost that.
        package var url: String?

        /// A link with its words.
        package init(title: String, url: String? = nil) {
            self.title = title
            self.url = url
        }
    }
}
