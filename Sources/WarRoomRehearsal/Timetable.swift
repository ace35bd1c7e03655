package import WarRoomCore
package import WarRoomRunbook

/// What of a script is due when. A value: times in, what is due out.
///
/// Where time jumps, a repetition that only says the same again is not played as often as it is written: its first time
/// and the last before anything else happens say as much. What adds up (append, send, run) is played every time.
package struct Timetable: Sendable {
    /// One moment that is due.
    package struct Turn: Hashable, Sendable {
        /// What happens.
        let moment: RehearsalScript.Moment
        /// Bridge time at which it is due.
        package let at: Instant
        /// Which time of a repetition this is, from 0.
        let round: Int
        /// Whether it says again what its last time said; times between may have been left out.
        package let goesOn: Bool
    }

    private var cursors: [Cursor]

    private struct Cursor {
        let moment: RehearsalScript.Moment
        var round: Int

        var next: Instant? { at(round) }

        func at(_ round: Int) -> Instant? {
            guard let repetition = moment.repetition else { return round == 0 ? moment.at : nil }
            let at = moment.at + repetition.every * round
            return at <= repetition.until ? at : nil
        }

        /// The last round that is not after a time; at least `round - 1`.
        func last(through limit: Instant) -> Int {
            guard let repetition = moment.repetition else { return moment.at <= limit ? 0 : -1 }
            let end = min(limit, repetition.until)
            guard end >= moment.at else { return -1 }
            return Int((end - moment.at).nanosecondCount / repetition.every.nanosecondCount)
        }

        var saysTheSame: Bool {
            guard moment.repetition != nil else { return false }
            return switch moment.action {
            case .touch, .write: true
            default: false
            }
        }
    }

    /// All of a script, or what comes after a bridge time.
    package init(_ script: RehearsalScript, after start: Instant? = nil) {
        cursors = script.moments.map { Cursor(moment: $0, round: 0) }
        guard let start else { return }
        for index in cursors.indices { cursors[index].round = cursors[index].last(through: start) + 1 }
    }

    /// Bridge time at which the next moment is due; `nil` when the script is over.
    package var nextTime: Instant? { cursors.compactMap(\.next).min() }

    /// What is due up to a bridge time, that time included, in order. Each turn is given out once.
    package mutating func take(through limit: Instant) -> [Turn] {
        guard let next = nextTime, next <= limit else { return [] }
        var turns: [(turn: Turn, order: Int)] = []
        for (order, cursor) in cursors.enumerated() where !cursor.saysTheSame {
            while let at = cursors[order].next, at <= limit {
                turns.append((Turn(moment: cursor.moment, at: at, round: cursors[order].round, goesOn: false), order))
                cursors[order].round += 1
            }
        }
        // A repetition that begins is news like what happens once.
        let beginnings = cursors.filter { $0.saysTheSame && $0.round == 0 }.compactMap(\.next).filter { $0 <= limit }
        let stops = Set(turns.map(\.turn.at) + beginnings).sorted() + [limit]
        for order in cursors.indices where cursors[order].saysTheSame {
            for stop in stops {
                let (first, last) = (cursors[order].round, cursors[order].last(through: stop))
                guard last >= first else { continue }
                let moment = cursors[order].moment
                for round in Set([first == 0 ? first : last, last]).sorted() {
                    guard let at = cursors[order].at(round) else { continue }
                    turns.append((Turn(moment: moment, at: at, round: round, goesOn: round > 0), order))
                }
                cursors[order].round = last + 1
            }
        }
        return turns.sorted { ($0.turn.at, $0.order, $0.turn.round) < ($1.turn.at, $1.order, $1.turn.round) }.map(
            \.turn)
    }
}
