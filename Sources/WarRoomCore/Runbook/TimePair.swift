/// A time that a page gives in both zones, "10 PM EST (7:30AM IST)", held against the zone rules of that very date. A
/// page is copied every month, and after the change of clocks each of its pairs is an hour off.
package struct TimePair: Hashable, Sendable {
    /// Which time a ruling takes.
    package enum Choice: String, Sendable, CaseIterable {
        /// The half in the home zone, or in the other.
        case home, other
        /// The step's own planned start, as the runbook has it.
        case plan
    }

    /// `pair/STEP`, and `pair/STEP/2` for the second of a step: the subject of a ruling.
    package let id: String
    /// The step in whose words it stands.
    package let step: String
    /// The pair as it is written.
    package let text: String
    /// The instant of the half in the home zone; `nil` where no clock shows that time on that day.
    package let home: Instant?
    /// The instant of the half in the other zone, likewise.
    package let other: Instant?
    /// The step's planned start, where it has one.
    package let plan: Instant?
    /// What does not fit together, in words; `nil` where all is one instant.
    package let mismatch: String?

    /// The instant that a choice takes; `nil` where it cannot be made.
    package func instant(_ choice: Choice) -> Instant? {
        switch choice {
        case .home: home
        case .other: other
        case .plan: plan
        }
    }

    /// The choices that can be made, in the order of ``Choice``.
    package var choices: [Choice] { Choice.allCases.filter { instant($0) != nil } }

    /// All pairs in a step's words, in their order. `date` is the night's. A weekday in the words is the nearest to the
    /// plan, else to that date. `words` are the zones' around that date, worked out once for all steps.
    package static func all(
        in says: String, of step: String, plan: Instant?, date: CivilDate, zones: Runbook.Zones, words: ZoneWords
    ) -> [TimePair] {
        WrittenPair.all(in: says, words: words).enumerated().map { place, written in
            let id = place == 0 ? "pair/\(step)" : "pair/\(step)/\(place + 1)"
            return TimePair(id: id, step: step, written: written, plan: plan, date: date, zones: zones)
        }
    }
}

extension TimePair {
    private init(id: String, step: String, written: WrittenPair, plan: Instant?, date: CivilDate, zones: Runbook.Zones)
    {
        let (homeZone, otherZone) = (zones.home.zone, zones.other.zone)
        let nearby = plan.map { CivilDate(homeZone.local($0)) } ?? date
        let day = written.home.weekday.map { nearby.nearest($0) } ?? nearby
        let homes = written.home.instants(on: day, in: homeZone)
        let anchor = homes.first ?? plan ?? homeZone.instants(on: day, hour: 12, minute: 0).first ?? Instant(seconds: 0)
        let others = (-1...1).flatMap { away -> [Instant] in
            let otherDay = CivilDate(otherZone.local(anchor)).adding(days: away)
            guard written.other.weekday.map({ $0 == otherDay.weekday }) ?? true else { return [] }
            return written.other.instants(on: otherDay, in: otherZone)
        }
        // A clock that shows a time twice means the one that fits, and of those the one next to the plan.
        let both = homes.filter { others.contains($0) }
        let home = (both.isEmpty ? homes : both).min {
            $0.distance(to: plan ?? anchor) < $1.distance(to: plan ?? anchor)
        }
        let other = both.isEmpty ? others.min { $0.distance(to: anchor) < $1.distance(to: anchor) } : home

        var faults: [String] = []
        let homeText = "\(written.home.clock) \(zones.home.label)"
        if let home, home != other {
            let meant = otherZone.local(home)
            // Where the clock is right, the day is wrong.
            let (read, page) =
                meant.clock == written.other.clock
                ? ("\(meant.day3) \(meant.clock)", "\(written.other.weekday?.short ?? "") \(written.other.clock)")
                : (meant.clock, written.other.clock)
            faults.append("\(homeText) is \(read) \(zones.other.label), page says \(page)")
        } else if home == nil {
            faults.append(
                "\(homeText) does not exist in \(homeZone.identifier) on \(day), "
                    + "page says \(written.other.clock) \(zones.other.label) with it")
        }
        if let plan, let home, plan != home {
            let (said, planned) = (homeZone.local(home), homeZone.local(plan))
            let isTwice = said.clock == planned.clock && said.date == planned.date
            func read(_ time: LocalTime) -> String {
                "\(time.day3) \(time.clock) \(isTwice ? time.abbreviation : zones.home.label)"
            }
            faults.append("page says \(read(said)), the step is planned at \(read(planned))")
        }
        self.init(
            id: id, step: step, text: written.text, home: home, other: other, plan: plan,
            mismatch: faults.isEmpty ? nil : faults.joined(separator: "; "))
    }
}

extension Instant {
    fileprivate func distance(to other: Instant) -> Duration { self > other ? self - other : other - self }
}

extension CivilDate {
    /// The day of a local time.
    init(_ time: LocalTime) {
        self.init(dayNumber: CivilDate.dayNumber(year: time.year, month: time.month, day: time.day))
    }

    /// The nearest day of that weekday, from 3 days before to 3 after.
    func nearest(_ weekday: Weekday) -> CivilDate {
        adding(days: (weekday.rawValue - self.weekday.rawValue + 10) % 7 - 3)
    }
}

extension Zone {
    /// When clocks show this on a day: once as a rule, never or twice where they are changed.
    func instants(on day: CivilDate, hour: Int, minute: Int) -> [Instant] {
        switch resolve(year: day.year, month: day.month, day: day.day, hour: hour, minute: minute, second: 0) {
        case .one(let instant): [instant]
        case .gap: []
        case .two(let first, let second): [first, second]
        }
    }
}
