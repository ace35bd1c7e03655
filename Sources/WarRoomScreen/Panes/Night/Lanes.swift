import OrderedCollections
import WarRoomCore

/// Which lanes the night has, by what the runbook has: its waves, its changes, its tests, the times in which alerts are
/// off, the batch closes. A night with next to none of these has its phases.
struct Lanes {
    private let sight: Sight
    private let axis: NightAxis
    private let now: Int

    init(_ sight: Sight, _ axis: NightAxis) { (self.sight, self.axis, now) = (sight, axis, axis.now) }

    private func lane(_ title: String) -> Lane { Lane(title, on: axis, now: now) }

    private static let most = 12

    /// Two to twelve of them, from top to bottom.
    var all: [Lane] {
        let others = [changes, tests, alerts, batch].compactMap { $0 }
        let waves = waves(Lanes.most - others.count)
        let lanes = waves + others
        return lanes.count >= 2 ? lanes : Array((phases + lanes).prefix(Lanes.most))
    }

    private func steps(_ isMeant: (StepFacts) -> Bool) -> [StepFacts] {
        sight.situation.steps.values.filter { !$0.isGroup && $0.state != .notApplicable && isMeant($0) }
    }

    // MARK: Steps

    /// What was planned of steps, and what became of them.
    private func draw(_ steps: [StepFacts], on lane: inout Lane) {
        for step in steps {
            if let planned = step.planned, step.step.at != nil || step.state == .planned { lane.plan(planned) }
        }
        for step in steps {
            guard let start = step.life.startedAt ?? step.life.endedAt else { continue }
            let end = step.life.endedAt ?? (step.state == .running ? nil : start)
            let role: TextRole =
                step.state == .failed ? .barFailed : step.state == .running ? .barRunning : .barDone
            lane.bar(start, end, .laneRun, role)
        }
    }

    /// `until 06:35 / 16:05`, or that nobody knows.
    private func until(_ steps: [StepFacts]) -> String {
        let running = steps.filter { $0.state == .running }.compactMap { sight.situation.forecast.steps[$0.step.id] }
        guard running.allSatisfy(\.endIsKnown), let end = running.compactMap(\.end).max() else {
            return "end not known"
        }
        return "until \(sight.toldClock(end))"
    }

    /// When steps that have not begun are planned, or why they cannot begin.
    private func saysNext(_ steps: [StepFacts], _ what: String, on lane: inout Lane) {
        let next = steps.filter { $0.state == .planned && $0.time != nil }.min { $0.time! < $1.time! }
        guard let next, let time = next.time else { return }
        let clock = sight.toldClock(time)
        let words = what.isEmpty ? clock : "\(what), \(clock)"
        guard next.isDue else { return lane.say(Face(.pending, "", .waiting), [words, clock], .waiting, behind: time) }
        let isShut = next.gate.map { $0.state == .shut } ?? false || !next.waitsFor.isEmpty
        lane.say(
            Face(next.gate?.state == .shut ? .gateShut : .need, "", .act),
            ["planned \(clock), \(isShut ? "cannot start yet" : "not started")", clock], isNow: true)
    }

    // MARK: Lanes

    private func waves(_ room: Int) -> [Lane] {
        let waves = Array(sight.situation.waves.values)
        guard waves.count > room else { return waves.map(wave) }
        // Of more than there is room for one lane tells all.
        var lane = self.lane("Waves")
        draw(steps { $0.step.wave != nil }, on: &lane)
        let done = waves.count { !$0.counted.isEmpty && $0.installed == $0.counted.count }
        let isDone = done == waves.count
        lane.say(isDone ? Face(.good, "", .good) : Face(.moving, "", .moving), ["\(done) of \(waves.count) patched"])
        return [lane]
    }

    private func wave(_ wave: WaveFacts) -> Lane {
        var lane = self.lane(sight.title(ofWave: wave.id))
        let steps = steps { $0.step.wave == wave.id || parentWave($0) == wave.id }
        draw(steps, on: &lane)
        let held = wave.servers.filter(\.isHeld).map { sight.shortName($0.name) }
        let tail = held.isEmpty ? "" : held.count > 2 ? ", \(held.count) held back" : ", \(held.listed()) held back"
        if !wave.counted.isEmpty, wave.installed == wave.counted.count {
            lane.say(Face(.good, "", .good), ["patched\(tail)", "patched"], behind: patchEnd(steps, wave), rank: 0)
        } else if wave.installed > 0 || steps.contains(where: { $0.state == .running }) {
            let count = "\(wave.installed) of \(wave.counted.count) patched"
            lane.say(Face(.moving, "", .moving), ["\(count), \(until(steps))\(tail)", count], rank: 0)
        } else {
            saysNext(steps, "", on: &lane)
        }
        return lane
    }

    private func parentWave(_ step: StepFacts) -> String? {
        step.step.parent.flatMap { sight.runbook.steps[$0]?.wave }
    }

    /// When the last of the steps before a long pause ended.
    private func patchEnd(_ steps: [StepFacts], _ wave: WaveFacts) -> Instant? {
        steps.filter { $0.step.doneWhen?.id == wave.id || parentWave($0) == wave.id }.compactMap(\.life.endedAt).max()
    }

