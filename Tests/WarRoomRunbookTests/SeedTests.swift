import Foundation
import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

/// What the pages behind the samples say, in files written from them by hand, against what the samples say.
@Suite("The samples say what their pages say")
struct SeedTests {
    struct Phrase: Sendable {
        let place: String
        let words: String
    }

    static func phrases(_ name: String) throws -> [Phrase] {
        try String(contentsOfFile: Repository.path("Tests/WarRoomRunbookTests/Seeds/\(name).txt"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { line in
                let place = line.prefix { $0 != " " }
                return Phrase(place: String(place), words: String(line.dropFirst(place.count).drop { $0 == " " }))
            }
    }

    /// All words that the runbook has at a place.
    static func words(of runbook: Runbook, at place: String) -> [String] {
        let parts = place.split(separator: "/").map(String.init)
        let id = parts.last ?? ""
        let found: [String?] =
            switch parts[0] {
            case "runbook": [runbook.title]
            case "date": [runbook.date]
            case "approvers": runbook.approvers
            case "channels": runbook.channels
            case "servers": runbook.servers.values.flatMap { [$0.name] + $0.aliases }
            case "pools": runbook.pools.values.flatMap { [$0.name, $0.balancer] }
            case "pipelines": runbook.pipelines.values.flatMap { [$0.id] + $0.stages + $0.aliases }
            case "batch": [runbook.batch?.guardBand, runbook.batch?.slot]
            case "metrics":
                runbook.metrics[id].map { [$0.goal, $0.metric, $0.current, $0.good, $0.great] } ?? []
            case "tests": [runbook.tests[id]?.url]
            case "boards": [runbook.boards[id]?.title]
            case "teams": [runbook.boards[parts[1]]?.teams[id]?.says]
            case "checks": [runbook.boards[parts[1]]?.teams[parts[2]]?.checks[id]?.says]
            case "phases": [runbook.phases[id]?.says]
            case "gates": [runbook.gates[id]?.says]
            case "steps":
                runbook.steps[id].map { step in
                    [step.says, step.risk] + step.tickets + step.evidence + step.links.map(\.title)
                        + step.messages.flatMap { [$0.key, $0.value] }
                } ?? []
            default: []
            }
        return found.compactMap { $0 }
    }

    @Test("word for word", arguments: ["2025-09-14", "engageip-billing"])
    func verbatim(name: String) throws {
        let runbook = try RunbookReader.document(path: Repository.path("sample-data/\(name)/runbook.yaml")).get()
            .runbook
        let phrases = try Self.phrases(name)
        for phrase in phrases {
            let words = Self.words(of: runbook, at: phrase.place)
            // Names of things stand alone; a sentence may stand among others.
            let isName = ["servers", "channels", "approvers", "pipelines", "pools", "date"].contains(phrase.place)
            let isSaid = words.contains { isName ? $0 == phrase.words : $0.contains(phrase.words) }
            #expect(isSaid, "\(phrase.place) does not say “\(phrase.words)”: \(words)")
        }
        #expect(phrases.count > 20)
    }

    @Test(
        """
        and nothing that is not on the page is put into its mouth: the boards' rows, the channels, the tickets are \
        these
        """
    )
    func nothingMore() throws {
        let phrases = try Self.phrases("2025-09-14")
        let runbook = try RunbookReader.document(path: Repository.path("sample-data/2025-09-14/runbook.yaml")).get()
            .runbook
        func listed(_ place: String) -> [String] { phrases.filter { $0.place == place }.map(\.words) }
        #expect(Set(runbook.channels) == Set(listed("channels")))
        #expect(runbook.approvers == listed("approvers"))
        #expect(
            Set(runbook.metrics.keys.map { "metrics/\($0)" })
                == Set(phrases.map(\.place).filter { $0.hasPrefix("metrics/") }))
        let rows = runbook.boards.values.flatMap { board in board.teams.keys.map { "teams/\(board.id)/\($0)" } }
        #expect(rows == Self.inOrder(phrases.map(\.place).filter { $0.hasPrefix("teams/") }), "in the page's order")
        let tickets = runbook.steps.values.flatMap(\.tickets)
        #expect(tickets.count == 15)
        #expect(tickets.allSatisfy { ticket in phrases.contains { $0.words == ticket } })
        #expect(
            runbook.steps.keys.allSatisfy { id in phrases.contains { $0.place == "steps/\(id)" } },
            "every step is the page's")
        #expect(runbook.window.closes == nil)
        #expect(runbook.steps.values.allSatisfy { $0.owner == nil && $0.takes == nil && $0.backout == nil })
    }

    /// What the page says to the end, with nothing around it.
    private static func inOrder(_ places: [String]) -> [String] {
        var seen: Set<String> = []
        return places.filter { seen.insert($0).inserted }
    }

    @Test(
        "at the times that it gives, in both zones",
        arguments: [
            ("reschedule-jobs", "2025-09-13T23:00:00Z", "Sun 04:30"), ("web1-5", "2025-09-14T02:00:00Z", "Sun 07:30"),
            ("smoke-1", "2025-09-14T06:00:00Z", "Sun 11:30"), ("alerts-off", "2025-09-14T08:15:00Z", "Sun 13:45"),
            ("web1-5-confirm", "2025-09-14T08:30:00Z", "Sun 14:00"),
            ("web6-10-patch", "2025-09-14T08:30:00Z", "Sun 14:00"),
            ("start-maintenance", "2025-09-14T08:45:00Z", "Sun 14:15"),
            ("start-message", "2025-09-14T09:00:00Z", "Sun 14:30"),
            ("changes-open", "2025-09-14T09:00:00Z", "Sun 14:30"), ("smoke-2", "2025-09-14T12:00:00Z", "Sun 17:30"),
        ])
    func times(step: String, utc: String, india: String) throws {
        let runbook = try RunbookReader.document(path: Repository.path("sample-data/2025-09-14/runbook.yaml")).get()
            .runbook
        let at = try #require(runbook.steps[step]?.at)
        #expect(at.rfc3339 == utc)
        let local = runbook.zones.other.zone.local(at)
        #expect("\(local.day3) \(local.clock)" == india)
    }

    @Test("and next month's date alone moves every text and time that follows the date")
    func nextMonth() throws {
        let path = Repository.path("sample-data/2025-09-14/runbook.yaml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("date: 2025-09-14 ", with: "date: 2025-10-12 ")
        let runbook = try RunbookReader.read(text, file: "runbook.yaml").get()
        let message = "Today we will be Releasing Changes for 2025-10-12 per our Weekly Change Window Guidelines."
        #expect(runbook.steps["start-message"]?.messages.values.allSatisfy { $0 == message } == true)
        #expect(runbook.steps["start-message"]?.says?.hasSuffix(message) == true)
        #expect(runbook.steps["web1-5"]?.at?.rfc3339 == "2025-10-12T02:00:00Z")
        #expect(runbook.boards["india"]?.due?.rfc3339 == "2025-10-13T07:30:00Z")
    }
}
