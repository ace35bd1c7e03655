import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("States and themes")
struct FaceTests {
    @Test("two states of one axis never look alike, in either glyph set")
    func states() {
        var axes: [(String, [Face])] = []
        axes.append(("patch", ServerReport.Patch.allCases.map { Face($0) }))
        axes.append(("reboot", ServerReport.Reboot.allCases.map { Face($0) }))
        axes.append(("verify", ServerReport.Verify.allCases.map { Face($0) }))
        axes.append(("reach", ServerReport.Reach.allCases.map { Face($0) }))
        axes.append(("pool", ServerReport.Membership.allCases.map { Face($0) }))
        axes.append(("alerts", ServerReport.Alerts.allCases.map { Face($0) }))
        axes.append(("mark", ReviewReport.Mark.allCases.map { Face($0) }))
        axes.append(("restart", RestartFacts.State.allCases.map { Face($0) }))
        axes.append(("source", SourceReport.State.allCases.map { Face($0) }))
        let runs: [TestFacts.State] = [.notStarted, .running, .passed, .failed, .interrupted, .stale, .notTonight]
        axes.append(("test", runs.map { Face($0) }))
        for (axis, faces) in axes {
            for glyphs in GlyphSet.allCases {
                #expect(Set(faces.map { $0.sign.text(glyphs) }).count == faces.count, "\(axis)")
            }
            #expect(Set(faces.map(\.word)).count == faces.count && faces.allSatisfy { !$0.word.isEmpty }, "\(axis)")
        }
    }

    @Test("what is stale or disputed keeps its word and loses its sign")
    func doubted() {
        let face = Face(ServerReport.Membership.in)
        #expect(face.doubted(stale: true, disputed: false) == Face(.stale, "in", .doubt))
        #expect(face.doubted(stale: true, disputed: true) == Face(.divergence, "in", .doubt))
        #expect(face.doubted(stale: false, disputed: false) == face)
    }
}
