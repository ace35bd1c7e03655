import OrderedCollections

/// What is said of the work that runs: of one step, of one wave, or of a phase in which several run.
struct WorkWords {
    /// What runs: "Patching web1-5: 3 of 5 installed".
    private let what: Wording
    private let brief: Wording
    /// For how long, and who: ", 25 min in (the owners)".
    private let time: Wording
    let headlines: [Wording]
    let since: Instant?
    let subject: String?
    /// The wave whose servers it counts, by id; `nil`: none.
    let wave: String?
    /// Who is late with it; `nil`: nobody is.
    let late: String?
    private let lateness: Wording?
    /// What of it is next, where no step of it runs just now.
    private let pending: Wording

    /// `nil`: nothing runs.
    init?(_ rule: SentenceRule, _ way: Way) {
        let spoken = rule.spoken
        guard let main = rule.main(way) else { return nil }
        let owner = spoken.who(main.owner)
        let by: Wording = owner.map { " (\($0))" } ?? ""
        let inFor: Wording = main.life.startedAt.map { ", \(age: $0) in" } ?? ""
        let overdue = main.shouldEnd.flatMap { $0 <= rule.now ? $0 : nil }
        late = overdue.map { _ in owner ?? Spoken.nobody }
        lateness = overdue.map { end in
            "It is \(late: end): \(spoken.must(owner, "say when it ends").lowered)"
        }
        pending = main.state == .running ? "" : " Next is \(spoken.step(main.step, isShort: true).doing)\(by)."
        if main.state == .running, overdue == nil, let phase = WorkWords.phase(of: main, rule) {
            let others = phase.running.count - 1
            let first = spoken.step(main.step).doing
            let names: Wording = others == 1 ? "\(first) and 1 more run" : "\(first) and \(others) more run"
            what = "\(phase.title): \(phase.done) of \(phase.all) done; \(names)"
            brief = "\(phase.title): \(phase.done) of \(phase.all) done"
            since = phase.running.compactMap(\.life.startedAt).min()
            time = since.map { ", \(age: $0) in" } ?? ""
            headlines = [brief]
            wave = nil
            subject = main.step.id
            return
        }
        let meant = main.state == .running ? main.step : main.step.parent.flatMap { rule.steps[$0]?.step } ?? main.step
        let (name, short) = (spoken.step(meant), spoken.step(meant, isShort: true))
        subject = meant.id
        since = main.state == .running ? main.life.startedAt : rule.steps[meant.id]?.life.startedAt
        let progress = rule.progress(of: meant)
        wave = rule.wave(of: main) ?? main.step.doneWhen.flatMap { $0.subject == .wave ? $0.id : nil }
        let doing = ("\(name.doing)" as Wording).capitalized
        let shortDoing = ("\(short.doing)" as Wording).capitalized
        if let progress {
            (what, brief) = ("\(doing): \(progress.words)", "\(shortDoing): \(progress.words)")
        } else {
            let runs = meant.tests != nil || meant.doneWhen?.subject == .pipeline ? "is running" : "is under way"
            what = name.isVerb ? doing : "\(doing) \(runs)"
            brief = short.isVerb ? shortDoing : "\(shortDoing) \(runs)"
        }
        time = main.state == .running ? "\(inFor)\(by)" : since.map { ", \(age: $0) in" } ?? ""
        headlines =
            progress.map { ["\(shortDoing): \($0.count)"] }
            ?? [what, brief, shortDoing]
    }

    /// From the longest words to the shortest; the usual ones are the second.
    func forms(beside matter: Matter?, more: Int, overrun: Wording?, isAlone: Bool, next: Wording) -> [Wording] {
        let late: Wording = lateness.map { " \($0)." } ?? pending
        guard let matter else {
            let isCalm = isAlone && late.parts.isEmpty && overrun == nil
            let end: Wording = isCalm ? " Nothing is blocked." : overrun ?? ""
            return [
                "\(what)\(time).\(late)\(end)\(next)", "\(what)\(time).\(late)\(end)", "\(what)\(time).", "\(brief).",
            ]
        }
        let others = Matter.others(more)
        let beside: Wording = matter.what.map { "\($0); \(matter.must.lowered)." } ?? "\(matter.must)."
        return [
            "\(brief)\(time). \(beside)\(others)", "\(brief). \(beside)\(others)", "\(brief). \(matter.shortest)",
            matter.shortest,
        ]
    }

