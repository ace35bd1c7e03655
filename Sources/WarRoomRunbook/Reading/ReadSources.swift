internal import OrderedCollections
internal import WarRoomCore

// What is watched, and who may do what.
extension Reading {
    mutating func readSources() {
        var authorities: [String: String] = [:]
        for pair in root.at("sources")?.pairs ?? [] {
            if pair.key == "hub" {
                fault(.source, at: pair.place, "'hub' is the hub's own name: give the source another")
            }
            for item in pair.value.items("authority") {
                guard let field = item.text else { continue }
                if let other = authorities[field] {
                    fault(.source, at: item.place, "'\(other)' has the word on \(field) already: only one source can")
                }
                authorities[field] = pair.key
            }
            guard let kind = kind(of: pair.value) else { continue }
            runbook.sources[pair.key] = SourcePlan(
                id: pair.key, kind: kind, every: duration(pair.value.at("every")) ?? SourcePlan.usualInterval,
                timeout: duration(pair.value.at("timeout")) ?? SourcePlan.usualTimeout,
                staleAfter: duration(pair.value.at("stale_after")),
                authority: pair.value.items("authority").compactMap(\.text))
        }
    }

    /// The kind, with its paths as written: the hub decides what `{state}` stands for and what they are relative to.
    private mutating func kind(of written: Written) -> SourcePlan.Kind? {
        let run = known(written.at("run"), .test)
        switch written.text("kind") {
        case "status-files": return written.text("path").map { .statusFiles(path: $0) }
        case "ndjson": return written.text("path").map { .ndjson(path: $0) }
        case "junit":
            guard let path = written.text("path"), let run else { return nil }
            return .junit(path: path, run: run)
        case "socket": return written.text("address").map { .socket(address: $0, send: written.text("send")) }
        default: return nil
        }
    }

    /// Who may do what: named last, because a role may name a row of a board.
    mutating func readAccess() {
        runbook.sign = roles(root.items("sign"))
        for pair in root.at("waves")?.pairs ?? [] {
            let lift = roles(pair.value.items("lift"))
            if !lift.isEmpty { runbook.waves[pair.key]?.lift = lift }
        }
        var roles: Set<Role> = []
        for pair in root.at("access")?.pairs ?? [] {
            guard let role = Role(pair.key) else { continue }
            check(role, at: pair.place)
            if !roles.insert(role).inserted { fault(.doubled, at: pair.place, "the role '\(role.text)' stands twice") }
            runbook.access.append(Runbook.Grant(role: role, members: pair.value.items.compactMap(\.text)))
        }
    }

    /// Roles as `access` writes them. A name that is none of its words is an approver's.
    mutating func roles(_ items: [Written]) -> [Role] {
        items.compactMap { item in
            guard let text = item.text else { return nil }
            let role = Role(text) ?? .approver(text)
            check(role, at: item.place)
            return role
        }
    }
}
