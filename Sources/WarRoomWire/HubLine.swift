package import WarRoomCore

/// A line from the hub, understood (docs/contract.md, The socket).
package enum HubLine: Sendable {
    /// The hub's greeting.
    case hello(Hello)
    /// One part of the bridge; ``Attachment`` puts the parts together.
    case bridge(BridgePart)
    /// An entry that a subscriber is sent.
    case entry(Entry)
    /// The hub's pulse.
    case beat(Beat)
    /// The answer to a line that was sent.
    case answer(Answer)
    /// The answer to a request for a history, oldest entry first.
    case history(subject: String, entries: [Entry])
    /// The document of `status --json`.
    case status(JSON)
    /// The hub ends the connection, with its reason.
    case cut(reason: String)
    /// An object of a kind that this program does not know, because a later hub may say more.
    case other(JSON)
    /// What is no line of the protocol, or says what no hub can say; a sentence.
    case unreadable(reason: String)

    /// Understands a line without its newline. Throws ``JSONFault``, ``EventFault`` or ``HubLineFault`` where it is
    /// none, or where a number in it lies outside its range.
    package init(_ line: [UInt8]) throws {
        // The tokens of a bridge are read once, when all are there.
        let (json, tokens) = try JSON.parsing(line, leaving: ("bridge", "tokens"))
        if json["ok"] != nil {
            self = .answer(
                Answer(
                    id: json["id"]?.text, ok: json["ok"]?.bool ?? false,
                    entry: try json["entry"].map { try HubLine.entry($0) },
                    error: json["error"]?.text))
        } else if json["event"] != nil {
            _ = try HubLine.entry(json["entry"])
            self = .entry(try Entry(json))
        } else if let beat = json["beat"] {
            self = .beat(
                Beat(
                    now: try HubLine.instant(beat["now"]), entry: try HubLine.entry(beat["entry"]),
                    confirmed: HubLine.instants(beat["confirmed"]), troubles: HubLine.troubles(beat["troubles"]),
                    attached: try HubLine.attached(beat)))
        } else if let hello = json["hello"] {
            self = .hello(
                Hello(
                    protocolVersion: hello["protocol"]?.int ?? 0, bridge: hello["bridge"]?.text ?? "",
                    mode: hello["mode"]?.text ?? "", now: try HubLine.instant(hello["now"]),
                    speed: try HubLine.speed(hello["speed"]), entry: try HubLine.entry(hello["entry"]),
                    user: hello["user"]?.text,
                    roles: hello["roles"]?.array?.compactMap(\.text) ?? [],
                    confirmed: HubLine.instants(hello["confirmed"]), troubles: HubLine.troubles(hello["troubles"]),
                    attached: try HubLine.attached(hello)))
        } else if let part = json["bridge"], let tokens {
            self = .bridge(
                BridgePart(
                    format: part["format"]?.int ?? 0, part: part["part"]?.int ?? 1, of: part["of"]?.int ?? 1,
                    tokens: tokens,
                    entry: try HubLine.entry(json["entry"])))
        } else if let history = json["history"] {
            let entries = try history["entries"]?.array?.map { try Entry($0) } ?? []
            self = .history(subject: history["subject"]?.text ?? "", entries: entries)
        } else if let status = json["status"] {
            self = .status(status)
        } else if let reason = json["cut"]?.text {
            self = .cut(reason: reason)
        } else {
            self = .other(json)
        }
    }

    /// Understands a line without its newline, as ``unreadable(reason:)`` where it is none.
    package init(understanding line: [UInt8]) {
        do { self = try HubLine(line) } catch {
            let words = (error as? EventFault)?.reason ?? "\(error)"
            self = .unreadable(reason: "the hub sends what cannot be read: \(words)")
        }
    }

    private static func instants(_ json: JSON?) -> [String: Instant] {
        var instants: [String: Instant] = [:]
        for member in json?.object?.members ?? [] { instants[member.key] = member.value.instant }
        return instants
    }

    private static func troubles(_ json: JSON?) -> [HubTrouble] { json?.array?.compactMap(HubTrouble.init) ?? [] }

    /// The number of an entry; 0 where there is none yet, or nothing is said.
    private static func entry(_ json: JSON?) throws(HubLineFault) -> Int {
        guard let json else { return 0 }
        guard let entry = json.int, entry == 0 || Ranges.entries.contains(entry) else {
            throw HubLineFault("an entry's number is none")
        }
        return entry
    }

    /// How many are attached; 1, whoever reads this, where a hub does not say.
    private static func attached(_ line: JSON) throws(HubLineFault) -> Int {
        guard let attached = line["attached"] else { return 1 }
        guard let count = attached.int, Ranges.counts.contains(count) else {
            throw HubLineFault("'attached' is not \(Ranges.asked(Ranges.counts))")
        }
        return count
    }

    private static func instant(_ json: JSON?) throws(HubLineFault) -> Instant {
        guard let instant = json?.instant else { throw HubLineFault("'now' is no time") }
        return instant
    }

    private static func speed(_ json: JSON?) throws(HubLineFault) -> Double {
        guard let json else { return 1 }
        guard case .number(let written) = json, let speed = Double(written), Ranges.speeds.contains(speed) else {
            throw HubLineFault("'speed' is not from 0 to 100000")
        }
        return speed
    }
}

