import Glibc
import Testing
import WarRoomCore

@testable import WarRoomSources

@Suite struct JUnitSourceTests {
    let folder = TemporaryFolder()
    let passing = "<testsuite name='s' tests='2'><testcase name='a'/><testcase name='b'/></testsuite>"
    let failing =
        "<testsuite name='f' tests='1' failures='1'><testcase name='c'><failure message='503'/></testcase>"
        + "</testsuite>"
    let healed = "<testsuite name='f' tests='1'><testcase name='c'/></testsuite>"
    let cut = "<testsuite name='s' tests='2'><testcase name='a'/><testca"

    private func source(_ path: String = "*.xml") -> JUnitSource {
        JUnitSource(path: folder[path], run: "smoke-2", wall: now)
    }

    private func data(_ look: Look) throws -> JSON {
        try #require(look.findings.count == 1)
        #expect(look.findings[0].event["type"] == "warroom.tests")
        #expect(look.findings[0].event["subject"] == "smoke-2")
        return try #require(look.findings[0].event["data"])
    }

    @Test func `the reports of a run make one event that Core accepts`() throws {
        folder.write("TEST-a.xml", passing, age: .seconds(60))
        folder.write("TEST-b.xml", failing, age: .seconds(30))
        var source = source()
        let look = try source.look()
        let data = try data(look)
        #expect(data["state"] == "failed")
        #expect(data["total"]?.int == 3)
        #expect(data["passed"]?.int == 2)
        #expect(data["failed"]?.int == 1)
        #expect(data["failures"]?.array == [.object(["name": "f.c", "message": "503"])])
        #expect(look.trouble == nil)
        #expect(look.asOf == look.findings[0].wallTime)

        var object = try #require(look.findings[0].event.object)
        object["id"] = .string(look.findings[0].fallbackID)
        object["source"] = "smoke-2"
        object["specversion"] = "1.0"
        guard case .tests(let report) = try Event(.object(object)).body else {
            Issue.record("no tests")
            return
        }
        #expect(report.state == .failed)
        #expect(report.failures.count == 1)
    }

    @Test func `an unchanged report is not read again and says nothing new`() throws {
        folder.write("a.xml", passing, age: .seconds(60))
        var source = source()
        #expect(try data(source.look())["state"] == "passed")
        #expect(
            eventually {
                let before = source.opens
                _ = source.tryLook()
                return source.opens == before
            })
        let before = source.opens
        for _ in 0..<20 { #expect(try source.look().findings.isEmpty) }
        #expect(source.opens == before)
    }

    @Test func `the same result of a new run is news`() throws {
        folder.write("a.xml", passing, age: .seconds(600))
        var source = source()
        let first = try source.look()
        folder.write("a.xml", passing, age: .seconds(60))
        let second = try source.look()
        #expect(second.findings.count == 1)
        #expect(first.findings[0].fallbackID != second.findings[0].fallbackID)
    }

    @Test(arguments: ["", "<?xml version=\"1.0\"?>"])
    func `a report that has only just been begun is running`(content: String) throws {
        folder.write("a.xml", content)
        var source = source()
        let look = try source.look()
        let data = try data(look)
        #expect(data["state"] == "running")
        #expect(data["total"] == nil)
        #expect(look.trouble == nil)
    }

    @Test func `a run is followed from its first bytes to its end`() throws {
        folder.write("a.xml", passing, age: .seconds(6000))
        var source = source()
        #expect(try data(source.look())["state"] == "passed")
        folder.write("a.xml", cut)
        let running = try data(source.look())
        #expect(running["state"] == "running")
        #expect(running["passed"]?.int == 1)
        folder.write("a.xml", passing)
        #expect(try data(source.look())["state"] == "passed")
    }

    @Test func `a report whose writer died is in trouble and last month's result does not come back`() throws {
        folder.write("a.xml", passing, age: .seconds(6000))
        var source = source()
        _ = try source.look()
        folder.write("a.xml", cut)
        #expect(try data(source.look())["state"] == "running")
        folder.age("a.xml", .seconds(6))
        let look = try source.look()
        #expect(look.findings.isEmpty)
        #expect(look.trouble?.hasPrefix("a.xml: unreadable: ") ?? false)
        folder.write("a.xml", failing)
        let healed = try source.look()
        #expect(try data(healed)["state"] == "failed")
        #expect(healed.trouble == nil)
    }

