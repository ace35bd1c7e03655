import OrderedCollections
import WarRoomCore

/// The steps as bars along the time, around a line for now: as planned, as moved by a ruling, as they went, and as they
/// will go. The bars show from an hour to the whole night.
struct TimelineBars {
    /// The widths to choose from, in hours; 0: the whole night.
    static let spans = [0, 12, 8, 4, 2, 1]

    private let sight: Sight
    private let from: Instant
    private let to: Instant
    private let left: Int
    private let right: Int

    /// `nil` where there is no room for bars, or the person has not asked for them on a narrow screen.
    init?(_ sight: Sight, _ frame: Frame) {
        guard frame.isZoomed, let left = TimelineBars.column(sight, frame) else { return nil }
        self.sight = sight
        self.left = left
        right = frame.right
        let forecast = sight.situation.forecast
        let window = sight.runbook.window
        let starts = forecast.steps.values.flatMap { [$0.start, $0.baselineStart] }.compactMap { $0 }
        let ends = forecast.steps.values.flatMap { [$0.end, $0.baselineEnd] }.compactMap { $0 }
        let first = [window.opens, starts.min()].compactMap { $0 }.min() ?? sight.now
        let last = [window.closes, ends.max(), first + .seconds(3600)].compactMap { $0 }.max() ?? sight.now
        let hours = TimelineBars.spans[max(sight.view.bars - 1, 0)]
        if hours == 0 {
            (from, to) = (first, last + .seconds(600))
        } else {
            // A third of what is seen is past. It moves on by whole cells, so that an idle screen stands still.
            let cell = Int64(max(hours * 3600 / max(right - left, 1), 1)) * 1_000_000_000
            let start = sight.now - .seconds(hours * 1200)
            from = start - .nanoseconds(start.nanoseconds % cell)
            to = from + .seconds(hours * 3600)
        }
    }

    /// Where the bars begin: behind the list where there is room for both, else right behind the titles.
    static func column(_ sight: Sight, _ frame: Frame) -> Int? {
        if frame.width >= 150 { return frame.text + 36 + (frame.width - 36) / 4 }
        guard sight.view.bars > 0, frame.width >= 60 else { return nil }
        return frame.text + min(max(frame.width / 3, 22), 40)
    }

    /// Whether the times stand beside the titles.
    static func hasTimes(_ frame: Frame) -> Bool { frame.width >= 150 }

    private func cell(_ instant: Instant) -> Int {
        let span = Double((to - from).nanosecondCount)
        return left + Int((Double((instant - from).nanosecondCount) / span * Double(right - left)).rounded(.down))
    }

    // MARK: The ribbon

    /// The hours in both zones with their dates, and the time of the batch closes where it is in sight.
    var ribbon: [Line] {
        var lines = hours
        let bands = sight.situation.batch.bands.filter { $0.end > from && $0.start < to }
        if !bands.isEmpty {
            var line = Line()
            for band in bands {
                let (start, end) = (max(cell(band.start), left), min(max(cell(band.end), cell(band.start) + 1), right))
                line.put(Shape.band.text(sight.glyphs), times: end - start, at: start, .barBatch)
                line.put(" batch closes", at: end, .waiting, to: right)
            }
            lines.append(line)
        }
        return lines
    }

    /// The hours of both zones, one below the other: a label stands where both have room for theirs.
    private var hours: [Line] {
        let zones = [(sight.runbook.zones.home.zone, TextRole.timeHome), (sight.runbook.zones.other.zone, .timeOther)]
        let now = min(max(cell(sight.now), left), right - 6)
        var lines = zones.map { zone, _ in
            var line = Line()
            line.put(zone.local(sight.now).clock, at: now, .strong, to: right)
            return line
        }
        var free = left
        var days = ["", ""]
        let span = (to - from).components.seconds
        // A report dated in another century must not cost a look at each of its hours.
        let step = max(span > 4 * 3600 ? 3600 : 900, span / 1000 / 3600 * 3600)
        for seconds in stride(from: (from.wholeSeconds / step + 1) * step, to: to.wholeSeconds + 1, by: Int(step)) {
            let instant = Instant(seconds: seconds)
            guard instant < to else { break }
            let x = cell(instant)
            func fits(_ text: String) -> Bool {
                x >= free && x + text.utf8.count < right && (x + text.utf8.count < now || x > now + 6)
            }
            let times = zones.map { $0.0.local(instant) }
            // The date stands at the first label, and wherever it changes.
            let dates = times.map { "\($0.day3) \($0.dayMonth)" }
            let dated = zip(times, zip(dates, days)).map { $1.0 == $1.1 ? $0.clock : "\($1.0) \($0.clock)" }
            let texts = dated.allSatisfy(fits) ? dated : times.map(\.clock)
            guard texts.allSatisfy(fits) else { continue }
            if texts == dated { days = dates }
            for place in lines.indices {
                free = max(free, lines[place].put(texts[place], at: x, zones[place].1, to: right) + 2)
            }
        }
        return lines
    }

