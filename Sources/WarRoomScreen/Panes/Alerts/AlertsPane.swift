import OrderedCollections
import WarRoomCore

/// What the alerting tools have told: what fires and at what nobody has looked, and whose alerts are off meanwhile.
enum AlertsPane {
    static let reads = Reads(facts: [.heard, .servers, .looseEnds, .runbook])

    static let pane = Pane(
        name: "alerts",
        reads: reads, forms: forms, items: items, head: head, rows: rows,
        empty: "no alert has come in, and none is muted",
        isTroubled: { sight in sight.situation.heard.came.contains(where: \.waits) })

    /// What came in, those that wait for a look first; then whose alerts are off.
    private static func items(_ sight: Sight) -> [Subject] {
        came(sight).map { .alert($0.fingerprint) } + muted(sight).map(\.subject)
    }

    private static func came(_ sight: Sight) -> [HeardFacts.Came] {
        func rank(_ one: HeardFacts.Came) -> Int { one.waits ? 0 : one.isDemo ? 3 : one.isFiring ? 1 : 2 }
        return sight.situation.heard.came.sorted {
            (rank($0), $0.since, $0.fingerprint) < (rank($1), $1.since, $1.fingerprint)
        }
    }

    // MARK: What is muted

    /// A group of servers whose alerts are off, or a whole system.
    struct Muted {
        let subject: Subject
        let words: String
        let since: Instant
    }

    static func muted(_ sight: Sight) -> [Muted] {
        let servers = ServerGroup.all(sight).compactMap { group -> Muted? in
            let off = group.servers.compactMap { $0.alerts?.value == .muted ? $0.alerts?.claim.since : nil }
            guard let since = off.min() else { return nil }
            return Muted(
                subject: group.subject, words: "\(group.title): \(off.count) of \(group.servers.count) servers",
                since: since)
        }
        let systems = sight.situation.looseEnds.filter { end in
            end.id.isAlerts && end.id.server.map { sight.situation.servers[$0] == nil } ?? true
        }
        return servers
            + systems.map { end in
                Muted(
                    subject: .looseEnd(end.id), words: end.id.server.map { "\($0): all alerts" } ?? end.what,
                    since: end.openedAt)
            }
    }

    /// Since when anybody's alerts have been off; `nil`: none are.
    private static func mutedSince(_ sight: Sight) -> Instant? {
        let ends = sight.situation.looseEnds.filter(\.id.isAlerts).map(\.openedAt)
        return (ends + muted(sight).map(\.since)).min()
    }

    // MARK: In one line

    /// What is to be known of alerts in a few words, at most sixty cells of them.
    static func watch(_ sight: Sight) -> (Face, String) {
        let came = sight.situation.heard.came.filter { !$0.isDemo }
        let waiting = came.count(where: \.waits)
        if waiting > 0 {
            return (
                Face(.need, "", .act), "alerts: \(waiting) \(waiting == 1 ? "fires" : "fire"), nobody has looked"
            )
        }
        guard !came.isEmpty else { return (Face(.pending, "", .waiting), "alerts: none has come in") }
        let firing = came.count(where: \.isFiring)
        let tail = firing > 0 ? "somebody has looked at all" : "none fires any more"
        return (Face(.good, "", .good), "alerts: \(came.count) \(came.count == 1 ? "has" : "have") come in, \(tail)")
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        guard frame.cut == .wide else { return [.none] }
        let came = came(sight).filter { !$0.isDemo }
        let rank = came.contains(where: \.waits) ? Rank.gates : Rank.feed - 2
        let heading = frame.heading("ALERTS", note(sight))
        guard !came.isEmpty else {
            return [Form(rank: rank, least: 2) { _ in [heading, none(sight, frame)] }, .none]
        }
        let row = rows(sight, frame)
        return [
            Form(rank: rank, least: 2, most: 1 + min(came.count, 4)) { rows in
                [heading] + came.prefix(rows - 1).map { row(.alert($0.fingerprint)) }
            }, .none,
        ]
    }

    private static func note(_ sight: Sight) -> String {
        let waiting = sight.situation.heard.came.count(where: \.waits)
        if waiting > 0 { return "nobody has looked at \(waiting)" }
        return mutedSince(sight) == nil ? "none is muted" : "caught while muted"
    }

    /// That nothing has come in, and since when that would have been caught.
    private static func none(_ sight: Sight, _ frame: Frame) -> Line {
        var line = Line()
        // Nobody proves that there was nothing to come in.
        line.put(.pending, .waiting, at: frame.sign, sight.glyphs)
        let since = mutedSince(sight).map { " since \(sight.both($0))" } ?? " on this night"
        line.put("none has come in\(since)", at: frame.text, .plain, to: frame.right)
        return line
    }

    // MARK: Zoomed

    private static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let heading = frame.heading("ALERTS", note(sight))
        return [heading] + (sight.situation.heard.came.isEmpty ? [none(sight, frame)] : [])
    }

    private static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let came = sight.situation.heard.came
        let muted = muted(sight)
        return { subject in
            if case .alert(let fingerprint) = subject, let one = came.first(where: { $0.fingerprint == fingerprint }) {
                return row(one, sight, frame)
            }
            guard let off = muted.first(where: { $0.subject == subject }) else { return Line(subject) }
            return row(subject, Face(.off, "muted", .off), off.words, since: off.since, tail: "", sight, frame)
        }
    }

    private static func row(_ one: HeardFacts.Came, _ sight: Sight, _ frame: Frame) -> Line {
        let tail =
            one.looked.map { "\($0.by): \($0.was)" } ?? (one.waits ? "nobody has looked: a says what it was" : "")
        return row(.alert(one.fingerprint), Face(one), one.words, since: one.since, tail: tail, sight, frame)
    }

    /// Sign, words and age; zoomed also the state's word, since when in both zones, and what it was.
    private static func row(
        _ subject: Subject, _ face: Face, _ words: String, since: Instant, tail: String, _ sight: Sight, _ frame: Frame
    ) -> Line {
        var line = Line(subject)
        line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
        var x = frame.text
        if frame.isZoomed {
            line.put(face.word, at: x, face.role, to: x + 12)
            line.put(sight.home(since), at: x + 13, .timeHome, to: frame.right)
            line.put(sight.other(since), at: x + 24, .timeOther, to: frame.right)
            line.put(sight.age(since), endingAt: x + 44, .waiting, from: x + 35)
            x += 46
        }
        var end = frame.right
        if !frame.isZoomed { end = line.put(sight.age(since), endingAt: end, .plain) - 1 }
        x = line.put(words, at: x, .plain, to: end)
        if frame.isZoomed, x + 14 < frame.right { line.put(tail, at: x + 3, .waiting, to: frame.right) }
        return line
    }
}

extension Face {
    /// An alert that came in: whether it fires, and whether somebody has looked.
    init(_ came: HeardFacts.Came) {
        if came.isDemo {
            self.init(.notApplicable, came.isFiring ? "demo, fires" : "demo, over", .waiting)
        } else if came.waits {
            self.init(.need, "fires", .act)
        } else if came.isFiring {
            self.init(.good, "looked at", .good)
        } else {
            self.init(came.looked == nil ? .pending : .good, "over", came.looked == nil ? .waiting : .good)
        }
    }
}
