package import WarRoomCore

/// What a row speaks of, by its id: it can be selected, looked into and written about. Places count from 0.
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
    /// A run of a suite that ended before the one that counts, by its entry.
    case run(test: String, entry: Int)
    case gate(String)
    case need(gate: String, place: Int)
    case source(String)
    case entry(Int)
    case looseEnd(LooseEndID)
    case trouble(Trouble.Kind, String)
    /// Something heard from outside, by the number of its entry.
    case heard(Int)
    /// An alert at which nobody has looked, by its fingerprint.
    case alert(String)
    /// A stage of a pipeline, by its `PIPELINE/STAGE`.
    case stage(String)
    /// The page for somebody who takes over.
    case handover
    /// A run of a batch close, or with an empty name all of them.
    case batch(String)

    /// The subject of an event about it; `nil` where there can be none.
    var eventSubject: String? {
        switch self {
        case .step(let id), .server(let id), .test(let id), .gate(let id), .source(let id), .trouble(_, let id),
            .alert(let id), .stage(let id):
            id
        case .heard(let number): "heard/\(number)"
        case .looseEnd(let id): id.text
        case .check(let path): path.text
        case .failure(let test, _), .run(let test, _): test
        case .need(let gate, _): gate
        case .team(let board, let team): Runbook.TeamPath(board: board, team: team).text
        case .wave(let id): id.isEmpty ? nil : id
        case .board(let id), .phase(let id): id
        case .batch(let id): id.isEmpty ? nil : id
        case .entry, .handover: nil
        }
    }
}
