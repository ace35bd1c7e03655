import Glibc
import Testing
import WarRoomCore

@testable import WarRoomRunbook

@Suite("Zones by their names")
struct ZoneDatabaseTests {
    private let september = Instant(seconds: 1_757_838_667)

    @Test("A zone is found with the system's files and without them")
    func found() throws {
        for folders in [ZoneDatabase.systemFolders, [], ["/nowhere", "/dev/null"]] {
            let newYork = try ZoneDatabase.zone("America/New_York", folders: folders)
            #expect(newYork.heading(label: "EST", at: september) == "EST (EDT, UTC-4)")
            let kolkata = try ZoneDatabase.zone("Asia/Kolkata", folders: folders)
            #expect(kolkata.heading(label: "IST", at: september) == "IST (UTC+5:30)")
            #expect(try ZoneDatabase.zone("US/Eastern", folders: folders).offset(at: september) == (-14_400, "EDT"))
        }
    }

    @Test(
        "A name that is none, or leads out of the folder, is refused before any file is opened",
        arguments: [
            "", "/", "/etc/passwd", "../../etc/passwd", "America/../America/New_York", "America//New_York", "America/",
            "America/New York", "America/New_York\u{0}", "Amerika/Neu_York", "America", "./UTC", "zone.tab",
            "America/New_Yor",
            "America/New_York EST5EDT,M3.2.0,M11.1.0", String(repeating: "A", count: 300),
        ])
    func refused(name: String) { #expect(throws: ZoneFault.self) { try ZoneDatabase.zone(name) } }

    @Test("A damaged file is said to be damaged, with its path, and a folder or pipe of a zone's name is passed over")
    func damaged() throws {
        let folder = "/tmp/warroom-zones-\(getpid())"
        mkdir(folder, 0o700)
        defer {
            unlink("\(folder)/UTC")
            unlink("\(folder)/EST")
            rmdir("\(folder)/MST")
            rmdir(folder)
        }
        let file = try #require(fopen("\(folder)/UTC", "w"))
        fputs("TZif2", file)
        fclose(file)
        let fault = #expect(throws: ZoneFault.self) { try ZoneDatabase.zone("UTC", folders: [folder]) }
        #expect(fault?.description.hasPrefix("\(folder)/UTC: damaged zone file") == true)
        mkfifo("\(folder)/EST", 0o600)
        mkdir("\(folder)/MST", 0o700)
        #expect(try ZoneDatabase.zone("EST", folders: [folder]).offset(at: september).seconds == -18_000)
        #expect(try ZoneDatabase.zone("MST", folders: [folder]).offset(at: september).seconds == -25_200)
    }

    @Test("Every built-in rule can be read, and its zone is found by its name")
    func table() throws {
        let lines = ZoneTable.lines
        #expect(lines.count > 500)
        for line in lines {
            let words = line.split(separator: " ")
            try #require(words.count == 2)
            #expect(try ZoneDatabase.builtIn(String(words[0])).description.hasSuffix("=\(words[1]) @\(words[0])"))
        }
        #expect(
            lines.map { String($0.prefix { $0 != " " }) } == Set(lines.map { String($0.prefix { $0 != " " }) }).sorted()
        )
    }

    @Test(
        "From 2024 to 2037 the built-in rules say what the zone files say, but for the zones that are named",
        .enabled(if: release() == ZoneTable.release))
    func againstFiles() throws {
        var different: [String: Set<Int>] = [:]
        for line in ZoneTable.lines {
            let name = String(line.prefix { $0 != " " })
            let file = try ZoneDatabase.zone(name)
            let rule = try ZoneDatabase.builtIn(name)
            for year in 2024...2037 {
                let start = Instant(
                    seconds: Int64(try #require(CivilDate(year: year, month: 1, day: 1)).dayNumber) * 86_400)
                let end = start + .seconds(366 * 86_400)
                if readings(file, start, end) != readings(rule, start, end) {
                    different[name, default: []].insert(year)
                }
            }
        }
        let all = Set(2024...2037)
        #expect(
            different == [
                "Africa/Casablanca": all, "Africa/El_Aaiun": all, "America/Asuncion": [2024],
                "America/Coyhaique": [2024],
                "America/Scoresbysund": [2024], "Asia/Almaty": [2024], "Asia/Gaza": [2024, 2025, 2036, 2037],
                "Asia/Hebron": [2024, 2025, 2036, 2037], "Asia/Qostanay": [2024],
            ])
    }

    /// The reading at the start and after every change of a span.
    private func readings(_ zone: Zone, _ start: Instant, _ end: Instant) -> [String] {
        var found: [String] = []
        var at: Instant? = start
        while let time = at, time < end {
            found.append("\(time.rfc3339) \(zone.offset(at: time))")
            at = zone.nextChange(after: time)
        }
        return found
    }
}

/// The release of the machine's zone files; another one may know of changes that the table does not.
private func release() -> String? {
    guard let file = fopen("/usr/share/zoneinfo/tzdata.zi", "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 40)
    let count = fread(&bytes, 1, bytes.count, file)
    let line = String(decoding: bytes[..<count], as: UTF8.self).prefix { $0 != "\n" }
    return line.split(separator: " ").last.map { String($0) }
}
