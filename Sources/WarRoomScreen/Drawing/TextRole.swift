/// What a piece of text means (docs/themes.md). Themes map roles to looks, so no pane names a colour.
package enum TextRole: UInt8, CaseIterable, Sendable {
    case plain
    case modeLive, modeRehearsal, modeReplay
    case clock, sentence
    case good
    /// A person is needed: the only saturated role.
    case act
    case bad, moving, off, waiting
    /// Stale, unknown, divergent.
    case doubt
    case gutter, timeHome, timeOther
    case cursor, critical, rule

    /// What a theme's file calls it.
    var name: String {
        switch self {
        case .plain: "plain"
        case .modeLive: "mode.live"
        case .modeRehearsal: "mode.rehearsal"
        case .modeReplay: "mode.replay"
        case .clock: "clock"
        case .sentence: "sentence"
        case .good: "good"
        case .act: "act"
        case .bad: "bad"
        case .moving: "moving"
        case .off: "off"
        case .waiting: "waiting"
        case .doubt: "doubt"
        case .gutter: "gutter"
        case .timeHome: "time.home"
        case .timeOther: "time.other"
        case .cursor: "cursor"
        case .critical: "critical"
        case .rule: "rule"
        }
    }
}
