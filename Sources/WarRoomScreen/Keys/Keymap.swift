/// What a key does, and what the command line calls it.
enum Action: String, Hashable {
    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case numberedPane = "numbered-pane"
    case up, down
    case pageUp = "page-up"
    case pageDown = "page-down"
    case first, last
    case zoom, detail, back
    case command
    case search
    case searchNext = "search-next"
    case searchPrevious = "search-previous"
    case tick
    case markMenu = "mark"
    case stepMenu = "step"
    case note, heard, undo
    case decide, confirm, reviewer
    case rollCall = "roll-call"
    case handover, close
    case barsIn = "bars-in"
    case barsOut = "bars-out"
    case redraw, help, quit, suspend
    case click, wheel
}

/// One row of the keymap: keys, what they do, and the words for it. The binding, the line of keys, the help page and
/// the table in docs/keys.md are all made from it.
struct Binding {
    let keys: [Key]
    /// How the keys are written, where a list of them would not be the best way.
    let label: String?
    let action: Action
    /// For the help page.
    let words: String
    /// For the line of keys; `nil` where there is no room for it there.
    let hint: String?
    /// The panes in whose line of keys it stands; empty: in every one.
    let panes: [String]
    /// Whether it writes into the journal.
    let writes: Bool

    init(
        _ keys: [Key], _ action: Action, _ words: String, label: String? = nil, hint: String? = nil,
        panes: [String] = [], writes: Bool = false
    ) {
        self.keys = keys
        self.label = label
        self.action = action
        self.words = words
        self.hint = hint
        self.panes = panes
        self.writes = writes
    }

    var name: String { label ?? keys.map(\.name).joined(separator: " ") }
}

/// Which key does what (docs/keys.md).
package enum Keymap {
    static let bindings: [Binding] = [
        Binding([.tab, .right, .character("l")], .nextPane, "go to the next pane", hint: "pane"),
        Binding([.backTab, .left, .character("h")], .previousPane, "go to the pane before"),
        Binding(
            (0...9).map { .character(Character(String($0))) }, .numberedPane,
            "go to the pane of that number, 0 to the tenth", label: "0-9"),
        Binding([.up, .character("k")], .up, "select the row above"),
        Binding([.down, .character("j")], .down, "select the row below"),
        Binding([.pageUp, .control("b")], .pageUp, "a page up"),
        Binding([.pageDown, .control("f")], .pageDown, "a page down"),
        Binding([.home, .character("g")], .first, "select the first row"),
        Binding([.end, .character("G")], .last, "select the last row"),
        Binding([.character("z")], .zoom, "zoom the pane, and back", hint: "zoom"),
        Binding([.enter], .detail, "all that is known about the selected row, or zoom the pane", hint: "detail"),
        Binding([.escape], .back, "back"),
        Binding(
            [.character(":")], .command, "any of these by name, and more: goto, pane, theme; Tab completes",
            hint: "command"),
        Binding([.character("/")], .search, "search", hint: "search"),
        Binding([.character("n")], .searchNext, "the next place found"),
        Binding([.character("N")], .searchPrevious, "the place found before"),
        Binding([.character(" ")], .tick, "mark the selected check ok", hint: "tick", panes: ["reviews"], writes: true),
        Binding(
            [.character("m")], .markMenu, "mark the selected check: ok, issues, no response, pending", hint: "mark",
            panes: ["reviews"], writes: true),
        Binding(
            [.character("s")], .stepMenu, "report on the selected step: start, done, fail, skip and more", hint: "step",
            panes: ["timeline"], writes: true),
        Binding(
            [.character("+")], .barsIn, "the timeline as bars, and a shorter time of it: to an hour", hint: "bars",
            panes: ["timeline"]),
        Binding([.character("-")], .barsOut, "a longer time of the timeline: to the whole night", panes: ["timeline"]),
        Binding([.character("t")], .note, "write a note on the selected row", writes: true),
        Binding(
            [.character("e")], .heard,
            "write down what somebody outside has told, about the selected row: it stays in the header until somebody "
                + "has looked",
            writes: true),
        Binding(
            [.character("a")], .decide,
            "decide on the selected row: approve, refuse, override, forgive, hold, rule where claims disagree; in "
                + "troubles and alerts, say what something heard or an alert was; in reviews, add a check; on the page "
                + "of the lead, offer, accept, take back",
            hint: "decide", panes: ["gates", "loose ends", "servers", "tests", "troubles", "alerts"], writes: true),
        Binding(
            [.character("c")], .confirm, "confirm the no response that the clock proposes", hint: "confirm",
            panes: ["reviews"], writes: true),
        Binding([.character("w")], .reviewer, "who has looked, for your next marks", writes: true),
        Binding([.character("R")], .rollCall, "the roll-call: every team is asked, one key an answer"),
        Binding([.character("H")], .handover, "the page for whoever takes over the night"),
        Binding([.character("C")], .close, "close the night", writes: true),
        Binding(
            [.character("u")], .undo, "take back the last entry on the selected row, by a new one that says why",
            hint: "undo", panes: ["reviews"], writes: true),
        Binding([.character("r"), .control("l")], .redraw, "draw the screen anew"),
        Binding([.character("?"), .function(1)], .help, "this page", hint: "help"),
        Binding([.character("q"), .control("c")], .quit, "quit; the hub goes on", hint: "quit"),
        Binding([.control("z")], .suspend, "to the shell; fg comes back"),
        Binding([], .click, "select a row, or the pane by its head; once more: detail", label: "click"),
        Binding([], .wheel, "select up and down", label: "wheel"),
    ]

    static func binding(for key: Key) -> Binding? {
        switch key {
        case .click: bindings.first { $0.action == .click }
        case .wheelUp, .wheelDown: bindings.first { $0.action == .wheel }
        default: table[key]
        }
    }

    private static let table: [Key: Binding] = {
        var table: [Key: Binding] = [:]
        for binding in bindings {
            for key in binding.keys { table[key] = binding }
        }
        return table
    }()
}
