import Testing
import WarRoomCore

@testable import WarRoomSources

/// Sixteen ways in which a results file goes wrong; each ends within a second, and none is green that should not be.
@Suite struct HostileReportTests {
    private enum Verdict: Equatable {
        case cutShort, unreadable
        case counted(total: Int, failed: Int, passed: Int)
    }

    private func verdict(_ bytes: [UInt8]) -> Verdict {
        let start = ContinuousClock.now
        defer { #expect(ContinuousClock.now - start < .seconds(1)) }
        return switch JUnitReport.read(bytes) {
        case .incomplete: .cutShort
        case .unreadable, .foreign: .unreadable
        case .complete(let report): .counted(total: report.total, failed: report.failed, passed: report.passed)
        }
    }

    @Test func `each hostile file has its verdict`() {
        let expected: [(String, Verdict)] = [
            ("00-empty", .cutShort), ("02-xml-declaration-only", .cutShort), ("04-truncated-in-tag", .cutShort),
            ("06-truncated-inside-utf8-sequence", .cutShort), ("08-trailing-garbage-nul-padding", .unreadable),
            ("12-external-dtd-http", .unreadable),
            ("14-utf16le-bom", .counted(total: 1, failed: 0, passed: 1)),
            ("16-windows-1252-declared", .counted(total: 1, failed: 0, passed: 1)),
            ("18-control-chars-and-ansi", .counted(total: 1, failed: 1, passed: 0)),
            ("22-cdata-split", .counted(total: 1, failed: 1, passed: 0)),
            ("24-namespaced", .counted(total: 1, failed: 1, passed: 0)),
            ("26-duplicate-case-first-passes-then-fails", .counted(total: 1, failed: 1, passed: 0)),
            ("28-property-with-secret", .counted(total: 1, failed: 0, passed: 1)),
        ]
        for (name, wanted) in expected { #expect(verdict(fixture("hostile/\(name).xml")) == wanted, "\(name)") }
    }

    @Test func `what was cut short is never green`() {
        for name in [
            "00-empty", "02-xml-declaration-only", "04-truncated-in-tag", "06-truncated-inside-utf8-sequence",
        ] {
            let folder = TemporaryFolder()
            folder.write("r.xml", fixture("hostile/\(name).xml"), age: .seconds(60))
            var source = JUnitSource(path: folder["r.xml"], run: "smoke-1", wall: now)
            guard case .success(let look) = source.tryLook() else { continue }
            #expect(look.findings.isEmpty)
            #expect(look.trouble?.hasPrefix("r.xml: unreadable: ") ?? false)
        }
    }

    @Test func `a quadratic blow-up is refused at its DOCTYPE`() {
        let entity = String(repeating: "A", count: 120_000)
        let uses = String(repeating: "&a;", count: 40_000)
        let text = "<!DOCTYPE t [<!ENTITY a \"\(entity)\">]><testsuites><testsuite name=\"\(uses)\"/></testsuites>"
        #expect(verdict(Array(text.utf8)) == .unreadable)
    }

    @Test func `a billion laughs are refused at their DOCTYPE`() {
        var text = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">"
        for level in 1...9 {
            text += "<!ENTITY lol\(level) \"" + String(repeating: "&lol\(level - 1);", count: 10) + "\">"
        }
        text += "]><testsuite name=\"s\"><testcase name=\"&lol9;\"/></testsuite>"
        #expect(JUnitReport.read(Array(text.utf8)) == .unreadable(reason: "has a DOCTYPE, which no report needs"))
    }

    @Test(arguments: [
        "<!DOCTYPE testsuites SYSTEM \"file:///etc/passwd\"><testsuites/>", "<!DOCTYPE testsuites><testsuites/>",
        "<!DOCTYPE t [<!ENTITY x SYSTEM \"/dev/zero\">]><testsuite name=\"&x;\"/>",
        "<!DOCTYPE t [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]><testsuite/>",
    ])
    func `any DOCTYPE is refused`(text: String) {
        #expect(JUnitReport.read(Array(text.utf8)) == .unreadable(reason: "has a DOCTYPE, which no report needs"))
    }

    @Test func `twenty thousand levels are refused without recursion`() {
        let depth = 20_000
        let text =
            String(repeating: "<testsuite name=\"d\">", count: depth)
            + String(repeating: "</testsuite>", count: depth)
        #expect(JUnitReport.read(Array(text.utf8)) == .unreadable(reason: "has elements more than 200 levels deep"))
    }

    @Test func `properties and output are looked at by nobody`() {
        let text =
            "<testsuite name='s'><properties><property name='T' value='FAKE-sk'/></properties>"
            + "<testcase name='a'><system-out>FAKE-sk</system-out><failure message='m'/></testcase></testsuite>"
        #expect(!"\(JUnitReport.read(Array(text.utf8)))".contains("FAKE-sk"))
    }

    @Test func `windows-1252 is read as what it is and an unknown encoding is refused`() {
        let text =
            Array("<?xml version='1.0' encoding='windows-1252'?><testsuite><testcase name='".utf8)
            + [0x80, 0xE9] + Array("'><failure message='".utf8) + [0x97] + Array("'/></testcase></testsuite>".utf8)
        guard case .complete(let report) = JUnitReport.read(text) else {
            Issue.record("unread")
            return
        }
        #expect(report.failures == [TestsReport.Failure(name: "€é", message: "—")])
        #expect(verdict(Array("<?xml version='1.0' encoding='EBCDIC-9'?><testsuite/>".utf8)) == .unreadable)
    }

    @Test func `claims that are no numbers claim nothing`() {
        let text = "<testsuite tests='99999999999999999999' failures='-3' errors='x'><testcase name='a'/></testsuite>"
        guard case .complete(let report) = JUnitReport.read(Array(text.utf8)) else {
            Issue.record("unread")
            return
        }
        #expect((report.missing, report.unattributed, report.passed) == (0, 0, 1))
    }

    @Test func `any truncation of a report is cut short, never counted`() {
        let whole = fixture("perl-tap/perl-junit.xml")
        for length in stride(from: 0, to: whole.count - 1, by: 7) {
            if case .complete = JUnitReport.read(Array(whole[..<length])) { Issue.record("complete at \(length)") }
        }
    }

    @Test func `random damage never crashes`() {
        var state: UInt64 = 7
        func random() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let whole = fixture("maven-surefire/TEST-PoolTest.xml")
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<(1 + random() % 4) { bytes[random() % bytes.count] = UInt8(random() % 256) }
            _ = JUnitReport.read(bytes)
        }
    }
}
