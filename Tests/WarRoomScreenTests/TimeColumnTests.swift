import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The columns of the times have no holes")
struct TimeColumnTests {
    private static let sizes = [
        Size(columns: 40, rows: 20), GoldenTests.small, Size(columns: 100, rows: 30), GoldenTests.middle,
        Size(columns: 160, rows: 45), GoldenTests.large, Size(columns: 300, rows: 80),
    ]

    /// The rows of the timeline that speak of a step.
    private static func rows(_ sight: Sight, _ size: Size) -> [Placed] {
        Layout.of(sight, size: size).placed().filter { placed in
            guard case .step? = placed.line.subject else { return false }
            return placed.pane == "timeline" || sight.view.isZoomed
        }
    }

    @Test("each row of the timeline says when in both zones, or in words what has to be true before")
    func holes() throws {
        var zoomed = ViewState()
        (zoomed.focus, zoomed.isZoomed) = ("timeline", true)
        let starts = ["when ", "after ", "no time is given", "any time", "later"]
        for view in [ViewState(), ViewState(isPresenting: true), zoomed] {
            let sights =
                try Moment.allCases.map { try $0.sight(view: view) } + Scene.allCases.map { try $0.sight(view: view) }
            for (sight, size) in sights.flatMap({ sight in Self.sizes.map { (sight, $0) } }) {
                let rows = Self.rows(sight, size)
                #expect(!rows.isEmpty, "\(size)")
                for row in rows {
                    let pieces = row.line.pieces
                    let both = [TextRole.timeHome, .timeOther].allSatisfy { role in
                        pieces.contains { $0.role == role && !$0.text.isEmpty }
                    }
                    let says = pieces.contains { piece in starts.contains { piece.text.hasPrefix($0) } }
                    #expect(both || says, "\(size), \(view.focus) \(view.isPresenting): \(pieces.map(\.text))")
                }
            }
        }
    }

    /// At a time that is given in both zones' words.
    private static func step(from start: String, to end: String? = nil, at now: String) throws -> [String] {
        var night = try Night(try SampleRunbook.make())
        try night.step("start-message", from: start, to: end)
        var view = ViewState()
        (view.focus, view.isZoomed) = ("timeline", true)
        view.selected["timeline"] = .step("start-message")
        var lines: [String] = []
        for size in [GoldenTests.large, Size(columns: 300, rows: 80)] {
            lines += Screen.draw(try night.sight(at: now), size: size).lines()
        }
        return lines.filter { $0.contains("Post maintenance message") }
    }

    @Test("start and end share a column; what runs ends now; a span over midnight names both days")
    func spans() throws {
        for (start, end, now, home, other) in [
            ("Sun 05:06", "Sun 05:48", "Sun 06:00", "Sun 05:06→05:48", "Sun 14:36→15:18"),
            ("Sun 04:42", nil, "Sun 06:00", "Sun 04:42→now", "Sun 14:12→now"),
            ("Sat 23:10", "Sun 00:20", "Sun 06:00", "Sat 23:10→Sun 00:20", "Sun 08:40→09:50"),
            ("Sat 14:00", "Sat 15:10", "Sun 06:00", "Sat 14:00→15:10", "Sat 23:30→Sun 00:40"),
            ("Sun 05:06", "Sun 05:06", "Sun 06:00", "Sun 05:06 ", "Sun 14:36 "),
        ] as [(String, String?, String, String, String)] {
            let lines = try Self.step(from: start, to: end, at: now)
            // In both pictures; the title stands in the journal too.
            #expect(
                lines.count { $0.contains(home) && $0.contains(other) } == 2, "\(home), \(other): \(lines)")
        }
    }
}
