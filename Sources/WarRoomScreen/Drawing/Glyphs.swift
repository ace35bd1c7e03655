/// Which characters a terminal can show: one without a UTF-8 locale gets ASCII.
package enum GlyphSet: Sendable, Hashable, CaseIterable { case unicode, ascii }

/// A state's sign. It is one cell wide in both glyph sets, and never an emoji, which terminals draw two cells wide.
package enum Sign: UInt8, CaseIterable, Sendable {
    /// Ok, done, passed, in, up, open, current.
    case good
    /// Failed, issues, down, refused.
    case bad
    /// Running, rebooting, draining.
    case moving
    /// Pending, planned, none, not due: the faintest mark.
    case pending
    /// Off, out, muted, held: must come back.
    case off
    case gateShut, gateReady
    /// A person is needed.
    case need
    /// The last value is kept and counts for nothing.
    case stale
    /// Two claims disagree.
    case divergence
    /// It was true once, and its subject has changed since.
    case recheck
    /// A verdict on a team.
    case noResponse
    case unknown, interrupted, skipped
    /// Not applicable, excluded: apart from skipped, which has a reason to be looked at.
    case notApplicable
    /// Done another way: a workaround, an overridden gate.
    case workaround

    /// The sign as text of one cell.
    package func text(_ glyphs: GlyphSet) -> String { glyphs == .unicode ? unicode : ascii }

    private var unicode: String {
        switch self {
        case .good: "✓"
        case .bad: "✗"
        case .moving: "▸"
        case .pending: "·"
        case .off: "○"
        case .gateShut: "■"
        case .gateReady: "□"
        case .need: "!"
        case .stale: "~"
        case .divergence: "≠"
        case .recheck: "↻"
        case .noResponse: "∅"
        case .unknown: "?"
        case .interrupted: "‖"
        case .skipped: "–"
        case .notApplicable: "/"
        case .workaround: "≈"
        }
    }

    private var ascii: String {
        switch self {
        case .good: "+"
        case .bad: "x"
        case .moving: ">"
        case .pending: "."
        case .off: "o"
        case .gateShut: "#"
        case .gateReady: "="
        case .need: "!"
        case .stale: "~"
        case .divergence: "%"
        case .recheck: "r"
        case .noResponse: "0"
        case .unknown: "?"
        case .interrupted: "\""
        case .skipped: "-"
        case .notApplicable: "/"
        case .workaround: "^"
        }
    }
}

/// What is drawn that is no state: bars, rules, the cursor, the mark of a clip.
package enum Shape: UInt8, CaseIterable, Sendable {
    case barDone, barToDo
    /// A part of a bar that is past the end of the window; a bar moved by a ruling; a time that must stay clear.
    case barLost, barMoved, band
    case cursor, rule, heavyRule, divider
    /// Where text was cut: in ASCII a character that is no sign and no letter.
    case clip
    case arrow
    /// How many of a kind.
    case times
    /// The mark of a live night; what fills the row of a rehearsal; the edge of a band that is blocked.
    case dot, hatch, checker
    /// Of a lane: a length of time in which something ran, one in which something was off, and a planned start.
    case laneRun, laneOff, lanePlan
    /// Of the timeline: what will run, and decides on the end.
    case barCritical

    /// The shape as text of one cell.
    package func text(_ glyphs: GlyphSet) -> String {
        switch self {
        case .barDone: glyphs == .unicode ? "█" : "#"
        case .barToDo: glyphs == .unicode ? "░" : "."
        case .barLost: "!"
        case .barMoved: glyphs == .unicode ? "═" : "_"
        case .band: glyphs == .unicode ? "▒" : ":"
        case .cursor: glyphs == .unicode ? "▌" : "]"
        case .rule: glyphs == .unicode ? "─" : "-"
        case .heavyRule: glyphs == .unicode ? "━" : "="
        case .divider: glyphs == .unicode ? "│" : "|"
        case .clip: glyphs == .unicode ? "…" : "&"
        case .arrow: glyphs == .unicode ? "→" : "-"
        case .times: glyphs == .unicode ? "×" : "x"
        case .dot: glyphs == .unicode ? "●" : "*"
        case .hatch: glyphs == .unicode ? "╱" : "/"
        case .checker: glyphs == .unicode ? "▚" : "#"
        case .laneRun: glyphs == .unicode ? "▆" : "#"
        case .laneOff: glyphs == .unicode ? "▂" : "_"
        case .barCritical: glyphs == .unicode ? "▄" : "="
        case .lanePlan: glyphs == .unicode ? "│" : "|"
        }
    }
}
