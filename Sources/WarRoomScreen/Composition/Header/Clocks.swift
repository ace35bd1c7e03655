import WarRoomCore

/// The two clocks, as a line of text or as shapes.
extension Header {
    var zones: [(zone: Runbook.LabelledZone, role: TextRole, clock: TextRole)] {
        let zones = sight.runbook.zones
        return [(zones.home, .timeHome, .clockHome), (zones.other, .timeOther, .clockOther)]
    }

    /// Seconds are for whoever sits before it, not for a shared screen.
    private var hasSeconds: Bool { !isPresenting }

    private func written(_ time: LocalTime) -> String { hasSeconds ? time.clockWithSeconds : time.clock }

    private func seconds(_ time: LocalTime) -> String { ":" + time.clockWithSeconds.suffix(2) }

    /// `Sun 14 Sep  04:31:07  EST (EDT, UTC-4)`, twice; on narrow screens as much of it as there is room for.
    var clockLine: Line {
        var line = Line()
        let width = size.columns
        if width >= 76 {
            for (place, (zone, role, clock)) in zones.enumerated() {
                let time = sight.clock(in: zone.zone)
                let start = place == 0 ? (cut == .narrow ? 1 : 2) : width / 2 + 3
                var x = line.put("\(time.day3) \(time.dayMonth)", at: start, .strong) + 2
                x = line.put(written(time), at: x, clock, tellsSeconds: hasSeconds) + 2
                line.put(sight.heading(zone), at: x, role, to: place == 0 ? width / 2 + 2 : width)
            }
            return line
        }
        var x = width >= 44 ? 2 : 0
        for (zone, role, clock) in zones {
            let time = sight.clock(in: zone.zone)
            let isWide = width >= 34
            let text = isWide ? written(time) : time.clock
            if width >= 19 { x = line.put(time.day3, at: x, .strong, to: width) + 1 }
            x = line.put(text, at: x, clock, to: width, tellsSeconds: isWide && hasSeconds) + 1
            if width >= 36 {
                let name = time.abbreviation.first?.isLetter ?? false ? time.abbreviation : zone.label
                x = line.put(name, at: x, role, to: width) + 2
            }
        }
        return line
    }

    /// One of three rows with both clocks as shapes, date and zone beside each.
    func shapedClock(_ row: Int) -> Line {
        var line = Line()
        for (place, (zone, role, clock)) in zones.enumerated() {
            let x = (cut == .narrow ? 1 : 3) + place * (size.columns / 2)
            let time = sight.clock(in: zone.zone)
            line.put(Letters.rows(time.clock, sight.glyphs, lowered: true)[row], at: x, clock)
            let text = x + (hasSeconds ? 22 : 20)
            if hasSeconds, row == 2 { line.put(seconds(time), at: x + 18, clock, tellsSeconds: true) }
            switch row {
            case 0 where cut != .narrow, 1 where cut == .narrow:
                line.put("\(time.day3) \(time.dayMonth)".uppercased(), at: text, .strong, to: size.columns)
            case 2: line.put(sight.heading(zone), at: text, role, to: size.columns)
            default: break
            }
        }
        return line
    }

    /// Both clocks one below the other, beside the band.
    func sideClocks(isTall: Bool) -> [Line] {
        var lines: [Line] = []
        for (place, (zone, role, clock)) in zones.enumerated() {
            let time = sight.clock(in: zone.zone)
            var head = Line()
            let x = head.put("\(time.day3) \(time.dayMonth)".uppercased(), at: 5, .strong) + (isTall ? 3 : 2)
            head.put(sight.heading(zone), at: x, role)
            if place > 0 { lines.append(Line()) }
            lines.append(head)
            // Without half blocks there is no room for shapes of three rows.
            let rows =
                isTall || sight.glyphs == .unicode
                ? Letters.rows(time.clock, sight.glyphs, scale: isTall ? .whole : .half) : ["", time.clock, ""]
            for (row, text) in rows.enumerated() {
                var line = Line()
                line.put(text, at: 5, clock)
                if hasSeconds, row == rows.count - (sight.glyphs == .unicode ? 1 : 2) {
                    line.put(seconds(time), at: sight.glyphs == .unicode ? 23 : 10, clock, tellsSeconds: true)
                }
                lines.append(line)
            }
        }
        return lines
    }
}