/// Why a line from a hub says what no hub can say, in a few words.
package struct HubLineFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The words.
    package let description: String

    init(_ description: String) { self.description = description }
}

/// The hub's greeting to a subscriber (docs/contract.md, Subscribing).
package struct Hello: Hashable, Sendable {
    /// The version of the protocol, 1 today.
    let protocolVersion: Int
    /// The bridge's id, `monthly-2025-09-14`.
    package let bridge: String
    /// `live` or `rehearsal`.
    package let mode: String
    /// Bridge time when it was sent.
    package let now: Instant
    /// How fast bridge time runs: 1 as the wall's does, 0 not at all.
    let speed: Double
    /// The number of the hub's last entry.
    package let entry: Int
    /// Who we are for the kernel: a user's name; `nil` where the hub does not say.
    package let user: String?
    /// What we may do, in the words of `access`.
    package let roles: [String]
    /// Bridge time of each source's last good answer.
    let confirmed: [String: Instant]
    /// What the hub tells of itself.
    let troubles: [HubTrouble]
    /// How many are subscribed, whoever reads this among them.
    let attached: Int
}

/// One part of the bridge as it stands (docs/contract.md, Subscribing).
package struct BridgePart: Hashable, Sendable {
    /// What the tokens are coded as, to be compared with ``Bridge/format``.
    let format: Int
    /// Which part this is, from 1.
    let part: Int
    /// How many parts there are.
    let of: Int
    /// This part's tokens, unread; those of all parts in a row are the bridge.
    let tokens: JSON.Left
    /// The number of the last entry that the bridge holds.
    let entry: Int
}

/// The hub's pulse, once a second of wall time. It is never journalled.
package struct Beat: Hashable, Sendable {
    /// Bridge time when it was sent.
    let now: Instant
    /// The number of the hub's last entry.
    let entry: Int
    /// Bridge time of the last good answer of each source that was heard since the last beat.
    let confirmed: [String: Instant]
    /// What the hub tells of itself.
    let troubles: [HubTrouble]
    /// How many are subscribed, whoever reads this among them.
    let attached: Int
}

/// The answer to one line that was sent (docs/contract.md, Lines and answers).
package struct Answer: Hashable, Sendable {
    /// The id of the event that is answered; `nil` for a request, and for a line that could not be read.
    package let id: String?
    /// Whether it was taken, and is durable.
    package let ok: Bool
    /// The entry's number, where there is one.
    package let entry: Int?
    /// The reason for which it was refused, a sentence; `nil` where it was not.
    package let error: String?
}