    /// What comes then, on a line of its own.
    func second(_ next: StepFacts?, _ rule: SentenceRule) -> Wording? {
        next.map { "Then: \(rule.spoken.step(rule.spoken.whole($0, rule.steps).step, isShort: true).doing)" }
    }

    /// What comes then, as a sentence.
    func next(_ next: StepFacts, _ rule: SentenceRule) -> Wording {
        guard let time = next.planned else { return "" }
        return
            " Next is \(rule.spoken.step(rule.spoken.whole(next, rule.steps).step, isShort: true).doing), at \(time)."
    }

    /// A phase in which several steps run side by side, and no wave among them.
    private static func phase(
        of main: StepFacts, _ rule: SentenceRule
    ) -> (title: String, done: Int, all: Int, running: [StepFacts])? {
        let phase = main.step.phase
        let running = rule.running.filter { $0.step.phase == phase }
        guard running.count > 1, rule.wave(of: main) == nil else { return nil }
        // What runs when all others of the phase are done is not counted among them.
        let all = rule.leaves.filter { step in
            step.step.phase == phase && step.state != .notApplicable
                && !(step.gate?.gate.needs.contains { $0.subject == .phase && $0.id == phase } ?? false)
        }
        return (
            rule.runbook.phases[phase]?.title ?? phase, all.count { $0.state.isEnded }, all.count, running
        )
    }
}

extension SentenceRule {
    /// The step that is spoken of while several run: one past its time, then a wave, then what decides the end, then a
    /// test run, then what runs the longest.
    fileprivate func main(_ way: Way) -> StepFacts? {
        let late = running.filter { $0.shouldEnd.map { $0 <= now } ?? false }
        if let first = late.min(by: { $0.shouldEnd! < $1.shouldEnd! }) { return first }
        let critical = Set(facts.forecast.criticalPath)
        func rank(_ step: StepFacts) -> Int {
            if wave(of: step) != nil { return step.step.doneWhen?.predicate == .patch ? 0 : 1 }
            if critical.contains(step.step.id) { return 2 }
            return step.step.tests != nil ? 3 : 4
        }
        let ranked = running.map { (rank($0), $0.life.startedAt ?? .distantFuture, $0) }
        return ranked.min { ($0.0, $0.1) < ($1.0, $1.1) }?.2 ?? way.between
    }

    /// The wave that a step works on, its group's included.
    func wave(of step: StepFacts) -> String? {
        step.step.wave ?? step.step.parent.flatMap { steps[$0]?.step.wave }
    }

    /// How far a step's work has come, where servers or a run tell.
    fileprivate func progress(of step: Runbook.Step) -> (count: String, words: String)? {
        let need = step.doneWhen
        if let run = need.flatMap({ $0.subject == .tests ? $0.id : nil }) ?? step.tests, let test = facts.tests[run],
            test.state == .running, let total = test.total
        {
            return ("\(test.run) of \(total)", "\(test.run) of \(total) tests run")
        }
        let group: Need? =
            step.children.isEmpty ? nil : step.wave.map { Need(.wave, $0, .patch, "installed") }
        guard let need = need ?? group, need.subject == .wave, let wave = facts.estate.waves[need.id] else {
            return nil
        }
        let all = wave.counted.count
        func said(_ count: Int, _ word: String) -> (String, String) {
            ("\(count) of \(all)", "\(count) of \(all) \(word)")
        }
        switch need.predicate {
        case .patch: return said(wave.installed, "installed")
        case .verify: return said(wave.count { $0.verify?.value == .passed && $0.verify?.counts == true }, "passed")
        case .reboot: return said(wave.count { $0.reboot?.value == .up && $0.reboot?.counts == true }, "rebooted")
        default: return nil
        }
    }
}
