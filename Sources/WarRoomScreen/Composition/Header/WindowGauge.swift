import OrderedCollections
import WarRoomCore

/// The night as a bar: from its opening to its close, with now on it, in both zones.
struct WindowGauge {
    private let sight: Sight
    private let width: Int
    private let opens: Instant
    private let closes: Instant?
    private let end: Instant
    private let cellsPerHour: Int

    /// `nil` where the runbook gives no opening.
    init?(_ sight: Sight, width: Int) {
        guard let opens = sight.runbook.window.opens else { return nil }
        self.sight = sight
        self.width = width
        self.opens = opens
        closes = sight.runbook.window.closes
        let last = sight.situation.steps.values.compactMap { step in
            step.planned.map { $0 + (step.takes ?? .seconds(3600)) }
        }
        end =
            [closes, last.max(), sight.situation.forecast.notBefore, opens + .seconds(4 * 3600)].compactMap { $0 }.max()
            ?? opens
        let hours = Int((end - opens).components.seconds / 3600) + 1
        cellsPerHour = max(1, min(10, (width - 40) / max(hours, 1)))
    }

    private func cell(_ instant: Instant) -> Int {
        let seconds = (instant - opens).components.seconds
        return 9 + Int(seconds) * cellsPerHour / 3600
    }

    /// Where now is: in the same cell for some minutes.
    private var nowAt: Int {
        guard !sight.isAhead(opens) else { return cell(sight.now) }
        return 9 + sight.count(since: opens, by: 3600, in: cellsPerHour)
    }

    /// The bar, and its hours in each zone.
    var lines: [Line] {
        let limit = width - 24
        let (now, stop) = (min(max(nowAt, 9), limit), min(cell(end), limit))
        var bar = Line()
        bar.put("WINDOW", at: 1, .gutter)
        bar.put(Shape.barDone.text(sight.glyphs), times: min(now, stop) - 9, at: 9, .good)
        bar.put(Shape.barToDo.text(sight.glyphs), times: stop - now, at: min(now, stop), .waiting)
        if let closes, end > closes, sight.situation.forecast.overrun != nil {
            let from = min(max(cell(closes), 9), stop)
            bar.put(Shape.barLost.text(sight.glyphs), times: stop - from, at: from, .act)
        }
        for band in sight.situation.batch.bands {
            let (first, last) = (max(cell(band.start), 9), min(cell(band.end), stop))
            if last - first > 6, now <= first || now >= last { bar.put("batch", at: first, .off, to: last) }
        }
        if let closes, sight.isPast(closes) {
            bar.put(
                "\(Sign.need.text(sight.glyphs)) over by \(sight.age(closes))", at: min(max(now, stop), limit) + 2,
                .act, to: width - 1)
        } else {
            let text = closes.map { "closes \(sight.bothShort($0)), \(sight.left($0))" } ?? "close not set"
            bar.put(text, at: stop + 2, closes == nil ? .waiting : .good, to: width - 1)
        }
        return [bar, hours(\.home, .timeHome), hours(\.other, .timeOther)]
    }

    private func hours(_ zone: KeyPath<Runbook.Zones, Runbook.LabelledZone>, _ role: TextRole) -> Line {
        let zone = sight.runbook.zones[keyPath: zone].zone
        var line = Line()
        let step = max(12 / cellsPerHour + 1, 3)
        var hour = 0
        while true {
            let instant = opens + .seconds(hour * 3600)
            let x = cell(instant)
            guard instant < end, x + 9 < width - 24 else { break }
            let time = zone.local(instant)
            if nowAt < x - 10 || nowAt > x + 10 { line.put("\(time.day3) \(time.clock)", at: x, role) }
            hour += step
        }
        if nowAt >= 9, nowAt < width - 26 { line.put("now " + sight.clock(in: zone).clock, at: nowAt, .clock) }
        return line
    }
}
