/// What a piece of text means (docs/themes.md). Themes map roles to looks, so no pane names a colour.
package enum TextRole: UInt8, CaseIterable, Sendable {
    // Text outside the band: prose, what is not yet, and the signs and short words of states. `doubt` is filled.
    case plain, strong, waiting
    // The head of a section, and the rail at the left of smaller screens.
    case head, headNote
    // Text outside the band: prose, what is not yet, and the signs and short words of states. `doubt` is filled.
    case good, moving, act, bad, off, doubt
    // Counts and servers as filled areas; the quiet ones are fainter, and loud in their letters alone.
    case tileGood, tileMoving, tileAct, tileBad, tileOff, tileActQuiet, tileBadQuiet, tileGoodQuiet, tileWaiting
    // The two zones: cool at home, warm in the other.
    case timeHome, timeOther
    case clockHome, clockOther
    case rule
    case key, keyWord
    // The first row of a live night, and the sources at the foot.
    case strip, stripNote
    // What the night is.
    case modeLive, modeRehearsal, modeRehearsalHatch, modeNotLive, modeReplay
    case cursor
    // The band: tab, body, and what stands faint on the body.
    case bandCalmTab, bandCalm, bandCalmNote, bandMovingTab, bandMoving, bandMovingNote, bandActTab, bandAct
    case bandActNote, bandBlockedTab, bandBlocked, bandBlockedNote, bandSilentTab, bandSilent, bandSilentNote
    // Bars and lanes.
    case barDone, barRunning, barForecast, barPlan, barCritical, barBatch, barNow, barFailed, barOff

    /// What a theme's file calls it: the words of its case with points between them.
    var name: String { TextRole.names[Int(rawValue)] }

    /// In the order of the cases, written out: a screen reads its theme before its first frame, and a case that is
    /// asked for its own name takes longer. A test holds one to the other.
    static let names = [
        "plain", "strong", "waiting", "head", "head.note", "good", "moving", "act", "bad", "off", "doubt",
        "tile.good", "tile.moving", "tile.act", "tile.bad", "tile.off", "tile.act.quiet", "tile.bad.quiet",
        "tile.good.quiet", "tile.waiting", "time.home", "time.other", "clock.home", "clock.other", "rule", "key",
        "key.word", "strip", "strip.note", "mode.live", "mode.rehearsal", "mode.rehearsal.hatch", "mode.not.live",
        "mode.replay", "cursor", "band.calm.tab", "band.calm", "band.calm.note", "band.moving.tab", "band.moving",
        "band.moving.note", "band.act.tab", "band.act", "band.act.note", "band.blocked.tab", "band.blocked",
        "band.blocked.note", "band.silent.tab", "band.silent", "band.silent.note", "bar.done", "bar.running",
        "bar.forecast", "bar.plan", "bar.critical", "bar.batch", "bar.now", "bar.failed", "bar.off",
    ]
}
