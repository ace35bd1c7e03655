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
        if frame.width >= 150 { return frame.text + 35 + (frame.width - 35) / 4 }
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

    /// A step's bars: when it was planned, when it ran, when it will run as things stand, and what is to be said of
    /// that.
    func put(_ facts: StepFacts, into line: inout Line) {
        guard let step = sight.situation.forecast.steps[facts.step.id] else { return }
        let now = sight.now
        if let closes = sight.runbook.window.closes, closes >= from, closes < to {
            line.put(Shape.lanePlan.text(sight.glyphs), times: 1, at: cell(closes), .barPlan)
        }
        let x = cell(now)
        if x >= left, x < right { line.put(Shape.divider.text(sight.glyphs), times: 1, at: x, .barNow) }
        func cells(_ start: Instant?, _ end: Instant?) -> Range<Int>? {
            guard let start, let end, end >= from, start <= to else { return nil }
            let first = min(max(cell(start), left), right - 1)
            return first..<min(max(cell(end), first + 1), right)
        }
        func bar(_ range: Range<Int>?, _ shape: Shape, _ role: TextRole) {
            guard let range else { return }
            line.put(shape.text(sight.glyphs), times: range.count, at: range.lowerBound, role)
        }
        bar(cells(step.baselineStart, step.baselineStart), .lanePlan, .barPlan)
        if let planned = facts.planned, planned != sight.bridge.baseline(of: facts.step) {
            bar(cells(planned, planned + (step.takes ?? .zero)), .barMoved, .off)
        }
        let life = facts.life
        var end = 0
        if !facts.state.isEnded {
            let begins = facts.state == .running ? now : step.start
            let forecast = cells(begins, step.end)
            bar(
                forecast, step.isCritical ? .barCritical : .laneOff,
                step.isCritical ? .barCritical : facts.state == .running ? .barRunning : .barForecast)
            if let closes = sight.runbook.window.closes, let ends = step.end, ends > closes {
                bar(cells(max(closes, begins ?? closes), ends), .barLost, .act)
            }
            end = forecast?.upperBound ?? 0
        }
        if let started = life.startedAt ?? life.endedAt {
            let role: TextRole = facts.state == .failed ? .barFailed : facts.state == .running ? .barRunning : .barDone
            let ran = cells(started, life.endedAt ?? (facts.state == .running ? now : started))
            bar(ran, .laneRun, role)
            end = max(end, ran?.upperBound ?? 0)
        }
        say(facts, step, at: max(end, x) + 2, into: &line)
    }

    /// How long what runs will still run, and what is not known of what has not begun.
    private func say(_ facts: StepFacts, _ step: ForecastFacts.Step, at column: Int, into line: inout Line) {
        guard !facts.state.isEnded, column > left + 1, column < right - 6 else { return }
        if !step.endIsKnown, let end = step.end, end >= from, end < to {
            line.put(.unknown, .doubt, at: min(cell(max(end, sight.now)) + 1, right - 1), sight.glyphs)
        } else if facts.state == .running, step.endIsKnown, let end = step.end, sight.isAhead(end) {
            let words = "\(sight.toldLeft(until: end)) to go"
            if column + words.count < right { line.put(words, at: column, .waiting, to: right) }
        } else if step.startIsKnown, let start = step.start, let planned = facts.planned,
            start - planned >= .seconds(60)
        {
            let words = "planned \(sight.toldClock(planned))"
            let x = max(cell(step.end ?? start) + 2, column)
            if x + words.count < right { line.put(words, at: x, .waiting, to: right) }
        }
    }

    /// What the bars mean, on a filled line.
    func legend(_ line: inout Line, at column: Int) {
        var x = column
        let isShort = right - column < 84
        let words: [(Shape, String)] = [
            (.lanePlan, isShort ? "plan" : "planned start"), (.laneRun, isShort ? "done" : "done or running"),
            (.laneOff, "forecast"),
            (.barCritical, isShort ? "decides the end (*)" : "forecast that decides the end (*)"),
        ]
        for (shape, word) in words {
            guard x + 3 + word.count < right else { return }
            if shape == .barCritical, sight.situation.forecast.criticalPath.isEmpty { return }
            line.put(shape.text(sight.glyphs), times: 1, at: x, .headNote)
            x = line.put(word, at: x + 2, .headNote, to: right) + 3
        }
    }
}
