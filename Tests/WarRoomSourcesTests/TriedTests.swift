import Foundation
import Testing
import WarRoomCore

@testable import WarRoomSources

/// What was tried with each kind of source, how many events came of it, and what the pane says: the table of
/// docs/sources.md.
@Suite("What was tried with sources")
struct TriedTests {
    private static let begin = "<!-- What follows is what the test found: make golden -->\n"
    private static let end = "<!-- Here it ends. -->"

    /// One trial: what is there, and what comes of the last of some looks.
    private struct Trial {
        let kind: String
        let what: String
        let events: Int
        let pane: String
    }

    private static func event(_ subject: String) -> String {
        #"{"type":"warroom.server","subject":"\#(subject)","data":{"patch":"running"}}"#
    }

    private static func events(_ count: Int, _ first: Int = 0) -> [String] {
        (first..<first + count).map { event("node-\($0)") }
    }
    private static func array(_ count: Int) -> String { "[" + events(count).joined(separator: ",\n") + "]" }
    private static func lines(_ count: Int) -> String { events(count).map { $0 + "\n" }.joined() }
    private static func suite(_ count: Int) -> String {
        "<testsuite name='s' tests='\(count)'>" + (0..<count).map { "<testcase name='case \($0)'/>" }.joined()
            + "</testsuite>"
    }

    /// Looks at a source after each thing that happens; the last look is the trial's.
    private static func trial(
        _ kind: String, _ what: String, _ source: (TemporaryFolder) -> any Source,
        _ happenings: [(TemporaryFolder) -> Void]
    ) -> Trial {
        let folder = TemporaryFolder()
        var source = source(folder)
        var last: (events: Int, pane: String) = (0, "")
        for happening in happenings {
            happening(folder)
            switch source.tryLook() {
            case .success(let look): last = (look.findings.count, look.trouble ?? "nothing")
            case .failure(let fault): last = (0, fault.reason)
            }
        }
        let pane = last.pane.replacingOccurrences(of: folder.path + "/", with: "").replacingOccurrences(
            of: folder.path, with: "F")
        return Trial(kind: kind, what: what, events: last.events, pane: pane)
    }

    private static func file(_ text: String, _ name: String, age: Duration? = nil) -> (TemporaryFolder) -> Void {
        { $0.write(name, text, age: age) }
    }

    private static func bytes(_ bytes: [UInt8], _ name: String) -> (TemporaryFolder) -> Void {
        { $0.write(name, bytes) }
    }