    @Test func `an unreadable report keeps the last good value`() throws {
        folder.write("a.xml", passing, age: .seconds(60))
        var source = source()
        let first = try source.look()
        folder.write("a.xml", "<!DOCTYPE x><testsuite/>")
        let look = try source.look()
        #expect(look.findings.isEmpty)
        #expect(look.asOf == first.asOf)
        #expect(look.trouble == "a.xml: unreadable: has a DOCTYPE, which no report needs")
    }

    @Test func `a run with an unreadable report among good ones has not passed`() throws {
        folder.write("a.xml", passing, age: .seconds(60))
        folder.write("b.xml", cut, age: .seconds(60))
        var source = source()
        let look = try source.look()
        let data = try data(look)
        #expect(data["state"] == "interrupted")
        #expect(data["detail"] == "1 report is missing")
        #expect(look.trouble != nil)
    }

    @Test func `an old result and a new one never make a passed run together`() throws {
        folder.write("a.xml", passing, age: .seconds(6000))
        folder.write("b.xml", failing, age: .seconds(6000))
        var source = source()
        #expect(try data(source.look())["state"] == "failed")
        folder.write("a.xml", "not XML", age: .seconds(100))
        folder.write("b.xml", passing, age: .seconds(90))
        #expect(try data(source.look())["state"] == "interrupted")
    }

    @Test func `fewer cases than promised are an interrupted run`() throws {
        folder.write("a.xml", "<testsuite tests='30'><testcase name='a'/></testsuite>", age: .seconds(60))
        var source = source()
        let data = try data(source.look())
        #expect(data["state"] == "interrupted")
        #expect(data["total"]?.int == 30)
        #expect(data["passed"]?.int == 1)
        #expect(data["detail"] == "expected 30, got 1")
    }

    @Test func `a green report whose suite counts something else has passed, with a remark`() throws {
        folder.write(
            "a.xml",
            "<testsuite tests='5' failures='0' errors='0'><testcase name='a'/><testcase name='b'/></testsuite>",
            age: .seconds(60))
        var source = source()
        let data = try data(source.look())
        #expect(data["state"] == "passed")
        #expect((data["total"]?.int, data["passed"]?.int) == (2, 2))
        #expect(data["detail"] == "the suites count 5, there are 2 cases")
    }

    @Test func `another program's XML in the folder costs the run nothing, unless a report stood there`() throws {
        folder.write("a.xml", passing, age: .seconds(60))
        folder.write("coverage.xml", "<!DOCTYPE coverage SYSTEM 'x'><coverage/>", age: .seconds(60))
        var source = source()
        let look = try source.look()
        #expect(try data(look)["state"] == "passed")
        #expect(look.trouble == nil)
        folder.write("a.xml", "<coverage/>", age: .seconds(10))
        #expect(try source.look().trouble == "a.xml: unreadable: is no JUnit report: its root is 'coverage'")
    }

    @Test func `a report that was unpacked with an older time is the newest word`() throws {
        folder.write("a.xml", failing, age: .seconds(60))
        var source = source()
        #expect(try data(source.look())["state"] == "failed")
        folder.write("a.xml", passing, age: .seconds(6_000))
        let look = try source.look()
        #expect(try data(look)["state"] == "passed")
        #expect(look.isWritten)
    }

    @Test func `a run of skipped cases has not passed`() throws {
        folder.write("a.xml", "<testsuite><testcase name='a'><skipped/></testcase></testsuite>", age: .seconds(60))
        var source = source()
        let data = try data(source.look())
        #expect(data["state"] == "interrupted")
        #expect(data["detail"] == "all cases are skipped")
    }

    @Test func `a failure that no case is to blame for is counted where there is no other`() throws {
        folder.write(
            "a.xml",
            "<testsuites><testsuite name='n' errors='1'/><testsuite><testcase name='a'/></testsuite></testsuites>",
            age: .seconds(60))
        var source = source()
        let data = try data(source.look())
        #expect(data["state"] == "failed")
        #expect(data["failed"]?.int == 1)
        #expect(data["total"]?.int == 2)
    }

    @Test func `an interrupted pytest has failed, not passed`() throws {
        folder.write("a.xml", fixture("pytest/sigint.xml"), age: .seconds(60))
        var source = source()
        let data = try data(source.look())
        #expect(data["state"] == "failed")
        #expect(data["total"]?.int == 17)
        #expect(data["startedAt"] == "2026-11-21T00:11:20.300860Z")
    }

