import Foundation
import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("The lint")
struct LintTests {
    /// What `warroom check` prints of a file, under a name.
    private static func lines(_ path: String, as name: String) -> [String] {
        switch RunbookReader.document(path: path) {
        case .success(let document): document.holes.map { $0.line(in: name) }
        case .failure(let faults): faults.lines(name)
        }
    }

    private static func expected(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { String($0) }
    }

    @Test("finds on September's page what was read from it by hand, and nothing else")
    func september() throws {
        let name = "sample-data/2025-09-14/runbook.yaml"
        let expected = try Self.expected(Repository.path("sample-data/2025-09-14/EXPECTED-LINT.txt"))
        let found = Self.lines(Repository.path(name), as: name)
        #expect(found.filter { !expected.contains($0) } == [], "found and not expected")
        #expect(expected.filter { !found.contains($0) } == [], "expected and not found")
        #expect(found == expected)
    }

    @Test("finds nothing on the night as it should be")
    func october() {
        #expect(Self.lines(Repository.path("sample-data/2025-10-12/runbook.yaml"), as: "runbook.yaml") == [])
    }

    private static let broken: [String] = {
        let folder = Repository.path("Tests/WarRoomRunbookTests/Fixtures/broken")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test("finds what is wrong with each of the runbooks that were broken for it, and nothing else", arguments: broken)
    func brokenRunbook(name: String) throws {
        let path = Repository.path("Tests/WarRoomRunbookTests/Fixtures/broken/\(name)")
        #expect(try Self.lines("\(path).yaml", as: "\(name).yaml") == Self.expected("\(path).expected"))
    }

    @Test("is shown each of its kinds by a broken runbook, and explains each in docs/lint.md")
    func everyCode() throws {
        #expect(Self.broken.count >= 20)
        let guide = try String(contentsOfFile: Repository.path("docs/lint.md"), encoding: .utf8)
        let shown = try Self.broken.map {
            try String(
                contentsOfFile: Repository.path("Tests/WarRoomRunbookTests/Fixtures/broken/\($0).expected"),
                encoding: .utf8)
        }.joined()
        for code in RunbookHole.Code.allCases {
            #expect(guide.contains("`\(code.rawValue)`"), "docs/lint.md says nothing of \(code.rawValue)")
            #expect(shown.contains("hole \(code.rawValue):"), "no broken runbook has \(code.rawValue)")
        }
        for code in RunbookFault.Code.allCases {
            #expect(guide.contains("`\(code.rawValue)`"), "docs/lint.md says nothing of \(code.rawValue)")
        }
    }

    @Test("folds the holes of one kind into one, the worst first, with the place of the first")
    func folding() throws {
        let document = try RunbookReader.document(path: Repository.path("sample-data/2025-09-14/runbook.yaml")).get()
        #expect(
            document.runbook.holes.map { "\($0.code) \($0.count)" } == [
                "NO-CLOSING 1", "WAVE-NOT-PULLED 1", "NO-BACKUP 2", "OLD-EVIDENCE 1", "CHANNELS 1", "NO-WINDOW-END 1",
                "NO-OWNER 47",
                "NO-DURATION 47", "NO-BACKOUT 16",
            ])
        let owners = try #require(document.runbook.holes.first { $0.code == "NO-OWNER" })
        #expect(owners.text == "47 steps have no owner")
        let first = try #require(document.holes.first { $0.code == .noOwner })
        #expect((owners.line, owners.column) == (first.line, first.column))
    }

    @Test("reads all eight pairs of the page, which fit in September and not in November")
    func pairs() throws {
        let path = Repository.path("sample-data/2025-09-14/runbook.yaml")
        let september = try RunbookReader.document(path: path).get().runbook
        #expect(september.pairs.count == 8)
        #expect(september.pairs.allSatisfy { $0.mismatch == nil && $0.home == $0.plan })
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing(
            "date: 2025-09-14", with: "date: 2025-11-09")
        let november = try RunbookReader.document(text, file: "plan.yaml").get()
        #expect(november.runbook.pairs.count { $0.mismatch != nil } == 8)
        #expect(
            november.holes.filter { $0.code == .pair }.map(\.text).first
                == "\"10 PM EST (7:30AM IST)\": 22:00 EST is 08:30 IST, page says 07:30")
    }

    @Test("is quick on a runbook of thousands of steps and servers")
    func large() throws {
        var text = Text.with(
            "servers: {web1..3000: {pools: [P]}}\npools: {P: {}}\nwaves: {w: [web1..3000]}\ngates: {g: {needs: "
                + "[{looseEnds: none}]}}\n"
                + "phases: [{id: work, steps: [\n")
        text = text.replacing("phases: []\n", with: "")
        text += "  {id: out, opens: [pool/@w/P, alerts/@w]},\n  {id: in, gate: g, closes: [pool/@w/P]},\n"
        text += (1...2000).map {
            "  {id: s\($0), after: [\($0 == 1 ? "in" : "s\($0 - 1)")], says: \"10 PM EST (7:30 AM IST)\"}"
        }.joined(separator: ",\n")
        text += "]}]\n"
        let clock = ContinuousClock()
        let duration = try clock.measure {
            let document = try RunbookReader.document(text, file: "large.yaml").get()
            #expect(document.holes.contains { $0.code == .gateStuck })
            #expect(document.runbook.holes.contains { $0.code == "NO-OWNER" && $0.count == 2002 })
        }
        #expect(duration < .seconds(20), "took \(duration)")
    }
}
