import OrderedCollections
import WarRoomCore

/// The batch closes beside the night: the time that must stay clear of patching, the next slot, and what became of the
/// runs.
enum BatchPane {
    static let pane = Pane(
        name: "batch",
        slot: { cut in
            switch cut {
            case .slim, .narrow: Slot(4, order: 1, joinsNext: true)
            case .medium: Slot(Slot.foot, order: -1, joinsNext: true)
            case .wide: Slot(0, 2)
            }
        },
        reads: Reads(facts: [.batch, .steps, .runbook]), forms: forms, items: items,
        head: head, rows: rows, empty: "the runbook has no batch closes, and none were heard of",
        isTroubled: { isWrong($0) })

    /// The runs; before the first of them the closes themselves.
    private static func items(_ sight: Sight) -> [Subject] {
        let runs = ordered(sight).map { Subject.batch($0.id) }
        return runs.isEmpty && !sight.situation.batch.isEmpty ? [.batch("")] : runs
    }

    private static func isWrong(_ sight: Sight) -> Bool {
        let batch = sight.situation.batch
        return batch.missed != nil || batch.overlaps.contains(where: \.isUnguarded) || batch.counts[.failed] > 0
            || !batch.failedChecks.isEmpty
    }

    /// Whether somebody must look at it now: something failed, or a time that must stay clear or a slot with work in it
    /// is less than half an hour away.
    private static func isNear(_ sight: Sight) -> Bool {
        let batch = sight.situation.batch
        func isNear(_ moment: Instant) -> Bool { !sight.isAhead(moment - .seconds(1800)) }
        let isSlotNear = batch.counts.total > 0 && batch.nextSlot.map(isNear) ?? false
        return isWrong(sight) || isSlotNear || band(sight).map { isNear($0.start) } ?? false
    }

    /// The time that must stay clear now, or the next one.
    private static func band(_ sight: Sight) -> BatchFacts.Band? {
        sight.situation.batch.bands.first { sight.isAhead($0.end) }
    }

