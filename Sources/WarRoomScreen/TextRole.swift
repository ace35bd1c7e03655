/// What a piece of text means. Themes map roles to looks; no pane names a colour (DESIGN 4).
public enum TextRole: UInt8, CaseIterable, Sendable {
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
}
