import OrderedCollections

/// The batch plan's times of day on the home clock, right also on a day on which the clocks change.
struct BatchClock {
    private let band: (start: Int, end: Int)?
    private let slot: Int?
    private let zone: Zone

    init(_ plan: Runbook.BatchPlan?, zone: Zone) {
        self.zone = zone
        let times = plan?.guardBand?.split(separator: "-").map { BatchClock.minutes($0) } ?? []
        if times.count == 2, let start = times[0], let end = times[1] { band = (start, end) } else { band = nil }
        slot = plan?.slot.flatMap { $0.hasPrefix(":") ? Int($0.dropFirst()) : nil }.flatMap {
            (0...59).contains($0) ? $0 : nil
        }
    }

    /// Minutes since midnight of `23:00`.
    private static func minutes(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":").map { Int(String($0).trimmed) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// The band of each night of the window; without an end of the window as far as steps are planned.
    func bands(_ runbook: Runbook) -> [BatchFacts.Band] {
        guard let band, let opens = runbook.window.opens ?? runbook.steps.values.compactMap(\.at).min() else {
            return []
        }
        let last =
            [
                runbook.window.closes, runbook.steps.values.compactMap(\.at).max(),
                runbook.boards.values.compactMap(\.due).max(), opens,
            ]
            .compactMap { $0 }.max() ?? opens
        let (from, to) = (zone.local(opens), zone.local(min(last, opens + .seconds(14 * 86_400))))
        var day = CivilDate(year: from.year, month: from.month, day: from.day)?.adding(days: -1)
        guard let end = CivilDate(year: to.year, month: to.month, day: to.day) else { return [] }
        var bands: [BatchFacts.Band] = []
        while let date = day, date <= end {
            let start = instant(date, band.start, isEnd: false)
            let stop = instant(band.end <= band.start ? date.adding(days: 1) : date, band.end, isEnd: true)
            if stop > opens, start <= last, start < stop { bands.append(BatchFacts.Band(start: start, end: stop)) }
            day = date.adding(days: 1)
        }
        return bands
    }

    /// A time of day on a date. A time that the clocks skip is the moment of the change; of a time that comes twice a
    /// band takes in both.
    private func instant(_ date: CivilDate, _ minutes: Int, isEnd: Bool) -> Instant {
        let date = date.adding(days: minutes / 1440)
        let minutes = minutes % 1440
        switch zone.resolve(
            year: date.year, month: date.month, day: date.day, hour: minutes / 60, minute: minutes % 60, second: 0)
        {
        case .one(let instant): return instant
        case .two(let first, let second): return isEnd ? second : first
        case .gap(_, let after): return after
        }
    }

    /// The first moment after another at which the home clock shows the slot's minute.
    func slot(after instant: Instant) -> Instant? {
        guard let slot else { return nil }
        var time = instant.wholeMinute + .seconds(60)
        // Where clocks change by half an hour, one try is not enough.
        for _ in 0..<4 {
            let minute = zone.local(time).minute
            if minute == slot { return time }
            time = time + .seconds((slot - minute + 60) % 60 * 60)
        }
        return time
    }
}
