import Glibc
package import WarRoomCore
package import WarRoomRunbook
import WarRoomWire

/// Plays a script: changes files, sends events on the hub's socket, starts processes. It is a process of its own, so
/// that ending it ends all change. Of the hub it sees nothing but the socket, and the cue line on which the hub lets
/// time pass.
package final class Player {
    /// What a player is started with.
    package struct Setup: Sendable {
        /// What is to be played.
        var script: RehearsalScript
        /// The script's file, which complaints name.
        var file: String
        /// The folder whose files it changes, and nothing outside it.
        var stateFolder: String
        /// Where the hub listens while it catches up.
        var socket: String
        /// Where everybody else will find it, which processes are told.
        var publicSocket: String
        /// The descriptor of one end of the cue line.
        var cues: Int32
        /// Bridge time up to which, itself included, an earlier player has played; `nil`: nothing is played yet.
        var after: Instant?
        /// Bridge time at which the clock begins to run.
        var start: Instant
        /// Wall time now.
        var wall: @Sendable () -> Instant
        /// Takes one line for the hub's log.
        var log: @Sendable (String) -> Void

        /// A set-up from its parts.
        package init(
            script: RehearsalScript, file: String, stateFolder: String, socket: String, publicSocket: String,
            cues: Int32,
            after: Instant?, start: Instant, wall: @escaping @Sendable () -> Instant,
            log: @escaping @Sendable (String) -> Void
        ) {
            self.script = script
            self.file = file
            self.stateFolder = stateFolder
            self.socket = socket
            self.publicSocket = publicSocket
            self.cues = cues
            self.after = after
            self.start = start
            self.wall = wall
            self.log = log
        }
    }

    private let setup: Setup
    private let cues: CueLine
    private var timetable: Timetable
    private var stage: Stage
    private var processes: Processes
    /// One connection for each role that events are sent as; the empty text is nobody in particular.
    private var connections: [String: HubConnection] = [:]

    /// A player that has not begun.
    package init(_ setup: Setup) {
        self.setup = setup
        cues = CueLine(setup.cues)
        timetable = Timetable(setup.script, after: setup.after)
        stage = Stage(folder: setup.stateFolder)
        processes = Processes(stateFolder: setup.stateFolder, socket: setup.publicSocket)
    }

    /// Plays until the hub is gone, on the calling thread. Throws where the hub cannot be reached, or goes before the
    /// clock runs.
    package func play() throws {
        try connect()
        try catchUp()
        guard let clock = try cues.caughtUp() else { return }
        // Until now files bore the bridge's own time. At speed 0 no wall time stands for an earlier one, so they keep
        // it.
        if clock.speed > 0 { stage.restamp { clock.wallTime(bridge: $0) } }
        try cues.stamped()
        while true {
            let now = clock.bridgeTime(wall: setup.wall())
            for turn in timetable.take(through: now) {
                perform(turn, wall: clock.speed > 0 ? clock.wallTime(bridge: turn.at) ?? setup.wall() : setup.wall())
            }
            processes.reap()
            let next = timetable.nextTime.flatMap { clock.wallTime(bridge: $0) }
            guard wait(until: next) else { return }
        }
    }

    /// Ends the processes that were started and are still there.
    package func close() { processes.endAll() }

    // MARK: Before the clock runs

    private func catchUp() throws {
        let before = setup.start - .nanoseconds(1)
        let turns = timetable.take(through: before)
        var index = 0
        while index < turns.count {
            let turn = turns[index]
            if turn.goesOn {
                // What only goes on until the next thing happens is told to the hub as one look.
                var last = turn.at
                while index < turns.count, turns[index].goesOn {
                    last = turns[index].at
                    perform(turns[index], wall: last)
                    index += 1
                }
                try cues.moment(last, goesOn: true)
                continue
            }
            if case .send = turn.moment.action {
                try cues.moment(turn.at, goesOn: false)
                perform(turn, wall: turn.at)
            } else {
                perform(turn, wall: turn.at)
                if case .run = turn.moment.action {
                    processes.wait(atMost: .seconds(1))
                    stage.adopt(at: turn.at, wall: turn.at)
                }
                try cues.moment(turn.at, goesOn: false)
            }
            drain()
            index += 1
        }
    }

    // MARK: One thing

    private func perform(_ turn: Timetable.Turn, wall: Instant) {
        do throws(StageFault) {
            if try stage.perform(turn.moment.action, at: turn.at, wall: wall) { return }
        } catch { return complain(turn, error.sentence) }
        switch turn.moment.action {
        case .send(let event, let role): send(event, as: role, turn)
        case .run(let words):
            if let reason = processes.start(words) { complain(turn, "\(words[0]) cannot be started: \(reason)") }
        default: break
        }
    }

    private func send(_ event: JSON.Object, as role: Role?, _ turn: Timetable.Turn) {
        guard let connection = connections[role?.text ?? ""] else { return }
        var event = event
        if event["specversion"] == nil { event["specversion"] = "1.0" }
        if event["source"] == nil { event["source"] = "rehearsal" }
        // The id is its place and time, so that a rehearsal that is taken up again says nothing twice.
        if event["id"] == nil { event["id"] = .string("\(turn.moment.place)/\(turn.at.rfc3339)") }
        do throws(HubConnectionFault) {
            try connection.send(.object(event))
            connection.goesOn(for: .seconds(10))
            while true {
                guard case .answer(let answer) = try connection.next() else { continue }
                if !answer.ok { complain(turn, "the hub refused it: \(answer.error ?? "no reason given")") }
                return
            }
        } catch { complain(turn, error.sentence) }
    }

    private func complain(_ turn: Timetable.Turn, _ sentence: String) {
        setup.log("\(setup.file):\(turn.moment.place): \(turn.at.rfc3339): \(sentence)")
    }

    // MARK: Connections

    private func connect() throws(HubConnectionFault) {
        for moment in setup.script.moments {
            guard case .send(_, let role) = moment.action, connections[role?.text ?? ""] == nil else { continue }
            let connection = try HubConnection(path: setup.socket)
            if let role {
                // `as` belongs to a subscription. One that begins behind the journal's end is sent no bridge.
                try connection.send(
                    .object(["subscribe": .object(["as": .string(role.text), "from": .number(1_000_000_000)])]))
            }
            connections[role?.text ?? ""] = connection
        }
    }

    /// Reads what subscriptions bring, so that the hub need not cut us.
    private func drain() {
        for (role, connection) in connections {
            do throws(HubConnectionFault) { _ = try connection.receive() } catch { connections[role] = nil }
        }
    }

    /// Sleeps until a wall time, or for ever. Returns whether the hub is still there.
    private func wait(until wake: Instant?) -> Bool {
        while true {
            let left = wake.map { $0 - setup.wall() }
            if let left, left <= .zero { return true }
            // An hour at most, because the computer's clock may be set meanwhile.
            let milliseconds = left.map { min($0.nanosecondCount / 1_000_000 + 1, 3_600_000) } ?? 3_600_000
            var ready = [pollfd(fd: cues.descriptor, events: Int16(POLLIN), revents: 0)]
            for connection in connections.values {
                ready.append(pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0))
            }
            _ = poll(&ready, nfds_t(ready.count), Int32(clamping: milliseconds))
            if ready[0].revents != 0 { return false }
            if ready.dropFirst().contains(where: { $0.revents != 0 }) { drain() }
            processes.reap()
        }
    }
}
