import WarRoomCore

/// The rows that nothing may scroll away: mode, both clocks, the sentence.
struct Header {
    /// How much of it is drawn; on smaller screens it gives way in the order of ``Rank``.
    struct Extent: Equatable {
        var sentenceRows: Int
        var hasFirstRule = true
        var hasSecondRule = true
        var hasMode = true
        var hasGauge = false
        /// How many of the presenter's blank rows are kept.
        var air = Header.mostAir
    }

    let sight: Sight
    let size: Size
    var extent: Extent
    /// How many panes found no room, told at the right of the first row.
    var hidden = 0
    /// Whether the line of keys had to go.
    var showsHelpMark = false

    /// What all but its first row rests on.
    static let reads = Reads(
        facts: [.sentence, .heard, .looseEnds, .forecast, .night, .pools, .steps, .batch, .runbook], vitals: true)

    init(sight: Sight, size: Size, extent: Extent) {
        self.sight = sight
        self.size = size
        self.extent = extent
    }

    init(sight: Sight, size: Size, isZoomed: Bool) {
        self.init(sight: sight, size: size, extent: Extent(sentenceRows: 2))
        extent.sentenceRows = wantedRows
        if isPresented {
            extent.sentenceRows = presentedRows
            return
        }
        extent.hasGauge = clocks == .tall && !isZoomed && WindowGauge(sight, width: size.columns) != nil
    }

    /// Two rows, so that what stands below keeps its place; a third one where the words need it.
    private var wantedRows: Int {
        let sentence = sight.situation.sentence
        let width = max(size.columns - 1 - content, 1)
        let words = Header.fit(sight.situation.sentenceText, tail: tail(of: sentence), width: width, rows: 3).count
        return min(max(words + (sight.vitals.hubSilentSince == nil ? 0 : 1), 2), 3)
    }

    private var presentedRows: Int {
        let words = sight.situation.sentenceText.wrapped(to: max(size.columns - 1 - content, 1)).count
        return min(words + (sight.vitals.hubSilentSince == nil ? 0 : 1), 3)
    }

    enum Clocks { case line, small, tall, presented }

    var clocks: Clocks {
        if isPresented { return .presented }
        if size.columns >= 200, size.rows >= 40 { return .tall }
        return size.columns >= 120 && size.rows >= 28 && sight.glyphs == .unicode ? .small : .line
    }

    var rows: Int { (hasModeLine ? 1 : 0) + lines(measuring: true).count }

    /// Whether its first row is there, which tells the mode and changes with every entry.
    var hasModeLine: Bool { isPresented || extent.hasMode }

    /// The rows below the first one.
    var rest: [Line] { lines(measuring: false) }

    private func lines(measuring: Bool) -> [Line] {
        if isPresented { return presentedLines(measuring: measuring) }
        var lines: [Line] = []
        func add(_ line: @autoclosure () -> Line) { lines.append(measuring ? Line() : line()) }
        switch clocks {
        case .line, .presented:
            add(clockLine)
        case .small:
            add(Line())
            for row in 0..<3 { add(smallClock(row)) }
            add(Line())
        case .tall:
            add(Line())
            if measuring { for _ in 0..<6 { add(Line()) } } else { lines += tallClock() }
            add(Line())
            if extent.hasGauge {
                if measuring {
                    for _ in 0..<3 { add(Line()) }
                } else {
                    lines += WindowGauge(sight, width: size.columns)?.lines ?? []
                }
            }
            add(rule)
            return lines
        }
        if extent.hasFirstRule { add(rule) }
        if measuring {
            for _ in 0..<extent.sentenceRows { add(Line()) }
        } else {
            lines += sentence(
                at: gutter, text: content, to: size.columns < 34 ? size.columns : size.columns - 1,
                rows: extent.sentenceRows)
        }
        if extent.hasSecondRule { add(statusRule) }
        return lines
    }

    /// Whether the rule under the sentence says what somebody must look at: then it goes with the last.
    var mustTell: Bool { !sight.situation.heard.open.isEmpty }
    var statusRank: Int { mustTell ? Rank.looseEnds : Rank.secondRule }

