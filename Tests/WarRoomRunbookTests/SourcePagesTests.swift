import Foundation
import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("The pages of the sources")
struct SourcePagesTests {
    private static let path = Repository.path("docs/sources.md")
    private static let begin = "<!-- What follows is made from the declarations: make golden -->\n"
    private static let end = "<!-- Here it ends. What follows is written by hand. -->"

    @Test("in docs/sources.md are what the declarations amount to")
    func isUpToDate() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let begin = try #require(text.range(of: Self.begin)).upperBound
        let end = try #require(text.range(of: Self.end)).lowerBound
        let made = "\n\(RunbookFormat.sourcePages())\n"
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] != nil {
            try (text[..<begin] + made + text[end...]).write(toFile: Self.path, atomically: true, encoding: .utf8)
            Issue.record("recorded docs/sources.md: run again without WARROOM_RECORD")
        }
        #expect(text[begin..<end] == made)
    }

    @Test("show sources that load as they stand", arguments: SourceKind.all)
    func examples(kind: SourceKind) throws {
        let runbook = try RunbookReader.read(
            Text.with("tests: {smoke: {title: Smoke}}\nsources:\n  \(kind.example)"), file: "plan.yaml"
        ).get()
        let plan = try #require(runbook.sources.values.first)
        #expect(plan.kind.declaration.word == kind.word)
    }

    @Test("say of every option that one needs whether it is refused elsewhere")
    func options() {
        for kind in SourceKind.all {
            for other in SourceKind.all {
                let option = other.needs[0]
                guard !(kind.needs + kind.takes).contains(option) else { continue }
                let given = kind.needs.map { "\($0): smoke" } + ["\(option): smoke"]
                let text = Text.with(
                    "tests: {smoke: {title: Smoke}}\nsources: {one: {kind: \(kind.word), "
                        + "\(given.joined(separator: ", "))}}"
                )
                #expect(!faults(text).isEmpty, "\(kind.word) takes \(option)")
            }
        }
    }
}