    // MARK: Bars

    private enum Height {
        /// Done or running, forecast, forecast that decides the end.
        case full, low, middle

        func text(_ glyphs: GlyphSet) -> String {
            switch self {
            case .full: glyphs == .unicode ? "▆" : "#"
            case .low: glyphs == .unicode ? "▂" : "_"
            case .middle: glyphs == .unicode ? "▄" : "="
            }
        }
    }

    /// A step's bars: when it was to start, how it went, and how it will go on.
    func put(_ facts: StepFacts, into line: inout Line) {
        guard let step = sight.situation.forecast.steps[facts.step.id] else { return }
        let now = sight.now
        var reached = left
        func bar(_ start: Instant?, _ end: Instant?, _ shape: String, _ role: TextRole) {
            guard let start, let end, end >= from, start <= to else { return }
            let first = min(max(cell(start), left), right - 1)
            let last = min(max(cell(end), first + 1), right)
            line.put(shape, times: last - first, at: first, role)
            reached = max(reached, last)
        }
        let x = cell(now)
        if x >= left, x < right { line.put(Shape.divider.text(sight.glyphs), times: 1, at: x, .barNow) }
        if let planned = facts.planned ?? step.baselineStart, planned >= from, planned < to {
            line.put(Shape.divider.text(sight.glyphs), times: 1, at: cell(planned), .barPlan)
        }
        if let planned = facts.planned, planned != sight.bridge.baseline(of: facts.step) {
            bar(planned, planned + (step.takes ?? .zero), Shape.barMoved.text(sight.glyphs), .barOff)
        }
        let life = facts.life
        if !facts.state.isEnded {
            let isRunning = facts.state == .running
            let begins = isRunning ? now : step.start
            let role: TextRole = step.isCritical ? .barCritical : isRunning ? .barRunning : .barForecast
            bar(begins, step.end, (step.isCritical ? Height.middle : .low).text(sight.glyphs), role)
            if let closes = sight.runbook.window.closes, let end = step.end, end > closes {
                bar(max(closes, begins ?? closes), end, Shape.barLost.text(sight.glyphs), .barFailed)
            }
        }
        if let started = life.startedAt ?? life.endedAt {
            let role: TextRole =
                facts.state == .failed ? .barFailed : facts.state == .running ? .barRunning : .barDone
            let end = life.endedAt ?? (facts.state == .running ? now : started)
            bar(started, end, Height.full.text(sight.glyphs), role)
        }
        guard !facts.state.isEnded, let end = step.end, end >= from, end < to else { return }
        if !step.endIsKnown {
            line.put(.unknown, .doubt, at: min(cell(max(end, now)) + 1, right - 1), sight.glyphs)
        } else if facts.state == .running, sight.isAhead(end), reached + 16 < right {
            line.put("\(sight.left(end).dropFirst(3)) to go", at: reached + 1, .waiting, to: right)
        }
    }

    /// What the bars mean, on a filled line.
    func legend(_ line: inout Line, at column: Int) {
        var x = column
        let glyphs = sight.glyphs
        var signs = [
            (Shape.divider.text(glyphs), "planned start, now"), (Height.full.text(glyphs), "actual"),
            (Height.low.text(glyphs), "forecast"),
        ]
        if !sight.situation.forecast.criticalPath.isEmpty { signs.append((Height.middle.text(glyphs), "critical *")) }
        for (sign, word) in signs {
            guard x + 3 + word.count < right else { return }
            line.put(sign, times: 1, at: x, .headNote)
            x = line.put(word, at: x + 2, .headNote, to: right) + 2
        }
    }
}