    private static func append(_ text: String, _ name: String) -> (TemporaryFolder) -> Void {
        { folder in
            let file = open(folder[name], O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(file) }
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    private static func wait(_ folder: TemporaryFolder) {}

    private static func statusFiles() -> [Trial] {
        let name = "s.json"
        func row(_ what: String, _ happenings: (TemporaryFolder) -> Void...) -> Trial {
            trial("status-files", what, { StatusFilesSource(path: $0[name], wall: now) }, happenings)
        }
        let good = array(2)
        return [
            row("absent", wait),
            row("empty", file("", name)),
            row("good", file(good, name)),
            row("the same again", file(good, name), file(good, name)),
            row("cut in the middle", file(good, name), file(String(good.prefix(60)), name)),
            row("whole again", file(good, name), file(String(good.prefix(60)), name), file(array(3), name)),
            row(
                "rotated: another in its place", file(good, name), { $0.move(name, to: "s.json.1") },
                file(array(3), name)),
            row("removed", file(good, name), { $0.delete(name) }),
            row(
                "hostile: UTF-16",
                bytes([0xFF, 0xFE] + good.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, name)),
            row("hostile: NUL bytes", bytes([UInt8](repeating: 0, count: 4096), name)),
            row("hostile: 5000 levels deep", file(String(repeating: "[", count: 5000), name)),
            row("hostile: no event", file("\"text\"", name)),
            row("hostile: one of three is no event", file("[\(event("a")), 7, \(event("b"))]", name)),
            row("hostile: a pipe in its place", { mkfifo($0[name], 0o644) }),
            row(
                "hostile: 17 MB",
                { folder in
                    folder.write(name, good)
                    truncate(folder[name], 17 << 20)
                }),
            row("flooding: 10,000 events", file(array(10_000), name)),
            row("flooding: 10,001 events", file(array(10_001), name)),
        ]
    }

    private static func ndjson() -> [Trial] {
        let name = "s.ndjson"
        func row(_ what: String, _ happenings: (TemporaryFolder) -> Void...) -> Trial {
            trial("ndjson", what, { NDJSONSource(path: $0[name], wall: now) }, happenings)
        }
        let long = event(String(repeating: "x", count: 70_000)) + "\n"
        return [
            row("absent", wait),
            row("empty", file("", name)),
            row("good", file(lines(2), name)),
            row("the same again", file(lines(2), name), wait),
            row("torn: half a line", append(lines(1) + "{\"type\":", name)),
            row("torn for more than 5 s", append(lines(1) + "{\"type\":", name), { $0.age(name, .seconds(6)) }),
            row(
                "rotated, with a line added before", append(lines(2), name),
                { folder in
                    append(event("late") + "\n", name)(folder)
                    folder.move(name, to: "s.ndjson.1")
                    append(lines(3), name)(folder)
                }),
            row("cut, and written anew in place", append(lines(3), name), file(event("new") + "\n", name)),
            row("removed", append(lines(2), name), { $0.delete(name) }),
            row("hostile: a line is no JSON", append(lines(1) + "no event\n" + event("b") + "\n", name)),
            row("hostile: a line is no event", append("7\n", name)),
            row("hostile: a line of 70 kB", append(long + lines(1), name)),
            row("hostile: NUL bytes", bytes([UInt8](repeating: 0, count: 4096) + [0x0A], name)),
            row("flooding: 2,500 lines, first look", append(lines(2_500), name)),
            row("flooding: 2,500 lines, third look", append(lines(2_500), name), wait, wait),
        ]
    }

    private static func junit() -> [Trial] {
        let name = "r.xml"
        func row(_ what: String, _ happenings: (TemporaryFolder) -> Void...) -> Trial {
            trial("junit", what, { JUnitSource(path: $0["*.xml"], run: "smoke", wall: now) }, happenings)
        }
        let deep = String(repeating: "<testsuite>", count: 300)
        return [
            row("absent: no report", wait),
            row("absent: no folder", { TemporaryFolder.remove($0.path) }),
            row("empty, for more than 5 s", file("", name, age: .seconds(6))),
            row("good", file(suite(2), name)),
            row("the same again", file(suite(2), name), wait),
            row("cut in the middle: it grows", file(String(suite(3).prefix(60)), name)),
            row("cut in the middle, for more than 5 s", file(String(suite(3).prefix(60)), name, age: .seconds(6))),
            row(
                "rotated: another in its place", file(suite(2), name), { $0.move(name, to: "r.xml.1") },
                file(suite(3), name)),
            row("removed", file(suite(2), name), { $0.delete(name) }),
            row("hostile: DOCTYPE", file("<!DOCTYPE a [<!ENTITY b 'c'>]>" + suite(1), name)),
            row("hostile: 300 levels deep", file(deep, name)),
            row("hostile: another kind of XML", file("<html/>", name)),
            row("hostile: NUL bytes", bytes([UInt8](repeating: 0, count: 4096), name)),
            row("flooding: 10,000 cases", file(suite(10_000), name)),
        ]
    }

    private static func socket() -> [Trial] {
        func row(_ what: String, _ acts: [TestService.Act], isListening: Bool = true) -> Trial {
            let service = TestService(acts, isListening: isListening)
            defer { if isListening { service.end() } }
            let found = trial(
                "socket", what,
                { _ in SocketSource(address: service.address, send: nil, timeout: .milliseconds(300), wall: now) },
                [wait])
            return Trial(
                kind: found.kind, what: what, events: found.events,
                pane: found.pane.replacingOccurrences(of: service.address, with: "S"))
        }
        let absent = trial(
            "socket", "absent", { SocketSource(address: $0["s.sock"], send: nil, timeout: .seconds(1), wall: now) },
            [wait])
        return [
            Trial(kind: "socket", what: "absent", events: absent.events, pane: absent.pane),
            row("nobody listens", [], isListening: false),
            row("empty: closes at once", [.leave]),
            row("good", [.say(lines(2)), .leave]),
            row("an empty list", [.say("[]\n"), .leave]),
            row("silent", [.pause]),
            row("cut in the middle", [.say(lines(1) + "{\"type\":"), .leave]),
            row("hostile: no JSON", [.say("hello\n"), .leave]),
            row("hostile: no event", [.say("7\n"), .leave]),
            row("flooding: 10,000 events in 740 kB", [.say(lines(10_000)), .leave]),
            row("flooding: 20,000 events in 1.5 MB", [.say(lines(20_000)), .leave]),
        ]
    }

    @Test("is in docs/sources.md as it came out")
    func table() throws {
        let trials = Self.statusFiles() + Self.ndjson() + Self.junit() + Self.socket()
        #expect(Set(trials.map(\.kind)) == Set(SourceKind.all.map(\.word)), "every kind of source is tried")
        let rows = trials.map { "| `\($0.kind)` | \($0.what) | \($0.events) | \($0.pane) |" }
        let made =
            "\n| kind | tried | events | what the pane says |\n|---|---|---|---|\n" + rows.joined(separator: "\n")
            + "\n\n"
        let here = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let path = here.appending(path: "../../docs/sources.md").standardized.path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let begin = try #require(text.range(of: Self.begin)).upperBound
        let end = try #require(text.range(of: Self.end)).lowerBound
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] != nil {
            try (text[..<begin] + made + text[end...]).write(toFile: path, atomically: true, encoding: .utf8)
            Issue.record("recorded docs/sources.md: run again without WARROOM_RECORD")
        }
        #expect(String(text[begin..<end]) == made)
    }
}
