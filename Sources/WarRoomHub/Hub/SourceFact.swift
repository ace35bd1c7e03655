import WarRoomCore

/// One thing that a source may say: an axis of a server, or all that an event of another type says of its subject.
struct SourceFact: Hashable, Sendable {
    let type: String
    let subject: String
    /// The event's source: a file may name a claimant of its own.
    let claimant: String
    /// The axis; empty where an event is one fact. Every note is one of its own.
    let field: String

    /// What the fact is called where it alone has gone stale: like a divergence, `web1/reach`.
    var name: String { field.isEmpty || type != EventType.server.rawValue ? subject : "\(subject)/\(field)" }

    /// The facts that an event states, with their values.
    static func all(of event: JSON) -> [(fact: SourceFact, value: JSON)] {
        let type = event["type"]?.text ?? ""
        let data = event["data"] ?? .null
        func fact(_ field: String) -> SourceFact {
            SourceFact(
                type: type, subject: event["subject"]?.text ?? "", claimant: event["source"]?.text ?? "", field: field)
        }
        switch EventType(rawValue: type) {
        case .note: return [(fact(data.line), data)]
        case .server:
            guard let members = data.object?.members, !members.isEmpty else { return [(fact(""), data)] }
            return members.flatMap { member -> [(fact: SourceFact, value: JSON)] in
                guard member.key == "pools", let pools = member.value.object else {
                    return [(fact(member.key), member.value)]
                }
                return pools.members.map { (fact("pools/\($0.key)"), $0.value) }
            }
        default: return [(fact(""), data)]
        }
    }

    /// An event that says nothing but some of its facts.
    static func trimmed(_ event: JSON, to kept: Set<String>) -> JSON {
        guard case .object(var object) = event, let data = event["data"]?.object else { return event }
        var rest = JSON.Object()
        for member in data.members {
            if member.key == "pools", let pools = member.value.object {
                var some = JSON.Object()
                for pool in pools.members where kept.contains("pools/\(pool.key)") { some[pool.key] = pool.value }
                if !some.members.isEmpty { rest["pools"] = .object(some) }
            } else if kept.contains(member.key) {
                rest[member.key] = member.value
            }
        }
        object["data"] = .object(rest)
        return .object(object)
    }

    /// Whether a value is something that has ended, which does not go stale (docs/contract.md, Time).
    func hasEnded(as value: JSON) -> Bool {
        let state = value["state"]?.text
        switch EventType(rawValue: type) {
        case .server:
            switch field {
            case "patch": return value.text != "running" && value.text != "pending"
            case "reboot": return value.text == "up" || value.text == "not-needed"
            case "verify": return value.text != "none"
            case "reach", "alerts": return false
            default: return !field.hasPrefix("pools/")
            }
        case .tests: return state != "running"
        case .pipeline: return state != "running" && state != "waiting"
        case .batch: return state != "running" && state != "waiting"
        case .alert: return state != "firing"
        default: return true
        }
    }
}
