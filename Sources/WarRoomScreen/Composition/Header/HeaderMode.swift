import WarRoomCore

/// The first row: what the night is, and which; whose it is, and how far it has come.
extension Header {
    var modeLine: Line {
        let (word, role): (String, TextRole) =
            switch sight.vitals.mode {
            case "rehearsal": ("REHEARSAL", .modeRehearsal)
            case "replay": ("REPLAY", .modeReplay)
            case "live": ("LIVE", .modeLive)
            default: (sight.vitals.mode.uppercased(), .modeRehearsal)
            }
        var line = Line()
        line.fill = role
        let ended = sight.bridge.state == .closing || sight.bridge.state == .closed
        let isHeldBack = sight.bridge.awaitsLive
        let unsigned = sight.bridge.missingSignatures.isEmpty ? "" : ", NOT SIGNED"
        let mode =
            ended
            ? "\(word), \(sight.bridge.state.rawValue.uppercased())"
            : (isHeldBack ? (word == "LIVE" ? "NOT LIVE" : "\(word), NOT LIVE") : word) + unsigned
        let start = line.put(mode, at: gutter, role, to: size.columns) + 3

        var right: [(String, TextRole)] = []
        if sight.vitals.isReadOnly { right.append(("VIEW ONLY", role)) }
        right.append((sight.bridge.lead.map { "lead \($0)" } ?? "no lead", role))
        right.append(("entry \(sight.bridge.entry)", role))
        if sight.vitals.unacknowledged > 0 { right.append(("\(sight.vitals.unacknowledged) sent", role)) }
        if let silent = sight.vitals.hubSilentSince {
            right.append(("hub silent since \(sight.runbook.zones.home.zone.local(silent).clockWithSeconds)", .act))
        } else {
            right.append(("hub 0 s", role))
        }
        if hidden > 0 { right.append(("\(hidden) hidden", role)) }
        if showsHelpMark { right.append(("?", role)) }

        // It is laid out from the right: what must never be missing stands last, and the title takes what is left.
        var end = size.columns - (size.columns < 34 ? 0 : cut == .medium ? 2 : 1)
        for (text, role) in right.reversed() {
            let width = CellWidth.shown(text)
            guard end - width > start + (size.columns >= 76 ? 14 : 0) else { continue }
            line.put(text, endingAt: end, role)
            end -= width + (size.columns < 100 ? 2 : 3)
        }
        let (name, date) = (sight.runbook.title, sight.runbook.date)
        let room = end - start
        if CellWidth.shown("\(name) \(date)") <= room || room < date.count + 8 {
            if room > 3 { line.put("\(name) \(date)", at: start, role, to: end) }
        } else {
            // Which night it is matters more than the end of its name.
            line.put(name, at: start, role, to: end - date.count - 1)
            line.put(date, at: end - date.count, role, to: end)
        }
        return line
    }
}
