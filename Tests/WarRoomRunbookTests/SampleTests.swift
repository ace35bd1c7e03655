import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomRunbook

@Suite("The samples")
struct SampleTests {
    static let names = ["2025-09-14", "2025-10-12", "engageip-billing", "gateway-upgrade"]

    private func document(_ name: String) throws -> RunbookDocument {
        try RunbookReader.document(path: Repository.path("sample-data/\(name)/runbook.yaml")).get()
    }

    @Test("load without a fault", arguments: names)
    func loads(name: String) {
        if case .failure(let faults) = RunbookReader.document(path: Repository.path("sample-data/\(name)/runbook.yaml"))
        {
            Issue.record("\(faults)")
        }
    }

    @Test("the night of September has what the contract lists")
    func september() throws {
        let runbook = try document("2025-09-14").runbook
        #expect(runbook.bridgeID == "monthly-2025-09-14")
        #expect(runbook.servers.count >= 11)
        #expect(runbook.servers["IC-Web10"]?.pools == ["backend-pool-invoicecloud-web", "IC-LB-WebSVR-4AppSVR"])
        #expect(runbook.serverName(for: "Proxy Temp 10") == "IC-ProxyTemp-10")
        #expect(runbook.waves.keys == ["web1-5", "web6-10"])
        #expect(runbook.waves["web6-10"]?.servers == ["IC-Web6", "IC-Web7", "IC-Web8", "IC-Web9", "IC-Web10"])
        #expect(runbook.boards.keys == ["usa", "india"])
        #expect(runbook.boards["usa"]?.teams.count == 9)
        #expect(runbook.boards["usa"]?.teams.values.allSatisfy { $0.checks.keys == ["post-check"] } == true)
        #expect(runbook.boards["india"]?.teams.values.map(\.checks.count) == [4, 4, 7])
        #expect(runbook.tests.keys == ["smoke-1", "smoke-2", "regression"])
        #expect(
            runbook.gates.keys == [
                "before-alerts-on", "before-smoke-1", "before-web6-10", "before-changes", "before-healthchecks",
                "before-smoke-2", "before-regression", "before-finish",
            ])
        #expect(runbook.phases.keys == ["pre-work", "day-of", "changes", "regression-testing", "post-steps"])
        #expect(runbook.sources.keys == ["patch-web", "pools", "smoke-1", "smoke-2", "regression", "events"])
        #expect(runbook.metrics.count == 5)
        #expect(runbook.fingerprint.count == 64)
    }

    @Test("its steps are groups, times and loose ends as written")
    func septemberSteps() throws {
        let runbook = try document("2025-09-14").runbook
        let group = try #require(runbook.steps["web1-5"])
        #expect(group.children.count == 9)
        #expect(group.at?.rfc3339 == "2025-09-14T02:00:00Z")
        #expect(runbook.window.opens?.rfc3339 == "2025-09-13T23:00:00Z")
        #expect(runbook.boards["india"]?.due?.rfc3339 == "2025-09-15T07:30:00Z")
        #expect(
            runbook.steps["web1-5-alerts-off"]?.opens == (1...5).map { .alerts("IC-Web\($0)") })
        #expect(runbook.steps["web1-5-ilb-in"]?.closes.last == "pool/IC-Web5/IC-LB-WebSVR-4AppSVR")
        #expect(
            runbook.steps["reschedule-jobs"]?.doneWhen
                == Need(.pipeline, "preparation/Pre-Maintenance", .is, "succeeded"))
        #expect(runbook.steps["smoke-1"]?.doneWhen == Need(.tests, "smoke-1", .is, "passed"))
        #expect(
            runbook.steps["start-message"]?.messages["#platform-support"]
                == "Today we will be Releasing Changes for 2025-09-14 per our Weekly Change Window Guidelines.")
        #expect(runbook.gates["before-finish"]?.needs.last == Need(.looseEnds, "", .is, "none"))
    }

    @Test("every step, gate and server has a place in the file", arguments: names)
    func places(name: String) throws {
        let document = try document(name)
        var reading = Reading(try YAMLText.read(document.text).get())
        reading.read()
        let start = RunbookPlace(line: 1, column: 1)
        for id in document.runbook.steps.keys { #expect(reading.places["steps/\(id)"] != start, "\(id)") }
        for id in document.runbook.gates.keys { #expect(reading.places["gates/\(id)"] != start, "\(id)") }
        for id in document.runbook.servers.keys { #expect(reading.places["servers/\(id)"] != start, "\(id)") }
    }
}
