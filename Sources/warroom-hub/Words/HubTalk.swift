import Glibc
import WarRoomCore
import WarRoomWire

/// A command's talk with a running hub.
struct HubTalk {
    private let connection: HubConnection
    private var attachment = Attachment()

    /// Connects to the hub that is meant. Throws ``Failure`` where there is none.
    init(socket: String?) throws {
        do {
            connection = try HubConnection(path: try SocketPath.find(explicit: socket))
        } catch let choice as SocketChoice {
            throw Failure(code: choice == .none ? 3 : 2, sentence: choice.sentence)
        } catch let fault as HubConnectionFault {
            throw HubTalk.failure(fault)
        }
    }

    /// The path of the file that the hub serves.
    func runbookPath() throws -> String {
        guard case .other(let answer) = try next(asking: Requests.whereabouts),
            let path = answer["whereabouts"]?["runbook"]?.text
        else { throw Failure.no("the hub does not say which file it serves; name it") }
        return path
    }

    /// The bridge as it stands.
    mutating func bridge() throws -> Bridge {
        var line = try next(asking: Requests.bridge())
        while true {
            for news in attachment.take(line, monotonic: .zero) {
                switch news {
                case .opened: if let bridge = attachment.bridge { return bridge }
                case .answer(let answer) where !answer.ok: throw Failure.no(answer.error ?? "the hub refused this")
                case .outOfStep(let reason), .cut(let reason): throw Failure.no(reason)
                case .answer, .entry, .beat, .history: break
                }
            }
            if case .bridge = line { connection.goesOn() }
            line = try next(asking: nil)
        }
    }

    /// Bridge time, as the hub has greeted with it.
    func now(of bridge: Bridge) -> Instant {
        attachment.hello?.now ?? bridge.lastReceivedAt ?? Instant(seconds: 0)
    }

    /// Sends a person's event and waits until it is durable; returns its entry's number.
    func send(_ proposal: Proposal) throws -> Int {
        let user = attachment.hello?.user ?? "\(getuid())"
        let id = "\(user)-\(getpid())-\(wallTime().nanoseconds)"
        var line = try next(asking: proposal.event(id: id, source: "people/\(user)"))
        while true {
            if case .unreadable(let reason) = line { throw Failure.no(reason) }
            if case .answer(let answer) = line {
                guard answer.ok else { throw Failure.no(answer.error ?? "the hub refused this") }
                return answer.entry ?? 0
            }
            line = try next(asking: nil)
        }
    }

    private func next(asking json: JSON?) throws -> HubLine {
        do throws(HubConnectionFault) {
            if let json { try connection.send(json) }
            return try connection.next()
        } catch { throw HubTalk.failure(error) }
    }

    private static func failure(_ fault: HubConnectionFault) -> Failure {
        switch fault {
        case .noHub, .busy, .closed: Failure(code: 3, sentence: fault.sentence)
        case .broken: Failure.no(fault.sentence)
        }
    }
}
