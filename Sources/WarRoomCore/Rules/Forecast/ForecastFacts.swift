package import OrderedCollections

/// Where the night is going: when it ends as things stand, by how much that is past its window, and which step is the
/// cause. Steps that have not started are pushed by the clock, minute by minute, so that drift is seen when it begins
/// and not at the deadline. All times are bridge time.
package struct ForecastFacts: Hashable, Sendable {
    /// One step on the time line.
    package struct Step: Hashable, Sendable {
        /// When it should have started by the plan, what it waits for included.
        package let baselineStart: Instant?
        /// When it should have ended by the plan.
        package let baselineEnd: Instant?
        /// When it starts as things stand, or has started; where a duration is unknown, not before then.
        package let start: Instant?
        /// When it ends as things stand, or has ended; where a duration is unknown, not before then.
        package let end: Instant?
        /// Whether no unknown duration is left out of its start.
        package let startIsKnown: Bool
        /// Whether no unknown duration is left out of its end.
        package let endIsKnown: Bool
        /// How long it takes, as the runbook says, else as earlier nights went; `nil`: nobody knows.
        package let takes: Duration?
        /// Whether that duration is taken from earlier nights.
        package let isLearned: Bool
        /// Whether the end of the night depends on it.
        package let isCritical: Bool
        /// The latest start of undoing it, and what was built on it, that still ends in the window; `nil`: nobody knows
        /// how long that takes, or the window has no end.
        package let pointOfNoReturn: Instant?
    }

    /// Each step on the time line, by id in page order.
    package let steps: OrderedDictionary<String, Step>
    /// When the last step ends; `nil` while a duration is unknown.
    package let end: Instant?
    /// Before this the night cannot end.
    package let notBefore: Instant?
    /// How many of the open steps have no duration.
    package let unknown: Int
    /// By how much the window is overrun, at least that where the end is unknown; `nil`: it is not.
    package let overrun: Duration?
    /// The step that makes the night overrun its window, by id, or the longest one where the plan itself is too long;
    /// `nil`: it is not overrun.
    package let cause: String?
    /// The open steps on which the end depends, by id in their order; none while a duration is unknown.
    package let criticalPath: [String]
    /// By how much the night is behind its plan; `nil` where that is less than a minute.
    package let behind: Duration?
    /// The latest start of undoing all that was begun tonight that still ends in the window, where the runbook says how
    /// long that takes.
    package let pointOfNoReturn: Instant?
    /// Whether any step is left.
    package let isUnderWay: Bool
    /// When the clock alone next changes this.
    let changesAt: Instant?

    init(
        _ bridge: Bridge, lives: OrderedDictionary<String, StepFacts.Life>, index: PlanIndex, now: Instant,
        baseline plan: Baseline
    ) {
        let runbook = bridge.runbook
        let all = index.steps
        let planned = all.map(\.time)
        let durations = all.map { bridge.takes($0.step) }
        let clock = now.wholeMinute
        // The plan stays as it was written; the night goes by what was ruled on its times.
        let ruled = bridge.rulings.isEmpty ? planned : all.map { bridge.time(of: $0.step) }
        let course = Schedule(index, durations: durations, planned: ruled, lives: lives, clock: clock)

        let leaves = all.indices.filter { !all[$0].isGroup && lives.values[$0].state != .notApplicable }
        let open = leaves.filter { !lives.values[$0].state.isEnded }
        isUnderWay = !open.isEmpty
        unknown = open.count { durations[$0] == nil }
        let last = (open.isEmpty ? leaves : open).max { ForecastFacts.ends($0, before: $1, course) }
        let bound = last.flatMap { course.slots[$0].end }
        notBefore = bound
        let isKnown = open.allSatisfy { course.slots[$0].endIsKnown }
        end = isKnown ? bound : nil

        var chain: [Int] = []
        var next = last
        while let place = next {
            chain.append(place)
            next = ForecastFacts.leaf(behind: course.slots[place].because, course, all)
        }
        chain.reverse()
        let openChain = chain.filter { !lives.values[$0].state.isEnded }
        // Where a duration is unknown the way to the end is not known either.
        criticalPath = isKnown ? openChain.map { all[$0].step.id } : []

        let closes = runbook.window.closes
        if let bound, let closes, bound > closes {
            overrun = bound - closes
            cause = ForecastFacts.cause(of: chain, plan, course, durations).map { all[$0].step.id }
        } else {
            (overrun, cause) = (nil, nil)
        }
        behind = ForecastFacts.lateness(open, isKnown: isKnown, last: last, plan, course)

        let returns = ForecastFacts.returns(index, lives: lives, course: course)
        pointOfNoReturn = closes.flatMap { closes in returns.whole.map { closes - $0 } }
        let critical = isKnown ? Set(openChain) : []
        steps = index.places.mapValues { place in
            let (base, slot) = (plan.slots[place], course.slots[place])
            return Step(
                baselineStart: base.start, baselineEnd: base.end, start: slot.start, end: slot.end,
                startIsKnown: slot.startIsKnown, endIsKnown: slot.endIsKnown, takes: durations[place],
                isLearned: all[place].step.takes == nil && durations[place] != nil,
                isCritical: critical.contains(place),
                pointOfNoReturn: closes.flatMap { closes in returns.each[place].map { closes - $0 } })
        }
        changesAt = ForecastFacts.change(after: now, open: open, course, moments: [pointOfNoReturn, closes])
    }

    private static func ends(_ one: Int, before other: Int, _ course: Schedule) -> Bool {
        let (left, right) = (course.slots[one].end ?? .distantPast, course.slots[other].end ?? .distantPast)
        return (left, other) < (right, one)
    }

    /// The step itself behind what is waited for, where that is a group.
    private static func leaf(behind place: Int?, _ course: Schedule, _ all: [PlannedStep]) -> Int? {
        var next = place
        while let place = next, all[place].isGroup { next = course.slots[place].because }
        return next
    }

    /// Of the steps on the way to the end the one that has made it later than any other has; where none has, the
    /// longest.
    private static func cause(of chain: [Int], _ plan: Baseline, _ course: Schedule, _ durations: [Duration?]) -> Int? {
        var worst: (place: Int, by: Duration)?
        var before = Duration.zero
        for place in chain {
            guard let end = course.slots[place].end, let base = plan.slots[place].end else { continue }
            let late = max(end - base, .zero)
            if late - before > worst?.by ?? .zero { worst = (place, late - before) }
            before = late
        }
        return worst?.place ?? chain.max { (durations[$0] ?? .zero, $1) < (durations[$1] ?? .zero, $0) }
    }

    /// How late the end is; where that is unknown, how late the step is that is the latest of those with a time.
    private static func lateness(
        _ open: [Int], isKnown: Bool, last: Int?, _ plan: Baseline, _ course: Schedule
    ) -> Duration? {
        var late = Duration.zero
        if isKnown {
            guard let last, !open.isEmpty, let end = course.slots[last].end else { return nil }
            let base = plan.slots.compactMap(\.end).max()
            late = base.map { end - $0 } ?? .zero
        } else {
            for place in open {
                guard let own = plan.planned[place], let start = course.slots[place].start,
                    plan.slots[place].start == own
                else { continue }
                late = max(late, start - own)
            }
        }
        return late >= .seconds(60) ? late : nil
    }

    /// How long it takes to undo each step with what was built on it, and all that was begun. Steps that wait for each
    /// other are undone one after the other, all others side by side.
    private static func returns(
        _ index: PlanIndex, lives: OrderedDictionary<String, StepFacts.Life>, course: Schedule
    ) -> (each: [Duration?], whole: Duration?) {
        var built = Array(repeating: Duration.zero, count: index.steps.count)
        var each: [Duration?] = Array(repeating: nil, count: index.steps.count)
        var whole: Duration?
        for place in course.order.reversed() {
            let life = lives.values[place]
            let isBegun =
                life.state == .running || life.state == .failed || life.state == .done || life.state == .workaround
            let own = index.steps[place].isGroup ? nil : index.steps[place].step.backout
            let total = built[place] + (isBegun ? own ?? .zero : .zero)
            if let own { each[place] = built[place] + own }
            if isBegun, own != nil { whole = max(whole ?? .zero, total) }
            for other in index.before[place] { built[other] = max(built[other], total) }
        }
        return (each, whole)
    }

    /// Whether the clock alone has changed nothing of it between two times.
    func isSame(at now: Instant, since earlier: Instant) -> Bool {
        earlier <= now && changesAt.map { now < $0 } ?? true
    }

    private static func change(after now: Instant, open: [Int], _ course: Schedule, moments: [Instant?]) -> Instant? {
        let nextMinute = now.wholeMinute + .seconds(60)
        var change: Instant?
        for place in open {
            let slot = course.slots[place]
            // A step is pushed from the first whole minute after its time on.
            let times =
                slot.isPushed
                ? [nextMinute] : [slot.start, slot.end].compactMap { $0 }.filter { $0 >= now.wholeMinute }
            for time in times { change = min(change ?? .distantFuture, max(time.wholeMinute, nextMinute)) }
        }
        for moment in moments {
            if let moment, moment > now { change = min(change ?? moment, moment) }
        }
        return change
    }
}

extension Instant {
    /// The whole minute in which it lies.
    var wholeMinute: Instant {
        let minute: Int64 = 60_000_000_000
        let rest = nanoseconds % minute
        return self - .nanoseconds(rest < 0 ? rest + minute : rest)
    }
}