    /// What is wrong first, then the others; each in the order in which they were heard of.
    static func ordered(_ sight: Sight) -> [BatchFacts.Run] {
        func rank(_ run: BatchFacts.Run) -> Int {
            if run.isReplaced { return 6 }
            if run.isDemo { return 5 }
            return switch run.fate {
            case .failed: 0
            case .late: 1
            case .open: 2
            case .unknown: 3
            case .inTime: 4
            }
        }
        return sight.situation.batch.runs.enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }.map(\.element)
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        let batch = sight.situation.batch
        guard !batch.isEmpty else { return [.none] }
        let rank = isNear(sight) ? Rank.tests - 4 : Rank.hints + 20
        let one = Form(rank: rank, least: 1) { _ in [line(sight, frame)] }
        guard frame.cut == .wide else {
            let rows = flow(sight, frame)
            // On a narrow screen blank rows and gates are worth more than the less urgent of the closes.
            let more = frame.cut == .medium ? rank - 1 : Rank.hints - 6
            return (rows.count > 1 ? [Form(rank: more, least: rows.count) { _ in rows }] : []) + [one, .none]
        }
        let lines = summary(sight, frame)
        let runs = ordered(sight)
        // Where there are rows to spare the runs themselves are listed, what is wrong first.
        let list = Form(rank: Rank.rich - 2, least: lines.count + min(runs.count, 3), most: lines.count + runs.count) {
            rows in
            lines + runs.prefix(rows - lines.count).map { self.line($0, sight, frame) }
        }
        return (runs.isEmpty ? [] : [list]) + [
            Form(rank: Rank.rich + 2, least: lines.count) { _ in lines }, one, .none,
        ]
    }

    private static func start(_ frame: Frame) -> Int { frame.hasHeadLine ? frame.gutter + 10 : frame.sign }

    /// All on one line: the most urgent first, and how many things more there are.
    private static func line(_ sight: Sight, _ frame: Frame) -> Line {
        var rows = flow(sight, frame)
        let hidden = parts(sight).count - (rows.first?.pieces.count { $0.copies > 0 } ?? 0)
        guard !rows.isEmpty else { return Line(.batch("")) }
        if hidden > 0 {
            let end = rows[0].pieces.map { min($0.column + CellWidth.shown($0.text), frame.right) }.max() ?? 0
            if end + 4 <= frame.right { rows[0].put("+\(hidden)", endingAt: frame.right, .waiting) }
        }
        return rows[0]
    }

    private static func flow(_ sight: Sight, _ frame: Frame) -> [Line] {
        var lines = flow(parts(sight), of: .batch(""), from: start(frame), sight, frame)
        if !lines.isEmpty { lines[0].put("BATCH", at: frame.gutter, .gutter, to: start(frame) - 1) }
        return lines
    }

    /// Side by side on as many lines as they need.
    private static func flow(
        _ parts: [(Face, String)], of subject: Subject?, from start: Int, _ sight: Sight, _ frame: Frame
    ) -> [Line] {
        var lines: [Line] = []
        var x = frame.right
        for (face, words) in parts {
            if lines.isEmpty || x + 2 + CellWidth.shown(words) > frame.right {
                lines.append(Line(subject))
                x = start
            }
            lines[lines.count - 1].put(face.sign, face.role, at: x, sight.glyphs)
            x = lines[lines.count - 1].put(words, at: x + 2, face.role, to: frame.right) + 2
        }
        return lines
    }

    /// One below the other, wrapped.
    private static func summary(_ sight: Sight, _ frame: Frame) -> [Line] {
        let start = Self.start(frame)
        var lines: [Line] = []
        for (face, words) in parts(sight) {
            for (place, part) in words.wrapped(to: frame.right - start - 2).enumerated() {
                var line = Line(.batch(""))
                if lines.isEmpty { line.put("BATCH", at: frame.gutter, .gutter, to: start) }
                if place == 0 { line.put(face.sign, face.role, at: start, sight.glyphs) }
                line.put(part, at: start + 2, face.role, to: frame.right)
                lines.append(line)
            }
        }
        return lines
    }

    private static func parts(_ sight: Sight, counts: Bool = true) -> [(Face, String)] {
        let batch = sight.situation.batch
        var parts: [(Face, String)] = []
        if let missed = batch.missed {
            let engage = missed.engage.map { "engage \($0)" } ?? "engage whoever runs them"
            parts.append((Face(.need, "", .act), "slot \(sight.bothShort(missed.slot)) missed: \(engage)"))
        }
        if let overlap = batch.overlaps.first(where: \.isUnguarded) {
            let title = sight.runbook.steps[overlap.step]?.title ?? overlap.step
            parts.append(
                (Face(.need, "", .act), "\(title) lies in the closes at \(sight.bothShort(overlap.band.start))"))
        }
        if let slot = batch.nextSlot {
            let isWanted = batch.counts[.failed] > 0 || !batch.failedChecks.isEmpty
            parts.append(
                (
                    isWanted ? Face(.need, "", .act) : Face(.pending, "", .plain),
                    "next slot \(sight.bothShort(slot)), \(sight.left(slot))"
                ))
        }
        if counts, batch.counts.total + batch.demo.total > 0 {
            parts.append((face(batch.counts), words(batch.counts, demo: batch.demo)))
        }
        if let band = band(sight) {
            let isNow = !sight.isAhead(band.start)
            let until = sight.runbook.zones.home.zone.local(band.end).clock
            let when =
                isNow
                ? "closes until \(sight.bothShort(band.end)), \(sight.left(band.end))"
                : "closes \(sight.bothShort(band.start)) to \(until), \(sight.left(band.start))"
            parts.append((isNow ? Face(.moving, "", .moving) : Face(.pending, "", .waiting), when))
        }
        return parts
    }

    private static func face(_ counts: BatchFacts.Counts) -> Face {
        if counts[.failed] > 0 { return Face(.bad, "", .bad) }
        if counts[.late] > 0 { return Face(.need, "", .act) }
        if counts[.open] > 0 { return Face(.moving, "", .moving) }
        return counts[.unknown] > 0 ? Face(.unknown, "", .doubt) : Face(.good, "", .good)
    }

    /// `7 in time, 2 late, 1 failed, 3 open, 2 demo`.
    static func words(_ counts: BatchFacts.Counts, demo: BatchFacts.Counts = .init()) -> String {
        var parts: [String] = []
        for fate in [BatchFacts.Fate.failed, .late, .open, .inTime, .unknown] where counts[fate] > 0 {
            parts.append("\(counts[fate]) \(Face(fate).word)")
        }
        if demo.total > 0 {
            parts.append("\(demo.total) demo apart" + (demo[.failed] > 0 ? ", \(demo[.failed]) failed" : ""))
        }
        return parts.joined(separator: ", ")
    }

    // MARK: Zoomed

    private static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let batch = sight.situation.batch
        let isUnheard = batch.counts.total + batch.demo.total == 0
        let counts = isUnheard ? "no run was heard of" : words(batch.counts, demo: batch.demo)
        var lines = [frame.heading("BATCH", counts, role: .headNote)]
        lines += flow(parts(sight, counts: false), of: nil, from: frame.sign, sight, frame)
        func table(_ title: String, _ rows: OrderedDictionary<String, BatchFacts.Counts>) {
            guard rows.keys.contains(where: { !$0.isEmpty }) else { return }
            let texts = rows.map { name, counts in "\(name.isEmpty ? "not told" : name) \(words(counts))" }
            var line = Line()
            line.put(title, at: frame.gutter, .waiting, to: frame.gutter + 9)
            line.put(texts.joined(separator: "; "), at: frame.gutter + 10, .plain, to: frame.right)
            lines.append(line)
        }
        table("BY TYPE", batch.byPaymentType)
        table("BY MODULE", batch.byModule)
        return lines
    }

    private static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        var runs: [String: BatchFacts.Run] = [:]
        for run in sight.situation.batch.runs { runs[run.id] = run }
        return { subject in
            guard case .batch(let id) = subject else { return Line(subject) }
            return runs[id].map { line($0, sight, frame) } ?? bands(sight, frame)
        }
    }

    /// Each time of the night that must stay clear.
    private static func bands(_ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.batch(""))
        let home = sight.runbook.zones.home.zone
        let bands = sight.situation.batch.bands.map { "\(sight.bothShort($0.start)) to \(home.local($0.end).clock)" }
        line.put(
            "must stay clear: " + (bands.isEmpty ? "no time" : bands.joined(separator: "; ")), at: frame.text, .waiting,
            to: frame.right)
        return line
    }

    private static func line(_ run: BatchFacts.Run, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.batch(run.id))
        let face = Face(run)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        line.put(face.word, at: frame.text, face.role, to: frame.text + 13)
        var x = frame.text + 14
        if let time = run.report.scheduledAt ?? run.report.startedAt {
            x = frame.text + 36
            line.put(sight.home(time), at: frame.text + 14, .timeHome, to: frame.right)
            line.put(sight.other(time), at: frame.text + 25, .timeOther, to: frame.right)
        }
        let what = [
            run.report.biller, run.report.paymentType, run.report.module, run.report.biller == nil ? run.id : nil,
        ]
        let reason = run.report.reason.map { ": \($0)" } ?? ""
        line.put(what.compactMap { $0 }.joined(separator: ", ") + reason, at: x, .plain, to: frame.right)
        return line
    }
}