    @Test func `no case is no result`() throws {
        folder.write("a.xml", "<testsuites/>", age: .seconds(60))
        var source = source()
        let look = try source.look()
        #expect(look.findings.isEmpty)
        #expect(look.asOf == nil)
        #expect(look.trouble == "a.xml: holds no test case")
        // Beside other reports it is that of a class without tests.
        folder.write("b.xml", passing, age: .seconds(60))
        let both = try source.look()
        #expect(both.trouble == nil)
        #expect(try data(both)["state"] == "passed")
    }

    @Test func `an empty folder has nothing to say and a missing one is absent`() throws {
        var source = source()
        #expect(source.tryLook() == .success(Look()))
        var nowhere = self.source("nowhere/*.xml")
        #expect(
            nowhere.tryLook()
                == .failure(SourceFault("the folder \(folder["nowhere"]) is not there", isAbsent: true)))
    }

    @Test func `a report that disappears is said and its value stays`() throws {
        folder.write("a.xml", passing, age: .seconds(60))
        folder.write("b.xml", passing, age: .seconds(60))
        var source = source()
        _ = try source.look()
        folder.delete("a.xml")
        let look = try source.look()
        #expect(look.findings.isEmpty)
        #expect(look.trouble == "a.xml: is gone")
        folder.delete("b.xml")
        #expect(try source.look().trouble == "a.xml: is gone; and 1 more report in trouble")
    }

    @Test func `a report in whose place another has come is forgotten, and one that says something new is heard`()
        throws
    {
        folder.write("run-1.xml", failing, age: .seconds(60))
        var source = source()
        #expect(try data(source.look())["state"] == "failed")
        folder.write("run-2.xml", healed, age: .seconds(90))
        _ = try source.look()
        folder.delete("run-1.xml")
        let look = try source.look()
        #expect(try data(look)["state"] == "passed" && data(look)["total"]?.int == 1 && look.trouble == nil)
        // What has come says nothing of this one, so it stays missed; and what is left is heard, however old its file.
        folder.write("other.xml", passing, age: .seconds(30))
        _ = try source.look()
        folder.delete("other.xml")
        #expect(try source.look().trouble == "other.xml: is gone")
        folder.write("run-2.xml", failing, age: .seconds(900))
        #expect(try data(source.look())["state"] == "failed")
    }

    @Test func `a cleared folder is a new run`() throws {
        folder.write("a.xml", failing, age: .seconds(60))
        folder.write("b.xml", passing, age: .seconds(60))
        var source = source()
        #expect(try data(source.look())["total"]?.int == 3)
        folder.delete("a.xml")
        folder.delete("b.xml")
        #expect(try source.look().findings.isEmpty)
        folder.write("b.xml", passing, age: .seconds(10))
        let look = try source.look()
        #expect(try data(look)["state"] == "passed")
        #expect(try data(look)["total"]?.int == 2)
        #expect(look.trouble == nil)
    }

    @Test func `a bare folder counts its XML files only`() throws {
        folder.write("TEST-a.xml", passing, age: .seconds(60))
        folder.write("a.txt", "Tests run: 2", age: .seconds(60))
        var source = JUnitSource(path: folder.path, run: "smoke-2", wall: now)
        let look = try source.look()
        #expect(look.trouble == nil)
        #expect(try data(look)["total"]?.int == 2)
    }

    @Test func `a sparse file over the limit is shown and not read`() throws {
        folder.write("a.xml", "")
        truncate(folder["a.xml"], 65 << 20)
        var source = source()
        #expect(try source.look().trouble == "a.xml: has 65 MB, more than the 64 MB that are read")
        #expect(source.opens == 0)
    }

    @Test func `the list of failures stays well below the longest line`() throws {
        let noise = String(repeating: "&#x85;", count: 240)
        var text = "<testsuite name='s'>"
        for number in 0..<80 { text += "<testcase name='\(number)\(noise)'><failure message='\(noise)'/></testcase>" }
        folder.write("a.xml", text + "</testsuite>", age: .seconds(60))
        var source = source()
        let look = try source.look()
        #expect(try data(look)["failed"]?.int == 80)
        #expect(look.findings[0].event.line.utf8.count < Event.longestLine)
    }
}
