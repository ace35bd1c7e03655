package import WarRoomCore

/// What happens outside in a rehearsal, and when: the script that a runbook names under `rehearsal:`.
package struct RehearsalScript: Hashable, Sendable {
    /// In the order of time; what happens at one time, in the order of the file.
    package let moments: [Moment]

    /// A script of these moments.
    package init(moments: [Moment]) {
        self.moments = moments.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// One thing that happens, once or again and again.
    package struct Moment: Hashable, Sendable {
        package let at: Instant
        package let repetition: Repetition?
        package let action: Action
        /// Where it stands in the script, for whoever must say what went wrong.
        package let place: RunbookPlace

        package init(at: Instant, repetition: Repetition? = nil, action: Action, place: RunbookPlace) {
            self.at = at
            self.repetition = repetition
            self.action = action
            self.place = place
        }
    }

    /// `20s until Sat 23:00`, in the bridge's time; the end is included.
    package struct Repetition: Hashable, Sendable {
        package let every: Duration
        package let until: Instant

        package init(every: Duration, until: Instant) {
            self.every = every
            self.until = until
        }
    }

    /// What can happen. Paths are relative to the state folder, and lead nowhere else.
    package enum Action: Hashable, Sendable {
        /// Written under a hidden name and renamed into place, as a careful tool does.
        case write(path: String, bytes: [UInt8])
        /// Added to what is there, as a log is written.
        case append(path: String, bytes: [UInt8])
        /// Cut to so many bytes.
        case truncate(path: String, to: Int)
        case rename(path: String, to: String)
        case remove(path: String)
        /// Said again as it was: a probe that finds nothing new.
        case touch(path: String)
        /// Sent to the hub's socket, as no more than a role where one is given.
        case send(event: JSON.Object, as: Role?)
        /// A process of its own, in the script's folder.
        case run([String])
    }
}
