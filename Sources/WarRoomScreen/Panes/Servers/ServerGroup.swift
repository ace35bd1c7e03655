import OrderedCollections
import WarRoomCore

/// Servers that are counted together: a wave, or those in no wave.
struct ServerGroup {
    let subject: Subject
    /// The wave's id, or a word for those in none.
    let title: String
    let servers: [ServerFacts]
    /// Those that count: all that are not held.
    let counted: [ServerFacts]

    /// The groups in the order of the runbook; the one of servers in no wave is last and has an empty id.
    static func all(_ sight: Sight) -> [ServerGroup] {
        let situation = sight.situation
        var groups = situation.waves.values.map {
            ServerGroup(subject: .wave($0.id), title: $0.id, servers: $0.servers, counted: $0.counted)
        }
        let rest = situation.servers.values.filter { $0.wave == nil }
        if !rest.isEmpty {
            groups.append(
                ServerGroup(
                    subject: .wave(""), title: groups.isEmpty ? "servers" : "others", servers: rest,
                    counted: rest.filter { $0.isInRunbook && !$0.isHeld }))
        }
        return groups
    }

    /// What it is called in rows.
    func title(_ sight: Sight) -> String {
        subject == .wave("") ? title.prefix(1).uppercased() + title.dropFirst() : sight.title(ofWave: title)
    }

    /// Which sign stands for a group, worst first.
    static func rank(_ sign: Sign) -> Int {
        switch sign {
        case .bad: 0
        case .divergence: 1
        case .stale: 2
        case .unknown: 3
        case .need: 4
        case .moving: 5
        case .off: 6
        case .skipped, .notApplicable: 7
        default: 8
        }
    }
}

/// Servers that stand out for one reason.
struct Odd {
    var names: [String]
    var face: Face
    var axis: Int
    var since: Instant?
    /// What it speaks of; `nil`: the first of the servers.
    var subject: Subject?
    /// Whether they are held: since when is asked of the loose ends, because a summary is kept while servers are the
    /// same.
    var isHold = false

    private func since(_ sight: Sight) -> Instant? {
        guard isHold, let name = names.first else { return since }
        return sight.situation.looseEnds.first { $0.id == .hold(server: name) }?.openedAt
    }

    /// `NAME out of POOL since 03:52, 39 min`; in less room how long only, then as many names as fit.
    func text(_ sight: Sight, room: Int = .max) -> String {
        let since = since(sight)
        let names = names.map { sight.shortName($0) }
        func words(_ count: Int, _ tail: String) -> String {
            let left = names.count - count
            return names.prefix(count).joined(separator: ", ") + (left > 0 ? " and \(left) more " : " ") + face.word
                + tail
        }
        let age = since.map { " " + sight.age($0) } ?? ""
        let whole = since.map { " since \(sight.runbook.zones.home.zone.local($0).clock)," + age } ?? ""
        var text = words(names.count, whole)
        // A name takes a cell, and a comma and a blank part it from the next.
        let most = min(names.count, max(room, 0) / 3 + 1)
        for count in stride(from: most, to: 0, by: -1) where CellWidth.shown(text) > room {
            text = words(count, age)
        }
        return text
    }
}
