package import WarRoomCore

/// What happens outside in a rehearsal, and when: the script that a runbook names under `rehearsal:`.
package struct RehearsalScript: Hashable, Sendable {
    /// Its moments in the order of time; those of one time in the order of the file.
    package let moments: [Moment]

    /// A script of these moments.
    init(moments: [Moment]) {
        self.moments = moments.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// One thing that happens, once or again and again.
    package struct Moment: Hashable, Sendable {
        /// Bridge time of the first time.
        package let at: Instant
        /// How it comes again; `nil` where it happens once.
        package let repetition: Repetition?
        /// What happens.
        package let action: Action
        /// Where it stands in the script, which complaints name.
        package let place: RunbookPlace

        /// A moment from its parts.
        init(at: Instant, repetition: Repetition? = nil, action: Action, place: RunbookPlace) {
            self.at = at
            self.repetition = repetition
            self.action = action
            self.place = place
        }
    }

    /// `20s until Sat 23:00`, in the bridge's time; the end is included.
    package struct Repetition: Hashable, Sendable {
        /// The bridge time between two times.
        package let every: Duration
        /// Bridge time of the last possible time, itself included.
        package let until: Instant
    }

    /// What can happen. Paths are relative to the state folder, and lead nowhere else.
    package enum Action: Hashable, Sendable {
        /// A file is written under a hidden name and renamed into place, as a careful tool does.
        case write(path: String, bytes: [UInt8])
        /// Bytes are added to a file, as a log is written.
        case append(path: String, bytes: [UInt8])
        /// A file is cut to so many bytes.
        case truncate(path: String, to: Int)
        /// A file is renamed.
        case rename(path: String, to: String)
        /// A file is removed.
        case remove(path: String)
        /// A file is touched: a probe finds nothing new, and says the same again.
        case touch(path: String)
        /// An event is sent to the hub's socket, with the rights of a role only where one is given.
        case send(event: JSON.Object, as: Role?)
        /// A process is started in the script's folder: its program and its arguments.
        case run([String])
    }
}
