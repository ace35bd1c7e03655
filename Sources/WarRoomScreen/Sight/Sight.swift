package import WarRoomCore

/// What the hub's socket tells beside the bridge itself; never journalled.
package struct Vitals: Sendable, Hashable {
    /// For each source the bridge time of its last good answer.
    package var confirmed: [String: Instant]
    /// `nil` while beats arrive.
    package var hubSilentSince: Instant?
    /// `live`, `rehearsal` or `replay`.
    package var mode: String
    /// Who we are for the hub.
    package var user: String
    /// Presenter, viewer.
    package var isReadOnly: Bool
    /// Events sent and not answered yet.
    package var unacknowledged: Int

    package init(
        confirmed: [String: Instant] = [:], hubSilentSince: Instant? = nil, mode: String = "live", user: String = "",
        isReadOnly: Bool = false, unacknowledged: Int = 0
    ) {
        self.confirmed = confirmed
        self.hubSilentSince = hubSilentSince
        self.mode = mode
        self.user = user
        self.isReadOnly = isReadOnly
        self.unacknowledged = unacknowledged
    }

    /// Whether only the sources' ages may differ.
    func isSameButForAges(as other: Vitals) -> Bool {
        var other = other
        other.confirmed = confirmed
        return self == other
    }
}

/// A bridge at a moment and what is around it: all that a pane may read.
package struct Sight: Sendable {
    package var situation: Situation
    package var vitals: Vitals
    package var view: ViewState
    package var glyphs: GlyphSet

    package init(situation: Situation, vitals: Vitals, view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) {
        self.situation = situation
        self.vitals = vitals
        self.view = view
        self.glyphs = glyphs
    }

    var bridge: Bridge { situation.bridge }
    var runbook: Runbook { situation.bridge.runbook }
    /// The bridge's time; for a presenter the minute's begin, so that nothing but the minute moves.
    var now: Instant {
        guard view.isPresenting else { return situation.now }
        return situation.now - .nanoseconds(situation.now.nanoseconds % 60_000_000_000)
    }
}

/// What a key asks of the world outside the view.
package enum Intent: Equatable, Sendable {
    case send(type: String, subject: String, data: JSON.Object)
    case history(subject: String)
    case quit, suspend, redraw
    /// Another look, by its name or its file.
    case theme(String)
}

/// What a row speaks of; what is selected, looked into and written about.
package enum Subject: Hashable, Sendable {
    case phase(String)
    case step(String)
    /// A wave, or with an empty name the servers that are in none.
    case wave(String)
    case server(String)
    case board(String)
    case team(board: String, team: String)
    case check(Runbook.CheckPath)
    case test(String)
    case failure(test: String, place: Int)
    case gate(String)
    case need(gate: String, place: Int)
    case source(String)
    case entry(Int)
    case looseEnd(String)
    case trouble(Trouble.Kind, String)
    /// The page for whoever takes over.
    case handover
    /// A run of a batch close, or with an empty name all of them.
    case batch(String)

    /// What an event about it names; `nil` where no event can.
    var eventSubject: String? {
        switch self {
        case .step(let id), .server(let id), .test(let id), .gate(let id), .source(let id), .looseEnd(let id), .trouble(_, let id): id
        case .check(let path): path.text
        case .failure(let test, _): test
        case .need(let gate, _): gate
        case .team(let board, let team): "\(board)/\(team)"
        case .wave(let id): id.isEmpty ? nil : id
        case .board(let id), .phase(let id): id
        case .batch(let id): id.isEmpty ? nil : id
        case .entry, .handover: nil
        }
    }
}