    /// What has a ticket or a risk, and is of no wave.
    private var changes: Lane? {
        let steps = steps { ($0.step.risk != nil || !$0.step.tickets.isEmpty) && $0.step.wave == nil }
        guard !steps.isEmpty else { return nil }
        var lane = self.lane("Changes")
        // They are many, so one mark stands for the plan of all.
        let planned = steps.compactMap { opening($0) }.min()
        if let planned { lane.plan(planned) }
        draw(steps, on: &lane)
        let ended = steps.count(where: \.state.isEnded)
        let failed = steps.count { $0.state == .failed }
        let count = "\(ended) of \(steps.count) done"
        if failed > 0 {
            lane.say(Face(.bad, "", .bad), ["\(count), \(failed) failed", "\(failed) failed"], rank: 0)
        } else if ended == steps.count {
            lane.say(Face(.good, "", .good), ["all \(steps.count) done"], rank: 0)
        } else if steps.contains(where: { $0.state == .running }) {
            lane.say(Face(.moving, "", .moving), ["\(count), \(until(steps))", count], rank: 0)
        } else if ended > 0 {
            lane.say(Face(.pending, "", .waiting), [count], rank: 0)
        } else if let planned {
            let clock = sight.toldClock(planned)
            lane.say(
                Face(.pending, "", .waiting), ["\(steps.count) changes, \(clock)", "\(steps.count) changes"], .waiting,
                behind: planned)
        }
        return lane
    }

    /// When a step is planned, else the step that it comes after.
    private func opening(_ step: StepFacts) -> Instant? {
        step.planned ?? step.step.after.compactMap { sight.situation.steps[$0]?.planned }.max()
    }

    private var tests: Lane? {
        let tests = sight.situation.tests.values
        guard !tests.isEmpty else { return nil }
        var lane = self.lane("Tests")
        for test in tests {
            let steps = steps { $0.step.tests == test.id }
            draw(steps, on: &lane)
            let ended = steps.compactMap(\.life.endedAt).max()
            let face = Face(test)
            switch test.state {
            case .notStarted: saysNext(steps, test.title, on: &lane)
            case .passed: lane.say(face, [test.title], behind: ended, rank: 2)
            case .failed, .interrupted, .stale, .notTonight, .running:
                lane.say(face, ["\(test.title) \(face.word)", test.title], behind: ended, isNow: ended == nil, rank: 0)
            }
        }
        return lane
    }

    private var alerts: Lane? {
        let openers = steps { step in step.step.opens.contains(where: \.isAlerts) }
        let open = sight.situation.looseEnds.filter(\.id.isAlerts)
        guard !openers.isEmpty || !open.isEmpty else { return nil }
        var lane = self.lane("Alerts off")
        var last: Instant?
        for end in open { lane.bar(end.openedAt, nil, .laneOff, .barOff) }
        let ids = Set(open.map(\.id))
        for step in openers {
            guard let start = step.life.startedAt ?? step.life.endedAt else {
                if let planned = step.planned {
                    lane.plan(planned)
                    last = min(last ?? planned, planned)
                }
                continue
            }
            // What is on again was off until the last of the steps that close it had ended.
            let closed = step.step.opens.filter { $0.isAlerts && !ids.contains($0) }
            let ends = Set(closed)
            let end = steps { !ends.isDisjoint(with: $0.step.closes) }.compactMap(\.life.endedAt).max()
            if let end, end > start { lane.bar(start, end, .laneOff, .barOff) }
        }
        if open.isEmpty, let last, sight.isAhead(last) {
            lane.say(Face(.pending, "", .waiting), [sight.toldClock(last)], .waiting, behind: last)
        }
        return lane
    }

    private var batch: Lane? {
        let bands = sight.situation.batch.bands
        guard !bands.isEmpty else { return nil }
        var lane = self.lane("Batch closes")
        for band in bands { lane.bar(band.start, band.end, .band, .barBatch) }
        if let now = bands.first(where: { !sight.isAhead($0.start) && sight.isAhead($0.end) }) {
            lane.say(Face(.moving, "", .moving), ["until \(sight.toldClock(now.end))"], behind: now.end, rank: 0)
        } else if let last = bands.last(where: { !sight.isAhead($0.end) }) {
            let next = bands.first { sight.isAhead($0.start) }.map { ["over; next \(sight.bothShort($0.start))"] } ?? []
            lane.say(Face(.pending, "", .waiting), next + ["over"], .waiting, behind: last.end)
        }
        return lane
    }

    private var phases: [Lane] {
        sight.runbook.phases.values.compactMap { phase in
            let steps = steps { $0.step.phase == phase.id }
            guard !steps.isEmpty else { return nil }
            var lane = self.lane(phase.title)
            draw(steps, on: &lane)
            let ended = steps.count(where: \.state.isEnded)
            if ended == steps.count {
                lane.say(Face(.good, "", .good), ["done"])
            } else if ended > 0 || steps.contains(where: { $0.state == .running }) {
                lane.say(Face(.moving, "", .moving), ["\(ended) of \(steps.count) done"])
            } else {
                saysNext(steps, "", on: &lane)
            }
            return lane
        }
    }
}
