import Foundation
import Testing
import WarRoomCore

@testable import WarRoomWire

@Suite("A terminal of another version does not misread a bridge")
struct BridgeFormatTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("bridge-format.txt")

    @Test("What a bridge is made of changes only together with the number of its format")
    func format() throws {
        let now = try ["format \(BridgeLines.format)"] + BridgeShape.lines(of: Bridge.self)
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] == "1" {
            try (now.joined(separator: "\n") + "\n").write(to: Self.file, atomically: true, encoding: .utf8)
            Issue.record("bridge-format.txt was recorded: look at it, then run without WARROOM_RECORD")
            return
        }
        let known = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").map(String.init)
        let gone = Set(known).subtracting(now)
        let new = Set(now).subtracting(known)
        #expect(
            now == known,
            """
            what a bridge is made of has changed: raise BridgeLines.format if it has not been raised since the last \
            release, then 'make golden' writes bridge-format.txt. Gone: \(gone.sorted()). New: \(new.sorted()).
            """)
    }

    @Test("All that a bridge holds is seen, however deep and however empty")
    func complete() throws {
        let lines = try BridgeShape.lines(of: Bridge.self)
        for part in ["Bridge.entry: Int", "Runbook.Pool.minimum: Int?", "SourcePlan.Kind.socket.address: String"] {
            #expect(lines.contains { $0.hasPrefix(part) }, "\(part) in \(lines)")
        }
    }
}
