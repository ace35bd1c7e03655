import Foundation
import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("House rules of the screen")
struct HouseTests {
    private static func sources() throws -> [(name: String, text: String)] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("Sources/WarRoomScreen")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        try #require(files.contains { $0.lastPathComponent == "Canvas.swift" }, "the folders below are read too")
        return try files.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    @Test("no source knows this night: names come from the runbook")
    func names() throws {
        let runbook = try SampleRunbook.make()
        var names =
            Array(runbook.servers.keys) + Array(runbook.waves.keys) + Array(runbook.pools.keys)
            + runbook.pools.values.map(\.title)
        names +=
            Array(runbook.tests.keys) + runbook.tests.values.map(\.title) + Array(runbook.gates.keys)
            + Array(runbook.sources.keys)
        names += runbook.boards.values.flatMap { [$0.title] + $0.teams.values.map(\.title) }
        names += [
            "Payments", "Payer", "Integration", "Monitoring Team", "america", "India", "IC-Web", "EST", "IST", "EDT",
        ]
        // Words of the sample that are words of the program too.
        let ours: Set<String> = ["pools", "events", "regression", "Egress"]
        for (file, text) in try Self.sources() {
            // The table of examples in comments names zones only as the documentation does.
            let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(
                separator: "\n")
            for name in names where !ours.contains(name) && name.count > 2 {
                #expect(!code.contains("\"\(name)\""), "\(file) names \(name)")
            }
            for name in ["IC-Web", "smoke-1", "Payments", "Regression", "India", "monthly"] {
                #expect(!code.contains(name), "\(file) names \(name)")
            }
        }
    }

    @Test("no source imports Foundation, forces or traps for input, and every file is short")
    func habits() throws {
        for (file, text) in try Self.sources() {
            for word in ["import Foundation", "try!", "as!", "@unchecked", "fatalError", "unsafe"] {
                #expect(!text.contains(word), "\(file): \(word)")
            }
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 260, "\(file)")
        }
    }

    @Test("no pane names a colour")
    func colours() throws {
        for (file, text) in try Self.sources()
        where !["Colour.swift", "ThemeDepth.swift", "Theme.swift"].contains(file) {
            #expect(!text.contains("Colour("), "\(file)")
        }
    }

    @Test("the status as text has everything once, clean and without colours")
    func status() throws {
        let sight = try Night.bad().sight(at: "Sun 08:20:00")
        let lines = Screen.statusText(sight.situation, vitals: sight.vitals)
        let text = lines.joined(separator: "\n")
        for words in [
            "Monthly Server Patching", "WORK IS RUNNING", "TIMELINE", "SERVERS", "REVIEWS", "TESTS", "GATES",
            "STILL OFF",
            "SOURCES", "TROUBLES", "Biller.Portal / Paypal", "Everything undone before finish",
        ] {
            #expect(text.contains(words), "\(words):\n\(text)")
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(lines.allSatisfy { $0.last != " " })
    }
}
