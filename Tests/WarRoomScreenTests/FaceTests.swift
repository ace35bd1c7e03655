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

    @Test("text of every role stands out by 4.5 to 1 in every theme", arguments: Theme.all.map(\.name))
    func contrast(name: String) throws {
        let theme = try #require(Theme.named(name))
        for role in TextRole.allCases {
            let style = theme.style(role)
            guard let front = style.foreground, let back = style.background ?? theme.background else {
                #expect(theme.background == nil, "\(name) \(role): a theme with colours gives both")
                continue
            }
            #expect(front.contrast(with: back) >= 4.5, "\(name) \(role): \(front.contrast(with: back))")
        }
    }

    @Test("act is the only saturated role", arguments: Theme.all.filter { $0.background != nil }.map(\.name))
    func saturated(name: String) throws {
        let theme = try #require(Theme.named(name))
        let act = try #require(theme.style(.act).foreground).chroma
        for role in TextRole.allCases where role != .act {
            #expect(act >= 2 * (theme.style(role).foreground?.chroma ?? 0), "\(name) \(role)")
        }
    }

    @Test("without colour weight and reverse tell what needs a person from what is bad and what is calm")
    func monochrome() {
        let theme = Theme.monochrome
        let roles: [TextRole] = [.act, .bad, .moving, .doubt, .plain]
        #expect(Set(roles.map { theme.style($0) }).count == roles.count)
        #expect(TextRole.allCases.allSatisfy { theme.style($0).foreground == nil && theme.style($0).background == nil })
    }

    @Test("a colour's nearest neighbours are itself where it is one")
    func nearest() {
        #expect(Colour(red: 255, green: 255, blue: 255).ansi16 == 15)
        #expect(Colour(red: 0, green: 0, blue: 0).ansi16 == 0)
        #expect(Colour(red: 255, green: 175, blue: 0).ansi256 == 214)
        #expect(Colour(red: 8, green: 8, blue: 8).ansi256 == 232)
        #expect((Colour(red: 255, green: 255, blue: 255).contrast(with: Colour(red: 0, green: 0, blue: 0)) - 21).magnitude < 0.01)
    }
}
