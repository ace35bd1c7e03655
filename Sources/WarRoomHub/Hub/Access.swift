import Glibc
package import WarRoomCore

/// Who a connection's user is, and what the runbook's `access` lets that user do (docs/contract.md, Roles).
package struct Access: Sendable {
    private let grants: [Runbook.Grant]
    private let starter: uid_t
    private let isRehearsal: Bool

    /// Access as a runbook grants it, for a hub that the user with the id `starter` started.
    package init(_ runbook: Runbook, starter: UInt32, isRehearsal: Bool) {
        self.init(grants: runbook.access, starter: starter, isRehearsal: isRehearsal)
    }

    private init(grants: [Runbook.Grant], starter: uid_t, isRehearsal: Bool) {
        (self.grants, self.starter, self.isRehearsal) = (grants, starter, isRehearsal)
    }

    /// The same hub's access as another runbook grants it.
    func granting(_ runbook: Runbook) -> Access {
        Access(grants: runbook.access, starter: starter, isRehearsal: isRehearsal)
    }

    /// Lets those connect to a socket whom a runbook admits, and nobody else.
    package static func admit(by runbook: Runbook, at path: String) {
        chmod(path, runbook.access.isEmpty ? 0o600 : 0o666)
    }

    /// What a user may do.
    func sender(_ identity: Names.Identity) -> Sender {
        let user = identity.user
        var roles = grants.filter { grant in
            grant.members.contains { member in
                member.hasPrefix("%")
                    ? identity.groups.contains { member.dropFirst().isSame(as: $0) } : member.isSame(as: user)
            }
        }.map(\.role)
        let namesNoLead = !grants.contains { $0.role == .lead && !$0.members.isEmpty }
        if identity.uid == starter, namesNoLead { roles.append(.lead) }
        if roles.isEmpty { roles = [.viewer] }
        return Sender(user: user, roles: roles, mayDoEverything: isRehearsal && identity.uid == starter)
    }

    /// The name of a user, or its number where it has none. The name service may take long over it.
    package static func userName(_ uid: UInt32) -> String { Names.user(uid) }
}
