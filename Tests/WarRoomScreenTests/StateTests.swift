import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

/// Draws every state on a real screen, and looks at it as somebody without colours does, so that only characters count.
@Suite("Every state without attributes")
struct StateTests {
    /// One state of an axis: what happens on the night, and which row shows it.
    private struct State {
        let name: String
        var at = "Sun 04:31:07"
        let change: (inout Night) throws -> Void
    }

    private struct Axis {
        let name: String
        let pane: String
        let subject: Subject
        /// The head of its column, where it has one; else the whole row is looked at.
        var head: String?
        let states: [State]
    }

    private static func server(_ name: String, _ head: String, _ field: String, _ values: [String]) -> Axis {
        Axis(
            name: name, pane: "servers", subject: .server("IC-Web7"), head: head,
            states: [State(name: "no report") { _ in }]
                + values.map { value in
                    State(name: value) {
                        try $0.tool(
                            "warroom.server", "IC-Web7", "{\"\(field)\":\"\(value)\"}", at: "Sun 04:29",
                            source: "patch-web")
                    }
                })
    }

    private static var axes: [Axis] {
        let pools = ["in", "draining", "out", "down", "unknown"].map { value in
            State(name: value) {
                try $0.tool(
                    "warroom.server", "IC-Web7", #"{"pools":{"\#(Night.balancer)":"\#(value)"}}"#, at: "Sun 04:29",
                    source: "pools")
            }
        }
        let doubts = [
            State(name: "stale") { try $0.hub("warroom.source", "pools", #"{"state":"stale"}"#, at: "Sun 04:30") }
        ]
        let marks = ["ok", "issues", "no-response", "pending"].map { value in
            State(name: value) {
                try $0.person(
                    "warroom.review", "usa/sre/post-check", #"{"mark":"\#(value)","note":"n"}"#, at: "Sun 04:30")
            }
        }
        func run(_ data: String, _ name: String) -> State {
            State(name: name) { try $0.tool("warroom.tests", "smoke-1", data, at: "Sun 04:30", source: "smoke-1") }
        }
        let begun = #""startedAt":"2025-09-14T08:20:00Z""#
        let runs = [
            run(#"{"state":"running","total":32,"passed":14,"failed":0,\#(begun)}"#, "running"),
            run(#"{"state":"passed","total":32,"passed":32,"failed":0,\#(begun)}"#, "passed"),
            run(#"{"state":"failed","total":32,"passed":31,"failed":1,\#(begun)}"#, "failed"),
            run(#"{"state":"interrupted","total":32,"passed":14,"failed":0,\#(begun)}"#, "interrupted"),
            State(name: "stale") {
                try $0.tool(
                    "warroom.tests", "smoke-1", #"{"state":"running","total":32,"passed":14,"failed":0,\#(begun)}"#,
                    at: "Sun 04:30", source: "smoke-1")
                try $0.hub("warroom.source", "smoke-1", #"{"state":"unreadable"}"#, at: "Sun 04:30")
            },
        ]
        let sources = ["current", "stale", "unreadable", "never-seen"].map { value in
            State(name: value) { try $0.hub("warroom.source", "events", #"{"state":"\#(value)"}"#, at: "Sun 04:30") }
        }
        let steps =
            [State(name: "planned", at: "Sat 18:59:00") { _ in }, State(name: "due", at: "Sun 04:46:00") { _ in }]
            + ["started", "done", "failed", "skipped", "workaround", "not-applicable"].map { value in
                State(name: value) {
                    try $0.person(
                        "warroom.step", "start-maintenance", #"{"state":"\#(value)","note":"n"}"#, at: "Sun 04:30")
                }
            }
        let approved = #"{"decision":"approved","as":"Platform Team Member Approver"}"#
        func ready(_ night: inout Night) throws {
            try night.tool(
                "warroom.server", "IC-Web4", #"{"pools":{"\#(Night.balancer)":"in"}}"#, at: "Sun 04:29", source: "pools"
            )
        }
        func override(_ night: inout Night) throws {
            try night.person(
                "warroom.approval", "before-web6-10",
                #"{"decision":"overridden","as":"Platform Team Member Approver","reason":"r"}"#, at: "Sun 04:30",
                by: "platform-2")
        }
        let gates = [
            State(name: "shut") { _ in }, State(name: "ready") { try ready(&$0) },
            State(name: "open") {
                try ready(&$0)
                try $0.person("warroom.approval", "before-web6-10", approved, at: "Sun 04:30", by: "platform-2")
            },
            State(name: "overridden") { try override(&$0) },
        ]
        func go(_ night: inout Night, _ states: String...) throws {
            for state in states {
                try night.person("warroom.step", "web6-10-patch", #"{"state":"\#(state)"}"#, at: "Sun 04:31")
            }
        }
        let past = [
            State(name: "running past an open gate") {
                try ready(&$0)
                try go(&$0, "started")
            },
            State(name: "running past an overridden gate") {
                try override(&$0)
                try go(&$0, "started")
            },
            State(name: "done past an open gate") {
                try ready(&$0)
                try go(&$0, "started", "done")
            },
            State(name: "done past an overridden gate") {
                try override(&$0)
                try go(&$0, "started", "done")
            },
            State(name: "a workaround past an open gate") {
                try ready(&$0)
                try $0.person("warroom.step", "web6-10-patch", #"{"state":"workaround","note":"n"}"#, at: "Sun 04:31")
            },
        ]
        let reach =
            [State(name: "ok") { _ in }]
            + [
                State(name: "unreachable") {
                    try $0.tool(
                        "warroom.server", "IC-Web7", #"{"reach":"unreachable"}"#, at: "Sun 04:29", source: "pools")
                },
                State(name: "disputed") {
                    try $0.tool(
                        "warroom.server", "IC-Web7", #"{"reach":"unreachable"}"#, at: "Sun 04:29", source: "patch-web")
                },
            ]
        return [
            Axis(name: "reach", pane: "servers", subject: .server("IC-Web7"), head: "reach", states: reach + doubts),
            Axis(
                name: "reach of a server that nobody probes", pane: "servers", subject: .server("MCC Database Server"),
                head: "reach", states: [State(name: "no report") { _ in }]),
            server("patch", "patch", "patch", ["pending", "running", "installed", "failed", "skipped", "excluded"]),
            server("reboot", "reboot", "reboot", ["not-needed", "pending", "rebooting", "up"]),
            server("verify", "verify", "verify", ["passed", "failed"]),
            Axis(
                name: "pool", pane: "servers", subject: .server("IC-Web7"), head: "Internal LB",
                states: pools + doubts),
            Axis(
                name: "alerts", pane: "servers", subject: .server("IC-Web7"), head: "alerts",
                states: ["on", "muted"].map { value in
                    State(name: value) {
                        try $0.tool(
                            "warroom.server", "IC-Web7", #"{"alerts":"\#(value)"}"#, at: "Sun 04:29", source: "pools")
                    }
                }),
            Axis(
                name: "mark", pane: "reviews", subject: .check(.init(board: "usa", team: "sre", check: "post-check")),
                states: marks + [State(name: "nobody answered in time", at: "Sun 11:01:00") { _ in }]),
            Axis(name: "test run", pane: "tests", subject: .test("smoke-1"), states: runs),
            Axis(
                name: "test run without a result", pane: "tests", subject: .test("smoke-2"),
                states: [
                    State(name: "no result") { _ in },
                    State(name: "not tonight's") {
                        try $0.tool(
                            "warroom.tests", "smoke-2",
                            #"{"state":"passed","total":32,"passed":32,"failed":0,"startedAt":"2025-08-10T08:20:00Z"}"#,
                            at: "Sun 04:30", source: "smoke-2")
                    },
                ]),
            Axis(name: "source", pane: "sources", subject: .source("events"), states: sources),
            Axis(name: "step", pane: "timeline", subject: .step("start-maintenance"), states: steps),
            Axis(name: "gate", pane: "gates", subject: .gate("before-web6-10"), states: gates),
            Axis(name: "step at its gate", pane: "timeline", subject: .step("web6-10-patch"), states: gates + past),
            Axis(
                name: "server", pane: "servers", subject: .wave("web1-5"), head: "Internal LB",
                states: [
                    State(name: "one is missing") { _ in }, State(name: "all in") { try ready(&$0) },
                    State(name: "stale") {
                        try $0.hub("warroom.source", "pools", #"{"state":"stale"}"#, at: "Sun 04:30")
                    },
                ]),
        ]
    }

    /// The characters that show a state: its cell, or its row.
    private static func shown(_ axis: Axis, _ state: State, _ glyphs: GlyphSet) throws -> (text: String, canvas: Canvas)
    {
        var night = try Night.half()
        try state.change(&night)
        var view = ViewState()
        view.focus = axis.pane
        view.isZoomed = true
        view.selected[axis.pane] = axis.subject
        let size = GoldenTests.middle
        let sight = try night.sight(at: state.at, view: view, glyphs: glyphs)
        let canvas = Screen.draw(sight, size: size)
        let row = try #require(
            Layout.of(sight, size: size).placed().first { $0.line.subject == axis.subject }?.row,
            "\(axis.name): \(axis.subject) is not shown")
        guard let head = axis.head else { return (canvas.lines()[row], canvas) }
        let layout = ZoomedServers.Columns(sight, ZoomedLayout.frame(on: size))
        let column = try #require(layout.columns.first { $0.head == head }, "\(axis.name): no column \(head)")
        #expect(canvas.lines().contains { $0.contains(head) }, "\(axis.name) stands under no head")
        return ((column.x..<min(column.end, size.columns)).map { String(canvas[$0, row].glyph) }.joined(), canvas)
    }

    @Test(
        "no two states of an axis look alike, each has its sign and its word, in either glyph set",
        arguments: GlyphSet.allCases)
    func states(glyphs: GlyphSet) throws {
        let signs = Set(Sign.allCases.map { $0.text(glyphs) })
        for axis in Self.axes {
            var seen: [String: String] = [:]
            for state in axis.states {
                let (text, canvas) = try Self.shown(axis, state, glyphs)
                if let other = seen[text] {
                    Issue.record("\(axis.name): \(state.name) looks like \(other): \"\(text)\"")
                }
                seen[text] = state.name
                let words = text.split(separator: " ")
                #expect(
                    words.contains { signs.contains(String($0)) }, "\(axis.name) \(state.name) has no sign: \"\(text)\""
                )
                let isCount = axis.subject == .wave("web1-5")
                #expect(
                    isCount || words.contains { $0.count(where: \.isLetter) >= 2 },
                    "\(axis.name) \(state.name) has no word: \"\(text)\"")
                try Self.check(canvas, glyphs, "\(axis.name) \(state.name)")
            }
        }
    }

    @Test(
        "every picture of the six moments is made of cells, one glyph a cell, none with an emoji form",
        arguments: GlyphSet.allCases)
    func glyphs(glyphs: GlyphSet) throws {
        for moment in Moment.allCases {
            for isPresenting in [false, true] {
                for size in [GoldenTests.small, GoldenTests.middle, GoldenTests.large, Size(columns: 300, rows: 80)] {
                    let canvas = Screen.draw(
                        try moment.sight(view: ViewState(isPresenting: isPresenting), glyphs: glyphs), size: size)
                    try Self.check(canvas, glyphs, moment.name)
                }
            }
        }
    }

    /// What people wrote on the night may be in wide characters. Everything else is one cell wide, and no emoji.
    private static func check(_ canvas: Canvas, _ glyphs: GlyphSet, _ what: String) throws {
        for row in 0..<canvas.size.rows {
            var cells = 0
            for cell in canvas.row(row) {
                cells += cell.isSecondHalf ? 0 : CellWidth.of(cell.glyph)
                for scalar in cell.glyph.unicodeScalars where scalar.value >= 0x80 {
                    #expect(glyphs == .unicode, "\(what): \(scalar) is no ASCII")
                    #expect(!scalar.properties.isEmoji, "\(what): \(scalar) has an emoji form")
                    let isWritten = "作者é".unicodeScalars.contains(scalar) || scalar.value == 0x301
                    #expect(isWritten || CellWidth.of(scalar) == 1, "\(what): \(scalar) is not one cell wide")
                }
            }
            #expect(cells == canvas.size.columns, "\(what), row \(row): \(cells) cells")
        }
    }

    /// A state is a sign and a word. Behind a sign stands a word or a number, and where signs stand in a row, behind
    /// the last of them. The marks of a team are told by their count at the end of the row; what stands between them
    /// names one of them with its own sign.
    @Test("no picture has a sign without its word", arguments: GlyphSet.allCases)
    func words(glyphs: GlyphSet) throws {
        let signs = Set(Sign.allCases.map { $0.text(glyphs) })
        for moment in Moment.allCases {
            for pane in Panes.all.map(\.name) + [""] {
                var view = ViewState()
                if !pane.isEmpty { (view.focus, view.isZoomed) = (pane, true) }
                let sight = try moment.sight(view: view, glyphs: glyphs)
                for size in [GoldenTests.small, GoldenTests.middle, GoldenTests.large, Size(columns: 300, rows: 80)] {
                    for placed in Layout.of(sight, size: size).placed() {
                        let line = placed.line.pieces.sorted { $0.column < $1.column }
                        // A bar is made of shapes, and its legend stands above it.
                        guard !line.contains(where: { $0.copies > 0 && !signs.contains($0.text) || $0.copies > 1 })
                        else { continue }
                        var last: Piece?
                        var marks = 0
                        let isCounted = line.last?.text.wholeMatch(of: /\d+\/\d+/) != nil
                        for piece in line {
                            if piece.copies == 1 {
                                let isApart = last.map { piece.column - $0.column > 2 } ?? false
                                defer { marks = isApart || last == nil ? 1 : marks + 1 }
                                if let last, isApart, !(isCounted && marks > 1) {
                                    let place = "\(moment.name) \(pane) \(size)"
                                    Issue.record(
                                        """
                                        \(place): \(last.text) without a word before the next sign: \
                                        \(line.map(\.text))
                                        """
                                    )
                                }
                                last = piece
                            } else if last != nil, piece.text.contains(where: { $0.isLetter || $0.isNumber }) {
                                last = nil
                            }
                        }
                        if let last {
                            Issue.record(
                                "\(moment.name) \(pane) \(size): \(last.text) without a word: \(line.map(\.text))")
                        }
                    }
                }
            }
        }
    }

    @Test("every sign and shape differs from every other one of its glyph set, is one cell wide and no emoji")
    func signs() {
        for glyphs in GlyphSet.allCases {
            let signs = Sign.allCases.map { $0.text(glyphs) }
            #expect(Set(signs).count == signs.count)
            for text in signs + Shape.allCases.map({ $0.text(glyphs) }) {
                #expect(text.unicodeScalars.count == 1 && CellWidth.of(text) == 1, "\(text)")
                #expect(
                    text.unicodeScalars.allSatisfy {
                        $0.value < 0x80
                            ? glyphs == .ascii || "!~?/".unicodeScalars.contains($0)
                            : !$0.properties.isEmoji && glyphs == .unicode
                    }, "\(text)")
            }
        }
    }

    @Test("the three modes of a bridge are told by their word")
    func modes() throws {
        var seen: Set<String> = []
        for mode in ["live", "rehearsal", "replay"] {
            let sight = try Night.calm().sight(at: "Sat 22:40:12") { $0.mode = mode }
            let line = try #require(Screen.draw(sight, size: GoldenTests.small).lines().first)
            #expect(line.contains(mode.uppercased()))
            seen.insert(line)
        }
        #expect(seen.count == 3)
    }
}
