import Foundation
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("The JSON Schema")
struct SchemaTests {
    private static let path = Repository.path("docs/runbook.schema.json")

    @Test("in the repository is the one that the format amounts to")
    func isUpToDate() throws {
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] != nil {
            try RunbookFormat.jsonSchemaText().write(toFile: Self.path, atomically: true, encoding: .utf8)
            Issue.record("recorded docs/runbook.schema.json: run again without WARROOM_RECORD")
        }
        #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == RunbookFormat.jsonSchemaText())
        #expect(try JSON(parsing: RunbookFormat.jsonSchemaText()) == RunbookFormat.jsonSchema())
    }

    /// Exits 77 where python3 lacks what it takes.
    private static let validation = """
        import json, sys
        try:
            import jsonschema, yaml
        except ImportError:
            sys.exit(77)
        class Loader(yaml.SafeLoader):
            pass
        # YAML 1.2 as editors read it: no dates, no numbers to the base of sixty.
        Loader.yaml_implicit_resolvers = {
            key: [(tag, pattern) for tag, pattern in rules if tag.split(":")[-1] in ("null", "merge")]
            for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        import re
        Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for path in sys.argv[2:]:
            for error in validator.iter_errors(yaml.load(open(path, encoding="utf-8"), Loader)):
                print(f"{path}: {error.json_path}: {error.message[:200]}")
        """

    private func validate(_ files: [String]) throws -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-W", "ignore", "-c", Self.validation, Self.path] + files
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 77 || process.terminationStatus == 127 {
            print("skipped: python3 with jsonschema and yaml is not at hand")
            return nil
        }
        return text
    }

    @Test("takes every sample")
    func samples() throws {
        let files = SampleTests.names.map { Repository.path("sample-data/\($0)/runbook.yaml") }
        if let findings = try validate(files) { #expect(findings == "") }
    }

    @Test("refuses what the reader refuses by shape")
    func refusals() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "runbook-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = Text.steps(
            "{id: A, takes: 45, minuets: 5}",
            rest: "sources: {s: {kind: status-files, run: x}}\ngates: {g: {needs: [{step: a, phase: b, is: done}]}}")
        try text.write(to: file, atomically: true, encoding: .utf8)
        guard let findings = try validate([file.path]) else { return }
        #expect(findings.split(separator: "\n").count == 6, "\(findings)")
    }
}
