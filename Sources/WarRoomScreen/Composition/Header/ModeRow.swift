import WarRoomCore

/// The first row: what the night is, and which; whose it is. What it is cannot be taken for another in grey either: a
/// live night is a white mark on a slate row, a rehearsal is hatched all over, a replay is light all over, and one that
/// is not live yet has no ground at all.
extension Header {
    private struct Look {
        let word: String
        let chip: TextRole
        let text: TextRole
        let note: TextRole
        /// What the row is filled with, where it is not blank.
        var hatch: String?
    }

    private var look: Look {
        let bridge = sight.bridge
        let isEnded = bridge.state == .closing || bridge.state == .closed
        let isHeldBack = bridge.awaitsLive
        let ending = isEnded ? ", \(bridge.state.rawValue.uppercased())" : isHeldBack ? ", NOT LIVE YET" : ""
        let unsigned = bridge.missingSignatures.isEmpty ? "" : ", NOT SIGNED"
        let dot = Shape.dot.text(sight.glyphs)
        switch sight.vitals.mode {
        case "live" where isHeldBack && !isEnded:
            let ring = Sign.off.text(sight.glyphs)
            return Look(word: "\(ring) NOT LIVE YET\(unsigned)", chip: .modeNotLive, text: .plain, note: .waiting)
        case "live":
            return Look(word: "\(dot) LIVE\(ending)\(unsigned)", chip: .modeLive, text: .strip, note: .stripNote)
        case "replay":
            return Look(
                word: "REPLAY\(ending)", chip: .modeReplay, text: .modeReplay, note: .modeReplay, hatch: "<")
        case let mode:
            return Look(
                word: "\(mode.uppercased())\(ending)\(unsigned)", chip: .modeRehearsal, text: .modeRehearsal,
                note: .modeRehearsal, hatch: Shape.hatch.text(sight.glyphs))
        }
    }

    var modeRow: Line {
        let look = look
        let width = size.columns
        var line = Line()
        var start: Int
        if let hatch = look.hatch {
            let role: TextRole = look.chip == .modeRehearsal ? .modeRehearsalHatch : look.chip
            line.fill = role
            if !isPrinted { line.put(hatch, times: width, at: 0, role) }
            let lead = width >= 76 ? 4 : 0
            start = line.put(" \(look.word) ", at: lead, look.chip, to: width)
            if width >= 100 { start += 4 }
        } else {
            if look.chip == .modeLive { line.fill = look.text }
            let pad = width >= 100 ? "  " : " "
            start = line.put(width < 34 ? look.word : pad + look.word + pad, at: 0, look.chip, to: width)
            if look.chip == .modeLive { start += width >= 100 ? 1 : 0 }
        }
        let end = putRight(into: &line, look, after: start)
        putTitle(into: &line, look, from: start, to: end)
        return line
    }

    /// Whose the night is and what we are to it, from the right; returns where it begins.
    private func putRight(into line: inout Line, _ look: Look, after start: Int) -> Int {
        var parts: [String] = []
        if sight.vitals.isReadOnly { parts.append("view only") }
        parts.append(sight.bridge.lead.map { "lead \($0)" } ?? "no lead")
        if sight.vitals.unacknowledged > 0 { parts.append("\(sight.vitals.unacknowledged) sent") }
        if hidden > 0 { parts.append("\(hidden) hidden") }
        if showsHelpMark { parts.append("?") }
        // What must never be missing stands last. Which night it is has its room before the lead has.
        let least = size.columns >= 76 ? CellWidth.shown(sight.runbook.date) + 16 : 0
        let edge =
            size.columns < 34 ? 0 : look.hatch == nil ? (size.columns >= 100 ? 2 : 1) : size.columns >= 100 ? 4 : 0
        var end = size.columns - edge
        var isFirst = true
        for text in parts.reversed() {
            let width = CellWidth.shown(text) + (look.hatch == nil ? 0 : 2)
            guard end - width > start + least else { continue }
            let gap = look.hatch == nil && !isFirst ? (size.columns < 100 ? 2 : 3) : 0
            guard end - width - gap > start + least else { continue }
            end = line.put(look.hatch == nil ? text : " \(text) ", endingAt: end - gap, look.note)
            isFirst = false
        }
        return end
    }

    private func putTitle(into line: inout Line, _ look: Look, from start: Int, to end: Int) {
        let (name, date) = (sight.runbook.title, sight.runbook.dateInWords)
        let room = end - start - 2
        guard room > 3 else { return }
        let whole = " \(name)   \(date) "
        let tail = look.chip == .modeNotLive ? "  nothing counts yet" : ""
        if CellWidth.shown(whole + tail) <= room || room < date.count + 8 {
            line.put(whole + tail, at: start, look.text, to: end - 1)
        } else if CellWidth.shown(whole) <= room {
            line.put(whole, at: start, look.text, to: end - 1)
        } else {
            // Which night it is matters more than the end of its name.
            line.put(" " + name, at: start, look.text, to: end - date.count - 3)
            line.put(" \(date) ", at: end - date.count - 3, look.text, to: end - 1)
        }
    }
}

extension Runbook {
    /// `14 Sep 2025`; the date as it is written where it is none.
    fileprivate var dateInWords: String { CivilDate(date)?.inWords ?? date }
}
