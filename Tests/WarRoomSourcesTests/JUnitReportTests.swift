import Testing
import WarRoomCore

@testable import WarRoomSources

@Suite struct JUnitReportTests {
    private func complete(_ bytes: [UInt8]) throws -> JUnitReport {
        guard case .complete(let report) = JUnitReport.read(bytes) else {
            Issue.record("\(JUnitReport.read(bytes))")
            throw NoReport()
        }
        return report
    }

    private func complete(_ text: String) throws -> JUnitReport { try complete(Array(text.utf8)) }
    private struct NoReport: Error {}

    /// Reports of real runners, as an independent script counted them. It counted all cases, so the repetitions are
    /// taken off.
    @Test func `every capture is counted as it was counted independently`() throws {
        let table = String(decoding: fixture("EXPECTED-COUNTS.tsv"), as: UTF8.self)
        var checked = 0
        for line in table.split(separator: "\n") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count > 8, columns[1] == "junit", !columns[0].contains("huge") else { continue }
            let expected = columns[2...8].compactMap { Int($0) }
            let (cases, passed, failed, errors) = (expected[0], expected[1], expected[2], expected[3])
            let (skipped, marked, repeated) = (expected[4], expected[5], expected[6])
            let report = try complete(fixture(columns[0]))
            #expect(report.total == cases - repeated, "\(columns[0])")
            #expect(report.passed == passed - repeated, "\(columns[0])")
            #expect(report.failed == failed + errors, "\(columns[0])")
            #expect(report.errors == errors, "\(columns[0])")
            #expect(report.skipped == skipped, "\(columns[0])")
            #expect(report.flaky == marked + repeated, "\(columns[0])")
            #expect(report.missing == 0, "\(columns[0])")
            #expect(report.passed + report.failed + report.skipped == report.total)
            checked += 1
        }
        #expect(checked == 10)
    }

    @Test func `twenty thousand cases are counted within two seconds`() throws {
        var text = "<testsuites><testsuite name=\"pytest\" tests=\"20000\" failures=\"21\">"
        for number in 0..<20_000 {
            text += "<testcase classname=\"test_huge\" name=\"test_step[\(number)]\" time=\"0.001\">"
            if number % 1000 == 5 || number == 7 { text += "<failure message=\"assert \(number) != \(number)\"/>" }
            text += "</testcase>"
        }
        text += "</testsuite></testsuites>"
        let bytes = Array(text.utf8)
        let start = ContinuousClock.now
        let report = try complete(bytes)
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(report.total == 20_000)
        #expect(report.failed == 21)
        #expect(report.passed == 19_979)
        #expect(report.failures.count == 21)
        #expect(report.failures[0] == TestsReport.Failure(name: "test_huge.test_step[5]", message: "assert 5 != 5"))
    }

    @Test func `a crash that no case is to blame for is an unattributed failure`() throws {
        let report = try complete(fixture("perl-tap/perl-junit.xml"))
        #expect(report.unattributed == 1)
        #expect(report.failures.map(\.name).last == "unattributed failure in 03-dies_t")
    }

    @Test func `a suite that claims a failure which no case has is never green`() throws {
        let newman = """
            <testsuites><testsuite name="ok" tests="1"><testcase name="a"/></testsuite>
            <testsuite name="POST /login" tests="0" errors="1"/></testsuites>
            """
        let report = try complete(newman)
        #expect(report.unattributed == 1)
        #expect(report.failures == [TestsReport.Failure(name: "unattributed failure in POST /login", message: nil)])
        // It is said once, by the innermost suite that knows.
        let nested = try complete(
            "<testsuites failures='1'><testsuite name='o' failures='1'><testsuite name='i' failures='1'/>"
                + "</testsuite></testsuites>")
        #expect(nested.unattributed == 1)
        #expect(nested.failures.first?.name == "unattributed failure in i")
    }

    @Test func `what a flaky case explains is not unattributed`() throws {
        let report = try complete(
            "<testsuite name='s' failures='1' tests='2'><testcase name='a'><flakyFailure message='502'/></testcase>"
                + "</testsuite>")
        #expect(report.unattributed == 0)
        #expect(report.flaky == 1)
        #expect(report.passed == 1)
        #expect(report.missing == 0)
    }

    @Test func `a suite that promises more cases than it has is short of them`() throws {
        let report = try complete("<testsuite name='s' tests='30'><testcase name='a'/><testcase name='b'/></testsuite>")
        #expect(report.missing == 28)
        // Each level is compared; nothing is added twice.
        let nested = try complete(
            "<testsuites tests='6'><testsuite tests='6'><testsuite tests='4'><testcase name='a'/><testcase name='b'/>"
                + "<testcase name='c'/></testsuite><testsuite tests='2'><testcase name='d'/><testcase name='e'/>"
                + "</testsuite></testsuite></testsuites>")
        #expect(nested.total == 5)
        #expect(nested.missing == 1)
    }

    @Test func `repetitions that Surefire counts as cases are not missed`() throws {
        #expect(try complete(fixture("maven-surefire/TEST-PoolTest.xml")).missing == 0)
    }

    @Test func `the last occurrence decides, but not being run again takes no failure back`() throws {
        func report(_ first: String, _ second: String) throws -> JUnitReport {
            try complete(
                "<testsuite name='s'><testcase classname='c' name='n'>\(first)</testcase>"
                    + "<testcase classname='c' name='n'>\(second)</testcase></testsuite>")
        }
        let healed = try report("<failure/>", "")
        #expect((healed.total, healed.passed, healed.failed, healed.flaky) == (1, 1, 0, 1))
        let broken = try report("", "<error message='e'/>")
        #expect((broken.total, broken.passed, broken.failed, broken.errors, broken.flaky) == (1, 0, 1, 1, 1))
        let given = try report("<failure/>", "<skipped/>")
        #expect((given.failed, given.skipped, given.flaky) == (1, 0, 1))
    }

    @Test func `two failures in one case are one failed case`() throws {
        let report = try complete(
            "<testsuite><testcase name='a'><failure message='first'/><failure message='second'/><error/></testcase>"
                + "</testsuite>")
        #expect((report.total, report.failed, report.errors) == (1, 1, 0))
        #expect(report.failures == [TestsReport.Failure(name: "a", message: "first")])
    }

    @Test func `the same case on two machines is two cases`() throws {
        let report = try complete(
            "<testsuites><testsuite name='login' hostname='chromium'><testcase classname='l' name='n'><failure/>"
                + "</testcase></testsuite><testsuite name='login' hostname='firefox'><testcase classname='l' name='n'/>"
                + "</testsuite></testsuites>")
        #expect((report.total, report.failed, report.passed, report.flaky) == (2, 1, 1, 0))
    }

    @Test func `a case without a class belongs to its suite`() throws {
        let report = try complete(
            "<testsuites><testsuite name='a'><testcase name='1'><failure/></testcase></testsuite>"
                + "<testsuite name='b'><testcase name='1'/></testsuite></testsuites>")
        #expect((report.total, report.failed) == (2, 1))
        #expect(report.failures.first?.name == "a.1")
    }

    @Test func `a failure inside an element that no schema knows is not lost`() throws {
        let report = try complete(
            "<testsuite><group><testcase name='a'><result><failure>why</failure></result></testcase></group>"
                + "</testsuite>")
        #expect((report.total, report.failed) == (1, 1))
        #expect(report.failures.first?.message == "why")
    }

    @Test func `a failing case that is also skipped, and one that only says so, are failed`() throws {
        let report = try complete(
            "<testsuite><testcase name='todo'><skipped/><failure/></testcase><testcase name='b' status='failed'/>"
                + "<testcase name='c' status='notrun'/></testsuite>")
        #expect((report.failed, report.skipped, report.passed) == (2, 1, 0))
    }

    @Test func `a message is its first line, capped`() throws {
        let long = String(repeating: "é", count: 400)
        let report = try complete(
            "<testsuite><testcase name='a'><failure message='one&#10;two'/></testcase>"
                + "<testcase name='b'><failure>\n  \n  from the text\nmore</failure></testcase>"
                + "<testcase name='c'><failure message='x\(long)'/></testcase></testsuite>")
        #expect(report.failures[0].message == "one")
        #expect(report.failures[1].message == "from the text")
        let capped = try #require(report.failures[2].message)
        #expect(capped.utf8.count == 499)
        #expect(capped.last == "é")
    }

    @Test func `the start is the earliest timestamp that has an offset`() throws {
        #expect(
            try complete(fixture("pytest/sigint.xml")).startedAt == Instant(rfc3339: "2026-11-21T00:11:20.300860Z"))
        #expect(try complete(fixture("robot/xunit.xml")).startedAt == nil)
        let report = try complete(
            "<testsuites><testsuite timestamp='2025-09-14T03:00:00-04:00'/><testsuite "
                + "timestamp='2025-09-14T06:30:00Z'/></testsuites>")
        #expect(report.startedAt == Instant(rfc3339: "2025-09-14T06:30:00Z"))
    }

    @Test func `reports of one run add up`() throws {
        var sum = try complete(fixture("bats/bats-junit.xml"))
        sum.add(try complete(fixture("perl-tap/perl-junit.xml")))
        #expect((sum.total, sum.passed, sum.failed, sum.skipped, sum.unattributed) == (10, 6, 3, 1, 1))
        #expect(sum.failures.count == 4)
    }

    @Test(arguments: ["robot/output.xml", "robot/output.legacy-schema.xml"])
    func `another kind of XML is no report`(name: String) {
        #expect(JUnitReport.read(fixture(name)) == .foreign(reason: "is no JUnit report: its root is 'robot'"))
    }

    @Test func `a report that is cut short says what it has so far`() throws {
        let bytes = fixture("partial-reads/pytest-xunit2.cut-at-23117-bytes.xml")
        guard case .incomplete(let report, let reason) = JUnitReport.read(bytes) else { throw NoReport() }
        #expect(report.total > 5)
        #expect(report.failed > 0)
        #expect(reason.hasPrefix("no element found at line "))
    }

    /// One case of each kind in which a name is not enough to know a case: what there is, what is counted.
    @Test(
        arguments: [
            (
                "the same check in each request",
                "<testsuites><testsuite name='Sign in' failures='0'><testcase classname='N' name='is 200'/></testsuite>"
                    + "<testsuite name='Pay' failures='1'><testcase classname='N' name='is 200'><failure/></testcase>"
                    + "</testsuite><testsuite name='Show' failures='0'>"
                    + "<testcase classname='N' name='is 200'/></testsuite>"
                    + "</testsuites>", 3, 1, 0, ["Pay: N.is 200"]
            ),
            (
                "two suites of one name, merged",
                "<testsuites><testsuite name='s'><testcase classname='c' name='n'><failure/></testcase></testsuite>"
                    + "<testsuite name='s'><testcase classname='c' name='n'/></testsuite></testsuites>",
                2, 1, 0, ["s: c.n"]
            ),
            (
                "one name in two files",
                "<testsuite name='s'><testcase file='a' classname='c' name='n'><error/></testcase>"
                    + "<testcase file='b' classname='c' name='n'/></testsuite>", 2, 1, 0, ["s: c.n"]
            ),
            (
                "rows that a parameter tells apart",
                "<testsuite name='s'><testcase classname='c' name='n' value_param='1'><failure/></testcase>"
                    + "<testcase classname='c' name='n' value_param='2'/></testsuite>", 2, 1, 0, ["c.n [1]"]
            ),
            (
                "rows that nothing tells apart: nobody tries again what has passed",
                "<testsuite name='s' tests='3' failures='1' errors='0'><testcase classname='c' name='n'/>"
                    + "<testcase classname='c' name='n'><failure/></testcase><testcase classname='c' name='n'/>"
                    + "</testsuite>", 3, 1, 0, ["s: c.n"]
            ),
            (
                "tried again in its suite, which counts the first try as well",
                "<testsuite name='s' tests='2' failures='1' errors='0'><testcase classname='c' name='n'><failure/>"
                    + "</testcase><testcase classname='c' name='n'/></testsuite>", 1, 0, 1, []
            ),
            (
                "tried again twice",
                "<testsuite name='s' tests='3' failures='2'><testcase classname='c' name='n'><failure/></testcase>"
                    + "<testcase classname='c' name='n'><failure/></testcase><testcase classname='c' name='n'/>"
                    + "</testsuite>", 1, 0, 1, []
            ),
            (
                "tried again in its suite, which counts no failure",
                "<testsuite name='s' tests='1' failures='0' errors='0'><testcase classname='c' name='n'><failure/>"
                    + "</testcase><testcase classname='c' name='n'/></testsuite>", 1, 0, 1, []
            ),
            (
                "tried again, beside another that failed and is counted",
                "<testsuite name='s' tests='2' failures='1'><testcase classname='c' name='n'><failure/></testcase>"
                    + "<testcase classname='c' name='n'/><testcase classname='c' name='m'><failure/></testcase>"
                    + "</testsuite>", 2, 1, 1, ["c.m"]
            ),
            (
                "a runner's own word",
                "<testsuite name='s' tests='1' failures='0'>"
                    + "<testcase classname='c' name='n'><flakyFailure message='x'/>"
                    + "</testcase></testsuite>", 1, 0, 1, []
            ),
        ] as [(String, String, Int, Int, Int, [String])])
    func `a case is who it is`(
        what: String, text: String, total: Int, failed: Int, flaky: Int, names: [String]
    ) throws {
        let report = try complete(text)
        #expect((report.total, report.failed, report.flaky) == (total, failed, flaky), "\(what)")
        #expect(report.failures.map(\.name) == names, "\(what)")
    }

    @Test(arguments: [
        ("tests='5' failures='0' errors='0'", 0, 3), ("tests='5'", 3, 0), ("tests='5' failures='0'", 3, 0),
        ("tests='2' failures='0' errors='0'", 0, 0), ("tests='1' failures='0' errors='0'", 0, 0),
    ])
    func `a whole and green suite that counts more than its cases counts something else`(
        claims: String, missing: Int, otherwise: Int
    ) throws {
        let cases = "<testcase name='a'/><testcase name='b'/>"
        let report = try complete("<testsuite name='s' \(claims)>\(cases)</testsuite>")
        #expect((report.missing, report.otherwise) == (missing, otherwise))
        let nested = try complete("<testsuites><testsuite name='s' \(claims)>\(cases)</testsuite></testsuites>")
        #expect((nested.missing, nested.otherwise) == (missing, otherwise))
    }

    @Test func `a green suite that counts more beside a red one, and one without any case, have lost something`() throws
    {
        let red = try complete(
            "<testsuite name='s' tests='5' failures='0' errors='0'><testcase name='a'><failure/></testcase></testsuite>"
        )
        #expect((red.failed, red.missing, red.otherwise) == (1, 4, 0))
        let none = try complete("<testsuite name='s' tests='5' failures='0' errors='0'/>")
        #expect((none.missing, none.otherwise) == (5, 0))
    }

    @Test(arguments: ["\u{1B}[31m", "\u{7}", "&#27;[31m", "&#x1b;", "&#0;", "\u{FFFE}"])
    func `a character that XML does not have costs no report`(character: String) throws {
        let report = try complete(
            "<testsuite name='s'><testcase name='a\(character)b'><failure message='x\(character)'/></testcase>"
                + "<testcase name='c'/></testsuite>")
        #expect((report.total, report.failed) == (2, 1))
        #expect(report.failures[0].name.hasPrefix("s.a?"))
        #expect(JUnitReport.read(Array("<testsuite><te\(character)st/></testsuite>".utf8)) != .complete(report))
    }

    @Test(arguments: [
        ("<coverage line-rate='1'/>", true), ("<!DOCTYPE coverage SYSTEM 'x'><coverage/>", true),
        ("<!DOCTYPE coverage><testsuite/>", false), ("<!DOCTYPE testsuites><testsuites/>", false),
        ("<wrap><testsuite><testcase name='a'><failure/></testcase></testsuite></wrap>", false), ("nothing", false),
    ])
    func `another program's XML is known by its root, and not where a suite may be in it`(
        text: String, isForeign: Bool
    ) {
        if case .foreign = JUnitReport.read(Array(text.utf8)) { #expect(isForeign) } else { #expect(!isForeign) }
    }
}
