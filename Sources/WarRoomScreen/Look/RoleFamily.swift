/// How a role looks that a theme says nothing of: as its parent does. So a theme of a few lines is a whole one, and one
/// that was written before there were as many roles still is.
extension TextRole {
    /// The role that it looks like, and whether text and ground change places: what is filled is filled with the colour
    /// of its word. `nil` for `plain`, from which all come.
    var parent: (role: TextRole, isFilled: Bool)? {
        switch self {
        case .plain: nil
        case .strong, .waiting, .good, .moving, .act, .bad, .off, .doubt, .timeHome, .timeOther, .keyWord, .barPlan:
            (.plain, false)
        case .head, .clockHome, .clockOther, .modeNotLive, .bandCalm, .bandMoving, .barCritical, .barNow:
            (.strong, false)
        case .rule, .tileWaiting, .barForecast: (.waiting, false)
        case .headNote, .strip: (.head, false)
        case .stripNote: (.headNote, false)
        case .tileGood, .tileGoodQuiet, .barDone: (.good, false)
        case .barRunning: (.moving, false)
        case .tileActQuiet, .bandActTab: (.act, false)
        case .tileBadQuiet, .bandBlockedTab, .barFailed: (.bad, false)
        case .tileOff, .barBatch, .barOff: (.off, false)
        case .bandSilent: (.doubt, false)
        case .key, .modeLive, .cursor: (.plain, true)
        case .bandCalmTab: (.good, true)
        case .tileMoving, .bandMovingTab: (.moving, true)
        case .tileAct: (.act, true)
        case .tileBad: (.bad, true)
        case .bandSilentTab: (.doubt, true)
        case .bandAct: (.tileAct, false)
        case .bandBlocked: (.tileBad, false)
        case .modeRehearsal, .modeReplay: (.modeLive, false)
        case .modeRehearsalHatch: (.modeRehearsal, false)
        case .bandCalmNote: (.bandCalm, false)
        case .bandMovingNote: (.bandMoving, false)
        case .bandActNote: (.bandAct, false)
        case .bandBlockedNote: (.bandBlocked, false)
        case .bandSilentNote: (.bandSilent, false)
        }
    }

    /// What became of a role that there was under that name; `nil` where there was none. A theme may still have it.
    static func former(_ name: Substring) -> [TextRole]? {
        switch name {
        case "clock": [.clockHome, .clockOther]
        case "sentence": [.strong]
        case "gutter": [.head, .keyWord]
        case "critical": [.barCritical]
        default: nil
        }
    }

    /// The number of the role that a theme calls so; `nil` where there is none. Most themes have the roles in their
    /// order, so the one at `near` is looked at first.
    static func named(_ name: Substring, near: Int) -> Int? {
        if names.indices.contains(near), names[near] == name { return near }
        return names.firstIndex { $0 == name }
    }
}
