import OrderedCollections
import WarRoomCore

/// The time line of the night: from the opening of its window to its end, in cells.
struct NightAxis {
    private let sight: Sight
    private let from: Instant
    private let to: Instant
    let left: Int
    let right: Int

    /// `nil` where no time is planned and none is known. It ends behind the window or the last planned step,
    /// and never before now.
    init?(_ sight: Sight, left: Int, right: Int) {
        let window = sight.runbook.window
        let times = sight.situation.steps.values.compactMap { step in
            step.planned.map { ($0, $0 + (step.takes ?? .zero)) }
        }
        guard right - left >= 40, let from = [window.opens, times.map(\.0).min()].compactMap({ $0 }).min() else {
            return nil
        }
        let last = [window.closes, times.map(\.1).max(), sight.situation.forecast.notBefore].compactMap { $0 }.max()
        // Behind the last of it there is room for words.
        let length = ((last ?? from) - from).components.seconds
        var to = (last ?? from) + .seconds(max(3600, length * 28 / Int64(right - left - 28)))
        // What is over stays in sight, and so does now.
        while to - from < .seconds(4 * 3600) || !sight.isAhead(to - .seconds(1800)), to - from < .seconds(240 * 3600) {
            to = to + .seconds(3600)
        }
        (self.sight, self.left, self.right) = (sight, left, right)
        (self.from, self.to) = (from - .nanoseconds(from.nanoseconds % 3_600_000_000_000), to)
    }

    /// The cell of a moment, as if the line went on.
    func cell(_ instant: Instant) -> Int {
        let seconds = (instant - from).components.seconds
        return left + Int(seconds * Int64(right - left) / max((to - from).components.seconds, 1))
    }

    /// The cell of now: the same for some minutes.
    var now: Int {
        let length = Int((to - from).components.seconds)
        guard !sight.isAhead(from) else { return left }
        return min(left + sight.count(since: from, by: length, in: right - left), right - 1)
    }

    /// The cells from one moment to another, at least one; `nil` where none of them is in sight.
    func cells(_ start: Instant, _ end: Instant) -> Range<Int>? {
        let (first, last) = (max(cell(start), left), min(cell(end), right))
        guard first < right, last >= left, cell(end) >= left else { return nil }
        return first..<max(last, first + 1)
    }

    /// The hours in both zones. Now stands among them in place of those that it would touch.
    var hours: [Line] {
        let zones = sight.runbook.zones
        let pairs = [(zones.home, TextRole.timeHome), (zones.other, .timeOther)]
        let place = max(min(now - 4, right - 9), left)
        var lines = pairs.map { zone, role in
            var line = Line()
            line.put(zone.label, at: 1, role, to: left)
            let time = sight.clock(in: zone.zone)
            line.put("\(time.day3) \(time.clock)", at: place, .strong, to: right)
            return line
        }
        let perHour = Double(right - left) * 3600 / Double(max((to - from).components.seconds, 1))
        let step = [1, 2, 3, 4, 6, 12, 24].first { Double($0) * perHour >= 18 } ?? 48
        var days = ["", ""]
        var free = left
        let first = Int(zones.home.zone.local(from).hour)
        for hour in stride(from: (step - first % step) % step, to: 400, by: step) {
            let instant = from + .seconds(hour * 3600)
            let x = cell(instant)
            guard instant < to, x < right - 8 else { break }
            guard x >= free, x + 10 < place || x > place + 10 else { continue }
            for (row, (zone, role)) in pairs.enumerated() {
                let time = zone.zone.local(instant)
                let text = time.day3 == days[row] ? time.clock : "\(time.day3) \(time.clock)"
                days[row] = time.day3
                free = max(free, lines[row].put(text, at: x, role, to: right) + 2)
            }
        }
        return lines
    }
}
