import Testing
import WarRoomCore

@testable import WarRoomSources

@Suite struct FileNamesTests {
    @Test func `names are read in the order in which people count`() {
        let names = [
            "web10.json", "web2.json", "web1.json", "web02.json", "Web1.json", "a", "web2-10.json", "web2-9.json",
        ]
        #expect(
            names.sorted(by: FileNames.isBefore) == [
                "Web1.json", "a", "web1.json", "web2-9.json", "web2-10.json", "web02.json", "web2.json", "web10.json",
            ])
    }

    @Test(arguments: [
        (".x.json", true), ("x.json.tmp", true), ("3-partial.json", true), ("x~", true), ("x.json.swp", true),
        ("x.json.bak", true), ("#x.json#", true), ("x.json.orig", true), ("x.json.rpmsave", true), ("x.json~", true),
        ("x~.json", true), ("x.bak.json", true), ("x.json.dpkg-old", true), (".#x.json", true), ("x.old", true),
        ("#x.json", false), ("bak.json", false), ("old-web.json", false), ("web.backup1.json", false),
        ("x.json", false), ("partial.json", false), ("tmp.json", false), ("impartial.json", false),
    ])
    func `files under construction are not read`(name: String, isIgnored: Bool) {
        #expect(FileNames.isIgnored(name) == isIgnored)
    }

    @Test(arguments: [
        ("web1.json", "*.json", true), ("web1.json", "web?.json", true), ("web10.json", "web?.json", false),
        ("x", "*", true), ("", "*", true), ("ab", "a*b*", true), ("a.jsonl", "*.json", false),
        ("é.json", "?.json", true),
        ("aXbXc", "a*c", true), ("abab", "*ab", true),
    ])
    func `a star stands for any run and a question mark for one character`(name: String, pattern: String, fits: Bool) {
        #expect(FileNames.matches(name, pattern) == fits)
    }

    @Test func `a hostile pattern is not slow`() {
        let name = String(repeating: "a", count: 250)
        let start = ContinuousClock.now
        #expect(!FileNames.matches(name, String(repeating: "a*", count: 60) + "b"))
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    @Test func `the state folder stands in for its mark and the rest is relative to the runbook`() {
        func resolved(_ path: String) -> String {
            Sources.resolve(path, stateFolder: "/var/state", runbookFolder: "/etc/night")
        }
        #expect(resolved("{state}/patch/*.json") == "/var/state/patch/*.json")
        #expect(resolved("reports/x.xml") == "/etc/night/reports/x.xml")
        #expect(resolved("/a/{b}/x") == "/a/{b}/x")
        #expect(resolved("/a/{state}") == "/a//var/state")
    }

    @Test func `each kind of plan makes its source`() {
        func make(_ kind: SourcePlan.Kind) -> any Source {
            Sources.make(SourcePlan(id: "x", kind: kind), stateFolder: "/s", runbookFolder: "/r", wall: now)
        }
        #expect(make(.statusFiles(path: "{state}/patch/*.json")).watchedFolders == ["/s/patch"])
        #expect(make(.statusFiles(path: "pools.json")).watchedFolders == ["/r"])
        #expect(make(.junit(path: "{state}/tests/*.xml", run: "smoke-1")).watchedFolders == ["/s/tests"])
        #expect(make(.socket(address: "x.sock", send: nil)).watchedFolders == [])
    }
}
