import OrderedCollections
import WarRoomCore

/// What is watched: age and trouble of each source. The worst one is on every screen.
enum SourcesPane {
    static let pane = Pane(
        name: "sources",
        reads: Reads(facts: [.sources, .runbook], vitals: true, confirmed: true),
        forms: { sight, frame in [Form(rank: Rank.source, least: 1) { _ in [worstLine(sight, frame)] }, .none] },
        items: items, head: ZoomedSources.head, rows: ZoomedSources.rows,
        isTroubled: { sight in sight.sources.contains { $0.state == .stale || $0.state == .unreadable } })

    private static func items(_ sight: Sight) -> [Subject] { sight.runbook.sources.keys.map { .source($0) } }

    /// The word before the worst source; that row is never covered.
    static let worstWord = "SOURCES"

    /// The worst source and its age, and how many are heard. From 120 columns on the row is filled as a head is.
    static func worstLine(_ sight: Sight, _ frame: Frame) -> Line {
        var line = Line()
        let isFilled = frame.cut == .wide || frame.cut == .medium
        if isFilled { line.fill = .headNote }
        let (plain, faint): (TextRole, TextRole) = isFilled ? (.headNote, .headNote) : (.plain, .waiting)
        let number = frame.number.map { "\($0) " } ?? ""
        let x = line.put(
            (isFilled ? number : "") + worstWord, at: frame.gutter, .head, to: max(frame.sign, frame.gutter + 12))
        let start = frame.hasHeadLine ? x + 3 : frame.sign
        let sources = sight.sources
        guard let worst = sources.min(by: { $0.order < $1.order }) else {
            line.put("no sources in the runbook", at: start + 2, faint, to: frame.right)
            return line
        }
        if let silent = sight.vitals.hubSilentSince, worst.state == .current || worst.state == .neverSeen {
            // The hub is the worst one then, because all others are heard through it.
            line.put(.stale, .doubt, at: start, sight.glyphs)
            line.put(
                " worst: the hub, silent \(sight.age(silent)): what the sources say is not heard", at: start + 1,
                .doubt,
                to: frame.right)
            return line
        }
        line.subject = .source(worst.id)
        let isCalm = worst.state == .current && !worst.isPartly || worst.state == .neverSeen
        let role: TextRole = isCalm ? plain : .doubt
        line.put(worst.face.sign, isCalm ? (isFilled ? .headNote : worst.face.role) : .doubt, at: start, sight.glyphs)
        let current = sources.count { $0.state == .current }
        let never = sources.count { $0.state == .neverSeen }
        let tails = [
            "\(current) of \(sources.count) heard" + (never > 0 ? ", \(never) not due yet" : ""),
            "\(current) of \(sources.count) heard", "\(current)/\(sources.count)",
        ]
        let text = " worst: " + worst.words
        var end = frame.right
        let used = CellWidth.shown(text)
        // Trouble is told in full before the others are counted.
        let needed = start + 1 + used + 3
        if let tail = tails.first(where: { needed + CellWidth.shown($0) <= frame.right }) {
            end = line.put(tail, endingAt: frame.right, faint) - 2
        }
        line.put(text, at: start + 1, role, to: end)
        return line
    }
}

/// A source as it is shown.
struct SourceSight {
    let id: String
    let state: SourceReport.State
    let reason: String?
    let refused: Int
    /// How long ago its last good answer was; `nil` where there was none.
    let age: Duration?
    let limit: Duration?

    /// Whether it is current, and not heard on all that it speaks of.
    let isPartly: Bool

    var face: Face { isPartly ? Face(.stale, "in part", .doubt) : Face(state) }
    /// Whether there is a reason to tell.
    var isTold: Bool { state != .current || isPartly }

    /// How bad it is: lower is worse, and a source that nobody expects yet comes last.
    var rank: Double {
        switch state {
        case .unreadable: 0
        case .stale: 1
        case .current where isPartly: 1.5
        case .current: 3 - min(share, 1)
        case .neverSeen: 4
        }
    }

    /// The worst first; of two that are current and of one age the one that is stale sooner.
    var order: (Double, Duration) { (rank, state == .current ? limit ?? .seconds(86_400) : .zero) }

    private var share: Double {
        guard let age else { return 0 }
        return Double(age.nanosecondCount) / Double(max((limit ?? .seconds(86_400)).nanosecondCount, 1))
    }

    /// `22 s of 60 s`.
    var ageWords: String {
        guard let age else { return "" }
        return limit.map { Sight.share(age, of: $0) } ?? Sight.age(age)
    }

    /// `pools, 22 s old, limit 60 s`, `pools stale, 9 min old, limit 60 s: timed out`.
    var words: String {
        var words = id
        if isTold { words += " " + face.word }
        if let age, state != .neverSeen {
            words += ", \(Sight.age(age)) old" + (limit.map { ", limit \($0.written)" } ?? "")
        }
        if let reason, isTold, !reason.isEmpty { words += ": " + reason }
        return words
    }
}

extension Sight {
    /// The runbook's sources, each with the hub's word and its age.
    var sources: [SourceSight] {
        runbook.sources.values.map { plan in
            let record = bridge.sources[plan.id]
            let last = [vitals.confirmed[plan.id], record?.lastGood].compactMap { $0 }.max()
            let since = last ?? (record?.state == .current ? record?.since : nil)
            return SourceSight(
                id: plan.id, state: record?.state ?? .neverSeen, reason: record?.reason, refused: record?.refused ?? 0,
                age: since.map { elapsed(since: $0) }, limit: plan.staleAfter,
                isPartly: record?.isPartly ?? false)
        }
    }
}
