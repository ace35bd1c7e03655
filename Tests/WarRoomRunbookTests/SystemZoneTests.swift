import Foundation
import Testing
import WarRoomCore

@testable import WarRoomRunbook

/// Our own zone arithmetic beside the system's (`TZ=… date`), on random times and on those around changes of the
/// clocks.
@Suite("The arithmetic of the zones")
struct SystemZoneTests {
    /// How many of each; `make zones` takes a million.
    private static let count = ProcessInfo.processInfo.environment["WARROOM_ZONES"].flatMap { Int($0) } ?? 20_000

    /// With and without summer time, half and three-quarter hours, half an hour of summer time, winter time below zero,
    /// a day left out, rules that have changed often.
    static let zones = [
        "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Europe/Dublin", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia",
    ]

    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// Seconds from 1971 to 2100, every other one within two hours of a change.
    private static func instants(_ zone: Zone, seed: UInt64) -> [Int64] {
        var random = Random(state: seed)
        return (0..<count / zones.count).map { place in
            let second = Int64.random(in: 31_536_000..<4_102_444_800, using: &random)
            guard place % 2 == 1, let change = zone.nextChange(after: Instant(seconds: second)) else { return second }
            return change.wholeSeconds + Int64.random(in: -7200...7200, using: &random)
        }
    }

    /// What `date` prints for each line of its input; a line that it refuses has none. `nil` where the system knows no
    /// zones.
    private static func date(_ zone: String, _ lines: [String], _ format: String) throws -> [Substring]? {
        guard FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/\(zone)") else {
            print("skipped: the system has no zone \(zone)")
            return nil
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "warroom-dates-\(UUID().uuidString)")
        try lines.joined(separator: "\n").write(to: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["TZ=\(zone)", "LC_ALL=C", "date", "-f", file.path, "+\(format)"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test("reads every instant as the system does", arguments: zones)
    func instants(name: String) throws {
        let zone = try ZoneDatabase.zone(name)
        let instants = Self.instants(zone, seed: 1)
        guard let theirs = try Self.date(name, instants.map { "@\($0)" }, "%z %Z %Y-%m-%d %H:%M:%S %a") else { return }
        try #require(theirs.count == instants.count)
        var wrong: [String] = []
        for (second, their) in zip(instants, theirs) {
            let local = zone.local(Instant(seconds: second))
            let minutes = abs(local.offset) / 60
            let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
            let ours =
                "\(local.offset < 0 ? "-" : "+")\(digits) \(local.abbreviation) \(local.date) "
                + "\(local.clockWithSeconds) \(local.day3)"
            if ours != their { wrong.append("@\(second): \(ours), the system says \(their)") }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(instants.count), first \(wrong.first ?? "")")
    }

    @Test(
        "finds the instant of every wall time as the system does, and knows those that are skipped or come twice",
        arguments: zones)
    func wallTimes(name: String) throws {
        let zone = try ZoneDatabase.zone(name)
        let walls = Self.instants(zone, seed: 2).map { second in
            // The offset before the change is kept through the change, so that skipped times are tried as well.
            let offset = Int64(zone.offset(at: Instant(seconds: second - 7200)).seconds)
            return Zone.utc.local(Instant(seconds: second + offset))
        }
        // Each has a number before it, because a time that is refused prints nothing.
        let lines = walls.enumerated().flatMap {
            ["@\($0.offset)", "\($0.element.date) \($0.element.clockWithSeconds)"]
        }
        guard let printed = try Self.date(name, lines, "%s") else { return }
        var theirs: [Int64?] = []
        for line in printed {
            let number = try #require(Int64(line))
            if number == theirs.count { theirs.append(nil) } else { theirs[theirs.count - 1] = number }
        }
        try #require(theirs.count == walls.count)
        var wrong: [String] = []
        var (skipped, twice) = (0, 0)
        for (wall, their) in zip(walls, theirs) {
            let ours = zone.resolve(
                year: wall.year, month: wall.month, day: wall.day, hour: wall.hour, minute: wall.minute,
                second: wall.second)
            let isRight: Bool
            switch ours {
            case .one(let instant): isRight = their == instant.wholeSeconds
            case .gap:
                skipped += 1
                isRight = their == nil
            case .two(let first, let second):
                twice += 1
                isRight = their == first.wholeSeconds || their == second.wholeSeconds
            }
            if !isRight {
                wrong.append(
                    "\(wall.date) \(wall.clockWithSeconds): \(ours), the system says "
                        + "\(their.map(String.init) ?? "no such time")"
                )
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(walls.count), first \(wrong.first ?? "")")
        if zone.nextChange(after: Instant(seconds: 1_700_000_000)) != nil { #expect(skipped > 0 && twice > 0) }
    }
}
