/// What a loose end is called: by what is off (docs/contract.md, Loose ends). Nothing else takes such a name apart or
/// puts one together.
package enum LooseEndID: Hashable, Sendable {
    /// `alerts/SERVER`, or a mute of its own such as `alerts/system-1`.
    case alerts(String)
    /// `pool/SERVER/POOL`
    case pool(server: String, pool: String)
    /// `hold/SERVER`
    case hold(server: String)
    /// Any other name: `pingdom/mcc-biller-portal`, `jobs/rescheduled`.
    case other(String)

    /// Reads a name as runbooks and events write it; every text is one.
    package init(_ text: String) {
        // A large night has thousands, so the parts are found by their bytes.
        let slash = UInt8(ascii: "/")
        self = .other(text)
        guard let first = text.utf8.firstIndex(of: slash) else { return }
        let kind = text[..<first]
        let rest = text[text.utf8.index(after: first)...]
        guard let second = rest.utf8.firstIndex(of: slash) else {
            guard !rest.isEmpty else { return }
            if kind == "alerts" { self = .alerts(String(rest)) }
            if kind == "hold" { self = .hold(server: String(rest)) }
            return
        }
        let (server, pool) = (rest[..<second], rest[rest.utf8.index(after: second)...])
        guard kind == "pool", !server.isEmpty, !pool.isEmpty else { return }
        self = .pool(server: String(server), pool: String(pool))
    }

    /// The name as it is written.
    package var text: String {
        switch self {
        case .alerts(let name): "alerts/\(name)"
        case .pool(let server, let pool): "pool/\(server)/\(pool)"
        case .hold(let server): "hold/\(server)"
        case .other(let text): text
        }
    }

    /// The name as it is said: `jobs/rescheduled` is "jobs rescheduled".
    var words: String { parts.joined(separator: " ") }

    /// Its words one by one; none of a name of slashes alone.
    var parts: [String] { text.split(separator: "/").map(String.init) }

    /// The server that it is about, by its name; of a mute of its own a name that no server has. `nil`: it is about
    /// none.
    package var server: String? {
        switch self {
        case .alerts(let server), .pool(let server, _), .hold(let server): server
        case .other: nil
        }
    }

    /// The word behind the kind, mostly a server's name, and in a runbook a wave or a range. `nil`: there is none.
    package var name: String? {
        if let server { return server }
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count > 1 && !parts.contains("") ? String(parts[1]) : nil
    }

    /// The same kind with another name: a wave's loose end becomes one of each server.
    package func naming(_ name: String) -> LooseEndID {
        switch self {
        case .alerts: return .alerts(name)
        case .pool(_, let pool): return .pool(server: name, pool: pool)
        case .hold: return .hold(server: name)
        case .other(let text):
            var parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            if parts.count > 1 { parts[1] = name }
            return LooseEndID(parts.joined(separator: "/"))
        }
    }

    /// Whether alerts are what is off.
    package var isAlerts: Bool { if case .alerts = self { true } else { false } }

    /// What kind of thing is off: the first word of the name.
    package var kind: String {
        switch self {
        case .alerts: "alerts"
        case .pool: "pool"
        case .hold: "hold"
        case .other(let text): String(text.prefix { $0 != "/" })
        }
    }
}

extension LooseEndID: ExpressibleByStringLiteral {
    /// The name in a text of our own: `"pool/web1/front"`.
    package init(stringLiteral text: String) { self.init(text) }
}