    var cut: Cut { Cut(size, isPresenting: sight.view.isPresenting) }
    var gutter: Int { size.columns < 34 ? 0 : cut == .medium ? 2 : 1 }
    var content: Int { size.columns < 34 ? 0 : cut == .medium ? 10 : 8 }

    private var rule: Line {
        var line = Line()
        line.put(Shape.rule.text(sight.glyphs), times: size.columns, at: 0, .rule)
        return line
    }

    /// The rule under the sentence, with what is said for as long as it is true.
    private var statusRule: Line {
        var line = rule
        StatusLine(sight).put(into: &line, at: max(content - 1, 0), to: size.columns - 1)
        return line
    }

    // MARK: Clocks

    var zones: [(zone: Runbook.LabelledZone, role: TextRole)] {
        [(sight.runbook.zones.home, .timeHome), (sight.runbook.zones.other, .timeOther)]
    }

    /// Seconds are for whoever sits before it, not for a shared screen.
    private var hasSeconds: Bool { !sight.view.isPresenting }

    private func written(_ time: LocalTime) -> String { hasSeconds ? time.clockWithSeconds : time.clock }

    private var clockLine: Line {
        var line = Line()
        let width = size.columns
        if width >= 76 {
            for (place, (zone, role)) in zones.enumerated() {
                let time = sight.clock(in: zone.zone)
                let x = line.put(
                    "\(time.day3.uppercased()) \(written(time))", at: content + place * (width / 2), .clock,
                    tellsSeconds: hasSeconds)
                line.put(sight.heading(zone), at: x + 2, role, to: place == 0 ? width / 2 + content - 1 : width)
            }
            return line
        }
        var x = width >= 44 ? content : 0
        for (zone, role) in zones {
            let time = sight.clock(in: zone.zone)
            let isWide = width >= 34
            let clock = isWide ? written(time) : time.clock
            let text = width >= 19 ? "\(time.day3.uppercased()) \(clock)" : clock
            x = line.put(text, at: x, .clock, to: width, tellsSeconds: isWide && hasSeconds) + 1
            if width >= 36 {
                x =
                    line.put(
                        time.abbreviation.first?.isLetter ?? false ? time.abbreviation : zone.label, at: x, role,
                        to: width) + 2
            }
        }
        return line
    }

    private func smallClock(_ row: Int) -> Line {
        var line = Line()
        for (place, (zone, role)) in zones.enumerated() {
            let x = content + place * (size.columns / 2 - 6)
            let time = sight.clock(in: zone.zone)
            line.put(BigClock.small(time.clock)[row], at: x, .clock)
            switch row {
            case 0: line.put("\(time.day3) \(time.dayMonth)".uppercased(), at: x + 22, .clock, to: size.columns)
            case 2:
                if hasSeconds {
                    line.put(":" + String(time.clockWithSeconds.suffix(2)), at: x + 18, .clock, tellsSeconds: true)
                }
                line.put(sight.heading(zone), at: x + 22, role, to: size.columns)
            default: break
            }
        }
        return line
    }

    /// Six rows: heads, digits, and the sentence to the right of them.
    private func tallClock() -> [Line] {
        var lines = Array(repeating: Line(), count: 6)
        for (place, (zone, role)) in zones.enumerated() {
            let x = 9 + place * 44
            let time = sight.clock(in: zone.zone)
            let end = lines[0].put("\(time.day3) \(time.dayMonth)".uppercased(), at: x, .clock)
            lines[0].put(sight.heading(zone), at: end + 3, role, to: x + 42)
            for (row, text) in BigClock.tall(time.clock, sight.glyphs).enumerated() {
                lines[row + 1].put(text, at: x, .clock)
            }
            if hasSeconds {
                lines[5].put(":" + String(time.clockWithSeconds.suffix(2)), at: x + 35, .clock, tellsSeconds: true)
            }
        }
        for (row, line) in sentence(at: 95, text: 103, to: size.columns - 1, rows: 3).enumerated() {
            lines[row + 1].pieces += line.pieces
        }
        StatusLine(sight).put(into: &lines, rows: (4, 5), at: 102, to: size.columns)
        return lines
    }
}
